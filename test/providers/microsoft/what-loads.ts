// Run as a process of its own: prints which of Microsoft's libraries are loaded by the provider alone, and then by opening its sign-in.
import { registerHooks } from 'node:module'

const loaded = new Set<string>()
registerHooks({
  load(url, context, next) {
    for (const name of ['msal-node', 'msal-common', 'microsoft-graph-client']) if (url.includes(name)) loaded.add(name)
    return next(url, context)
  },
})
const { microsoft } = await import('../../../src/providers/microsoft/provider.ts')
const before = [...loaded]
const { signIn } = microsoft
if (signIn.method === 'library') {
  const party = { client: { id: 'x' }, settings: {}, endpoints: microsoft.endpoints({}), fetch }
  await signIn.open({ ...party, clock: { now: () => 0, sleep: async () => undefined } })
}
process.stdout.write(JSON.stringify({ before, after: [...loaded] }))
