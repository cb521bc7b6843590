import { join } from 'node:path'
import { inspectSaved } from '../archive/inspect/inspect-saved.ts'
import type { Reporter } from '../core/events.ts'
import type { ExpectedFile } from './expectation.ts'

export interface Opening {
  readonly root: string
  readonly files: Iterable<ExpectedFile>
  /** Files whose bytes are wrong have been named already. */
  readonly isDamaged: (path: string) => boolean
  readonly atOnce: number
  readonly emit: Reporter
  readonly signal: AbortSignal
}

export interface OpenResult {
  /** Files that were looked into. */
  readonly looked: number
  /** Of a kind that is not looked into. */
  readonly unknown: number
  /** Their bytes are as they were saved, and yet they do not open; each is named by a notice. */
  readonly closed: number
}

/** Between two signs of progress, in files. */
const every = 1000

/**
 * Looks into each saved file whose bytes are right. What does not open is named and is no damage: it came so, and taking it again would change nothing.
 * Throws the signal's reason.
 */
export async function openFiles({ root, files, isDamaged, atOnce, emit, signal }: Opening): Promise<OpenResult> {
  const counts = { looked: 0, unknown: 0, closed: 0 }
  let bytes = 0
  const all = files[Symbol.iterator]()
  const work = async () => {
    for (let next = all.next(); !next.done; next = all.next()) {
      signal.throwIfAborted()
      const { path, bytes: length } = next.value
      if (isDamaged(path)) continue
      const wrong = await inspectSaved(join(root, path), path)
      bytes += length
      if (wrong === 'unknown') counts.unknown++
      else counts.looked++
      if (wrong !== undefined && wrong !== 'unknown') {
        counts.closed++
        emit({ event: 'notice', level: 'warning', message: `may not open: ${path}: ${wrong}` })
      }
      const seen = counts.looked + counts.unknown
      if (seen % every === 0) emit({ event: 'verified', files: seen, bytes, damaged: 0, state: 'progress' })
    }
  }
  const results = await Promise.allSettled(Array.from({ length: atOnce }, work))
  for (const result of results) if (result.status === 'rejected') throw result.reason
  return counts
}
