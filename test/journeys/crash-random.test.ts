import { expect, test } from 'vitest'
import { startCourse } from './course.ts'
import { crashRounds, crashSeed, killAtRandom } from './kill-at-random.ts'
import { createMixedAccount } from './mixed-account.ts'
import { seeded } from './random.ts'
import { mostForKill } from './refetched.ts'

const kills = crashRounds(12)

test(`killed at any moment, the next run goes on (HOLDALL_CRASH_SEED=${crashSeed})`, {
  timeout: 60_000 + kills * 15_000,
}, async () => {
  process.stderr.write(`crash test: HOLDALL_CRASH_SEED=${crashSeed}, ${kills} kills\n`)
  const course = await startCourse(createMixedAccount({ seed: crashSeed }), { folderEtags: crashSeed % 2 === 0 })
  await killAtRandom(course, kills, seeded(crashSeed))
  expect(course.figures.mostForKill).toBeLessThan(mostForKill)
})
