import { createHash } from 'node:crypto'
import type { Json } from '../../serving/reply.ts'
import { createSyncedRecords, type SyncedRecord, type SyncedRecords } from '../synced-records.ts'

/** The fields of an event as they come out of the API, without those that the API makes (`kind`, `etag`, `updated` …). */
export type EventFields = { readonly [key: string]: Json | undefined }

export interface CalendarEvent {
  readonly fields: EventFields
  /** An invitation that the person has not let in: listed only with `showHiddenInvitations`. */
  readonly hiddenInvitation: boolean
}

export type AccessRole = 'freeBusyReader' | 'reader' | 'writerWithoutPrivateAccess' | 'writer' | 'owner'

/** A calendar as it stands in the person's list. */
export interface CalendarEntry {
  readonly summary: string
  readonly accessRole: AccessRole
  readonly timeZone: string
  readonly primary?: boolean
  readonly hidden?: boolean
  readonly selected?: boolean
  readonly description?: string
  readonly location?: string
  readonly summaryOverride?: string
  readonly colorId?: string
  /** E-mail address of the owner of a secondary calendar. */
  readonly dataOwner?: string
  readonly defaultReminders?: readonly { readonly method: 'email' | 'popup'; readonly minutes: number }[]
  /** Deleted by its owner: still in the list, and 404 when asked for. */
  readonly vanished?: boolean
  /** With the role `freeBusyReader`: whether events come with their times alone, or not at all. */
  readonly freeBusy?: 'times' | 'refused'
}

export interface CalendarSettings {
  /** Every so many pages of events are empty but for their `nextPageToken`; 0: none. */
  emptyPageEvery: number
  /** Pages hold at most so many events, whatever was asked for. */
  pageLimit: number
  /** False: the account never opened Calendar. */
  signedUp: boolean
}

export type AclRole = 'none' | 'freeBusyReader' | 'reader' | 'writer' | 'owner'
export interface AclRule {
  readonly role: AclRole
  readonly type: 'default' | 'user' | 'group' | 'domain'
  readonly value?: string
}

export interface Calendar {
  readonly events: SyncedRecords<CalendarEvent>
  readonly acl: SyncedRecords<AclRule>
  /** Counts up to make all sync tokens of its events invalid. */
  generation: number
}

/** What the account has in Calendar, and how that changes. */
export interface CalendarModel {
  /** Whose it is. */
  readonly email: string
  readonly name: string
  /** The list of calendars, by id. */
  readonly entries: SyncedRecords<CalendarEntry>
  readonly userSettings: SyncedRecords<string>
  /** May be changed at any time. */
  readonly settings: CalendarSettings
  calendar(id: string): Calendar | undefined
  /** Of the list and the settings; see {@link Calendar.generation} for events. */
  readonly generation: () => number
  /** `id` by default a made one on group.calendar.google.com; of the primary one the e-mail address. */
  addCalendar(summary: string, options?: Partial<CalendarEntry> & { readonly id?: string }): string
  changeCalendar(id: string, changes: Partial<CalendarEntry>): void
  /** Off the list; a sync shows it as deleted. */
  removeCalendar(id: string): void
  /** Adds or changes a rule: `user:kenji@example.ac.jp`. */
  share(calendarId: string, rule: AclRule): void
  addEvent(calendarId: string, fields: EventFields, options?: EventOptions): string
  /** Some fields of it; undefined takes one away. */
  changeEvent(calendarId: string, eventId: string, changes: EventFields): void
  /** Does not count as a change of the event: `updated` stays. */
  changeReminders(calendarId: string, eventId: string, reminders: Json): void
  /** One occurrence of a series becomes an event of its own. `originalStart` as in `start` of the series. Returns its id. */
  changeInstance(calendarId: string, seriesId: string, originalStart: EventFields, changes: EventFields, updated?: number): string
  /** One occurrence of a series is cancelled. Returns its id. */
  cancelInstance(calendarId: string, seriesId: string, originalStart: EventFields, updated?: number): string
  /** Cancels an event; with a series all that belongs to it. */
  removeEvent(calendarId: string, eventId: string): void
  setSetting(id: string, value: string): void
  /** All sync tokens given so far are refused with 410: those of one calendar's events, or all. */
  expireSyncTokens(calendarId?: string): void
}

export interface EventOptions {
  readonly id?: string
  /** Milliseconds since 1970. */
  readonly updated?: number
  readonly hiddenInvitation?: boolean
}

export interface CalendarModelOptions {
  readonly email: string
  readonly name?: string
  readonly now?: () => number
}

