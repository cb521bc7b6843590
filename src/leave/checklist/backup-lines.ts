import type { Localised } from '../../core/language.ts'
import type { LeaveLine, LeaveState, LeaveStep } from '../../core/leaving.ts'
import type { LastCopy } from '../../journal/last-copy.ts'
import type { LastVerify } from '../../journal/last-verify.ts'
import { type ChecklistLine, factsOf, inBoth } from './checklist.ts'

/** A source of the settings as the completeness statement has it; times in milliseconds since 1970. */
export interface SourceFacts {
  /** ACCOUNT/SOURCE. */
  readonly source: string
  readonly complete: boolean
  /** Items that are not saved and never will be. */
  readonly butFor: number
  /** Items pending or failed. */
  readonly open: number
  /** As of then nothing older is missing; undefined: that cannot be said. */
  readonly asOf: number | undefined
}

/** The last day of some accounts. */
export interface LastDay {
  /** YYYY-MM-DD */
  readonly day: string
  /** The end of that day, milliseconds since 1970. */
  readonly ends: number
  readonly accounts: readonly string[]
}

export interface BackupFacts {
  readonly now: number
  /** Undefined: there is no archive yet. */
  readonly archive:
    | {
        readonly sources: readonly SourceFacts[]
        readonly verify: LastVerify | undefined
        /** Files may have been saved since that verify. */
        readonly savedSinceVerify: boolean
        readonly synced: { readonly client: string; readonly root: string; readonly certainty: 'certain' | 'likely' } | undefined
        readonly copy: LastCopy | undefined
        /** The last run of a backup. */
        readonly run: number
      }
    | undefined
  readonly lastDays: readonly LastDay[]
  /** How a member of the organisation finds the last day. */
  readonly lastDayRule: { readonly text: Localised; readonly page?: string | undefined } | undefined
}

const backup: LeaveStep = { command: 'holdall backup' }
const day = 86_400_000
const iso = (ms: number) => new Date(ms).toISOString()

/** Whether everything is here, was read again, is as new as it can be, and lies where it stays. */
export function backupLines(facts: BackupFacts): readonly ChecklistLine[] {
  const { archive } = facts
  return archive === undefined
    ? [
        line('backups-complete', 'to-do', {
          what: inBoth(({ leave }) => leave.backups.complete),
          why: inBoth(({ leave }) => leave.backups.nothing),
          next: [backup],
        }),
        ...lastDayLines(facts),
      ]
    : [...completeLines(archive), verifyLine(archive), ...lastDayLines(facts), syncedLine(archive), copyLine(archive)]
}

type Archive = NonNullable<BackupFacts['archive']>

const line = (about: string, state: LeaveState, rest: Omit<LeaveLine, 'section' | 'about' | 'state'>): LeaveLine => ({
  section: 'backups',
  about,
  state,
  ...rest,
})

function completeLines({ sources }: Archive): LeaveLine[] {
  const what = inBoth(({ leave }) => leave.backups.complete)
  const open = sources.filter(({ complete }) => !complete)
  if (open.length > 0)
    return open.map(({ source, open: missing, asOf }) =>
      line('backups-complete', 'to-do', {
        what: inBoth(({ leave }) => leave.backups.completeOf(source)),
        why: inBoth(({ leave }) => (missing > 0 ? leave.backups.missing(missing) : leave.backups.notKnown)),
        next: [backup, { command: 'holdall status' }],
        facts: factsOf({ source, open: missing, asOf: asOf === undefined ? undefined : iso(asOf) }),
      }),
    )
  if (sources.length === 0)
    return [line('backups-complete', 'to-do', { what, why: inBoth(({ leave }) => leave.backups.nothing), next: [backup] })]
  const butFor = sources.reduce((sum, one) => sum + one.butFor, 0)
  const times = sources.flatMap(({ asOf }) => asOf ?? [])
  const asOf = times.length === sources.length ? iso(Math.min(...times)) : undefined
  return [
    line('backups-complete', 'done', {
      what,
      why: inBoth(({ leave }) => leave.backups.all({ sources: sources.length, asOf, butFor })),
      next: butFor > 0 ? [{ command: 'holdall report' }] : [],
      facts: factsOf({ sources: sources.length, butFor, asOf }),
    }),
  ]
}

