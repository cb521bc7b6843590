import { createHash } from 'node:crypto'
import { type CalendarModel, createCalendarModel } from '../../src/practice/google/calendar/calendar-model.ts'
import { createMailbox, type MailboxModel } from '../../src/practice/google/gmail/mailbox.ts'
import { createPeopleModel, type PeopleModel } from '../../src/practice/google/people/people-model.ts'
import { createTasksModel, type TasksModel } from '../../src/practice/google/tasks/tasks-model.ts'
import type { CourseAccount } from './course.ts'
import type { ExpectedFile } from './expected.ts'
import { googleDerived } from './google-derived.ts'
import { below, pick, type Random, seeded } from './random.ts'

/** What an account at Google has beside Drive. */
export interface GoogleModels {
  readonly mailbox: MailboxModel
  readonly people: PeopleModel
  readonly calendar: CalendarModel
  readonly tasks: TasksModel
}

/** Mail, contacts with photos, calendars and tasks, which change from run to run. */
export interface GoogleAccount extends CourseAccount, GoogleModels {
  /** Adds a message of so many bytes; returns its id. */
  addMail(size: number): string
}

const email = 'student@example.ac.jp'

export interface GoogleAccountOptions {
  readonly seed: number
  /** Messages at the beginning; default 160. */
  readonly messages?: number
}

export function createGoogleAccount({ seed, messages = 160 }: GoogleAccountOptions): GoogleAccount {
  const random = seeded(seed)
  const models: GoogleModels = {
    mailbox: createMailbox({ email }),
    people: createPeopleModel({ email }),
    calendar: createCalendarModel({ email }),
    tasks: createTasksModel({ email }),
  }
  const mail = fillMailbox(models.mailbox, random, messages, seed)
  const sides = [
    mail,
    fillPeople(models.people, random, seed),
    fillCalendar(models.calendar, random),
    fillTasks(models.tasks, random),
  ]
  return {
    ...models,
    addMail: mail.addMail,
    cloud: { google: models, accounts: ['google'], sources: ['gmail', 'contacts', 'calendar', 'tasks'], swift: true },
    change() {
      for (const side of sides) side.change()
    },
    rearrange: mail.relabel,
    expected: () => [...ofMailbox(models.mailbox), ...ofPhotos(models.people)],
    folders: () => [
      ...new Set([
        ...ofMailbox(models.mailbox).map(({ folder }) => folder),
        ...['contacts', 'contacts/photos', 'calendar', 'tasks', 'gmail/settings'].map((name) => `data/google/${name}`),
      ]),
    ],
    derived: googleDerived(models),
  }
}

interface Side {
  change(): void
}

/** In whole seconds of 2024: some thirteen folders of mail. */
const someTime = (random: Random) => Date.UTC(2024, 0, 1) + below(random, 300 * 86_400) * 1000
const take = <T>(random: Random, list: T[]): T => list.splice(below(random, list.length), 1)[0]!

function fillMailbox(model: MailboxModel, random: Random, messages: number, seed: number) {
  const labels = ['Receipts', 'Travel/2024', '大学'].map((name) => model.addLabel(name).id)
  const mail: string[] = []
  const drafts: string[] = []
  let count = 0
  let rounds = 0
  const content = (size: number) => {
    const number = ++count
    return { size, seed: seed * 10_000 + number, headers: `Subject: Mail ${number}\r\nFrom: a@example.org\r\nTo: ${email}` }
  }
  const add = (labelIds: readonly string[], size = 1000 + below(random, 39_000)) => {
    const { id } = model.add(content(size), { internalDate: someTime(random), labelIds })
    mail.push(id)
    return id
  }
  const someLabels = () => ['INBOX', 'UNREAD', 'STARRED', ...labels].filter(() => random() < 0.3)
  const addDraft = () => drafts.push(model.addDraft(content(2000), { internalDate: someTime(random) }).draftId!)
  for (let n = 0; n < messages; n++) add(someLabels())
  for (let n = 0; n < 3; n++) addDraft()
  for (const label of ['SPAM', 'TRASH'])
    for (let n = 0; n < 3; n++) model.add(content(1500), { internalDate: someTime(random), labelIds: [label] })
  // So that listings of few messages have several pages.
  model.quirks.pageLimit = 70
  const relabel = () => {
    for (let n = 0; n < 8; n++) model.setLabels(pick(random, mail), someLabels())
    model.renameLabel(pick(random, labels), `Label ${++count}`)
  }
  return {
    addMail: (size: number) => add(['INBOX'], size),
    relabel,
    change() {
      rounds++
      if (rounds % 2 === 0) relabel()
      else for (let n = 0; n < 8; n++) model.setLabels(pick(random, mail), someLabels())
      for (let n = 0; n < 15; n++) add(someLabels())
      model.editDraft(pick(random, drafts), content(3000))
      for (let n = 0; n < 2; n++) model.remove(take(random, mail))
      // Too long ago for Gmail: the next run lists everything.
      if (rounds % 3 === 0) model.history.forget()
    },
  }
}

