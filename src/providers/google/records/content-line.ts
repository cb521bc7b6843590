import ICAL from 'ical.js'

/** A property as jCal and jCard have it (RFC 7265, RFC 7095): name, parameters, type of its values, values. */
export type Property = readonly [
  name: string,
  parameters: Readonly<Record<string, string | readonly string[]>>,
  type: string,
  ...values: readonly (string | readonly (string | readonly string[])[])[],
]

/** What a format knows of its properties. */
export type Design = typeof ICAL.design.icalendar

/**
 * A property as a content line: escaped, its parameters quoted, folded, with its line end.
 * The library writes it; the folding is ours, since the library's continuation lines have 76 octets.
 */
export function contentLine([name, parameters, type, ...values]: Property, design: Design = ICAL.design.icalendar): string {
  const cleaned = Object.entries(parameters).map(([key, value]) => [
    key,
    typeof value === 'string' ? clean(value) : value.map(clean),
  ])
  const known = type === 'text' && !(name in design.property) ? withText(design, name) : design
  return fold(ICAL.stringify.property([name, Object.fromEntries(cleaned), type, ...values.map(cleanDeep)], known, true))
}

/** Of what a format does not know text is the default, and needs no VALUE: RFC 5545 3.8.8.2, RFC 6350 6.10. */
const withText = (design: Design, name: string): Design => ({
  ...design,
  property: Object.assign(Object.create(design.property), { [name]: { defaultType: 'text' } }),
})

type Value = string | readonly Value[]
function cleanDeep(value: Value): Value {
  return typeof value === 'string' ? clean(value) : value.map(cleanDeep)
}

/** What no line can hold: control characters go, every kind of line end becomes LF (which is then written as `\n`). */
export function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n|[\r\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(/[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/g, '')
}

/** RFC 5545 3.1, RFC 6350 3.2: at most 75 octets a line, the blank of a continuation included; never inside a character. */
export function fold(line: string): string {
  if (line.length <= 25) return `${line}\r\n`
  let folded = ''
  let octets = 0
  let from = 0
  for (let at = 0; at < line.length; ) {
    const code = line.codePointAt(at)!
    const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
    if (octets + size > 75) {
      folded += `${line.slice(from, at)}\r\n `
      from = at
      octets = 1
    }
    octets += size
    at += code < 0x10000 ? 1 : 2
  }
  return `${folded}${line.slice(from)}\r\n`
}

/** A component of ready lines. */
export function component(name: string, lines: readonly string[]): string {
  return `BEGIN:${name}\r\n${lines.join('')}END:${name}\r\n`
}

/** An address as a URI can be written: what may not stand in one is percent-encoded, the rest is as it came. */
export function uri(address: string): string {
  return clean(address).replace(/[\s"<>\\^`{|}]/gu, (character) => encodeURIComponent(character))
}

/** A time as iCalendar and vCard write UTC, from what Google states (RFC 3339); undefined for what is no time of years that readers take. */
export function utcTime(stated: string | undefined): string | undefined {
  const time = stated === undefined ? Number.NaN : Date.parse(stated)
  if (Number.isNaN(time)) return undefined
  const iso = new Date(Math.floor(time / 1000) * 1000).toISOString()
  return /^(?:19|[2-9]\d)\d\d-/.test(iso) ? iso.replace('.000', '') : undefined
}
