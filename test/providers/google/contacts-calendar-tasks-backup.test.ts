import { readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SourceSettings } from '../../../src/core/source.ts'
import { createCalendarModel } from '../../../src/practice/google/calendar/calendar-model.ts'
import { fillPracticeCalendar, type PracticeCalendar } from '../../../src/practice/google/calendar/fill-calendar.ts'
import { fillPracticePeople, type PracticePeople } from '../../../src/practice/google/people/fill-people.ts'
import { createPeopleModel } from '../../../src/practice/google/people/people-model.ts'
import { fillPracticeTasks, type PracticeTasks } from '../../../src/practice/google/tasks/fill-tasks.ts'
import { createTasksModel } from '../../../src/practice/google/tasks/tasks-model.ts'
import { calendar } from '../../../src/providers/google/calendar/source.ts'
import { contacts } from '../../../src/providers/google/contacts/source.ts'
import { tasks } from '../../../src/providers/google/tasks/source.ts'
import { createBench, type RunResult } from '../../backup/bench-archive.ts'
import type { World } from '../../backup/fake-source.ts'
import { connectRecords } from './records/connect-records.ts'
import { badLines, readCalendar, readCards, readPhotos, withParsers } from './records/python-reader.ts'

const email = 'student@example.ac.jp'
const types = { contacts, calendar, tasks }
const scopes = [...contacts.scopes({ otherContacts: true }), ...calendar.scopes({}), ...tasks.scopes({})]

async function start() {
  const models = {
    people: createPeopleModel({ email }),
    calendar: createCalendarModel({ email }),
    tasks: createTasksModel({ email }),
  }
  const ids = {
    people: fillPracticePeople(models.people),
    calendar: fillPracticeCalendar(models.calendar),
    tasks: fillPracticeTasks(models.tasks),
  }
  const at = await connectRecords(contacts, { ...models, scopes, pageSize: 50 })
  const bench = await createBench()
  const { practice } = at
  const sourceOf = (name: keyof typeof types, settings: SourceSettings): World => {
    const made = at.connection()
    const source = types[name].open({ ...made, endpoints: { ...made.endpoints, photos: practice.photos } }, settings)
    return { source, features: types[name].features } as World
  }
  /** One source after another. */
  const run = async (
    settings: SourceSettings = {},
    chosen: readonly (keyof typeof types)[] = ['contacts', 'calendar', 'tasks'],
  ) => {
    const runs: RunResult[] = []
    for (const name of chosen)
      runs.push(await bench.run({ [`google/${name}`]: sourceOf(name, name === 'contacts' ? settings : {}) }))
    return {
      status: Math.max(...runs.map(({ status }) => status)),
      sources: Object.assign({}, ...runs.map(({ sources }) => sources)) as RunResult['sources'],
      failures: runs.flatMap(({ failures }) => [...failures]),
      events: runs.flatMap(({ events }) => events),
    }
  }
  const data = join(bench.root, 'data/google')
  const read = (path: string) => readFileSync(join(data, path), 'utf8')
  const files = () =>
    readdirSync(data, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name).slice(data.length + 1)] : []))
      .sort()
  const calls = () => practice.requests.map(({ call }) => call).filter((call) => call !== undefined)
  return {
    ...at,
    ...models,
    ids: ids as { people: PracticePeople; calendar: PracticeCalendar; tasks: PracticeTasks },
    bench,
    run,
    read,
    data,
    files,
    calls,
  }
}

let at: Awaited<ReturnType<typeof start>>
beforeEach(async () => {
  at = await start()
})
afterEach(async () => {
  expect(at.complaints()).toEqual([])
  await at.close()
  await at.bench.dispose()
})

