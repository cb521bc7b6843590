import { existsSync } from 'node:fs'
import type { Archive } from '../archive/archive.ts'
import type { Clock } from '../core/clock.ts'
import type { Reporter } from '../core/events.ts'
import type { Journal } from '../journal/journal.ts'
import { seal, type Unsealed, unsealedMark } from './seal.ts'
import { settleArchive } from './settle.ts'

/** The run that was cut off and has been sealed since: it need not be again. */
const sealedAfter = 'sealed after'

/**
 * Finishes what a crash left half done and seals the bag where the journal has moved on since it was sealed, so that what does not agree afterwards is
 * damage. A bag that lacks a manifest although no run was cut off is left as it is: somebody took it away.
 */
export async function bringUpToDate(
  what: { readonly journal: Journal; readonly archive: Archive; readonly clock: Clock; readonly emit: Reporter },
  software: string,
): Promise<void> {
  const { journal, archive } = what
  await settleArchive(what)
  const last = journal.lastRun()
  const cutOff = last !== undefined && last.ended === null && journal.mark(sealedAfter) !== String(last.n)
  const there = (path: string) => existsSync(archive.absolute(path))
  const neverSealed = !['bagit.txt', 'manifest-sha256.txt', 'tagmanifest-sha256.txt'].some(there)
  if (journal.mark(unsealedMark) === undefined && !cutOff && !neverSealed && !there('.holdall/sealing')) return
  if (cutOff || journal.mark(unsealedMark) === ('saved' satisfies Unsealed) || there('.holdall/sealing')) {
    what.emit({
      event: 'notice',
      level: 'info',
      message: 'the manifests lag behind what was saved (a run was cut off): they are brought up to date first',
    })
  }
  if (journal.mark(unsealedMark) === ('damaged' satisfies Unsealed)) {
    what.emit({
      event: 'notice',
      level: 'info',
      message:
        'an earlier verify found damage: the manifests no longer list what is to be taken again, and are brought up to date first',
    })
  }
  await seal({ ...what, n: last?.n ?? 0 }, software)
  if (cutOff) journal.setMark(sealedAfter, String(last.n))
}
