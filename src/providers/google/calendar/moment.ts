import type { EventTime } from './schema.ts'
import { createZone, type Zone } from './time-zone.ts'

/** A time of an event in one of the forms that iCalendar has (RFC 5545 3.3.4, 3.3.5). `time` in milliseconds since 1970. */
export type Moment =
  | { readonly form: 'date'; readonly date: string }
  | { readonly form: 'utc'; readonly time: number; readonly offset: number }
  | { readonly form: 'zoned'; readonly time: number; readonly zone: Zone; readonly local: string }
  | { readonly form: 'floating'; readonly local: string }

/** Zones by name, each looked up once. */
export type Zones = (id: string) => Zone | undefined

export function createZones(): Zones {
  const known = new Map<string, Zone | undefined>()
  return (id) => {
    if (!known.has(id)) known.set(id, createZone(id))
    return known.get(id)
  }
}

/** Milliseconds since 1970 between which times keep their zone: a table of changes from the year 1 to 9999 would help nobody. */
export const zonedSpan = { from: Date.UTC(1900, 0, 1), to: Date.UTC(2100, 0, 1) } as const
/** The last second that iCalendar can write. */
export const lastSecond = Date.UTC(9999, 11, 31, 23, 59, 59)

/** UTC itself, under any of its names, needs no table. */
export const isUtc = (id: string): boolean => /^(?:etc\/)?(?:utc|uct|gmt|zulu|universal|greenwich)$/i.test(id)

/**
 * A time as Google states it. One that names a zone keeps it: a person at nine in Zurich stays at nine in Zurich, and a series moves with its zone.
 * A zone that is not known leaves the offset, and so UTC; without that, the time as clocks show it. undefined: no time at all.
 */
export function momentOf(stated: EventTime | undefined, zones: Zones): Moment | undefined {
  if (stated?.date !== undefined) return isDate(stated.date) ? { form: 'date', date: stated.date } : undefined
  const [, date, clock, offset] =
    /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/i.exec(stated?.dateTime ?? '') ?? []
  if (date === undefined || clock === undefined || !isDate(date)) return undefined
  // A leap second is not for calendars.
  const local = `${date}T${clock.replace(/:60$/, ':59')}`
  const named = stated?.timeZone
  const zone = named === undefined || isUtc(named) ? undefined : zones(named)
  if (Number.isNaN(Date.parse(`${local}Z`))) return undefined
  if (offset === undefined) {
    const utc = Date.parse(`${local}Z`)
    if (zone !== undefined && utc >= zonedSpan.from && utc < zonedSpan.to) return zoned(zone.momentOf(local), zone)
    return named !== undefined && isUtc(named)
      ? { form: 'utc', time: Date.parse(`${local}Z`), offset: 0 }
      : { form: 'floating', local }
  }
  const time = Date.parse(`${local}${offset.toUpperCase()}`)
  if (time > lastSecond) return { form: 'floating', local }
  return zone === undefined || time < zonedSpan.from || time >= zonedSpan.to
    ? { form: 'utc', time, offset: (Date.parse(`${local}Z`) - time) / 1000 }
    : zoned(time, zone)
}

export const zoned = (time: number, zone: Zone): Moment => ({ form: 'zoned', time, zone, local: zone.localAt(time) })

const isDate = (date: string) =>
  /^\d{4}-\d\d-\d\d$/.test(date) && !Number.isNaN(Date.parse(date)) && new Date(date).toISOString().startsWith(date)

/** A moment in the form of another one, as the parts of a series must be: RFC 5545 3.8.4.4, 3.8.5.1. */
export function inFormOf(moment: Moment, model: Moment | undefined): Moment {
  if (model === undefined || model.form === moment.form) {
    return model?.form === 'zoned' && moment.form === 'zoned' ? zoned(moment.time, model.zone) : moment
  }
  if (moment.form === 'date') return moment
  if (model.form === 'date') return { form: 'date', date: localOf(moment).slice(0, 10) }
  const time = moment.form === 'floating' ? timeIn(moment.local, model) : moment.time
  if (time === undefined) return moment
  if (model.form === 'zoned') return zoned(time, model.zone)
  return model.form === 'utc' ? { form: 'utc', time, offset: 0 } : { form: 'floating', local: localOf(moment) }
}

/** What clocks show there then. */
export function localOf(moment: Moment): string {
  if (moment.form === 'date') return `${moment.date}T00:00:00`
  return moment.form === 'utc' ? new Date(moment.time + moment.offset * 1000).toISOString().slice(0, 19) : moment.local
}

/** When clocks show that where `model` is; undefined where that is nowhere. */
export function timeIn(local: string, model: Moment): number | undefined {
  if (model.form === 'zoned') return model.zone.momentOf(local)
  return model.form === 'utc' ? Date.parse(`${local}Z`) - model.offset * 1000 : undefined
}

/** The moment as a date-time or date of jCal, and its TZID. */
export function written(moment: Moment): { readonly type: 'date' | 'date-time'; readonly value: string; readonly tzid?: string } {
  if (moment.form === 'date') return { type: 'date', value: moment.date }
  if (moment.form === 'utc') return { type: 'date-time', value: new Date(moment.time).toISOString().replace(/\.\d+Z$/, 'Z') }
  return { type: 'date-time', value: moment.local, ...(moment.form === 'zoned' && { tzid: moment.zone.id }) }
}

/** Order in time; what has no place in it (floating) is taken for UTC. */
export function timeOf(moment: Moment): number {
  return moment.form === 'date'
    ? Date.parse(moment.date)
    : moment.form === 'floating'
      ? Date.parse(`${moment.local}Z`)
      : moment.time
}
