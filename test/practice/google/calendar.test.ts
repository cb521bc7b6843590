import { calendar, type calendar_v3 } from 'googleapis/build/src/apis/calendar/index.js'
import { expect, test } from 'vitest'
import { createCalendarModel } from '../../../src/practice/google/calendar/calendar-model.ts'
import { methodParameters, schemas } from '../../../src/practice/google/calendar/calendar-tables.ts'
import { fillPracticeCalendar } from '../../../src/practice/google/calendar/fill-calendar.ts'
import { scope, startApi } from './api-start.ts'
import { apis, deriveTables } from './derive-tables.ts'

const readonly = scope('calendar.readonly calendar.acls.readonly')
const now = () => Date.parse('2025-03-10T00:00:00Z')

async function startCalendar() {
  const model = createCalendarModel({ email: 'student@example.ac.jp', now })
  const ids = fillPracticeCalendar(model)
  const started = await startApi('calendar', readonly, { calendar: model, clock: { now } })
  return { ...started, calendar: model, ids, client: calendar({ version: 'v3', ...started.options('calendar') }) }
}

type Events = calendar_v3.Params$Resource$Events$List

async function eventsOf(client: calendar_v3.Calendar, calendarId: string, given: Events = {}) {
  const found: calendar_v3.Schema$Event[] = []
  const sizes: number[] = []
  let pageToken: string | undefined
  for (;;) {
    const { data } = await client.events.list({ calendarId, ...given, ...(pageToken === undefined ? {} : { pageToken }) })
    found.push(...(data.items ?? []))
    sizes.push(data.items?.length ?? 0)
    if (data.nextPageToken == null) return { found, sizes, token: data.nextSyncToken ?? '', data }
    expect(data.nextSyncToken).toBeUndefined()
    pageToken = data.nextPageToken
  }
}
const namesOf = (events: readonly calendar_v3.Schema$Event[]) => events.map(({ summary }) => summary)

test('the practice person has the same calendars each time', () => {
  const made = (at: number) => {
    const model = createCalendarModel({ email: 'student@example.ac.jp', now: () => at })
    fillPracticeCalendar(model)
    return model.entries.alive().map(({ id, value }) => [id, value, model.calendar(id)?.events.alive()])
  }
  expect(made(1)).toEqual(made(2))
})

test('the tables are those of the installed googleapis', () => {
  const derived = deriveTables(apis.calendar)
  expect(methodParameters).toEqual(derived.parameters)
  expect(schemas).toEqual(derived.schemas)
})

test('the official library lists calendars: hidden and deleted ones when asked for, and the rights of each', async () => {
  await using started = await startCalendar()
  const { client, calendar: model, ids } = started
  const list = async (given: object = {}) => (await client.calendarList.list(given)).data
  const visible = (await list()).items ?? []
  expect(visible.some(({ id }) => id === ids.hidden)).toBe(false)
  expect(visible[0]).toMatchObject({ kind: 'calendar#calendarListEntry', id: model.email, primary: true, accessRole: 'owner' })
  const all = (await list({ showHidden: true })).items ?? []
  expect(all.find(({ id }) => id === ids.hidden)).toMatchObject({ hidden: true, timeZone: 'America/St_Johns' })
  expect(all.filter(({ summary }) => summary === '家族')).toHaveLength(2)
  const owned = (await list({ minAccessRole: 'owner' })).items ?? []
  expect(owned.every(({ accessRole }) => accessRole === 'owner')).toBe(true)
  const pages: (string | null | undefined)[] = []
  for (let pageToken: string | undefined; ; ) {
    const data = await list({ maxResults: 4, showHidden: true, ...(pageToken === undefined ? {} : { pageToken }) })
    pages.push(...(data.items ?? []).map(({ id }) => id))
    expect(data.nextSyncToken === undefined).toBe(data.nextPageToken != null)
    if (data.nextPageToken == null) break
    pageToken = data.nextPageToken
  }
  expect(pages).toEqual(all.map(({ id }) => id))
  const { data: metadata } = await client.calendars.get({ calendarId: ids.studies })
  expect(metadata).toMatchObject({ summary: '講義 / Lectures: 2022–2025', location: 'Tokyo, Bunkyō', timeZone: 'Asia/Tokyo' })
  const { data: rules } = await client.acl.list({ calendarId: ids.studies })
  expect(rules.items?.map(({ id, role }) => [id, role])).toEqual([
    ['user:student@example.ac.jp', 'owner'],
    ['user:kenji@example.ac.jp', 'reader'],
    ['domain:example.ac.jp', 'freeBusyReader'],
  ])
  const { data: settings } = await client.settings.list({})
  expect(settings.items?.find(({ id }) => id === 'timezone')?.value).toBe('Asia/Tokyo')
  expect((await client.colors.get({})).data.event?.['11']?.background).toBe('#dc2127')
  expect(started.google.violations).toEqual([])
  expect(started.google.errors).toEqual([])
})

