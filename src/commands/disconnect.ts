import { keptRefusals } from '../signin/kept-refusal.ts'
import type { Command } from './command.ts'
import { refusalFolder } from './connect.ts'

export const disconnect: Command = {
  name: 'disconnect',
  summary: 'end a sign-in: revoke it where the provider can, and forget it here',
  arguments: '<account>',
  async run(context, [name = '']) {
    const app = await context.app()
    const account = app.account(name)
    const { signIn } = account.provider
    if (signIn.method === 'password') await (await app.tokens()).delete(name)
    else await (await account.oauth()).forget()
    if (signIn.method === 'library')
      context.emit({ event: 'notice', level: 'info', message: signIn.withdrawal[context.json ? 'en' : context.words.language] })
    await keptRefusals(refusalFolder(app)).forget(name)
    context.out(`${context.words.connect.signedOut(name)}\n`)
    context.emit({ event: 'summary', command: 'disconnect', status: 0, details: { account: name } })
    return 0
  },
}
