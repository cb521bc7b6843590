import { Failure } from '../core/failure.ts'
import { table } from '../display/table.ts'
import { type Words, wordsOf } from '../language/words.ts'
import type { Command } from './command.ts'

/** One account; `who` and `until` in words where they are no name and no time. */
interface Row {
  readonly account: string
  readonly provider: string
  readonly rights: readonly string[]
  who(words: Words['connect']['accounts']): string
  until(words: Words['connect']['accounts']): string
}

export const accounts: Command = {
  name: 'accounts',
  summary: 'who is signed in, with which rights, until when',
  async run(context) {
    const app = await context.app()
    const rows: Row[] = []
    for (const { name, provider } of app.settings.accounts) {
      const account = app.account(name)
      const row = { account: name, provider }
      try {
        if (account.provider.signIn.method === 'password') {
          const { identity } = await account.password()
          rows.push({
            ...row,
            rights: [],
            who: (words) => identity?.name ?? words.passwordGiven,
            until: (words) => words.passwordChanges,
          })
        } else {
          const { name: who, scopes, expiresAt } = await (await account.oauth()).describe()
          rows.push({
            ...row,
            rights: scopes,
            who: () => who,
            until: (words) => (expiresAt === undefined ? words.revoked : new Date(expiresAt).toISOString()),
          })
        }
      } catch (error) {
        const failure = Failure.from(error)
        if (failure.kind !== 'signin') throw failure
        rows.push({ ...row, rights: [], who: (words) => words.nobody(name), until: () => '' })
      }
    }
    const { accounts: words } = context.words.connect
    context.out(
      table(
        words.headings,
        rows.map((row) => [
          row.account,
          row.provider,
          row.who(words),
          row.rights.map((right) => right.split('/').at(-1)).join(' '),
          row.until(words),
        ]),
        context.columns,
      ),
    )
    // What scripts read is English whatever the person speaks.
    const { accounts: english } = wordsOf('en').connect
    const details = rows.map(({ account, provider, rights, who, until }) => ({
      account,
      provider,
      who: who(english),
      rights,
      until: until(english),
    }))
    context.emit({ event: 'summary', command: 'accounts', status: 0, details: { accounts: details } })
    return 0
  },
}
