import { expect, test } from 'vitest'
import { startCourse } from './course.ts'
import { createGoogleAccount } from './google-account.ts'
import { crashRounds, crashSeed, killAtRandom } from './kill-at-random.ts'
import { seeded } from './random.ts'

const kills = crashRounds(3)

test(`mail, contacts, calendars and tasks: killed at any moment, the next run goes on (HOLDALL_CRASH_SEED=${crashSeed})`, {
  timeout: 60_000 + kills * 15_000,
}, async () => {
  process.stderr.write(`crash test: HOLDALL_CRASH_SEED=${crashSeed}, ${kills} kills\n`)
  const course = await startCourse(createGoogleAccount({ seed: crashSeed }))
  await killAtRandom(course, kills, seeded(crashSeed))
  // What comes in during the second in which a group gathers, here sixty, and the group before it that is not durable yet.
  expect(course.figures.mostMessagesForKill).toBeLessThan(128)
})
