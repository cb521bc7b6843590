import { writeFile } from 'node:fs/promises'
import { makeCertificate } from './certificate.ts'
import { createCalendarModel } from './google/calendar/calendar-model.ts'
import { fillPracticeCalendar } from './google/calendar/fill-calendar.ts'
import { createMailbox } from './google/gmail/mailbox.ts'
import { fillPracticeMailbox } from './google/gmail/person-mail.ts'
import { createDriveModel } from './google/model.ts'
import { fillPracticePeople } from './google/people/fill-people.ts'
import { createPeopleModel } from './google/people/people-model.ts'
import { fillPracticeDrive } from './google/person.ts'
import { startPracticeGoogle } from './google/practice-google.ts'
import { fillPracticeTasks } from './google/tasks/fill-tasks.ts'
import { createTasksModel } from './google/tasks/tasks-model.ts'
import { businessAccount } from './microsoft/account.ts'
import { fillPracticeOneDrive } from './microsoft/drive/fill-drive.ts'
import { createOneDriveModel } from './microsoft/drive/model.ts'
import { fillPracticeNotes } from './microsoft/onenote/fill-notes.ts'
import { createNotesModel } from './microsoft/onenote/notes-model.ts'
import { startPracticeMicrosoft } from './microsoft/practice-microsoft.ts'
import { fillPracticeHome } from './webdav/home.ts'
import { createWebdavModel } from './webdav/model.ts'
import { startPracticeWebdav } from './webdav/server.ts'
import { fillPracticeRecordings } from './zoom/fill-recordings.ts'
import { createRecordingsModel } from './zoom/model.ts'
import { startPracticeZoom } from './zoom/practice-zoom.ts'
import { clipScopes, granularScopes } from './zoom/scopes.ts'

type Tls = Awaited<ReturnType<typeof makeCertificate>>

/** A server's address is part of who signs in there: the same one each time, so that practising can be repeated with one archive. */
const homePort = 47_615

/** The real services' limits would make this small account take half an hour; see the program's practice-cloud.ts. */
const pace = 50

/** The user of the practice home directory; nothing real. */
const login = { username: 'student', password: 'only for practising' }

/**
 * The whole practice cloud, filled, on loopback. `file` is where it describes itself for the program ($HOLDALL_PRACTICE); `settings` the text of a
 * holdall.yaml for it, in which the accounts are called as the providers, and the home directory `home`.
 */
export async function startPracticeCloud({ file, archive }: { file: string; archive: string }) {
  const tls = await makeCertificate()
  const servers = await Promise.all([startGoogle(tls), startMicrosoft(tls), startZoom(tls), startHome(tls)])
  const endpoints = Object.fromEntries(servers.flatMap((one) => ('endpoints' in one ? [[one.account, one.endpoints]] : [])))
  await writeFile(file, JSON.stringify({ endpoints, ca: tls.ca, pace }), { mode: 0o600 })
  return {
    accounts: servers.map(({ account }) => account),
    settings: `archive: ${JSON.stringify(archive)}\naccounts:\n${servers.map(({ account, lines }) => `  ${account}:\n${lines.map((line) => `    ${line}\n`).join('')}`).join('')}tokens: file\n`,
    login,
    close: async () => {
      await Promise.all(servers.map(({ server }) => server.close()))
    },
  }
}

async function startGoogle(tls: Tls) {
  const model = createDriveModel()
  fillPracticeDrive(model)
  const { email } = model.me
  const mailbox = createMailbox({ email })
  fillPracticeMailbox(mailbox)
  const people = createPeopleModel({ email })
  fillPracticePeople(people)
  const calendar = createCalendarModel({ email })
  fillPracticeCalendar(calendar)
  const tasks = createTasksModel({ email })
  fillPracticeTasks(tasks)
  const server = await startPracticeGoogle({ tls, model, mailbox, people, calendar, tasks })
  const { id, secret } = server.client
  return {
    account: 'google',
    server,
    endpoints: { ...server.endpoints, photos: server.photos },
    lines: ['provider: google', `client: { id: ${JSON.stringify(id)}, secret: ${JSON.stringify(secret)} }`],
  }
}

/** Without what keeps a backup from being complete for a while: practising ends well. */
async function startMicrosoft(tls: Tls) {
  const model = createOneDriveModel()
  fillPracticeOneDrive(model)
  const notes = createNotesModel({ email: businessAccount.username })
  const { ghost, hollow, damagedPage, damagedSection } = fillPracticeNotes(notes)
  for (const id of [ghost, hollow, damagedPage, damagedSection]) notes.remove(id)
  const server = await startPracticeMicrosoft({ tls, model, notes })
  return {
    account: 'microsoft',
    server,
    endpoints: server.endpoints,
    lines: ['provider: microsoft', `client: { id: ${JSON.stringify(server.client.id)} }`, 'tenant: organizations'],
  }
}

/** The same here. */
async function startZoom(tls: Tls) {
  const model = createRecordingsModel()
  fillPracticeRecordings(model, { troubles: false })
  model.scheduled.push({ number: 85_000_000_017, topic: 'ゼミ / Seminar', type: 3, start: undefined })
  const server = await startPracticeZoom({
    tls,
    model,
    scopes: [...granularScopes, ...clipScopes, 'meeting:read:list_meetings'],
  })
  return {
    account: 'zoom',
    server,
    endpoints: server.endpoints,
    lines: ['provider: zoom', `client: { id: ${JSON.stringify(server.client.publicId)} }`, 'sources: [recordings, clips]'],
  }
}

async function startHome(tls: Tls) {
  const model = createWebdavModel()
  fillPracticeHome(model)
  const users = { [login.username]: login.password }
  const server = await startPracticeWebdav({ tls, model, auth: 'digest', users, port: homePort })
  return {
    account: 'home',
    server,
    lines: ['provider: webdav', `url: ${server.url}`, `username: ${login.username}`],
  }
}
