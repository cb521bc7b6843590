import type { Json } from '../../../core/json.ts'
import type { Composed, ComposeRow } from '../../../core/source.ts'
import { contentLine } from '../records/content-line.ts'
import { encode } from '../records/encode.ts'
import { fileNames } from '../records/file-names.ts'
import { goneLine, markedJson } from '../records/gone.ts'
import { jsonArray } from '../records/json-file.ts'
import { writeEvent } from './icalendar.ts'
import { calendarName, identify } from './item.ts'
import { createZones, type Zones } from './moment.ts'
import { type Plan, planCalendars } from './plan.ts'
import { type CalendarEntry, calendarEvent } from './schema.ts'
import { createZone } from './time-zone.ts'
import { writeVtimezone } from './vtimezone.ts'

type Rows = () => AsyncIterable<ComposeRow>

/**
 * For each calendar `NAME.ics`, and `NAME.json` with the API's own answers. All rows are read twice for each calendar, and once before.
 * Events and calendars that are gone at Google stay in both, marked.
 */
export async function* composeCalendars(rows: Rows): AsyncGenerator<Composed> {
  const zones = createZones()
  const plans = await planCalendars(rows(), zones)
  const names = fileNames([...plans].map(([id, { entry }]) => ({ id, name: calendarName(entry) })))
  for (const [id, plan] of plans) {
    const name = names.get(id)!
    yield { path: `${name}.ics`, bytes: encode(writeCalendar(rows, id, plan, zones)) }
    yield { path: `${name}.json`, bytes: encode(writeJson(rows, id)) }
  }
}

async function* writeCalendar(
  rows: Rows,
  id: string,
  { entry, gone: withdrawn, series, spans }: Plan,
  zones: Zones,
): AsyncGenerator<string> {
  yield `BEGIN:VCALENDAR\r\n${calendarLines(entry).join('')}${withdrawn ? goneLine : ''}`
  for (const [zone, span] of [...spans].sort(([a], [b]) => (a < b ? -1 : 1)))
    yield writeVtimezone(zones(zone) ?? createZone(zone)!, span)
  for await (const { item, gone } of rows()) {
    const what = identify(item.id)
    if (what?.kind !== 'event' || what.calendar !== id) continue
    const event = calendarEvent.parse(item.details)
    yield writeEvent(event, {
      calendar: entry,
      zones,
      series: series.get(event.recurringEventId ?? event.id),
      gone: gone && !withdrawn,
    })
  }
  yield 'END:VCALENDAR\r\n'
}

function calendarLines(entry: CalendarEntry): string[] {
  const name = calendarName(entry)
  const text = (property: string, value: string | undefined) => (value ? [contentLine([property, {}, 'text', value])] : [])
  return [
    ...text('version', '2.0'),
    ...text('prodid', '-//Holdall//Google Calendar//EN'),
    ...text('calscale', 'GREGORIAN'),
    // RFC 7986 5.1 and 5.2, and the names that programs used before it.
    ...text('name', name),
    ...text('x-wr-calname', name),
    ...text('description', entry.description),
    ...text('x-wr-caldesc', entry.description),
    ...text('x-wr-timezone', entry.timeZone),
    ...text('x-apple-calendar-color', entry.backgroundColor),
  ]
}

async function* writeJson(rows: Rows, id: string): AsyncGenerator<string> {
  let calendar: Json = null
  for await (const row of rows()) {
    const what = identify(row.item.id)
    if (what?.kind !== 'calendar' || what.calendar !== id) continue
    calendar = markedJson(row)
    break
  }
  yield* jsonArray(events(rows, id), `{"calendar": ${JSON.stringify(calendar)},\n"events": `, '}\n')
}

async function* events(rows: Rows, id: string): AsyncGenerator<Json> {
  for await (const row of rows()) {
    const what = identify(row.item.id)
    if (what?.kind === 'event' && what.calendar === id) yield markedJson(row)
  }
}
