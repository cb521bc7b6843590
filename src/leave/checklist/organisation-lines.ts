import type { Localised } from '../../core/language.ts'
import type { LeaveStep } from '../../core/leaving.ts'
import { type ChecklistLine, inBoth } from './checklist.ts'

interface Note {
  readonly text: Localised
  readonly page?: string | undefined
}

/** What an organisation's profile says to those who leave, besides settings. */
export interface OrganisationFacts {
  readonly name: Localised
  readonly page?: string | undefined
  readonly contact?: (Note & { readonly address?: string | undefined }) | undefined
  readonly salvage?: Note | undefined
  readonly others: readonly (Note & { readonly title: Localised })[]
  readonly changes: readonly (Note & { readonly date: string })[]
  readonly accounts: readonly {
    readonly account: string
    readonly title: Localised
    readonly notes: readonly Note[]
    readonly transfer?: Note | undefined
  }[]
}

const pageOf = ({ page }: { readonly page?: string | undefined }): readonly LeaveStep[] => (page === undefined ? [] : [{ page }])

/** What the organisation says, each with its page; nothing of it can be seen by a program. Undefined: no profile is chosen. */
export function organisationLines(facts: OrganisationFacts | undefined): readonly ChecklistLine[] {
  if (facts === undefined)
    return [
      {
        section: 'organisation',
        about: 'organisation',
        state: 'unknown',
        what: inBoth(({ leave }) => leave.organisation.what),
        why: inBoth(({ leave }) => leave.organisation.noProfile),
        next: [{ text: inBoth(({ leave }) => leave.organisation.ask) }],
      },
    ]
  const line = (about: string, what: Localised, note: Note, more: readonly LeaveStep[] = []): ChecklistLine => ({
    section: 'organisation',
    about,
    state: 'look',
    what,
    why: note.text,
    next: [...pageOf(note), ...more],
  })
  const { name, page, contact, salvage, others, changes, accounts } = facts
  return [
    ...others.map((other) => line('other-system', other.title, other)),
    ...accounts.flatMap(({ account, title, notes, transfer }) =>
      [...notes, ...(transfer === undefined ? [] : [transfer])].map((note) => ({
        ...line('account-note', title, note),
        account,
      })),
    ),
    ...(salvage === undefined
      ? []
      : [
          line(
            'salvage',
            inBoth(({ leave }) => leave.organisation.salvage),
            salvage,
          ),
        ]),
    ...changes.map((change) =>
      line(
        'change',
        inBoth(({ leave, format }) => leave.organisation.change(format.date(change.date))),
        change,
      ),
    ),
    ...(contact === undefined
      ? []
      : [
          line(
            'contact',
            inBoth(({ leave }) => leave.organisation.contact),
            contact,
            contact.address === undefined ? [] : [{ text: { en: contact.address, ja: contact.address } }],
          ),
        ]),
    ...(page === undefined ? [] : [line('organisation', name, { text: inBoth(({ leave }) => leave.organisation.page), page })]),
  ]
}
