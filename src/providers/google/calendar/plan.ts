import type { ComposeRow } from '../../../core/source.ts'
import { type Series, uidOf } from './icalendar.ts'
import { identify } from './item.ts'
import { type Moment, momentOf, timeOf, type Zones } from './moment.ts'
import { endOf } from './recurrence.ts'
import { type CalendarEntry, type CalendarEvent, calendarEntry, calendarEvent, type EventTime } from './schema.ts'
import type { Span } from './vtimezone.ts'

/** What must be known of a whole calendar before its file can be written event by event: nothing that grows with single events. */
export interface Plan {
  entry: CalendarEntry
  /** It is no longer in the person's list. Its events were not deleted by that: they stay what they were. */
  gone: boolean
  readonly series: Map<string, Series>
  /** Zones used, by name. */
  readonly spans: Map<string, Span>
}

/** Reads everything once. */
export async function planCalendars(rows: AsyncIterable<ComposeRow>, zones: Zones): Promise<Map<string, Plan>> {
  const plans = new Map<string, Plan>()
  const restored = new Map<Series, EventTime[]>()
  const planOf = (id: string): Plan => {
    const plan = plans.get(id) ?? { entry: calendarEntry.parse({ id }), gone: false, series: new Map(), spans: new Map() }
    plans.set(id, plan)
    return plan
  }
  for await (const { item, gone } of rows) {
    const what = identify(item.id)
    if (what === undefined) continue
    const plan = planOf(what.calendar)
    if (what.kind === 'calendar') {
      plan.entry = calendarEntry.parse(item.details)
      plan.gone = gone
    } else addEvent(plan, calendarEvent.parse(item.details), gone, restored, zones)
  }
  for (const { entry, gone, series, spans } of plans.values()) {
    for (const one of series.values()) {
      if (gone) delete one.gone
      if (gone || one.gone === true) one.cancelled.push(...(restored.get(one) ?? []))
    }
    // The calendar's own zone stands there in any case; so the file of a calendar without events has a component, as it must (RFC 5545 3.6).
    const own = entry.timeZone !== undefined && zones(entry.timeZone) !== undefined ? entry.timeZone : 'UTC'
    if (!spans.has(own)) spans.set(own, { from: Date.UTC(2000, 0, 1), to: Date.UTC(2000, 0, 1), open: true })
  }
  return plans
}

/** `restored`: occurrences that had been taken out and are not stated so any more; of a series that goes on they are dates again. */
function addEvent(
  { series, spans }: Plan,
  event: CalendarEvent,
  gone: boolean,
  restored: Map<Series, EventTime[]>,
  zones: Zones,
): void {
  const seriesOf = (id: string): Series => {
    const found = series.get(id) ?? { cancelled: [] }
    series.set(id, found)
    return found
  }
  const use = (moment: Moment | undefined, end: number | undefined, open = false) => {
    if (moment?.form !== 'zoned') return
    const { id } = moment.zone
    const span = spans.get(id) ?? { from: moment.time, to: moment.time, open: false }
    spans.set(id, {
      from: Math.min(span.from, moment.time),
      to: Math.max(span.to, moment.time, end ?? 0),
      open: span.open || open,
    })
  }
  const start = momentOf(event.start, zones)
  if (event.recurringEventId !== undefined) {
    const own = seriesOf(event.recurringEventId)
    if (event.status === 'cancelled' && event.originalStartTime !== undefined) {
      if (gone) restored.set(own, [...(restored.get(own) ?? []), event.originalStartTime])
      else own.cancelled.push(event.originalStartTime)
    }
    use(momentOf(event.originalStartTime, zones), undefined)
  } else if (event.recurrence.length > 0 && start !== undefined) {
    const own = seriesOf(event.id)
    own.start = start
    own.uid = uidOf(event)
    if (gone) own.gone = true
    const end = endOf(event.recurrence)
    use(start, end, end === undefined)
  }
  const end = momentOf(event.end, zones)
  use(start, end === undefined ? undefined : timeOf(end))
  use(end, undefined)
}
