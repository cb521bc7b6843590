import { lstat } from 'node:fs/promises'
import { dirname } from 'node:path/posix'
import type { Archive } from '../archive/archive.ts'
import { hashFile, readSize } from '../archive/hash-file.ts'
import type { ExpectedFile } from '../verify/expectation.ts'
import type { Ledger, Put } from './ledger.ts'
import { makeWay } from './make-way.ts'

/** Moves recorded and synced together. */
const groupSize = 256

export interface PresentOptions {
  readonly to: Archive
  readonly ledger: Ledger
  /** Nothing is taken on trust: every file that is there is read. */
  readonly readBack: boolean
  readonly signal: AbortSignal
  readonly setAside: (path: string, to: string) => void
  /** A file turned out to be there, or was only moved. */
  readonly there: (file: ExpectedFile, how: 'known' | 'read' | 'moved') => void
  /** There, of the right length, and other bytes: it is copied again. */
  readonly wrong: (file: ExpectedFile) => void
}

/**
 * Finds what of the wanted files stands in the copy. One that was recorded as put there, with that checksum, and whose length and time are still the same
 * counts; of any other of the right length the bytes decide. A name that the archive does not have any more gives its file to the same bytes' new name.
 */
export async function findPresent(options: PresentOptions): Promise<void> {
  const { to, ledger, signal, there } = options
  const buffer = Buffer.allocUnsafeSlow(readSize)
  let records: Put[] = []
  const folders = new Set<string>()
  for (const file of ledger.wanted()) {
    signal.throwIfAborted()
    const how = await look(file)
    if (how === undefined) continue
    ledger.isThere(file.path)
    there(file, how)
    if (records.length >= groupSize) await settle()
  }
  await settle()

  async function look(file: ExpectedFile): Promise<'known' | 'read' | 'moved' | undefined> {
    const found = await statOf(file.path)
    if (found?.size === file.bytes) {
      const known = ledger.find(file.path)
      if (!options.readBack && known !== undefined && isSame(known, file) && known.modified === found.modified) return 'known'
      if ((await hashFile(to.absolute(file.path), buffer, signal).catch(unreadable))?.sha256 === file.sha256) {
        if (file.modified !== undefined) await to.setModified(file.path, file.modified)
        await note(file)
        return 'read'
      }
      options.wrong(file)
    }
    return (await move(file)) ? 'moved' : undefined
  }

  async function move(file: ExpectedFile): Promise<boolean> {
    for (let from = ledger.movedFrom(file.sha256, file.bytes); from !== undefined; ) {
      const found = await statOf(from.path)
      // Forgotten first: a crash in between leaves a file that is read to be known.
      ledger.forget(from.path)
      const right =
        found?.size === from.bytes &&
        (found.modified === from.modified ||
          (await hashFile(to.absolute(from.path), buffer, signal).catch(unreadable))?.sha256 === from.sha256)
      if (right) {
        for (const folder of await makeWay(to, file.path, options.setAside)) folders.add(folder)
        await to.rename(from.path, file.path)
        folders.add(dirname(from.path)).add(dirname(file.path))
        if (file.modified !== undefined) await to.setModified(file.path, file.modified)
        await note(file)
        return true
      }
      from = ledger.movedFrom(file.sha256, file.bytes)
    }
    return false
  }

  async function note({ path, sha256, bytes }: ExpectedFile): Promise<void> {
    records.push({ path, sha256, bytes, modified: (await lstat(to.absolute(path))).mtimeMs })
  }

  async function settle(): Promise<void> {
    for (const folder of folders) if ((await to.kindOf(folder)) === 'folder') await to.syncFolder(folder)
    folders.clear()
    ledger.record(records)
    records = []
  }

  async function statOf(path: string): Promise<{ readonly size: number; readonly modified: number } | undefined> {
    try {
      const stat = await lstat(to.absolute(path))
      return stat.isFile() ? { size: stat.size, modified: stat.mtimeMs } : undefined
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
      throw error
    }
  }
}

const isSame = (one: Put, other: ExpectedFile) => one.sha256 === other.sha256 && one.bytes === other.bytes

/** What the copy's disk does not give back is not there. */
function unreadable(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'EIO') throw error
}
