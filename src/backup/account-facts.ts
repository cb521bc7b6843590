import { z } from 'zod'
import type { AccountMetadata } from '../archive/metadata.ts'
import type { Journal } from '../journal/journal.ts'
import { identityMark } from '../journal/marks.ts'

/** Whose data an account of the archive holds: the provider's lasting user id and the name that the person knows. Neither is a secret. */
const schema = z.object({ subject: z.string().min(1), name: z.string() })

export type AccountFacts = z.infer<typeof schema>

/** Whose data the archive holds under the name of an account, as a text of JSON; undefined: it is no such text. */
export function readAccountFacts(text: string): AccountFacts | undefined {
  try {
    const facts = schema.safeParse(JSON.parse(text))
    return facts.success ? facts.data : undefined
  } catch {
    return undefined
  }
}

/** Every account of the archive that is bound to somebody, as the journal has it: what keeps two people's data apart must outlive the journal. */
export function accountFacts(journal: Journal): AccountMetadata[] {
  const accounts = new Set(journal.sources().map(({ name }) => name.slice(0, name.indexOf('/'))))
  return [...accounts].toSorted().flatMap((account) => {
    const facts = readAccountFacts(journal.mark(identityMark(account)) ?? '')
    return facts === undefined ? [] : [{ account, facts: { account, subject: facts.subject, name: facts.name } }]
  })
}