describe('a whole account in the archive', () => {
  withParsers('is there, valid, and read by other programs', async () => {
    const { status, sources, failures } = await at.run({ otherContacts: true })
    expect(failures).toEqual([])
    expect(status).toBe(0)
    expect(sources['google/calendar']!.unexportable).toBe(2)
    for (const path of at.files()) {
      if (path.endsWith('.ics') || path.endsWith('.vcf')) expect(badLines(Buffer.from(at.read(path))), path).toEqual([])
      if (path.endsWith('.json')) JSON.parse(at.read(path))
      if (!path.endsWith('.ics')) continue
      const read = readCalendar(at.read(path))
      for (const one of read.components) expect(one.errors, path).toEqual([])
      const zones = new Set(read.components.flatMap((one) => (one.name === 'VTIMEZONE' ? [one.properties.TZID![0]!.value] : [])))
      for (const [, used] of at.read(path).matchAll(/;TZID="?([^:";]+)/g)) expect(zones, path).toContain(used)
    }
    const cards = readCards(at.read('contacts/contacts.vcf'))
    expect(cards).toHaveLength(at.people.contacts.alive().length + at.people.others.alive().length)
    expect(JSON.parse(at.read('contacts/contacts.json'))).toHaveLength(cards.length)
    const photos = at.files().filter((path) => path.startsWith('contacts/photos/'))
    const named = cards.flatMap(({ properties }) =>
      properties.flatMap(({ name, value }) => (name === 'X-PHOTO-FILE' ? [`contacts/${value}`] : [])),
    )
    expect(photos.length).toBeGreaterThan(0)
    expect(named.sort()).toEqual(photos)
    const embedded = Object.values(readPhotos(at.read('contacts/contacts.vcf'))).map(({ bytes }) => bytes)
    const saved = photos.map((path) => readFileSync(join(at.data, path)).toString('base64'))
    expect(embedded.sort()).toEqual(saved.sort())
    expect(photos.every((path) => path.endsWith('.jpg'))).toBe(true)
    const primary = readCalendar(at.read(`calendar/${email}.ics`))
    const { events } = JSON.parse(at.read(`calendar/${email}.json`))
    expect(primary.components.filter(({ name }) => name === 'VEVENT').length).toBeGreaterThan(events.length / 2)
    expect(at.read('tasks/My Tasks.json')).not.toContain('0-practicekey')
    await at.bench.checkSound()
  })

  test('the largest photos come, and no host of photos sees the sign-in', async () => {
    await at.run()
    const asked = at.practice.requests.filter(({ host }) => host === 'lh3.googleusercontent.com')
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.every(({ path }) => path.endsWith('=s0'))).toBe(true)
  })

  test('contacts with more values than lists show have all of them', async () => {
    await at.run()
    const all = JSON.parse(at.read('contacts/contacts.json')) as { resourceName: string; emailAddresses: unknown[] }[]
    const { value } = at.people.contacts.get(at.ids.people.manyAddresses)!
    expect(all.find(({ resourceName }) => resourceName === at.ids.people.manyAddresses)!.emailAddresses).toHaveLength(
      value.fields.emailAddresses!.length,
    )
    expect(value.fields.emailAddresses!.length).toBeGreaterThan(100)
  })
})

