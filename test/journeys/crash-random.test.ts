import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { startCourse } from './course.ts'
import { below, seeded } from './random.ts'
import { mostForKill } from './refetched.ts'

const mebibyte = 1024 * 1024

/** Kills of a whole run of this file; HOLDALL_CRASH_ROUNDS=250 for a long one by hand. */
const kills = Number(process.env.HOLDALL_CRASH_ROUNDS ?? 16)
/** HOLDALL_CRASH_SEED plays one run again: the same account, the same changes, the same moments (as far as a clock can be the same). */
const seed = Number(process.env.HOLDALL_CRASH_SEED ?? Date.now() % 1_000_000)

test(`killed at any moment, the next run goes on (HOLDALL_CRASH_SEED=${seed})`, {
  timeout: 60_000 + kills * 15_000,
}, async () => {
  process.stderr.write(`crash test: HOLDALL_CRASH_SEED=${seed}, ${kills} kills\n`)
  const random = seeded(seed)
  const course = await startCourse({ seed, folderEtags: seed % 2 === 0 })
  const { figures, account } = course
  let longest = 2000
  for (let stretch = 0; figures.kills < kills; stretch++) {
    if (stretch > 0) {
      if (stretch % 3 === 0) await course.afresh()
      account.change()
      course.changed()
    }
    for (let left = 2 + below(random, 5); left > 0 && figures.kills < kills; left--) {
      const after = 150 + random() * longest
      const command = random() < 0.1 && figures.kills > 0 && stretch % 3 !== 0 ? 'verify' : 'backup'
      const began = performance.now()
      const outcome = await course.cutRun(`stretch ${stretch}, ${command} killed after ${Math.round(after)} ms`, {
        command,
        cut: async (running) => {
          await Promise.race([sleep(after), running.ended])
          running.kill('SIGKILL')
        },
      })
      // It ended before: later kills aim earlier.
      if (outcome === 'ended') longest = Math.max(400, (performance.now() - began) * 0.9)
    }
    await course.finish(`stretch ${stretch}`)
    longest = Math.min(3000, longest * 1.3)
  }
  process.stderr.write(
    `crash test: ${figures.kills} kills survived in ${figures.finished} backups (${figures.escaped} runs ended before); ` +
      `fetched twice: ${(figures.refetched / mebibyte / figures.kills).toFixed(1)} MiB a kill, at most ${(figures.mostForKill / mebibyte).toFixed(1)}\n`,
  )
  expect(figures.mostForKill).toBeLessThan(mostForKill)
})
