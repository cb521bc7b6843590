import { createHash, randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { chmod, lstat, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Failure } from '../core/failure.ts'
import type { StoreNotice } from './token-store.ts'

/** How files that only their owner may read are kept on one operating system. */
export interface PrivateFiles {
  /**
   * The content, or undefined where there is no such file. What a crash kept from getting its name is taken up first (see `PrivateDraft`). Wider
   * permissions are mended, and said; where they cannot be, the file is refused.
   */
  read(path: string): Promise<Buffer | undefined>
  /** Replaces the file as a whole; durable when it resolves. The folder is made, for the owner alone. */
  write(path: string, content: string | Uint8Array): Promise<void>
  /** The file, and what a crash may have left of it. */
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

  const readOne = async (path: string): Promise<Buffer | undefined> => {
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
  }

  /** Gives the draft that follows on `content` its name, where there is one that is whole; and so on, should one follow on that. */
  const takeUp = async (path: string, content: Buffer | undefined): Promise<Buffer | undefined> => {
    let current = content
    for (const drafts = await draftsOf(path); drafts.length > 0; ) {
      const at = drafts.findIndex(({ follows }) => follows === fingerprint(current))
      const [draft] = at < 0 ? [] : drafts.splice(at, 1)
      if (draft === undefined) return current
      // Whoever wrote it may give it its name at the same moment.
      const whole = await readOne(draft.path).catch(absent)
      if (whole === undefined || fingerprint(whole) !== draft.holds) continue
      await syncFile(draft.path)
      await replace(draft.path, path, platform)
      await syncFolder(dirname(path), platform)
      current = whole
    }
    return current
  }

  return {
    read: async (path) => {
      const content = await readOne(path)
      try {
        return await takeUp(path, content)
      } catch (error) {
        absent(error as NodeJS.ErrnoException)
        return readOne(path) // somebody else was faster
      }
    },

    write: async (path, content) => {
      const folder = dirname(path)
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await mend(folder, 0o700)
      const bytes = Buffer.from(content)
      const before = await readOne(path).catch(() => undefined) // what cannot be read is replaced
      const holds = fingerprint(bytes)
      const draft = join(folder, nameOf({ path, follows: fingerprint(before), holds }))
      try {
        const file = await open(draft, 'wx', 0o600)
        try {
          await file.writeFile(bytes)
          await file.sync()
        } finally {
          await file.close()
        }
        await replace(draft, path, platform).catch(async (error: NodeJS.ErrnoException) => {
          // Somebody who read meanwhile may have taken it up, and then it has its name.
          if (error.code !== 'ENOENT' || fingerprint(await readOne(path)) !== holds) throw error
        })
      } catch (error) {
        await rm(draft, { force: true })
        throw error
      }
      await syncFolder(folder, platform)
      await removeLeftDrafts(path)
    },

    remove: async (path) => {
      for (const draft of await draftsOf(path)) await rm(draft.path, { force: true })
      await rm(path, { force: true })
      await syncFolder(dirname(path), platform)
    },
  }
}

/**
 * A content on its way to its name, whole and durable before it gets it: a refresh token that is good once must not be lost when the process dies between
 * the two (https://developers.zoom.us/docs/integrations/oauth/: the old one is dead as soon as the new one was given, and nothing is said of a grace). Its
 * name says which content it follows on and which it is. A later reader takes it up where the file still holds the former, and it is the latter from the first
 * byte to the last: whatever clocks say, an older one never takes the place of a newer one.
 */
interface PrivateDraft {
  readonly path: string
  readonly follows: string
  readonly holds: string
}

/** Of contents with a token of hundreds of bits in them; tells nothing of it. */
const fingerprint = (content: Uint8Array | undefined): string =>
  content === undefined ? 'none' : createHash('sha256').update('holdall draft\n').update(content).digest('hex').slice(0, 32)

const nameOf = ({ path, follows, holds }: PrivateDraft): string =>
  `.${basename(path)}.${follows}.${holds}.${randomBytes(6).toString('hex')}.tmp`

async function draftsOf(path: string): Promise<PrivateDraft[]> {
  const folder = dirname(path)
  const start = `.${basename(path)}.`
  const names = (await readdir(folder).catch(absent)) ?? []
  return names.flatMap((name) => {
    if (!name.startsWith(start) || !name.endsWith('.tmp')) return []
    const [follows = '', holds = ''] = name.slice(start.length).split('.')
    return [{ path: join(folder, name), follows, holds }]
  })
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

const syncFile = async (path: string): Promise<void> => {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Drafts that nobody has taken up hold tokens; those older than a minute belong to nobody any more. */
const removeLeftDrafts = async (of: string): Promise<void> => {
  for (const { path } of await draftsOf(of)) {
    const found = await lstat(path).catch(absent)
    if (found !== undefined && Date.now() - found.mtimeMs > 60_000) await rm(path, { force: true })
  }
}