describe('a rerun', () => {
  test('without news asks for changes alone, writes nothing, and fetches no photo', async () => {
    await at.run()
    const before = new Map(at.files().map((path) => [path, at.read(path)]))
    at.practice.resetLog()
    const again = await at.run()
    expect(again.status).toBe(0)
    expect(new Map(at.files().map((path) => [path, at.read(path)]))).toEqual(before)
    expect(again.events.filter((one) => one.event === 'item' && one.state === 'saved')).toEqual([])
    expect(at.practice.requests.some(({ host }) => host === 'lh3.googleusercontent.com')).toBe(false)
    // What changed; and how many there are said to be, which is shown beside our number.
    expect(at.calls().filter((call) => call === 'people.people.connections.list')).toHaveLength(2)
  })

  test('takes what changed, and keeps what was deleted, marked', async () => {
    await at.run()
    const { kenji } = at.ids.people
    at.people.changeContact(kenji, { nicknames: [{ value: 'Kenny' }] })
    const gone = at.people.addContact({ names: [{ givenName: 'Short', displayName: 'Short' }] })
    const event = at.calendar.addEvent(email, {
      summary: 'Soon gone',
      start: { date: '2025-01-01' },
      end: { date: '2025-01-02' },
    })
    await at.run()
    expect(at.read('contacts/contacts.vcf')).toContain('NICKNAME:Kenny')
    expect(at.read(`calendar/${email}.ics`)).toContain('SUMMARY:Soon gone')
    at.people.removeContact(gone)
    at.calendar.removeEvent(email, event)
    const { status } = await at.run()
    expect(status).toBe(0)
    expect(at.read('contacts/contacts.vcf')).toMatch(/FN:Short\r\n[\s\S]*?X-HOLDALL-GONE:TRUE/)
    expect(at.read(`calendar/${email}.ics`)).toMatch(/STATUS:CANCELLED\r\nX-HOLDALL-GONE:TRUE\r\nSUMMARY:Soon gone/)
    expect(at.read(`calendar/${email}.json`)).toContain('Soon gone')
  })

  withParsers('of which a photo’s file was removed or cut off takes it again, and the card has it', async () => {
    await at.run({}, ['contacts'])
    const photos = at.files().filter((path) => path.startsWith('contacts/photos/'))
    const [missing = '', short = ''] = photos
    rmSync(join(at.data, missing))
    truncateSync(join(at.data, short), 10)
    at.people.changeContact(at.ids.people.kenji, { nicknames: [{ value: 'Kenny' }] })
    const { status, events } = await at.run({}, ['contacts'])
    expect(status).toBe(0)
    const damaged = events.flatMap((one) => (one.event === 'damaged' ? [one.path] : []))
    for (const path of [missing, short]) expect(damaged.some((one) => one.endsWith(path))).toBe(true)
    const cards = at.read('contacts/contacts.vcf')
    expect(Object.keys(readPhotos(cards))).toHaveLength(photos.length)
    expect(cards).toContain('NICKNAME:Kenny')
    expect(readCards(cards)).toHaveLength(at.people.contacts.alive().length)
  })

  test('after tokens have died lists everything, and downloads no photo again', async () => {
    await at.run()
    at.people.expireSyncTokens()
    at.calendar.expireSyncTokens()
    at.practice.resetLog()
    const { status, events } = await at.run()
    expect(status).toBe(0)
    expect(events.filter(({ event }) => event === 'failed')).toEqual([])
    expect(at.practice.requests.some(({ host }) => host === 'lh3.googleusercontent.com')).toBe(false)
  })

  test('after tokens have died knows what was deleted meanwhile, and marks it', async () => {
    const gone = at.people.addContact({ names: [{ givenName: 'Short', displayName: 'Short' }] })
    const event = at.calendar.addEvent(email, {
      summary: 'Soon gone',
      start: { date: '2025-01-01' },
      end: { date: '2025-01-02' },
    })
    await at.run()
    at.people.removeContact(gone)
    at.calendar.removeEvent(email, event)
    at.people.expireSyncTokens()
    at.calendar.expireSyncTokens()
    expect((await at.run()).status).toBe(0)
    expect(at.read('contacts/contacts.vcf')).toMatch(/FN:Short\r\n[\s\S]*?X-HOLDALL-GONE:TRUE/)
    expect(at.read(`calendar/${email}.ics`)).toMatch(/STATUS:CANCELLED\r\nX-HOLDALL-GONE:TRUE\r\nSUMMARY:Soon gone/)
  })

  test('after a contact got another resource name has it once', async () => {
    await at.run()
    const renamed = at.people.relinkContact(at.ids.people.kenji)
    await at.run()
    const metadata = readFileSync(join(at.bench.root, 'metadata/google/contacts.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const alive = metadata.filter(({ goneAtSource }) => goneAtSource === undefined).map(({ id }) => id)
    expect(alive).toContain(renamed)
    expect(alive).not.toContain(at.ids.people.kenji)
  })

  test('a photo that was changed or taken away', async () => {
    await at.run()
    const { withPhoto } = at.ids.people
    const photos = () => at.files().filter((path) => path.startsWith('contacts/photos/'))
    const before = photos()
    const bytes = () => before.map((path) => at.read(path))
    const were = bytes()
    at.people.setPhoto(withPhoto, 99)
    expect((await at.run()).status).toBe(0)
    expect(photos()).toEqual(before)
    expect(bytes().filter((one, index) => one !== were[index])).toHaveLength(1)
    at.people.setPhoto(withPhoto, undefined)
    expect((await at.run()).status).toBe(0)
    expect(photos()).toEqual(before)
  })
})

test('other contacts are not asked for unless they are chosen', async () => {
  await at.run({}, ['contacts'])
  expect(at.calls()).toContain('people.people.connections.list')
  expect(at.calls()).not.toContain('people.otherContacts.list')
  expect(contacts.scopes({})).toEqual(['https://www.googleapis.com/auth/contacts.readonly'])
})

test('a calendar that is closed for a while loses nothing', async () => {
  await at.run({}, ['calendar'])
  const names = at.files()
  at.calendar.changeCalendar(at.ids.calendar.shared, { vanished: true })
  const { status, sources } = await at.run({}, ['calendar'])
  expect(status).toBe(0)
  expect(sources['google/calendar']!.unexportable).toBe(3)
  at.calendar.changeCalendar(at.ids.calendar.shared, { vanished: false })
  const again = await at.run({}, ['calendar'])
  expect(again.status).toBe(0)
  expect(again.sources['google/calendar']!.unexportable).toBe(2)
  expect(at.files()).toEqual(names)
})