test('a sync of the list of calendars shows what was changed, hidden and taken away', async () => {
  await using started = await startCalendar()
  const { client, calendar: model, ids } = started
  const { data } = await client.calendarList.list({ showHidden: true, showDeleted: true })
  model.changeCalendar(ids.studies, { summary: 'Lectures', hidden: true })
  model.removeCalendar(ids.shared)
  const sync = { showHidden: true, showDeleted: true, syncToken: data.nextSyncToken ?? '' }
  const news = (await client.calendarList.list(sync)).data
  expect(news.items).toMatchObject([
    { id: ids.studies, summary: 'Lectures', hidden: true },
    { id: ids.shared, deleted: true },
  ])
  model.expireSyncTokens()
  expect((await started.json(`users/me/calendarList?syncToken=${news.nextSyncToken}`)).status).toBe(410)
})

test('events come as series, changed and cancelled occurrences, 250 at a time unless asked otherwise', async () => {
  await using started = await startCalendar()
  const { client, calendar: model, ids } = started
  const primary = await eventsOf(client, 'primary')
  expect(primary.sizes[0]).toBe(250)
  const known = model.calendar(model.email)?.events.alive() ?? []
  expect(primary.found).toHaveLength(known.filter(({ value }) => !value.hiddenInvitation).length)
  expect(primary.data).toMatchObject({
    kind: 'calendar#events',
    summary: model.email,
    accessRole: 'owner',
    timeZone: 'Asia/Tokyo',
  })
  expect((await eventsOf(client, model.email, { maxResults: 2500 })).sizes).toHaveLength(1)
  const hidden = await eventsOf(client, 'primary', { showHiddenInvitations: true })
  expect(hidden.found.map(({ id }) => id)).toContain(ids.hiddenInvitation)

  const { found } = await eventsOf(client, ids.studies)
  const byId = new Map(found.map((event) => [event.id, event]))
  expect(byId.get(ids.weekly)).toMatchObject({
    status: 'confirmed',
    recurrence: ['RRULE:FREQ=WEEKLY;UNTIL=20241220T145959Z;BYDAY=TU'],
    start: { dateTime: '2024-10-01T10:25:00+09:00', timeZone: 'Asia/Tokyo' },
    updated: '2024-09-20T10:11:12.345Z',
  })
  expect(ids.movedInstance).toBe(`${ids.weekly}_20241015T012500Z`)
  expect(byId.get(ids.movedInstance)).toMatchObject({
    recurringEventId: ids.weekly,
    iCalUID: byId.get(ids.weekly)?.iCalUID,
    originalStartTime: { dateTime: '2024-10-15T10:25:00+09:00' },
    start: { dateTime: '2024-10-16T13:00:00+09:00' },
  })
  expect(byId.get(ids.movedInstance)?.recurrence).toBeUndefined()
  // Cancelled occurrences are there though showDeleted is false, with the bare minimum.
  expect(byId.get(ids.cancelledInstance)).toEqual({
    kind: 'calendar#event',
    etag: expect.any(String),
    id: `${ids.weekly}_20241105T012500Z`,
    status: 'cancelled',
    recurringEventId: ids.weekly,
    originalStartTime: { dateTime: '2024-11-05T10:25:00+09:00', timeZone: 'Asia/Tokyo' },
  })
  expect(byId.has(`${ids.allDaySeries}_20240506`)).toBe(true)
  expect(byId.get(ids.followingSeries)?.iCalUID).toBe(byId.get(ids.endedSeries)?.iCalUID)
})

