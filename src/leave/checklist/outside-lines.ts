import type { Localised } from '../../core/language.ts'
import type { LeaveStep } from '../../core/leaving.ts'
import type { Words } from '../../language/words.ts'
import {
  type EvidenceKind,
  evidenceKinds,
  type OutsideAccounts,
  type OutsideService,
} from '../outside-accounts/outside-accounts.ts'
import { type ChecklistLine, inBoth } from './checklist.ts'

const section = 'accounts-elsewhere'
/** Services of which a person hears one by one; --json of the command has as many. */
const named = 200
const doubtfulNamed = 20

const iso = (ms: number) => new Date(ms).toISOString()

/** Accounts elsewhere as lines. What a person changed there cannot be seen from here, so none of them is ever done. */
export function outsideLines(found: OutsideAccounts): readonly ChecklistLine[] {
  const what = inBoth(({ accountsElsewhere }) => accountsElsewhere.title)
  const line = (rest: Pick<ChecklistLine, 'about' | 'state' | 'why' | 'next'>): ChecklistLine => ({ section, what, ...rest })
  if (found.messages === 0)
    return [
      line({ about: section, state: 'unknown', why: inBoth(({ accountsElsewhere }) => accountsElsewhere.neverSaved), next: [] }),
    ]
  const { services, unsaved, unreadable, doubtfulMessages } = found
  const gaps = [
    ...(unsaved > 0 ? [inBoth(({ accountsElsewhere, format }) => accountsElsewhere.unsaved(format.number(unsaved)))] : []),
    ...(unreadable > 0
      ? [inBoth(({ accountsElsewhere, format }) => accountsElsewhere.unreadable(format.number(unreadable)))]
      : []),
  ]
  const heading = line({
    about: section,
    state: 'look',
    why: inBoth(({ leave, accountsElsewhere, format }) =>
      [
        services.length === 0 ? accountsElsewhere.none : leave.elsewhere.found(services.length, format.number(found.read)),
        accountsElsewhere.onThisMachine,
      ].join(leave.between),
    ),
    next: [],
  })
  return [
    heading,
    ...gaps.map((why) => line({ about: 'mail-not-read', state: 'to-do', why, next: [] })),
    ...services.slice(0, named).map(serviceLine),
    ...(services.length > named
      ? [
          line({
            about: section,
            state: 'look',
            why: inBoth(({ leave }) => leave.elsewhere.more(services.length - named)),
            next: [],
          }),
        ]
      : []),
    ...(doubtfulMessages > 0 ? [doubtfulLine(found)] : []),
  ]
}

function serviceLine(service: OutsideService): ChecklistLine {
  const { name, domain, named: byName, category, kinds, confidence, lastSeen, advice, evidence, signInWith } = service
  const label = byName || name === domain ? name : `${name} (${domain})`
  return {
    section,
    about: 'account-elsewhere',
    state: 'look',
    what: { en: label, ja: label },
    why: inBoth((words) => whyOf(service, words)),
    next: [
      ...advice.map(
        (one): LeaveStep => ({ text: inBoth(({ accountsElsewhere }) => accountsElsewhere.advice[one](signInWith ?? '')) }),
      ),
      ...evidence.slice(0, 1).map(({ path, subject }): LeaveStep => ({ text: quoted(subject), file: path })),
    ],
    facts: {
      domain,
      name,
      category,
      confidence,
      kinds: { ...kinds },
      lastSeen: lastSeen === 0 ? null : iso(lastSeen),
      signInWith: signInWith ?? null,
      advice,
      evidence: evidence.map(({ kind, path, subject, from, date, reasons }) => ({
        kind,
        path,
        subject,
        from,
        date: date === 0 ? null : iso(date),
        reasons,
      })),
    },
  }
}

function whyOf({ category, kinds, confidence, lastSeen, evidence }: OutsideService, words: Words): string {
  const { accountsElsewhere, leave, format } = words
  const seen = evidenceKinds.flatMap((kind: EvidenceKind) => {
    const count = kinds[kind]
    return count === undefined ? [] : [leave.elsewhere.kind(accountsElsewhere.kinds[kind], format.number(count))]
  })
  const [first] = evidence
  const [reason] = first?.reasons ?? []
  const features: Readonly<Record<string, string>> = accountsElsewhere.features
  return leave.elsewhere.why({
    confidence: accountsElsewhere.confidence[confidence],
    category: category === 'other' ? undefined : accountsElsewhere.categories[category],
    seen,
    last: lastSeen === 0 ? undefined : format.date(iso(lastSeen)),
    shows: reason === undefined ? undefined : features[reason],
  })
}

const quoted = (subject: string): Localised => inBoth(({ leave }) => leave.elsewhere.message(subject))

function doubtfulLine({ doubtful, doubtfulMessages }: OutsideAccounts): ChecklistLine {
  return {
    section,
    about: 'doubtful-messages',
    state: 'look',
    what: inBoth(({ leave }) => leave.elsewhere.doubtful(doubtfulMessages)),
    why: inBoth(({ accountsElsewhere, leave }) => {
      const reasons = new Set(doubtful.flatMap(({ why }) => why))
      return leave.elsewhere.notCounted(
        accountsElsewhere.doubtful,
        [...reasons].slice(0, 4).map((one) => accountsElsewhere.doubts[one]),
      )
    }),
    next: [],
    facts: {
      messages: doubtful
        .slice(0, doubtfulNamed)
        .map(({ path, subject, from, kind, why }) => ({ path, subject, from, kind, why })),
    },
  }
}
