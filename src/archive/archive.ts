import { randomBytes } from 'node:crypto'
import { existsSync, lstatSync, renameSync } from 'node:fs'
import { lstat, mkdir, open, readdir, rename, rm, rmdir, utimes } from 'node:fs/promises'
import path from 'node:path'
import { Failure } from '../core/failure.ts'
import { createDisk } from './disk.ts'

/** The local folder of an archive, as paths and the few steps that change what stands in it. All paths taken are relative, `/` between components. */
export type Archive = ReturnType<typeof createArchive>

/** Windows reports these while a virus scanner or the indexer holds a freshly written file; they pass. */
const passing = new Set(['EPERM', 'EACCES', 'EBUSY'])

/** Folders cannot be synced on Windows, and some network and FAT drivers refuse it: nothing more can be done there. */
const unsyncable = new Set(['ENOTSUP', 'EINVAL', 'ENOTTY', 'EPERM', 'EISDIR', 'EBADF'])

export function createArchive(root: string, platform: NodeJS.Platform) {
  const disk = createDisk()
  const absolute = (relative: string) => path.join(root, ...relative.split('/'))

  async function patiently(step: () => Promise<void> | void): Promise<void> {
    for (let wait = 10; ; wait = Math.min(wait * 2, 500)) {
      try {
        return await step()
      } catch (error) {
        if (platform !== 'win32' || wait >= 500 || !passing.has((error as NodeJS.ErrnoException).code ?? '')) throw error
        await new Promise((resolve) => setTimeout(resolve, wait))
      }
    }
  }

  return {
    root,
    disk,
    absolute,
    journalFile: absolute('.holdall/journal.db'),
    draftFile: (name: string) => absolute(`.holdall/drafts/${name}`),

    /** The folders that a run needs. */
    async prepare(): Promise<void> {
      for (const folder of ['data', '.holdall/drafts', '.holdall/moving', '.holdall/logs'])
        await mkdir(absolute(folder), { recursive: true })
    },
    /** Makes a folder; one that is there already is fine, a file in its place is not. */
    async makeFolder(relative: string): Promise<void> {
      try {
        await mkdir(absolute(relative))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') await mkdir(absolute(relative), { recursive: true })
        else if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !(await lstat(absolute(relative))).isDirectory())
          throw error
      }
    },
    /** What stands at a path: nothing is followed. */
    async kindOf(relative: string): Promise<'file' | 'folder' | 'other' | undefined> {
      try {
        const path = absolute(relative)
        // Mostly nothing stands there: an error made for that would be the dearest part.
        const stat = await disk.step(
          () => lstatSync(path, { throwIfNoEntry: false }),
          () => lstat(path),
        )
        if (stat === undefined) return undefined
        return stat.isDirectory() ? 'folder' : stat.isFile() ? 'file' : 'other'
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw error
      }
    },
    /** Renames; a file in the target's place is replaced in one step. The target's folder is made anew where somebody removed it. */
    async rename(from: string, to: string): Promise<void> {
      const [before, after] = [absolute(from), absolute(to)]
      const step = () =>
        patiently(() =>
          disk.step(
            () => renameSync(before, after),
            () => rename(before, after),
          ),
        )
      try {
        await step()
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || existsSync(path.dirname(after))) throw error
        await mkdir(path.dirname(after), { recursive: true })
        await step()
      }
    },
    /** Whether both paths lead to one and the same thing: on some disks letter case makes no difference. */
    async isSame(one: string, other: string): Promise<boolean> {
      const [first, second] = await Promise.all([one, other].map((relative) => lstat(absolute(relative), { bigint: true })))
      return first!.dev === second!.dev && first!.ino === second!.ino
    },
    /** Makes renames and new names in a folder durable, where the system can. */
    async syncFolder(relative: string): Promise<void> {
      try {
        const handle = await open(absolute(relative), 'r')
        try {
          await handle.sync()
        } finally {
          await handle.close()
        }
      } catch (error) {
        if (!unsyncable.has((error as NodeJS.ErrnoException).code ?? '')) throw error
      }
    },
    /** Moves something out of the payload, keeping it; returns where it went. `why` names the folder below .holdall. */
    async setAside(relative: string, why: 'versions' | 'strays', stamp: string): Promise<string> {
      const to = `.holdall/${why}/${stamp}-${randomBytes(3).toString('hex')}/${relative}`
      await mkdir(path.dirname(absolute(to)), { recursive: true })
      await patiently(() => rename(absolute(relative), absolute(to)))
      return to
    },
    async setModified(relative: string, modified: number): Promise<void> {
      await utimes(absolute(relative), modified / 1000, modified / 1000)
    },
    async remove(relative: string): Promise<void> {
      await patiently(() => rm(absolute(relative), { force: true }))
    },
    /** A folder in which somebody put something stays. */
    async removeEmptyFolder(relative: string): Promise<void> {
      await rmdir(absolute(relative)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST' && error.code !== 'ENOENT') throw error
      })
    },
    async drafts(): Promise<string[]> {
      return readdir(absolute('.holdall/drafts'))
    },
    /** Throws unless a path that came out of names stays inside the archive: a last guard, placement sees to it before. */
    checkInside(relative: string): void {
      const resolved = path.resolve(absolute(relative))
      if (!resolved.startsWith(path.resolve(root) + path.sep))
        throw new Failure('bug', `a path would leave the archive: ${relative}`)
    },
  }
}
