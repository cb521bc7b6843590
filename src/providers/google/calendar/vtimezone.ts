import { component, contentLine, fold } from '../records/content-line.ts'
import { showLocal, type Transition, type Zone } from './time-zone.ts'

/** What of a zone a calendar needs: from its earliest to its latest time, and whether series go on without end. Milliseconds since 1970. */
export interface Span {
  readonly from: number
  readonly to: number
  readonly open: boolean
}

/** So many years hold each combination of date and weekday; a rule that explains them all is the rule. */
const cycle = 28

/**
 * A zone as a VTIMEZONE (RFC 5545 3.6.5): what clocks did, change by change; and where series go on without end, the yearly rule of the years to come,
 * or where there is none (Morocco), each change of the next 28 years.
 */
export function writeVtimezone(zone: Zone, { from, to, open }: Span): string {
  const first = Date.UTC(new Date(from).getUTCFullYear() - 1, 0, 1)
  const lastYear = new Date(to).getUTCFullYear()
  const transitions = zone.transitions(first, Date.UTC(lastYear + (open ? cycle + 1 : 2), 0, 1))
  const rules = open ? yearlyRules(transitions, lastYear + 1) : undefined
  const single = rules === undefined ? transitions : transitions.filter(({ at }) => at < rules.since)

  const groups = new Map<string, Transition[]>()
  for (const one of single) {
    const key = `${one.before} ${one.after}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  const start = zone.offsetAt(first)
  const observances = [
    observance({ at: first, before: start, after: start }, isSummer(zone, first, start), []),
    ...[...groups.values()].map(([head, ...rest]) => observance(head!, isSummer(zone, head!.at, head!.after), [dates(rest)])),
    ...(rules?.rules ?? []).map(({ first: head, rule }) =>
      observance(head, isSummer(zone, head.at, head.after), [fold(`RRULE:${rule}`)]),
    ),
  ]
  return component('VTIMEZONE', [contentLine(['tzid', {}, 'text', zone.id]), ...observances])
}

function observance(head: Transition, summer: boolean, more: readonly string[]): string {
  return component(summer ? 'DAYLIGHT' : 'STANDARD', [
    contentLine(['dtstart', {}, 'date-time', showLocal(head.at, head.before)]),
    contentLine(['tzoffsetfrom', {}, 'utc-offset', showOffset(head.before)]),
    contentLine(['tzoffsetto', {}, 'utc-offset', showOffset(head.after)]),
    ...more,
  ])
}

function dates(transitions: readonly Transition[]): string {
  if (transitions.length === 0) return ''
  return contentLine(['rdate', {}, 'date-time', ...transitions.map(({ at, before }) => showLocal(at, before))])
}

/** Summer time is what is ahead of the least offset within the year around. */
function isSummer(zone: Zone, time: number, offset: number): boolean {
  const year = 366 * 86_400_000
  return zone
    .transitions(time - year / 2, time + year / 2)
    .some(({ before, after }) => Math.min(before, after) < offset && Math.abs(before - after) <= 7200)
}

/** `+01:00`, with seconds where there are any. */
function showOffset(offset: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const size = Math.abs(offset)
  const text = `${offset < 0 ? '-' : '+'}${two(size / 3600)}:${two((size / 60) % 60)}`
  return size % 60 === 0 ? text : `${text}:${two(size % 60)}`
}

interface Rules {
  /** The first change that the rules stand for. */
  readonly since: number
  readonly rules: readonly { readonly first: Transition; readonly rule: string }[]
}

/** Rules that explain all changes of a cycle of years from `year` on, and how far back they do; undefined where there are none. */
function yearlyRules(transitions: readonly Transition[], year: number): Rules | undefined {
  const byYear = new Map<number, Transition[]>()
  for (const one of transitions) {
    const of = new Date(one.at + one.before * 1000).getUTCFullYear()
    byYear.set(of, [...(byYear.get(of) ?? []), one])
  }
  const sample = Array.from({ length: cycle }, (_, index) => byYear.get(year + index) ?? [])
  const perYear = sample[0]!.length
  if (perYear === 0 || sample.some((one) => one.length !== perYear)) return undefined
  const rules: { rule: string; fits: (one: Transition) => boolean }[] = []
  for (let index = 0; index < perYear; index++) {
    const found = ruleOf(sample.map((one) => one[index]!))
    if (found === undefined) return undefined
    rules.push(found)
  }
  let since = year
  const explained = (of: readonly Transition[] | undefined) =>
    of?.length === perYear && of.every((one, index) => rules[index]!.fits(one))
  while (explained(byYear.get(since - 1))) since--
  const heads = byYear.get(since)!
  return { since: heads[0]!.at, rules: rules.map(({ rule }, index) => ({ first: heads[index]!, rule })) }
}

const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']

function ruleOf(sample: readonly Transition[]): { rule: string; fits: (one: Transition) => boolean } | undefined {
  const all = sample.map(look)
  const { month, weekday, time, before, after } = all[0]!
  const alike = (one: Look) =>
    one.month === month && one.weekday === weekday && one.time === time && one.before === before && one.after === after
  if (!all.every(alike)) return undefined
  const prefix = `FREQ=YEARLY;BYMONTH=${month + 1}`
  const rule = (text: string, fits: (one: Look) => boolean) => ({
    rule: text,
    fits: (one: Transition) => alike(look(one)) && fits(look(one)),
  })
  if (all.every(({ last }) => last)) return rule(`${prefix};BYDAY=-1${weekdays[weekday]}`, ({ last }) => last)
  const nth = all[0]!.nth
  if (all.every((one) => one.nth === nth)) return rule(`${prefix};BYDAY=${nth}${weekdays[weekday]}`, (one) => one.nth === nth)
  const days = all.map(({ date }) => date)
  const [least, most] = [Math.min(...days), Math.max(...days)]
  if (most - least > 6) return undefined
  const window = Array.from({ length: most - least + 1 }, (_, index) => least + index)
  return rule(`${prefix};BYDAY=${weekdays[weekday]};BYMONTHDAY=${window.join(',')}`, ({ date }) => date >= least && date <= most)
}

type Look = ReturnType<typeof look>

/** When a change comes by the clocks before it. */
function look({ at, before, after }: Transition) {
  const local = new Date(at + before * 1000)
  const date = local.getUTCDate()
  const month = local.getUTCMonth()
  const daysOfMonth = new Date(Date.UTC(local.getUTCFullYear(), month + 1, 0)).getUTCDate()
  return {
    month,
    date,
    weekday: local.getUTCDay(),
    time: local.getTime() % 86_400_000,
    nth: Math.ceil(date / 7),
    last: date + 7 > daysOfMonth,
    before,
    after,
  }
}
