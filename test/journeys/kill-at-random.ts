import { setTimeout as sleep } from 'node:timers/promises'
import type { Course } from './course.ts'
import { below, type Random } from './random.ts'

/** HOLDALL_CRASH_SEED plays one run again: the same account, the same changes, the same moments (as far as a clock can be the same). */
export const crashSeed = Number(process.env.HOLDALL_CRASH_SEED ?? Date.now() % 1_000_000)
/** Kills of a whole run of a test file; HOLDALL_CRASH_ROUNDS=250 for a long one by hand. */
export const crashRounds = (usual: number): number => Number(process.env.HOLDALL_CRASH_ROUNDS ?? usual)

const mebibyte = 1024 * 1024

/** Kills runs at any moment, so many of them, with runs to the end and changes of the account in between; everything must come out right each time. */
export async function killAtRandom({ account, figures, ...course }: Course, kills: number, random: Random): Promise<void> {
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
    longest = Math.min(8000, longest * 1.3)
  }
  process.stderr.write(
    `crash test: ${figures.kills} kills survived in ${figures.finished} backups (${figures.escaped} runs ended before); ` +
      `fetched twice: ${(figures.refetched / mebibyte / figures.kills).toFixed(1)} MiB a kill, at most ${(figures.mostForKill / mebibyte).toFixed(1)}; ` +
      `messages ${(figures.messages / figures.kills).toFixed(1)} a kill, at most ${figures.mostMessagesForKill.toFixed(1)}\n`,
  )
}
