import type { SourceProgress } from '../core/events.ts'
import { createPaceMeter, type Pace, type PaceMeter } from './pace.ts'

/** What a run still has to do in one source. */
export interface Rest {
  readonly items: number
  readonly bytes: number
}

export interface Outlook {
  /** A snapshot of all sources at `at` (milliseconds). */
  note(at: number, sources: Readonly<Record<string, SourceProgress>>): void
  /** Milliseconds from the last snapshot on until all is done; undefined while a source is listed, or too little was measured. */
  remaining(): { readonly ms: number; readonly longest: string } | undefined
  /** What was measured of a source, for later plans. */
  paceOf(source: string): { readonly pace: Pace; readonly observedMs: number } | undefined
  /** Bytes a second that all sources together brought for a minute, at best; undefined where something else than the line held them back. */
  lineRate(): number | undefined
}

export interface OutlookOptions {
  /** Bytes of a part whose size is not known before, where a sample or earlier files tell; by source. */
  readonly guess: ReadonlyMap<string, number>
}

const minuteMs = 60_000
/** Where less comes in, it may as well be small things under a quota as a slow line. Bytes a second. */
const believable = 1_000_000

interface Followed {
  readonly meter: PaceMeter
  progress: SourceProgress
  began: SourceProgress
}

/** Follows a run, and says when it will end. */
export function createOutlook({ guess }: OutlookOptions): Outlook {
  const followed = new Map<string, Followed>()
  let minute: { at: number; bytes: number } | undefined
  let line: number | undefined
  return {
    note(at, sources) {
      const bytes = Object.values(sources).reduce((sum, one) => sum + one.bytes, 0)
      if (minute === undefined || at < minute.at || at - minute.at > minuteMs * 2) minute = { at, bytes }
      else if (at - minute.at >= minuteMs) {
        line = Math.max(line ?? 0, ((bytes - minute.bytes) / (at - minute.at)) * 1000)
        minute = { at, bytes }
      }
      for (const [name, progress] of Object.entries(sources)) {
        const one = followed.get(name) ?? { meter: createPaceMeter(), progress, began: progress }
        followed.set(name, one)
        one.progress = progress
        // A source that is done measures nothing any more.
        if (progress.items - progress.done - progress.failed > 0)
          one.meter.note({ at, items: progress.done + progress.failed, bytes: progress.bytes })
      }
    },
    remaining() {
      const open: { source: string; ms: number; rate: number; byteShare: number }[] = []
      for (const [source, { meter, progress, began }] of followed) {
        if (progress.listing) return undefined
        const rest = restOf(progress, began, guess.get(source))
        if (rest.items === 0) continue
        const pace = meter.pace()
        if (pace === undefined) return undefined
        const byItems = pace.perItemMs * rest.items
        const byBytes = pace.perByteMs * rest.bytes
        const ms = byItems + byBytes
        open.push({ source, ms, rate: rest.bytes / Math.max(1, ms), byteShare: ms === 0 ? 0 : byBytes / ms })
      }
      return together(open)
    },
    lineRate() {
      const paces = [...followed.values()].map(({ meter }) => meter.pace())
      const bound = paces.some((pace) => pace !== undefined && pace.perItemMs === 0 && pace.perByteMs > 0)
      return bound && line !== undefined && line >= believable ? line : undefined
    },
    paceOf(source) {
      const one = followed.get(source)
      const pace = one?.meter.pace()
      return one === undefined || pace === undefined ? undefined : { pace, observedMs: one.meter.observed() }
    },
  }
}

/** Items and bytes to come; of parts without a size what was seen of them so far, else what a sample says. */
function restOf(progress: SourceProgress, began: SourceProgress, guessed: number | undefined): Rest {
  const items = Math.max(0, progress.items - progress.done - progress.failed)
  if (items === 0) return { items: 0, bytes: 0 }
  const { unsizedLeft = 0, unsizedBytes = 0, unsizedDone = 0 } = progress
  const seen = unsizedDone - (began.unsizedDone ?? 0)
  const mean = seen >= 20 ? (unsizedBytes - (began.unsizedBytes ?? 0)) / seen : (guessed ?? (seen > 0 ? unsizedBytes / seen : 0))
  return { items, bytes: progress.bytesLeft + unsizedLeft * mean }
}

/**
 * Sources that go side by side share the line: when one ends, the bytes of the others come faster, by as much as it took. What a quota of requests holds back
 * does not. Milliseconds until the last one ends.
 */
function together(
  open: readonly { readonly source: string; readonly ms: number; readonly rate: number; readonly byteShare: number }[],
): { ms: number; longest: string } {
  const whole = open.reduce((sum, { rate }) => sum + rate, 0)
  // What takes so little of the line is not held back by it, whatever its own windows seem to say.
  const held = (rate: number) => rate * open.length * 4 >= whole
  let active = open.map((one) => ({ ...one, byteShare: held(one.rate) ? one.byteShare : 0, left: 1 }))
  let ms = 0
  let longest = ''
  while (active.length > 0) {
    const share = whole === 0 ? 1 : active.reduce((sum, { rate }) => sum + rate, 0) / whole
    const timed = active.map((one) => ({ ...one, ends: one.ms * (1 - one.byteShare + one.byteShare * share) * one.left }))
    const next = timed.reduce((best, one) => (one.ends < best.ends ? one : best))
    ms += next.ends
    longest = next.source
    active = timed
      .filter((one) => one !== next)
      .map(({ ends, ...one }) => ({ ...one, left: ends === 0 ? 0 : one.left * (1 - next.ends / ends) }))
  }
  return { ms, longest }
}
