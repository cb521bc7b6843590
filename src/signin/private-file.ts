import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { chmod, lstat, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Failure } from '../core/failure.ts'
import type { StoreNotice } from './token-store.ts'

/** How files that only their owner may read are kept on one operating system. */
export interface PrivateFiles {
  /** The content, or undefined where there is no such file. Wider permissions are mended, and said; where they cannot be, the file is refused. */
  read(path: string): Promise<Buffer | undefined>
  /** Replaces the file as a whole; durable when it resolves. The folder is made, for the owner alone. */
  write(path: string, content: string | Uint8Array): Promise<void>
  remove(path: string): Promise<void>
}

/** `platform` as in process.platform: Windows has no permission bits, and its folders below the user's profile are private already. */
export const privateFiles = (platform: NodeJS.Platform, notice: StoreNotice): PrivateFiles => {
  const hasModes = platform !== 'win32'

  const mend = async (path: string, mode: number): Promise<void> => {
    if (!hasModes || ((await stat(path)).mode & 0o077) === 0) return
    await chmod(path, mode).catch(() => undefined) // judged by what it brought, below
    if (((await stat(path)).mode & 0o077) !== 0) {
      throw new Failure('settings', `others on this computer can read ${path}, and that cannot be changed`, {
        hint: 'put the configuration folder (HOLDALL_HOME) on a disk that knows permissions, or set tokens: keychain',
      })
    }
    notice({ level: 'warning', message: `others on this computer could read ${path}; now only you can` })
  }

  return {
    read: async (path) => {
      const found = await lstat(path).catch(absent)
      if (found === undefined) return undefined
      if (!found.isFile()) {
        throw new Failure('settings', `${path} is not an ordinary file`, { hint: 'remove it and sign in again' })
      }
      await mend(dirname(path), 0o700)
      await mend(path, 0o600)
      const file = await open(path, constants.O_RDONLY | (hasModes ? constants.O_NOFOLLOW : 0))
      try {
        return await file.readFile()
      } finally {
        await file.close()
      }
    },

    write: async (path, content) => {
      const folder = dirname(path)
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await mend(folder, 0o700)
      const draft = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`)
      try {
        const file = await open(draft, 'wx', 0o600)
        try {
          await file.writeFile(content)
          await file.sync()
        } finally {
          await file.close()
        }
        await replace(draft, path, platform)
      } catch (error) {
        await rm(draft, { force: true })
        throw error
      }
      await syncFolder(folder, platform)
      await removeLeftDrafts(folder, basename(path))
    },

    remove: async (path) => {
      await rm(path, { force: true })
      await syncFolder(dirname(path), platform)
    },
  }
}

const absent = (error: NodeJS.ErrnoException): undefined => {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
  throw error
}

/** On Windows virus scanners hold fresh files open for some milliseconds (github.com/isaacs/node-graceful-fs, polyfills.js: the same three codes). */
const replace = async (from: string, to: string, platform: NodeJS.Platform): Promise<void> => {
  for (let wait = 10; ; wait *= 2) {
    try {
      return await rename(from, to)
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? ''
      if (platform !== 'win32' || wait > 5000 || !['EPERM', 'EACCES', 'EBUSY'].includes(code)) throw error
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
}

/** Not every file system can sync a folder; the codes are those that restic passes over (internal/backend/local/local_unix.go), and Windows' own. */
const syncFolder = async (folder: string, platform: NodeJS.Platform): Promise<void> => {
  const tolerated = [
    'ENOTSUP',
    'ENOENT',
    'EINVAL',
    ...(platform === 'win32' ? ['EPERM', 'EISDIR', 'EACCES'] : []),
    ...(platform === 'darwin' ? ['ENOTTY'] : []),
  ]
  try {
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (!tolerated.includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}

/** Drafts of a process that crashed hold tokens; those older than a minute belong to nobody any more. */
const removeLeftDrafts = async (folder: string, name: string): Promise<void> => {
  for (const entry of await readdir(folder)) {
    if (!entry.startsWith(`.${name}.`) || !entry.endsWith('.tmp')) continue
    const path = join(folder, entry)
    const found = await lstat(path).catch(absent)
    if (found !== undefined && Date.now() - found.mtimeMs > 60_000) await rm(path, { force: true })
  }
}
