import { Failure } from '../core/failure.ts'
import { table } from '../display/table.ts'
import type { Command } from './command.ts'

export const accounts: Command = {
  name: 'accounts',
  summary: 'who is signed in, with which rights, until when',
  async run(context) {
    const app = await context.app()
    const rows: { account: string; provider: string; who: string; rights: readonly string[]; until: string }[] = []
    for (const { name, provider } of app.settings.accounts) {
      const account = app.account(name)
      try {
        if (account.provider.signIn.method === 'password') {
          const { identity } = await account.password()
          rows.push({
            account: name,
            provider,
            who: identity?.name ?? 'password from the environment or the settings',
            rights: [],
            until: 'the password changes',
          })
        } else {
          const known = await (await account.oauth()).describe()
          rows.push({
            account: name,
            provider,
            who: known.name,
            rights: known.scopes,
            until: known.expiresAt === undefined ? 'revoked' : new Date(known.expiresAt).toISOString(),
          })
        }
      } catch (error) {
        const failure = Failure.from(error)
        if (failure.kind !== 'signin') throw failure
        rows.push({ account: name, provider, who: `not signed in (holdall connect ${name})`, rights: [], until: '' })
      }
    }
    context.out(
      table(
        ['account', 'provider', 'signed in', 'rights', 'until'],
        rows.map((row) => [
          row.account,
          row.provider,
          row.who,
          row.rights.map((right) => right.split('/').at(-1)).join(' '),
          row.until,
        ]),
        context.columns,
      ),
    )
    context.emit({ event: 'summary', command: 'accounts', status: 0, details: { accounts: rows } })
    return 0
  },
}
