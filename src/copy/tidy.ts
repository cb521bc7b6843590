import { lstat, opendir } from 'node:fs/promises'
import { basename, dirname } from 'node:path/posix'
import type { Archive } from '../archive/archive.ts'
import { fold } from '../archive/names.ts'
import { stamp } from '../archive/stamp.ts'
import { walk } from '../verify/walk.ts'
import type { Ledger } from './ledger.ts'
import { draftName } from './writer.ts'

export interface TidyOptions {
  readonly from: Archive
  readonly to: Archive
  readonly ledger: Ledger
  readonly signal: AbortSignal
  readonly setAside: (path: string, to: string) => void
}

/**
 * Takes out of the copy's payload what the archive does not have: nothing is deleted, all of it is moved below `.holdall/strays`, outside of the bag.
 * Folders that became empty by it go, and those of the archive that hold nothing come into being.
 */
export async function tidy({ from, to, ledger, signal, setAside }: TidyOptions): Promise<void> {
  const wantedFolders = new Map<string, string>()
  for await (const folder of foldersOf(from)) wantedFolders.set(foldPath(folder), folder)
  const isWantedFolder = (folder: string) => wantedFolders.get(foldPath(folder)) === folder
  await renameFolders()

  const strays: string[] = []
  const take = async () => {
    for (const path of strays.splice(0)) await takeOut(path)
  }
  // Renaming in a folder that is being read may hide names from the reader.
  for await (const { path } of walk(to.root, 'data', (folder, error) => refuse(folder, error))) {
    signal.throwIfAborted()
    if (!ledger.isWanted(path)) strays.push(path)
  }
  await take()
  for (const folder of wantedFolders.values()) if ((await to.kindOf(folder)) === undefined) await to.makeFolder(folder)
  const theirs: string[] = []
  for await (const folder of foldersOf(to)) if (!isWantedFolder(folder)) theirs.push(folder)
  // The innermost first.
  for (const folder of theirs.toSorted((a, b) => b.length - a.length)) await to.removeEmptyFolder(folder)

  /** A disk that ignores letter case finds a folder under its new name, and goes on showing the old one. */
  async function renameFolders(): Promise<void> {
    const others: string[] = []
    for await (const folder of foldersOf(to)) if (!isWantedFolder(folder)) others.push(folder)
    // The outermost first: what is below is found under either name.
    for (const folder of others.toSorted((a, b) => a.length - b.length)) {
      const wanted = wantedFolders.get(foldPath(folder))
      if (wanted !== undefined && (await to.kindOf(wanted)) === 'folder') await giveName(folder, wanted)
    }
  }

  /** False: they are two things, and both stay as they are. */
  async function giveName(path: string, wanted: string): Promise<boolean> {
    if (!(await to.isSame(path, wanted)) && (await isListed(to, wanted))) return false
    await to.rename(path, `${path}.holdall`)
    await to.rename(`${path}.holdall`, wanted)
    return true
  }

  async function takeOut(path: string): Promise<void> {
    // On a disk that ignores letter case or Unicode form this may be a wanted file under the name that it had before.
    for (const wanted of ledger.wantedLike(path)) {
      if ((await to.kindOf(wanted)) === 'file' && (await giveName(path, wanted))) return to.syncFolder(dirname(wanted))
    }
    ledger.forget(path)
    setAside(path, await to.setAside(path, 'strays', stamp(Date.now())))
    await to.syncFolder(dirname(path))
  }
}

/**
 * Whether a name stands in its folder under exactly this spelling. Some drivers number one thing anew under each spelling by which it is found, so that only the
 * list of names tells one thing from two.
 */
async function isListed(archive: Archive, path: string): Promise<boolean> {
  for await (const { name } of await opendir(archive.absolute(dirname(path)))) if (name === basename(path)) return true
  return false
}

/** Equal for names that such a disk takes for one. */
const foldPath = (path: string) => path.split('/').map(fold).join('/')

function refuse(_folder: string, error: unknown): never {
  throw error
}

/** Drafts of earlier attempts at what is not wanted any more. Resolves with the bytes that the others have already. */
export async function removeOldDrafts(to: Archive, ledger: Ledger): Promise<number> {
  const drafts = (await to.drafts()).filter((name) => name.startsWith('copy-'))
  if (drafts.length === 0) return 0
  const wanted = new Set<string>()
  for (const file of ledger.missing()) wanted.add(draftName(file))
  let bytes = 0
  for (const name of drafts) {
    if (wanted.has(name)) bytes += (await lstat(to.draftFile(name))).size
    else await to.remove(`.holdall/drafts/${name}`)
  }
  return bytes
}

async function* foldersOf(archive: Archive): AsyncIterable<string> {
  const queue = ['data']
  for (let folder = queue.pop(); folder !== undefined; folder = queue.pop()) {
    for await (const entry of await opendir(archive.absolute(folder))) {
      if (!entry.isDirectory()) continue
      const path = `${folder}/${entry.name}`
      queue.push(path)
      yield path
    }
  }
}