/** Ids of events are of the letters of base32hex: https://developers.google.com/workspace/calendar/api/v3/reference/events#id */
const madeId = (kind: string, number: number): string =>
  createHash('sha256').update(`${kind} ${number}`).digest('hex').slice(0, 26)

/** `20250304T090000Z`, or the date alone of an all-day series. */
export function instanceSuffix({ date, dateTime }: EventFields): string {
  if (typeof date === 'string') return date.replaceAll('-', '')
  return new Date(String(dateTime)).toISOString().replace(/[-:]|\.\d+/g, '')
}

export const isCancelled = ({ value, deleted }: SyncedRecord<CalendarEvent>): boolean =>
  deleted || value.fields.status === 'cancelled'

export function createCalendarModel({ email, name = 'Hana Sato', now = Date.now }: CalendarModelOptions): CalendarModel {
  const entries = createSyncedRecords<CalendarEntry>(now)
  const userSettings = createSyncedRecords<string>(now)
  const calendars = new Map<string, Calendar>()
  let made = 0
  let generation = 0
  const own = (id: string): Calendar => {
    const found = calendars.get(id)
    if (found === undefined) throw new Error(`practice Calendar: no calendar ${id}`)
    return found
  }
  const instance = (
    calendarId: string,
    seriesId: string,
    originalStart: EventFields,
    changes: EventFields,
    updated?: number,
  ): string => {
    const { events } = own(calendarId)
    const series = events.get(seriesId)
    if (series === undefined) throw new Error(`practice Calendar: no event ${seriesId}`)
    const id = `${seriesId}_${instanceSuffix(originalStart)}`
    const { recurrence: _, ...inherited } = series.value.fields
    const fields = {
      ...inherited,
      start: originalStart,
      ...changes,
      recurringEventId: seriesId,
      originalStartTime: originalStart,
    }
    events.put(id, { fields, hiddenInvitation: false }, updated)
    return id
  }
  const model: CalendarModel = {
    email,
    name,
    entries,
    userSettings,
    settings: { emptyPageEvery: 0, pageLimit: 2500, signedUp: true },
    calendar: (id) => calendars.get(id),
    generation: () => generation,
    addCalendar(summary, { id, ...options } = {}) {
      made += 1
      const calendarId = id ?? (options.primary ? email : `c_${madeId('calendar', made)}@group.calendar.google.com`)
      calendars.set(calendarId, { events: createSyncedRecords(now), acl: createSyncedRecords(now), generation: 0 })
      entries.put(calendarId, { summary, accessRole: 'owner', timeZone: 'Asia/Tokyo', ...options })
      model.share(calendarId, { role: 'owner', type: 'user', value: options.dataOwner ?? email })
      return calendarId
    },
    changeCalendar: (id, changes) => entries.change(id, (entry) => ({ ...entry, ...changes })),
    removeCalendar: (id) => entries.remove(id),
    share(calendarId, rule) {
      const id = rule.value === undefined ? rule.type : `${rule.type}:${rule.value}`
      own(calendarId).acl.put(id, rule)
      if (rule.role === 'none') own(calendarId).acl.remove(id)
    },
    addEvent(calendarId, fields, { id, updated, hiddenInvitation = false } = {}) {
      made += 1
      const eventId = id ?? madeId('event', made)
      own(calendarId).events.put(eventId, { fields, hiddenInvitation }, updated)
      return eventId
    },
    changeEvent: (calendarId, eventId, changes) =>
      own(calendarId).events.change(eventId, (event) => ({ ...event, fields: { ...event.fields, ...changes } })),
    changeReminders(calendarId, eventId, reminders) {
      const { events } = own(calendarId)
      const change = (event: CalendarEvent) => ({ ...event, fields: { ...event.fields, reminders } })
      events.change(eventId, change, events.get(eventId)?.updated)
    },
    changeInstance: instance,
    cancelInstance: (calendarId, seriesId, originalStart, updated) =>
      instance(calendarId, seriesId, originalStart, { status: 'cancelled' }, updated),
    removeEvent(calendarId, eventId) {
      const { events } = own(calendarId)
      for (const record of events.alive()) if (record.value.fields.recurringEventId === eventId) events.remove(record.id)
      events.remove(eventId)
    },
    setSetting: (id, value) => userSettings.put(id, value),
    expireSyncTokens(calendarId) {
      if (calendarId !== undefined) own(calendarId).generation += 1
      else {
        generation += 1
        for (const calendar of calendars.values()) calendar.generation += 1
      }
    },
  }
  return model
}
