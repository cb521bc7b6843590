const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Offsets in minutes of zone names that servers were seen to write; GMT, UTC and Z are 0. */
const zones: Readonly<Record<string, number>> = {
  GMT: 0,
  UTC: 0,
  UT: 0,
  Z: 0,
  WET: 0,
  WEST: 60,
  BST: 60,
  CET: 60,
  CEST: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  JST: 540,
  KST: 540,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
}

const zone = String.raw`(?:\s*(?:\(?([A-Za-z]{1,5})\)?|([+-]\d{2}):?(\d{2})))?`
// Sun, 06 Nov 1994 08:49:37 GMT; day of one digit; +0000; Sunday, 06-Nov-94 08:49:37 GMT
const internet = new RegExp(
  String.raw`^(?:[A-Za-z]+,?\s+)?(\d{1,2})[ -]([A-Za-z]{3})[a-z]*[ -](\d{2,4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?${zone}$`,
)
// Sun Nov  6 08:49:37 1994; Sun Nov 6 08:49:37 CET 1994
const unix = new RegExp(
  String.raw`^[A-Za-z]+\s+([A-Za-z]{3})[a-z]*\s+(\d{1,2})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?${zone}\s+(\d{4})$`,
)
// 1994-11-06T08:49:37Z; with a blank, fractions, an offset, or none
const iso = new RegExp(String.raw`^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?${zone}$`)

/**
 * A time in any of the forms that WebDAV servers write, as milliseconds since 1970; undefined for what is none.
 * The standard has one (RFC 1123 in GMT, https://www.rfc-editor.org/rfc/rfc4918#section-15.7). A time without zone is taken as GMT:
 * a guess, but the same on every computer.
 */
export function parseDate(text: string): number | undefined {
  const value = text.trim()
  const seconds = /^\d{9,11}$/.test(value) ? Number(value) : undefined
  if (seconds !== undefined) return seconds * 1000
  let match = internet.exec(value)
  if (match !== null) {
    const [, day, month, year, hour, minute, second, name, offset, minutes] = match
    return make(fullYear(year), month, day, hour, minute, second, '0', offsetOf(name, offset, minutes))
  }
  match = unix.exec(value)
  if (match !== null) {
    const [, month, day, hour, minute, second, name, offset, minutes, year] = match
    return make(Number(year), month, day, hour, minute, second, '0', offsetOf(name, offset, minutes))
  }
  match = iso.exec(value)
  if (match === null) return undefined
  const [, year, month, day, hour, minute, second, fraction, name, offset, minutes] = match
  return make(Number(year), months[Number(month) - 1], day, hour, minute, second, fraction, offsetOf(name, offset, minutes))
}

function fullYear(year: string | undefined): number {
  const number = Number(year)
  // RFC 850 dates have two digits; nothing on a WebDAV server is older than 1970.
  return year?.length === 2 ? number + (number < 70 ? 2000 : 1900) : number
}

function offsetOf(name: string | undefined, hours: string | undefined, minutes: string | undefined): number | undefined {
  if (hours !== undefined) return Number(hours) * 60 + Math.sign(Number(`${hours[0]}1`)) * Number(minutes)
  return name === undefined ? 0 : zones[name.toUpperCase()]
}

function make(
  year: number,
  month: string | undefined,
  day: string | undefined,
  hour: string | undefined,
  minute: string | undefined,
  second: string | undefined,
  fraction: string | undefined,
  offset: number | undefined,
): number | undefined {
  const index = months.indexOf(month?.toLowerCase() ?? '')
  if (index < 0 || offset === undefined || Number(day) < 1 || Number(day) > 31 || Number(hour) > 24) return undefined
  const milliseconds = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000)
  return Date.UTC(year, index, Number(day), Number(hour), Number(minute) - offset, Number(second ?? '0'), milliseconds)
}
