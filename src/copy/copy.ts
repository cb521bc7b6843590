import { randomUUID } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { platform } from 'node:os'
import type { Archive } from '../archive/archive.ts'
import { largestOnFat } from '../archive/file-system.ts'
import { holdsLargeFiles } from '../archive/large-files.ts'
import { fold } from '../archive/names.ts'
import type { ArchiveFacts } from '../archive/probe.ts'
import type { Reporter } from '../core/events.ts'
import { Failure } from '../core/failure.ts'
import type { Journal } from '../journal/journal.ts'
import { openJournal } from '../journal/open.ts'
import { expectedFiles } from '../verify/expected-files.ts'
import type { Finding } from '../verify/look.ts'
import { forgetPass } from '../verify/pass.ts'
import { gigabytes, refuseOther, refuseTooSmall } from './check-target.ts'
import { type CopyNote, readCopyNote, writeCopyNote } from './copy-note.ts'
import { createCopyProgress } from './copy-progress.ts'
import { findPresent } from './find-present.ts'
import { type Ledger, openLedger } from './ledger.ts'
import { copyTagFiles, putJournal } from './tag-files.ts'
import { removeOldDrafts, tidy } from './tidy.ts'
import { createWriter } from './writer.ts'

/** Files read and written at once. */
const atOnce = 3
/** Beside the payload: metadata, manifests and what the file system itself takes, in bytes. */
const reserve = 16 * 1024 * 1024

export interface CopyOptions {
  readonly journal: Journal
  readonly from: Archive
  readonly to: Archive
  readonly facts: Pick<ArchiveFacts, 'freeBytes' | 'largestFile' | 'fileSystem'>
  /** Reads every file of the copy, also those that were there, and those just written once more. */
  readonly readBack: boolean
  readonly emit: Reporter
  readonly signal: AbortSignal
  /** Files of the archive are not as they were saved: writes it down, and seals the archive anew. */
  readonly damaged: (findings: readonly Finding[]) => Promise<void>
}

export interface CopyResult {
  readonly files: number
  readonly bytes: number
  readonly copied: number
  readonly copiedBytes: number
  /** There before, and proven: by what was noted when they were put there, or by reading. */
  readonly there: number
  readonly moved: number
  /** What the archive does not have (any more), moved below .holdall/strays. */
  readonly setAside: number
  /** Files of the archive that are not as they were saved; they are not in the copy unless it had them before. */
  readonly damaged: number
}

/** The archive's own mark, by which its copies know it. */
const idMark = 'archive'

/**
 * Makes a second copy of a sealed archive, or brings one up to date: every file is compared with its checksum while it is read, and has its final name
 * only when it is complete and safe on the disk. A copy that was cut off goes on. Nothing is deleted in it but drafts of its own: what the archive does
 * not have any more is set aside below `.holdall/strays`. It ends as a bag with a journal of its own. Kept versions of files are not copied.
 * Throws a Failure of kind `disk` when the folder or its disk cannot be used, and the signal's reason; what was copied stays.
 */
