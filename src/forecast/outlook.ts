import type { WorkCost } from '../core/cost.ts'
import type { SourceProgress } from '../core/events.ts'
import type { Budget } from '../core/provider.ts'
import { createBestRate, peakMs } from './best-rate.ts'
import { createFollowed, type Followed, type Prospect } from './followed.ts'
import type { Pace } from './pace.ts'
import { type AtWork, sideBySide } from './side-by-side.ts'

/** How long a run still takes. Milliseconds from the last snapshot on. */
export interface Remaining {
  /** The likeliest. */
  readonly ms: number
  /** What it lies between, as far as what was measured tells. */
  readonly least: number
  readonly most: number
  /** The end is known to within a tenth of the whole run; else only that it lies between the two. */
  readonly sure: boolean
  /** The source that ends last. */
  readonly longest: string
}

export interface Outlook {
  /** A snapshot of all sources at `at` (milliseconds). */
  note(at: number, sources: Readonly<Record<string, SourceProgress>>): void
  /** A service refused requests for their pace: the quota of that account is what holds back. */
  refused(at: number, account: string, budget: string): void
  /** Until all is done; undefined while a source is listed, or too little was measured. */
  remaining(): Remaining | undefined
  /** What was measured of a source, for later plans. */
  paceOf(source: string): { readonly pace: Pace; readonly observedMs: number } | undefined
  /** Milliseconds that listing a source took in this run, from its beginning; undefined where it was not listed whole. */
  listingOf(source: string): number | undefined
  /** Bytes a second that all sources together brought for a minute, at best; undefined where something else than the line held them back. */
  lineRate(): number | undefined
}

/** What the work of a source costs, and the quotas that it is paid from. */
export interface Work {
  readonly account: string
  readonly cost: WorkCost
  readonly budgets: readonly Budget[]
}

export interface OutlookOptions {
  /** Bytes of a part whose size is not known before, where a sample or earlier files tell; by source. */
  readonly guess?: ReadonlyMap<string, number>
  /** By source; without it nothing is known of quotas. */
  readonly work?: ReadonlyMap<string, Work>
  /** Milliseconds that the closing count of a source takes, as its last listing took; by source. */
  readonly counts?: ReadonlyMap<string, number>
}

const minuteMs = 60_000
/** Where less comes in, it may as well be small things under a quota as a slow line. Bytes a second. */
const believable = 1_000_000
/** One that leaves so much of the line behind changes the pace of the others, a share of it. */
const felt = 0.05
/** What an end may lie between that is said without a range, to each side, as a share of the whole run: below a tenth, since the errors are estimates too. */
const sureWithin = 0.085

/** Follows a run, and says when it will end. */
export function createOutlook({ guess, work, counts }: OutlookOptions = {}): Outlook {
  const followed = new Map<string, Followed>()
  let began: number | undefined
  const line = createBestRate(minuteMs)
  const peak = createBestRate(peakMs)
  let latest = 0
  /** What a source took of the line that has ended meanwhile, until the others' new pace is known. */
  let left: AtWork[] = []

  return {
    note(at, sources) {
      began ??= at
      latest = at
      const bytes = Object.values(sources).reduce((sum, one) => sum + one.bytes, 0)
      line.note(at, bytes)
      peak.note(at, bytes)
      const ended: Followed[] = []
      for (const [name, progress] of Object.entries(sources)) {
        const one = followed.get(name) ?? createFollowed(name, progress, { guess: guess?.get(name), work: work?.get(name) })
        followed.set(name, one)
        const before = one.active()
        one.note(at, progress)
        if (before && !one.active()) ended.push(one)
      }
      for (const one of ended) changed(one)
    },
    refused(at, account, budget) {
      for (const one of followed.values()) one.refused(at, account, budget)
    },
    remaining() {
      const prospects: Prospect[] = []
      for (const one of followed.values()) {
        if (one.listing()) return undefined
        if (!one.active()) continue
        const prospect = one.prospect(latest, peak.best() ?? 0)
        if (prospect === undefined) return undefined
        prospects.push(prospect)
      }
      return together(prospects)
    },
    lineRate() {
      const paces = [...followed.values()].map((one) => one.pace())
      const bound = paces.some((pace) => pace !== undefined && pace.perItemMs === 0 && pace.perByteMs > 0)
      const rate = line.best()
      return bound && rate !== undefined && rate >= believable ? rate : undefined
    },
    listingOf: (source) => followed.get(source)?.listed(),
    paceOf: (source) => followed.get(source)?.measured(),
  }

  /** A source has ended: what is measured from now on is another pace, where it left something to the others. */
  function changed(one: Followed): void {
    const rate = one.byteRate()
    const active = [...followed.values()].filter((other) => other.active())
    const whole = rate + active.reduce((sum, other) => sum + other.byteRate(), 0)
    if (rate < whole * felt) return
    left = [...left, { source: one.name, ms: 0, byteRate: rate, most: 1 }]
    for (const other of active) other.beginAnew(latest)
  }

  function together(prospects: readonly Prospect[]): Remaining {
    // Only where the line is full does one that ends leave anything.
    const full = prospects.some(({ byLine }) => byLine !== 'no') || left.length > 0
    if (prospects.every(({ fresh }) => fresh)) left = []
    const atWork = (of: (one: Prospect) => { ms: number; most: number }) =>
      endsOf([...left, ...prospects.map((one) => ({ source: one.source, byteRate: one.byteRate, ...of(one) }))], prospects)
    const early = atWork((one) => ({ ms: one.ms, most: full ? one.fastest : 1 }))
    const late = atWork((one) => ({ ms: one.slowMs, most: full && one.byLine === 'surely' ? one.fastest : 1 }))
    const middle = (early.ms + late.ms) / 2
    const { spread = 0 } = prospects.find(({ source }) => source === late.longest) ?? {}
    const wrong = twoOfThree * spread
    const least = early.ms * Math.max(0, 1 - wrong)
    const most = late.ms * (1 + wrong)
    const whole = latest - (began ?? latest) + middle
    return { ms: middle, least, most, sure: (most - least) / 2 <= whole * sureWithin, longest: late.longest }
  }

  function endsOf(all: readonly AtWork[], prospects: readonly Prospect[]): { ms: number; longest: string } {
    const ends = sideBySide(all)
    let found = { ms: 0, longest: '' }
    for (const { source } of prospects) {
      const ms = ends.get(source)! + (counts?.get(source) ?? followed.get(source)!.counting())
      if (ms >= found.ms) found = { ms, longest: source }
    }
    return found
  }
}

/** So many standard errors are told. */
const twoOfThree = 2