function fillPeople(model: PeopleModel, random: Random, seed: number): Side {
  model.settings.pageLimit = 15
  const people: string[] = []
  let count = 0
  let rounds = 0
  const group = model.addGroup('Lab')
  const name = () => ({ givenName: 'Person', displayName: `Person ${++count}` })
  const photo = () => seed * 1000 + ++count
  const add = (withPhoto = random() < 0.5) =>
    people.push(
      model.addContact(
        { names: [name()], emailAddresses: [{ value: `person${count}@example.org` }] },
        { ...(random() < 0.3 && { groups: [group] }), ...(withPhoto && { photoSeed: photo() }) },
      ),
    )
  for (let n = 0; n < 30; n++) add()
  for (let n = 0; n < 5; n++) add(true)
  return {
    change() {
      rounds++
      for (let n = 0; n < 3; n++) add()
      model.changeContact(pick(random, people), { names: [name()] })
      model.changeContact(pick(random, people), { biographies: [{ value: `Note ${++count}` }] })
      model.setPhoto(pick(random, people), photo())
      model.setPhoto(pick(random, people), undefined)
      model.removeContact(take(random, people))
      model.renameGroup(group, `Lab ${++count}`)
      if (rounds % 3 === 0) model.expireSyncTokens()
    },
  }
}

function fillCalendar(model: CalendarModel, random: Random): Side {
  const calendars = [model.addCalendar('Student', { primary: true }), model.addCalendar('Laboratory')]
  model.settings.pageLimit = 15
  const events: (readonly [calendar: string, id: string])[] = []
  let count = 0
  let rounds = 0
  const at = (hour: number, day: number) => ({
    dateTime: `2024-07-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00+09:00`,
    timeZone: 'Asia/Tokyo',
  })
  const add = (more: object = {}) => {
    const calendar = pick(random, calendars)
    const day = 1 + below(random, 28)
    const fields = { summary: `Event ${++count}`, start: at(9, day), end: at(10, day), ...more }
    events.push([calendar, model.addEvent(calendar, fields)])
  }
  for (let n = 0; n < 30; n++) add()
  const [primary = ''] = calendars
  const fields = { summary: `Series ${++count}`, start: at(12, 1), end: at(13, 1), recurrence: ['RRULE:FREQ=DAILY;COUNT=20'] }
  const series = model.addEvent(primary, fields)
  return {
    change() {
      rounds++
      for (let n = 0; n < 3; n++) add()
      const [calendar, id] = pick(random, events)
      model.changeEvent(calendar, id, { summary: `Changed ${++count}` })
      model.removeEvent(...take(random, events))
      if (rounds < 9) {
        model.cancelInstance(primary, series, at(12, 2 * rounds))
        model.changeInstance(primary, series, at(12, 2 * rounds + 1), {
          summary: `Moved ${++count}`,
          start: at(15, 2),
          end: at(16, 2),
        })
      }
      if (rounds % 3 === 0) model.expireSyncTokens()
    },
  }
}

function fillTasks(model: TasksModel, random: Random): Side {
  const list = model.addList('Plans')
  const tasks: string[] = []
  let count = 0
  const add = () => tasks.push(model.addTask(list, `Task ${++count}`, random() < 0.5 ? { due: '2024-08-01' } : {}))
  for (let n = 0; n < 20; n++) add()
  return {
    change() {
      for (let n = 0; n < 3; n++) add()
      model.completeTask(list, pick(random, tasks))
      model.changeTask(list, pick(random, tasks), { title: `Other task ${++count}` })
      model.purge(list)
      model.removeTask(list, take(random, tasks))
    },
  }
}

const digests = new Map<string, string>()
const sha256 = (key: string, bytes: () => Uint8Array): string => {
  const known = digests.get(key) ?? createHash('sha256').update(bytes()).digest('hex')
  digests.set(key, known)
  return known
}

/** Where the contract says that a message stands. */
function ofMailbox(model: MailboxModel): ExpectedFile[] {
  return [...model.scan()].flatMap(({ id, labelIds, internalDate, content }): ExpectedFile[] => {
    if (labelIds.includes('SPAM') || labelIds.includes('TRASH') || !('headers' in content)) return []
    const [day = '', clock = ''] = new Date(internalDate).toISOString().split('T')
    const subject = /^Subject: (.*)$/m.exec(content.headers)?.[1]?.trim()
    return [
      {
        source: 'google/gmail',
        id,
        folder: `data/google/gmail/${day.slice(0, 4)}/${day.slice(5, 7)}`,
        name: `${day} ${clock.slice(0, 2)}${clock.slice(3, 5)} ${subject} ${id}.eml`,
        // Of a whole run, whose mailbox is made of the same seed: ids alone begin anew in each.
        sha256: sha256(`${content.seed} ${content.size} ${content.headers}`, () => model.bytes(id)),
        bytes: content.size,
        modified: internalDate,
      },
    ]
  })
}

function ofPhotos(model: PeopleModel): ExpectedFile[] {
  return model.contacts.alive().flatMap(({ id, value }): ExpectedFile[] => {
    if (value.photo === undefined) return []
    const bytes = model.photos.get(value.photo)!.full
    return [
      {
        source: 'google/contacts',
        id: `photo/${id}`,
        folder: 'data/google/contacts/photos',
        name: `${value.fields.names?.[0]?.displayName}.jpg`,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        bytes: bytes.byteLength,
      },
    ]
  })
}
