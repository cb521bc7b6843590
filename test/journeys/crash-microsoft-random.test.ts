import { expect, test } from 'vitest'
import { startCourse } from './course.ts'
import { crashRounds, crashSeed, killAtRandom } from './kill-at-random.ts'
import { createMicrosoftAccount } from './microsoft-account.ts'
import { seeded } from './random.ts'

const kills = crashRounds(3)
const mebibyte = 1024 * 1024

test(`OneDrive and OneNote: killed at any moment, the next run goes on (HOLDALL_CRASH_SEED=${crashSeed})`, {
  timeout: 60_000 + kills * 15_000,
}, async () => {
  process.stderr.write(`crash test: HOLDALL_CRASH_SEED=${crashSeed}, ${kills} kills\n`)
  const course = await startCourse(createMicrosoftAccount({ seed: crashSeed }))
  await killAtRandom(course, kills, seeded(crashSeed))
  // Up to a checkpoint of the large film, a group of small files that was not committed, and what was on the wire.
  expect(course.figures.mostForKill).toBeLessThan((32 + 8 + 8) * mebibyte)
})
