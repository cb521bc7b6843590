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
import { fillPracticeHome } from './webdav/home.ts'
import { createWebdavModel } from './webdav/model.ts'
import { startPracticeWebdav } from './webdav/server.ts'

/** A server's address is part of who signs in there: the same one each time, so that practising can be repeated with one archive. */
const homePort = 47_615

/** The user of the practice home directory; nothing real. */
const login = { username: 'student', password: 'only for practising' }

/**
 * The whole practice cloud, filled, on loopback. `file` is where it describes itself for the program ($HOLDALL_PRACTICE); `settings` the text of a
 * holdall.yaml for it.
 */
export async function startPracticeCloud({ file, archive }: { file: string; archive: string }) {
  const tls = await makeCertificate()
  const drive = createDriveModel()
  fillPracticeDrive(drive)
  const home = createWebdavModel()
  fillPracticeHome(home)
  const { email } = drive.me
  const mailbox = createMailbox({ email })
  fillPracticeMailbox(mailbox)
  const people = createPeopleModel({ email })
  fillPracticePeople(people)
  const calendar = createCalendarModel({ email })
  fillPracticeCalendar(calendar)
  const tasks = createTasksModel({ email })
  fillPracticeTasks(tasks)
  const google = await startPracticeGoogle({ tls, model: drive, mailbox, people, calendar, tasks })
  const webdav = await startPracticeWebdav({
    tls,
    model: home,
    auth: 'digest',
    users: { [login.username]: login.password },
    port: homePort,
  })
  await writeFile(file, JSON.stringify({ endpoints: { google: { ...google.endpoints, photos: google.photos } }, ca: tls.ca }), {
    mode: 0o600,
  })
  const settings = `archive: ${JSON.stringify(archive)}
accounts:
  google:
    provider: google
    client: { id: ${JSON.stringify(google.client.id)}, secret: ${JSON.stringify(google.client.secret)} }
  home:
    provider: webdav
    url: ${webdav.url}
    username: ${login.username}
tokens: file
`
  return {
    google,
    webdav,
    settings,
    login,
    close: async () => {
      await google.close()
      await webdav.close()
    },
  }
}