test('what is deleted, and what others may not see', async () => {
  await using started = await startCalendar()
  const { client, ids } = started
  const deleted = (await eventsOf(client, 'primary', { showDeleted: true })).found.filter(({ status }) => status === 'cancelled')
  expect(deleted.map((event) => Object.keys(event).sort())).toEqual([['etag', 'id', 'kind', 'status']])
  const shared = await eventsOf(client, ids.shared)
  expect(namesOf(shared.found)).toEqual(['Booking: arm 1', undefined])
  expect(shared.found[1]).toMatchObject({ visibility: 'private', start: { dateTime: '2025-02-04T10:00:00+09:00' } })
  const times = await eventsOf(client, ids.busyTimes)
  expect(times.found).toMatchObject([{ start: { dateTime: '2025-03-03T10:00:00+09:00' } }])
  expect(namesOf(times.found)).toEqual([undefined])
  const error = async (id: string, what = 'events') =>
    (await started.json(`calendars/${encodeURIComponent(id)}/${what}`)).body.error?.errors?.[0]?.reason
  expect(await error(ids.busyRefused)).toBe('requiredAccessLevel')
  expect(await error(ids.vanished)).toBe('notFound')
  expect(await error(ids.shared, 'acl')).toBe('forbidden')
  // A '#' in an id is part of the path.
  expect(namesOf((await eventsOf(client, ids.holidays)).found)).toEqual(['元日', '元日', '元日'])
  expect((await eventsOf(client, ids.empty)).found).toEqual([])
})

test('a sync of events tells of everything since, deleted ones too; other parameters are a violation', async () => {
  await using started = await startCalendar()
  const { client, calendar: model, ids, google } = started
  const first = await eventsOf(client, ids.studies, { maxResults: 2 })
  const sync = (token: string, given: Events = { maxResults: 2 }) => eventsOf(client, ids.studies, { ...given, syncToken: token })
  const none = await sync(first.token)
  expect(none.found).toEqual([])
  const added = model.addEvent(ids.studies, { summary: 'Exam', start: { date: '2025-07-01' }, end: { date: '2025-07-02' } })
  model.changeEvent(ids.studies, ids.weekly, { location: 'Room 4' })
  const cancelled = model.cancelInstance(ids.studies, ids.weekly, {
    dateTime: '2024-12-10T10:25:00+09:00',
    timeZone: 'Asia/Tokyo',
  })
  model.removeEvent(ids.studies, ids.endedSeries)
  const news = await sync(none.token)
  expect(news.found.map(({ id, status }) => [id, status])).toEqual([
    [added, 'confirmed'],
    [ids.weekly, 'confirmed'],
    [cancelled, 'cancelled'],
    [ids.endedSeries, 'cancelled'],
  ])
  expect(news.sizes).toEqual([2, 2])
  // A change of reminders is news, though `updated` stays.
  model.changeReminders(ids.studies, ids.followingSeries, { useDefault: false })
  const [reminders] = (await sync(news.token)).found
  expect(reminders).toMatchObject({ reminders: { useDefault: false }, updated: '2023-09-30T10:11:12.345Z' })
  // With a series all that belongs to it goes.
  const before = (await sync(news.token)).token
  model.removeEvent(ids.studies, ids.weekly)
  const gone = (await sync(before)).found
  expect(gone.map(({ id }) => id)).toContain(ids.movedInstance)
  expect(gone.every(({ status }) => status === 'cancelled')).toBe(true)
  expect((await eventsOf(client, ids.studies)).found.some(({ id }) => id?.startsWith(ids.weekly))).toBe(false)
  expect(google.violations).toEqual([])
  await sync(first.token, { maxResults: 3 })
  expect(google.violations[0]).toContain('a sync with other parameters')
})

