import { expect, test } from 'vitest'
import type { FaultyRequest } from '../../src/practice/serving/faults.ts'
import { startCourse } from './course.ts'
import { createGoogleAccount } from './google-account.ts'
import { killInside } from './kill-inside.ts'

test('killed inside an answer of Gmail, People, Calendar or Tasks, or in the closing count, the next run goes on', {
  timeout: 120_000,
}, async () => {
  const course = await startCourse(createGoogleAccount({ seed: 815 }))
  const { account, cloud, figures } = course
  const { google } = cloud
  const at = (path: RegExp) => (request: FaultyRequest) => path.test(request.path)
  const isMessages = at(/\/users\/me\/messages$/)
  const isOfEverything = ({ query }: FaultyRequest) => !query.has('labelIds') && query.get('includeSpamTrash') === 'true'
  /** One source at a time: how far the others come until the kill is a matter of chance. */
  const strike = async (source: string, what: string, which: (request: FaultyRequest) => boolean, nth: number, bytes: number) => {
    const { cut, remove } = killInside(google, which, nth, bytes)
    expect(await course.cutRun(`killed inside ${what}`, { cut, sources: [`google/${source}`] }), what).toBe('cut')
    remove()
  }
  await strike('contacts', 'a page of contacts', at(/\/people\/me\/connections$/), 2, 300)
  await strike('contacts', 'a photo', at(/^\/contacts\//), 1, 1000)
  await strike('calendar', 'a page of events', at(/\/calendars\/[^/]+\/events$/), 2, 300)
  await strike('tasks', 'a list of tasks', at(/\/lists\/[^/]+\/tasks$/), 1, 300)
  await strike('gmail', 'the second page of messages', isMessages, 2, 30)
  await strike('gmail', 'the closing count', (request) => isMessages(request) && isOfEverything(request), 2, 30)
  await course.finish('a first backup')

  account.change()
  const large = account.addMail(6 * 1024 * 1024)
  course.changed()
  await strike('gmail', 'the log of mail', at(/\/users\/me\/history$/), 1, 30)
  await strike('gmail', 'a large message', at(new RegExp(`/messages/${large}$`)), 1, 2 * 1024 * 1024)
  const fresh = account.addMail(3000)
  course.changed()
  await strike('gmail', 'a new message', at(new RegExp(`/messages/${fresh}$`)), 1, 500)
  await course.finish('after changes')
  process.stderr.write(
    `inside answers: ${figures.kills} kills survived; ${(figures.messages / figures.kills).toFixed(1)} messages fetched twice a kill\n`,
  )
  expect(figures.mostMessagesForKill).toBeLessThan(128)
})
