import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { KeptLevels } from '../http/kept-levels.ts'

const levels = z.record(z.string(), z.object({ units: z.number(), at: z.number() }))

/**
 * Levels of an account's slow budgets in a small file of the user's own folder: not in the journal of an archive, since the service counts requests by account and
 * app, whatever archive they were for, and `plan`, `verify --remote` and `leave` spend of the same. What cannot be read or written is left: the
 * service's own refusals hold then, as on the first day.
 */
export function keptLevelsFile(folder: string, account: string): KeptLevels {
  const file = path.join(folder, `${account}.json`)
  const read = (): z.infer<typeof levels> => {
    try {
      return levels.parse(JSON.parse(readFileSync(file, 'utf8')))
    } catch {
      return {}
    }
  }
  return {
    read: (budget) => read()[budget],
    write(budget, level) {
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        // Renamed, so that a process beside this one reads the one or the other.
        const draft = `${file}.${randomBytes(4).toString('hex')}`
        writeFileSync(draft, JSON.stringify({ ...read(), [budget]: level }), { mode: 0o600 })
        try {
          renameSync(draft, file)
        } catch {
          rmSync(draft, { force: true })
        }
      } catch {
        // No reason to stop a backup.
      }
    },
  }
}
