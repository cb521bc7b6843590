/** A moment as clocks showed it where the meeting was. */
export interface LocalTime {
  /** `2026` */
  readonly year: string
  /** `2026-05-12` */
  readonly day: string
  /** `1030` */
  readonly clock: string
  /** Milliseconds since 1970. */
  readonly at: number
}

/** The time in the first zone that is known, else in UTC; undefined for what is no time. A text without a zone is local already. */
export function localTime(text: string | undefined, zones: readonly (string | undefined)[]): LocalTime | undefined {
  const at = Date.parse(text ?? '')
  if (text === undefined || Number.isNaN(at)) return undefined
  const local = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(:\d\d(\.\d+)?)?$/.exec(text)
  if (local !== null) {
    const [, year = '', month, day, hour, minute] = local
    return { year, day: `${year}-${month}-${day}`, clock: `${hour}${minute}`, at: Date.parse(`${text}Z`) }
  }
  const date = new Date(at)
  if (date.getUTCFullYear() < 1000 || date.getUTCFullYear() > 9998) return undefined
  const parts = new Map(
    formatFor(zones)
      .formatToParts(date)
      .map(({ type, value }) => [type, value]),
  )
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? ''
  const year = part('year')
  return { year, day: `${year}-${part('month')}-${part('day')}`, clock: `${part('hour')}${part('minute')}`, at }
}

const formats = new Map<string, Intl.DateTimeFormat | undefined>()

function formatFor(zones: readonly (string | undefined)[]): Intl.DateTimeFormat {
  for (const zone of zones) {
    if (zone === undefined) continue
    if (!formats.has(zone)) formats.set(zone, createFormat(zone))
    const known = formats.get(zone)
    if (known !== undefined) return known
  }
  return utc
}

function createFormat(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      calendar: 'gregory',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
  } catch {
    return undefined
  }
}

const utc = createFormat('UTC')!