function verifyLine({ verify, savedSinceVerify }: Archive): LeaveLine {
  const what = inBoth(({ leave }) => leave.backups.verified)
  const again: readonly LeaveStep[] = [{ command: 'holdall verify' }]
  if (verify === undefined)
    return line('backups-verified', 'to-do', { what, why: inBoth(({ leave }) => leave.backups.neverVerified), next: again })
  const { ended, read, sources, files, damaged } = verify
  const facts = { ended: iso(ended), read, sources, files, damaged }
  if (damaged > 0)
    return line('backups-verified', 'to-do', {
      what,
      why: inBoth(({ leave }) => leave.backups.damaged(damaged, iso(ended))),
      next: [backup, ...again],
      facts,
    })
  if (savedSinceVerify)
    return line('backups-verified', 'to-do', {
      what,
      why: inBoth(({ leave }) => leave.backups.savedSince(iso(ended))),
      next: again,
      facts,
    })
  if (read === 'sizes' || sources !== null)
    return line('backups-verified', 'look', {
      what,
      why: inBoth(({ leave }) =>
        sources === null ? leave.backups.sizesOnly(iso(ended)) : leave.backups.partly(sources.join(', '), iso(ended)),
      ),
      next: again,
      facts,
    })
  return line('backups-verified', 'done', {
    what,
    why: inBoth(({ leave }) => leave.backups.readAgain(files, iso(ended))),
    next: [],
    facts,
  })
}

function lastDayLines({ now, archive, lastDays, lastDayRule }: BackupFacts): LeaveLine[] {
  const what = inBoth(({ leave }) => leave.backups.lastDay)
  if (lastDays.length === 0)
    return [
      line('last-day', 'unknown', {
        what,
        why: inBoth(({ leave }) => leave.backups.lastDayUnknown),
        next: [
          ...(lastDayRule === undefined
            ? []
            : [{ text: lastDayRule.text, ...(lastDayRule.page !== undefined && { page: lastDayRule.page }) }]),
          { command: 'holdall plan --until DATE' },
        ],
      }),
    ]
  return lastDays.map(({ day: date, ends, accounts }) => {
    const theirs = (archive?.sources ?? []).filter(({ source }) => accounts.includes(source.split('/')[0]!))
    const times = theirs.flatMap(({ asOf }) => asOf ?? [])
    const all = theirs.length > 0 && times.length === theirs.length
    const rerun = all && Math.min(...times) >= ends - day
    const days = Math.floor((ends - now) / day)
    return line('last-day', rerun ? 'done' : 'to-do', {
      what,
      why: inBoth(({ leave }) =>
        rerun
          ? leave.backups.rerunDone(date)
          : ends < now
            ? leave.backups.lastDayPassed(date)
            : leave.backups.rerunToCome(date, days, accounts.join(', ')),
      ),
      next: rerun ? [] : [backup],
      facts: { lastDay: date, accounts },
    })
  })
}

function syncedLine({ synced }: Archive): LeaveLine {
  const what = inBoth(({ leave }) => leave.backups.place)
  if (synced === undefined)
    return line('archive-place', 'done', { what, why: inBoth(({ leave }) => leave.backups.notSynced), next: [] })
  const { client, root, certainty } = synced
  return line('archive-place', certainty === 'certain' ? 'to-do' : 'look', {
    what,
    why: inBoth(({ leave }) => leave.backups.synced[certainty](client, root)),
    next: [{ text: inBoth(({ leave }) => leave.backups.moveIt) }],
    facts: { client, root, certainty },
  })
}

function copyLine({ copy, run }: Archive): LeaveLine {
  const what = inBoth(({ leave }) => leave.backups.secondCopy)
  const next: readonly LeaveStep[] = [{ command: 'holdall copy DIR' }]
  if (copy === undefined) return line('second-copy', 'look', { what, why: inBoth(({ leave }) => leave.backups.noCopy), next })
  const { to, ended, sameDisk, damaged } = copy
  const facts = { to, ended: iso(ended), run: copy.run, sameDisk, damaged }
  const again: readonly LeaveStep[] = [{ command: `holdall copy ${JSON.stringify(to)}` }]
  if (copy.run < run || damaged > 0)
    return line('second-copy', 'to-do', {
      what,
      why: inBoth(({ leave }) => leave.backups.copyBehind(to, iso(ended))),
      next: again,
      facts,
    })
  if (sameDisk === true)
    return line('second-copy', 'look', {
      what,
      why: inBoth(({ leave }) => leave.backups.copyBeside(to, iso(ended))),
      next,
      facts,
    })
  return line('second-copy', 'done', { what, why: inBoth(({ leave }) => leave.backups.copied(to, iso(ended))), next: [], facts })
}
