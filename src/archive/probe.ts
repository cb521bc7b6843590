import { randomBytes } from 'node:crypto'
import { lstat, mkdir, open, opendir, readdir, readFile, realpath, rm, stat } from 'node:fs/promises'
import { platform } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { Failure } from '../core/failure.ts'
import { fileSystemOf } from './file-system.ts'

/** What was found out about the place of an archive. */
export interface ArchiveFacts {
  /** The folder's real path. */
  readonly root: string
  /** No backup has been here before. */
  readonly isNew: boolean
  readonly freeBytes: number
  /** FAT32, exFAT, NTFS, …; absent where the system does not say (only Linux does). */
  readonly fileSystem?: string
  /** Bytes; absent: no limit that matters, or not known. */
  readonly largestFile?: number
  /** `a` and `A` are two files. */
  readonly caseSensitive: boolean
  /** `が` in one code point and in two are two files. */
  readonly formSensitive: boolean
  /** A name as long as names.ts makes them fits; eCryptfs holds 143 bytes. */
  readonly longNames: boolean
}

/** What systems put into the root of a disk, or file managers into any folder, of their own accord. */
const litter = new Set([
  '.DS_Store',
  '.localized',
  '.fseventsd',
  '.Spotlight-V100',
  '.TemporaryItems',
  '.Trashes',
  '.DocumentRevisions-V100',
  '.VolumeIcon.icns',
  'Thumbs.db',
  'desktop.ini',
  'System Volume Information',
  '$RECYCLE.BIN',
  'lost+found',
])

/**
 * Looks whether a folder can hold an archive, by trying: makes it where it is missing, and writes and removes a few empty files in `.holdall`.
 * Throws a Failure of kind `disk` for a file, a folder with other things in it, one that cannot be written to, a disk that is full or gone.
 */
export async function probeArchive(folder: string): Promise<ArchiveFacts> {
  const path = resolve(folder)
  await makeFolder(path)
  const root = await realpath(path)
  const isNew = await look(root)
  const place = await fileSystemOf(root, platform())
  const trial = join(root, '.holdall', `probe-${randomBytes(6).toString('hex')}`)
  try {
    await sweep(join(root, '.holdall'))
    await makeStepwise(trial)
    await touch(join(trial, 'aA'))
    await touch(join(trial, 'が'.normalize('NFC')))
    return {
      root,
      isNew,
      freeBytes: place.freeBytes,
      ...(place.name !== undefined && { fileSystem: place.name }),
      ...(place.largestFile !== undefined && { largestFile: place.largestFile }),
      caseSensitive: !(await exists(join(trial, 'Aa'))),
      formSensitive: !(await exists(join(trial, 'が'.normalize('NFD')))),
      longNames: await holdsLongNames(trial),
    }
  } catch (error) {
    throw unusable(root, error)
  } finally {
    // What cannot be removed is swept away by the next probe.
    await rm(trial, { recursive: true, force: true }).catch(() => undefined)
  }
}

async function makeFolder(path: string): Promise<void> {
  try {
    await makeStepwise(path)
    if ((await stat(path)).isDirectory()) return
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EEXIST' && code !== 'ENOTDIR') throw unusable(path, error)
  }
  throw new Failure('disk', `the archive cannot be ${path}: a file stands there, or in the place of a folder above it`, {
    hint: 'choose another folder: --archive DIR, or `archive:` in holdall.yaml',
  })
}

/** One folder after the other: mkdir's own `recursive` says ENOENT for a read-only disk. */
async function makeStepwise(path: string): Promise<void> {
  try {
    await mkdir(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (await exists(path)) return
    if (code !== 'ENOENT') throw error
    if (dirname(path) === path)
      throw new Failure('disk', `there is no disk at ${path}`, { hint: 'connect it, or choose another folder' })
    await makeStepwise(dirname(path))
    await mkdir(path)
  }
}

/** Whether the folder is empty, or an archive already: true, false. */
async function look(root: string): Promise<boolean> {
  try {
    let other: string | undefined
    for await (const { name } of await opendir(root)) {
      if (name === '.holdall') return !(await exists(join(root, '.holdall', 'journal.db')))
      if (!litter.has(name) && !/^\._|^\.Trash-\d+$/.test(name)) other ??= name
    }
    if (other === undefined) return true
    const isBag = await exists(join(root, 'bagit.txt'))
    if (isBag && (await isOurs(root))) return true
    throw new Failure(
      'disk',
      isBag
        ? `the folder ${root} is a bag, but without the program's own notes (.holdall) it cannot be carried on`
        : `the folder ${root} holds other things already, for example ${JSON.stringify(other)}`,
      { hint: 'choose an empty or a new folder for the archive: --archive DIR, or `archive:` in holdall.yaml' },
    )
  } catch (error) {
    throw unusable(root, error)
  }
}

/** A bag that we sealed, whose own notes somebody deleted: they can be made anew. */
async function isOurs(root: string): Promise<boolean> {
  if (!(await exists(join(root, 'metadata')))) return false
  const info = await readFile(join(root, 'bag-info.txt'), 'utf8').catch(() => '')
  return /^Bag-Software-Agent: Holdall\b/m.test(info)
}

/** Removes what an interrupted probe left. */
async function sweep(own: string): Promise<void> {
  if (!(await exists(own))) return
  for (const name of await readdir(own)) {
    if (name.startsWith('probe-')) await rm(join(own, name), { recursive: true, force: true })
  }
}

async function holdsLongNames(trial: string): Promise<boolean> {
  try {
    await touch(join(trial, `${'ä'.repeat(60)}${'x'.repeat(60)}`)) // 120 units, 180 bytes, 240 in form D
    await touch(join(trial, 'デ'.repeat(80))) // 240 bytes
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENAMETOOLONG' || code === 'ENOENT' || code === 'EINVAL') return false
    throw error
  }
}

async function touch(file: string): Promise<void> {
  await (await open(file, 'w')).close()
}

async function exists(file: string): Promise<boolean> {
  try {
    await lstat(file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}

function unusable(root: string, error: unknown): Failure {
  if (error instanceof Failure) return error
  const failure = Failure.from(error)
  if (failure.kind !== 'disk') return failure
  return new Failure('disk', `the folder ${root} cannot hold the archive: ${failure.message}`, {
    ...(failure.hint !== undefined && { hint: failure.hint }),
    cause: error,
  })
}