export async function copyArchive(options: CopyOptions): Promise<CopyResult> {
  const { journal, from, to, emit, signal } = options
  const id = journal.mark(idMark) ?? randomUUID()
  const before = await checkTarget(options, id)
  journal.setMark(idMark, id)
  await writeCopyNote(to, { of: id, complete: false, run: before.note?.run ?? 0 })
  const ledger = openLedger(to.absolute('.holdall/copy.db'), (path) => path.split('/').map(fold).join('/'))
  const counts = { copied: 0, copiedBytes: 0, there: 0, moved: 0, setAside: 0, damaged: 0 }
  const setAside = (path: string, place: string) => {
    counts.setAside++
    emit({ event: 'notice', level: 'info', message: `not in the archive, set aside in the copy: ${path} (now ${place})` })
  }
  const progress = createCopyProgress(emit)
  const findings: Finding[] = []
  try {
    ledger.want(expectedFiles(journal, undefined))
    for (const file of ledger.wanted()) progress.add(file)
    await findPresent({
      to,
      ledger,
      readBack: options.readBack || before.doubtful,
      signal,
      setAside,
      there(file, how) {
        counts[how === 'moved' ? 'moved' : 'there']++
        progress.done(file, file.bytes)
      },
      wrong: ({ path }) => emit({ event: 'notice', level: 'warning', message: `not right in the copy, copied again: ${path}` }),
    })
    await checkRoom(options, ledger, await removeOldDrafts(to, ledger))
    await tidy({ from, to, ledger, signal, setAside })
    await copyMissing()
    if (findings.length > 0) await options.damaged(findings)
    counts.damaged = findings.length + (await copyRest())
    const { files, bytes } = progress.totals()
    const run = journal.lastRun()?.n ?? 0
    await writeCopyNote(to, { of: id, complete: true, run })
    return { files, bytes, ...counts }
  } finally {
    progress.close()
    ledger.close()
  }

  async function copyMissing(): Promise<void> {
    const writer = createWriter({ from, to, ledger, readBack: options.readBack, signal, setAside })
    const missing = ledger.missing()[Symbol.iterator]()
    let stopped = false
    const work = async () => {
      for (let next = missing.next(); !next.done && !stopped; next = missing.next()) {
        signal.throwIfAborted()
        const finding = await writer.copy(next.value, (read) => progress.read(next.value, read))
        progress.done(next.value, 0, finding !== undefined)
        if (finding === undefined) {
          counts.copied++
          counts.copiedBytes += next.value.bytes
        } else {
          findings.push(finding)
          emit({ event: 'damaged', path: finding.path, message: finding.message })
        }
      }
    }
    const stop = (error: unknown) => {
      stopped = true
      throw error
    }
    const results = await Promise.allSettled(Array.from({ length: atOnce }, () => work().catch(stop)))
    // Whatever ended it: what is complete keeps what it has.
    await writer.flush()
    for (const result of results) if (result.status === 'rejected') throw result.reason
  }

  /** Manifests, metadata and journal; returns how many of these were damaged and had to be made anew. */
  async function copyRest(): Promise<number> {
    const damagedTags = await copyTagFiles(from, to, signal, setAside)
    if (damagedTags.length > 0) {
      for (const { path, message } of damagedTags) emit({ event: 'damaged', path, message })
      await options.damaged(damagedTags)
      const again = await copyTagFiles(from, to, signal, setAside)
      if (again.length > 0)
        throw new Failure('disk', `${again[0]?.path} of the archive ${again[0]?.message}, just after it was written`)
    }
    await putJournal(to, (file) => {
      journal.copyTo(file)
      const copied = openJournal(file, { access: 'write' })
      try {
        const wrong = copied.check()
        if (wrong.length > 0) throw new Failure('disk', `the journal is damaged: ${wrong[0]}`, { hint: 'run holdall verify' })
        forgetPass(copied)
      } finally {
        copied.close()
      }
    })
    return damagedTags.length
  }
}

interface Before {
  readonly note: CopyNote | undefined
  /** Verify found damage in it: nothing of it is taken on trust. */
  readonly doubtful: boolean
}

async function checkTarget({ to }: CopyOptions, id: string): Promise<Before> {
  const note = readCopyNote(to)
  const hasJournal = (await to.kindOf('.holdall/journal.db')) !== undefined
  const old = hasJournal ? openJournal(to.journalFile, { access: 'read' }) : undefined
  try {
    refuseOther(to.root, { id, note, hasJournal, lastRun: old?.lastRun()?.n })
    return { note, doubtful: old?.mark('unsealed') !== undefined }
  } finally {
    old?.close()
  }
}

async function checkRoom({ to, facts, from, emit }: CopyOptions, ledger: Ledger, drafted: number): Promise<void> {
  const need = ledger.need()
  const { size } = await stat(from.journalFile)
  const room = {
    bytes: need.files === 0 ? 0 : Math.max(0, need.bytes - drafted) + size + reserve,
    freeBytes: facts.freeBytes,
    target: to.root,
  }
  const { largestFile } = facts
  refuseTooSmall({ ...room, tooLarge: largestFile === undefined ? [] : ledger.largerThan(largestFile), largestFile })
  const unnamed = facts.fileSystem === undefined || facts.fileSystem === 'FUSE'
  if (unnamed && largestFile === undefined && need.largest > largestOnFat) {
    const holds = await holdsLargeFiles(to.draftFile('copy-large.part'), platform())
    if (!holds) refuseTooSmall({ ...room, tooLarge: ledger.largerThan(largestOnFat), largestFile: largestOnFat })
  }
  if (need.files > 0) emit({ event: 'notice', level: 'info', message: `to copy: ${need.files} files, ${gigabytes(need.bytes)}` })
}