test('what is deleted while a full listing is under way is in the sync after it', async () => {
  await using started = await startCalendar()
  const { client, calendar: model } = started
  const { data: page } = await client.events.list({ calendarId: 'primary' })
  const seen = page.items?.[0]?.id ?? ''
  model.removeEvent(model.email, seen)
  const { data: last } = await client.events.list({ calendarId: 'primary', pageToken: page.nextPageToken ?? '' })
  const news = await eventsOf(client, 'primary', { syncToken: last.nextSyncToken ?? '' })
  expect(news.found).toMatchObject([{ id: seen, status: 'cancelled' }])
})

test('410: a dead sync token of one calendar or of all, and an updatedMin too long ago', async () => {
  await using started = await startCalendar()
  const { client, calendar: model, ids } = started
  const { token } = await eventsOf(client, ids.studies)
  const other = await eventsOf(client, 'primary')
  model.expireSyncTokens(ids.studies)
  const refused = await started.json(`calendars/${ids.studies}/events?syncToken=${token}`)
  expect(refused.status).toBe(410)
  expect(refused.body).toEqual({
    error: {
      code: 410,
      message: 'Sync token is no longer valid, a full sync is required.',
      errors: [
        {
          domain: 'calendar',
          reason: 'fullSyncRequired',
          message: 'Sync token is no longer valid, a full sync is required.',
          locationType: 'parameter',
          location: 'syncToken',
        },
      ],
    },
  })
  expect((await eventsOf(client, 'primary', { syncToken: other.token })).found).toEqual([])
  model.expireSyncTokens()
  expect((await started.json(`calendars/primary/events?syncToken=${other.token}`)).status).toBe(410)
  const old = await started.json('calendars/primary/events?updatedMin=2025-01-01T00:00:00Z')
  expect([old.status, old.body.error?.errors?.[0]?.reason]).toEqual([410, 'updatedMinTooLongAgo'])
  model.removeEvent(model.email, ids.endBeforeStart)
  const recent = await eventsOf(client, 'primary', { updatedMin: '2025-03-09T00:00:00+09:00' })
  expect(recent.found.filter(({ id }) => id === ids.endBeforeStart)).toMatchObject([{ status: 'cancelled' }])
})

test('pages may be empty and still go on', async () => {
  await using started = await startCalendar()
  const whole = await eventsOf(started.client, 'primary', { maxResults: 100 })
  Object.assign(started.calendar.settings, { emptyPageEvery: 2, pageLimit: 50 })
  const { found, sizes } = await eventsOf(started.client, 'primary', { maxResults: 100 })
  expect(sizes.filter((size) => size === 0).length).toBeGreaterThan(3)
  expect(Math.max(...sizes)).toBe(50)
  expect(found.map(({ id }) => id)).toEqual(whole.found.map(({ id }) => id))
})

test('maxAttendees leaves guests out and says so; eventTypes chooses', async () => {
  await using started = await startCalendar()
  const { client } = started
  const meeting = async (given: Events) =>
    (await eventsOf(client, 'primary', given)).found.find(({ summary }) => summary === 'Group project')
  expect((await meeting({}))?.attendees).toHaveLength(5)
  expect(await meeting({ maxAttendees: 2 })).toMatchObject({ attendeesOmitted: true, attendees: [{ self: true }] })
  const away = await eventsOf(client, 'primary', { eventTypes: ['outOfOffice', 'focusTime'] })
  expect(namesOf(away.found)).toEqual(['Out of office', 'Think'])
})

