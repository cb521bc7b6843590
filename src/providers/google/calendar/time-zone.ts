/** A change of a zone's clocks. Offsets in seconds east of UTC, `at` in milliseconds since 1970. */
export interface Transition {
  readonly at: number
  readonly before: number
  readonly after: number
}

const day = 86_400_000
/** Changes lie further apart than that: clocks went back for the month of Ramadan alone and forward again after it, which is the shortest known. */
const step = 7 * day

/**
 * A time zone by the data that Node brings along; undefined for a name that it does not know.
 * The years of most calendars are looked up once, since the database answers slowly.
 */
export interface Zone {
  readonly id: string
  /** Offset at a moment, seconds east of UTC. */
  offsetAt(time: number): number
  /** All changes from `from` to `to`, milliseconds since 1970. */
  transitions(from: number, to: number): readonly Transition[]
  /** What clocks show at a moment, `YYYY-MM-DDTHH:MM:SS`. */
  localAt(time: number): string
  /** The first moment at which clocks show that; what they skip counts by the offset before the gap (RFC 5545 3.3.5). */
  momentOf(local: string): number
}

const usual = { from: Date.UTC(1990, 0, 1), to: Date.UTC(2040, 0, 1) }

export function createZone(id: string): Zone | undefined {
  let clock: Intl.DateTimeFormat
  try {
    clock = new Intl.DateTimeFormat('en-US', { timeZone: id, timeZoneName: 'longOffset', year: 'numeric' })
  } catch {
    return undefined
  }
  let table: readonly Transition[] | undefined
  const ask = (time: number) => readOffset(clock.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? '')

  const search = (from: number, to: number): Transition[] => {
    const found: Transition[] = []
    let before = ask(from)
    for (let low = from; low < to; low += step) {
      const high = Math.min(low + step, to)
      const after = ask(high)
      if (after === before) continue
      let [a, b] = [low, high]
      while (b - a > 1000) {
        const middle = Math.floor((a + b) / 2000) * 1000
        if (ask(middle) === before) a = middle
        else b = middle
      }
      found.push({ at: b, before, after })
      before = after
    }
    return found
  }
  const usualTransitions = () => (table ??= search(usual.from, usual.to))
  const offsetAt = (time: number): number => {
    if (time < usual.from || time >= usual.to) return ask(time)
    const known = usualTransitions()
    const [first] = known
    if (first === undefined) return ask(time)
    let offset = first.before
    for (const { at, after } of known) {
      if (at > time) break
      offset = after
    }
    return offset
  }
  const localAt = (time: number) => showLocal(time, offsetAt(time))
  return {
    id,
    offsetAt,
    localAt,
    transitions: (from, to) =>
      from >= usual.from && to <= usual.to ? usualTransitions().filter(({ at }) => at > from && at <= to) : search(from, to),
    momentOf(local) {
      const utc = Date.parse(`${local}Z`)
      const early = utc - offsetAt(utc - day) * 1000
      const late = utc - offsetAt(utc + day) * 1000
      const fitting = [early, late].filter((time) => localAt(time) === local)
      return fitting.length > 0 ? Math.min(...fitting) : early
    },
  }
}

/** `YYYY-MM-DDTHH:MM:SS` at an offset in seconds. */
export const showLocal = (time: number, offset: number): string => new Date(time + offset * 1000).toISOString().slice(0, 19)

/** `GMT`, `GMT+01:00`, `GMT-00:01:15` */
function readOffset(name: string): number {
  const [, sign, hours, minutes, seconds = '0'] = /^GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(name) ?? []
  if (sign === undefined) return 0
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds))
}
