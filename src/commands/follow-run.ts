import type { Clock } from '../core/clock.ts'
import type { Reporter } from '../core/events.ts'
import { keepLine, keepPace } from '../forecast/measured.ts'
import { createOutlook, type Work } from '../forecast/outlook.ts'
import { type Verdict, verdictBetween } from '../forecast/verdict.ts'
import type { Journal } from '../journal/journal.ts'
import type { Words } from '../language/words.ts'

export interface FollowedRun {
  /** Passes everything on, and reckons along. */
  readonly emit: Reporter
  /** The last forecast. Milliseconds since 1970. */
  forecast(): FollowedEnd | undefined
  /** Writes down what was measured, for later plans. */
  keep(journal: Journal): void
}

/** When a run ends, as it seems. Milliseconds since 1970. */
export interface FollowedEnd {
  readonly end: number
  /** What it lies between. */
  readonly earliest: number
  readonly latest: number
  /** It is known to within a tenth of the whole run. */
  readonly sure: boolean
  readonly verdict: Verdict
}

export interface FollowOptions {
  readonly clock: Clock
  readonly emit: Reporter
  readonly words: Words
  /** Milliseconds since 1970; undefined: nothing is told. */
  readonly until: number | undefined
  /** What the work of each source costs. Default: nothing is known of quotas. */
  readonly work?: ReadonlyMap<string, Work>
  /** How long the closing count of each source takes, as a plan's listing took, milliseconds. */
  readonly counts?: ReadonlyMap<string, number>
}

/** How often the end is reckoned anew, and for how long a verdict has to hold before it is told. Milliseconds. */
const everyMs = 15_000
const holdsMs = 60_000

/** Follows the snapshots of a run, and tells when the answer to "in time?" changes. */
export function followRun({ clock, emit, words, until, work, counts }: FollowOptions): FollowedRun {
  const outlook = createOutlook({ ...(work !== undefined && { work }), ...(counts !== undefined && { counts }) })
  const sources = new Set<string>()
  let reckoned = Number.NEGATIVE_INFINITY
  let latest: FollowedEnd | undefined
  let told: Verdict | undefined
  let since: { verdict: Verdict; at: number } | undefined
  let passed = false

  function reckon(now: number): void {
    reckoned = now
    if (until === undefined) return
    if (now > until) {
      if (!passed) emit({ event: 'notice', level: 'warning', message: words.forecast.passed(iso(until)) })
      passed = true
      return
    }
    const remaining = outlook.remaining()
    if (remaining === undefined) return
    const { ms, least, most, sure } = remaining
    const verdict = sure ? verdictBetween(ms, ms, until - now) : verdictBetween(least, most, until - now)
    latest = { end: now + ms, earliest: now + least, latest: now + most, sure, verdict }
    if (since?.verdict !== verdict) since = { verdict, at: now }
    if (verdict === told || now - since.at < holdsMs) return
    told = verdict
    const message = sure
      ? words.forecast.turned(verdict, iso(latest.end), iso(until))
      : words.forecast.turnedBetween(verdict, iso(latest.earliest), iso(latest.latest), iso(until))
    emit({ event: 'notice', level: verdict === 'fits' ? 'info' : 'warning', message })
  }

  return {
    emit(event) {
      emit(event)
      const now = clock.now()
      if (event.event === 'throttled') outlook.refused(now, event.account, event.budget)
      if (event.event !== 'progress') return
      outlook.note(now, event.sources)
      for (const source of Object.keys(event.sources)) sources.add(source)
      if (now - reckoned >= everyMs || now < reckoned) reckon(now)
    },
    forecast: () => latest,
    keep(journal) {
      for (const source of sources) {
        const measured = outlook.paceOf(source)
        if (measured !== undefined) keepPace(journal, source, measured)
      }
      keepLine(journal, outlook.lineRate())
    },
  }
}

const iso = (at: number) => new Date(at).toISOString()

/** What remains, exactly, for the end of a run with a date. */
export function remainderText(
  remains: readonly { readonly source: string; readonly items: number; readonly bytes: number; readonly unsized: number }[],
  until: number,
  { forecast }: Words,
): string {
  const open = remains.filter(({ items }) => items > 0)
  if (open.length === 0) return `${forecast.nothingRemains(iso(until))}\n`
  return [
    forecast.remainder(iso(until)),
    ...open.map(({ source, items, bytes, unsized }) => `  ${forecast.remains(source, items, bytes, unsized)}`),
    forecast.remainderNext(`holdall backup --until ${iso(until).slice(0, 16)}Z`),
    '',
  ].join('\n')
}