const events = 'calendars/primary/events'
test.for([
  ['users/me/calendarList?syncToken=abc', 400, 'invalid', 'syncToken'],
  ['users/me/calendarList?syncToken=abc&minAccessRole=owner', 400, 'invalid', 'minAccessRole'],
  ['users/me/calendarList?syncToken=abc&showOwnOrganizationOnly=true', 400, 'invalid', 'showOwnOrganizationOnly'],
  ['users/me/calendarList?syncToken=abc&showHidden=false', 400, 'invalid', 'showHidden'],
  ['users/me/calendarList?minAccessRole=boss', 400, 'invalid', 'minAccessRole'],
  ['users/me/calendarList?maxResults=0', 400, 'badRequest', 'maxResults'],
  ['users/me/calendarList?pageSize=10', 400, 'badRequest', undefined],
  ['users/me/calendarList?pageToken=abc', 400, 'invalid', 'pageToken'],
  ['users/me/calendarList?fields=items(nmae)', 400, 'invalidParameter', 'fields'],
  ['calendars/nowhere', 404, 'notFound', undefined],
  ['calendars/nowhere/events', 404, 'notFound', undefined],
  ['calendars/nowhere/acl', 404, 'notFound', undefined],
  [`${events}/nothing`, 404, 'notFound', undefined],
  [`${events}?syncToken=abc`, 400, 'invalid', 'syncToken'],
  ...['iCalUID', 'orderBy', 'privateExtendedProperty', 'q', 'sharedExtendedProperty', 'timeMin', 'timeMax', 'updatedMin'].map(
    (name) => [`${events}?syncToken=abc&${name}=2025-03-09T00:00:00Z`, 400, 'invalid', name] as const,
  ),
  [`${events}?syncToken=abc&showDeleted=false`, 400, 'invalid', 'showDeleted'],
  [`${events}?updatedMin=yesterday`, 400, 'invalid', 'updatedMin'],
  [`${events}?eventTypes=party`, 400, 'invalid', 'eventTypes'],
  [`${events}?maxAttendees=0`, 400, 'invalid', 'maxAttendees'],
  [`${events}?showDeleted=1`, 400, 'badRequest', 'showDeleted'],
  [`${events}?singleEvents=true`, 400, 'invalid', 'singleEvents'],
  [`${events}?q=exam`, 400, 'invalid', 'q'],
] as const)('%s is refused: %i %s', async ([path, status, reason, location]) => {
  await using started = await startCalendar()
  const { status: code, body } = await started.json(path)
  expect([code, body.error?.errors?.[0]?.reason, body.error?.errors?.[0]?.location]).toEqual([status, reason, location])
  // The older envelope.
  expect(body.error?.status).toBeUndefined()
})

test('a sync token of another calendar is none, and a page token belongs to its query', async () => {
  await using started = await startCalendar()
  const { client, ids } = started
  const { token } = await eventsOf(client, ids.studies)
  expect((await started.json(`${events}?syncToken=${token}`)).status).toBe(400)
  const { body } = await started.json(`${events}?maxResults=10`)
  expect((await started.json(`${events}?maxResults=11&pageToken=${String(body.nextPageToken)}`)).status).toBe(400)
})

test('scopes of each call; an account that never opened Calendar', async () => {
  await using started = await startCalendar()
  const { ids } = started
  const status = async (path: string, names: string) => (await started.json(path, scope(names))).status
  expect(await status(`calendars/${ids.studies}/acl`, 'calendar.readonly')).toBe(403)
  expect(await status(`calendars/${ids.studies}/acl`, 'calendar.acls.readonly')).toBe(200)
  expect(await status(events, 'calendar.calendarlist.readonly')).toBe(403)
  expect(await status(events, 'calendar.events.readonly')).toBe(200)
  expect(await status('users/me/calendarList', 'calendar.events.readonly')).toBe(403)
  expect(await status('users/me/calendarList', 'calendar.calendarlist.readonly')).toBe(200)
  expect(await status('users/me/settings', 'calendar.events.readonly')).toBe(403)
  expect(await status(events, 'calendar.events.owned.readonly')).toBe(200)
  expect(await status(`calendars/${ids.shared}/events`, 'calendar.events.owned.readonly')).toBe(403)
  expect(await status(events, 'tasks.readonly')).toBe(403)
  started.calendar.settings.signedUp = false
  expect((await started.json('users/me/calendarList')).body.error).toMatchObject({
    code: 403,
    errors: [{ domain: 'calendar', reason: 'notACalendarUser' }],
  })
  await using bare = await startApi('calendar', readonly, {})
  expect((await bare.json('users/me/calendarList')).body.error?.errors?.[0]?.reason).toBe('accessNotConfigured')
})
