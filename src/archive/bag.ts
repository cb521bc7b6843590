import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { platform } from 'node:os'
import { dirname, join, relative, sep } from 'node:path'
import { Failure } from '../core/failure.ts'
import { type Archive, createArchive } from './archive.ts'
import { bagDeclaration, bagInfo } from './bag-info.ts'
import { type FileKind, kindOf } from './file-kinds.ts'
import { hashFile } from './hash-file.ts'
import { createPathSet, type ManifestEntry, manifestLine, readManifest } from './manifest.ts'
import {
  type AccountMetadata,
  accountFile,
  isMetadataName,
  jsonLines,
  metadataFile,
  placesFile,
  type SourceMetadata,
} from './metadata.ts'
import { type ReadmeSource, readme } from './readme.ts'
import { writeTagFile } from './tag-file.ts'

/** A file of the payload: its path begins with `data/`. */
export interface PayloadFile extends ManifestEntry {
  readonly bytes: number
}

export interface BagContent {
  /** The archive's folder. */
  readonly root: string
  /** Every saved file, in any order, each once. */
  readonly payload: Iterable<PayloadFile> | AsyncIterable<PayloadFile>
  /** Every source of the archive. */
  readonly metadata: Iterable<SourceMetadata>
  /** Whose data they are, where that is known. */
  readonly accounts?: Iterable<AccountMetadata>
  /** Further files of the bag, relative to the root (report.html); those that exist enter the tag manifest. */
  readonly tagFiles: readonly string[]
  /** Further labels for bag-info.txt. */
  readonly info: Readonly<Record<string, string>>
  /** Name, version and address of the program. */
  readonly software: string
  readonly date: Date
}

/** Where a sealing writes before it renames; there only while one is under way, or was cut off. */
export const sealing = '.holdall/sealing'
export const tagManifest = 'tagmanifest-sha256.txt'

/**
 * Makes the archive a valid bag (RFC 8493): manifests, metadata, bag-info.txt, README.html. All is written and synced beside first, then renamed, the tag
 * manifest last; a crash in between leaves the archive unsealed ({@link isSealed}), and the next call begins afresh. The payload is not read.
 * Throws a Failure of kind `bug` for a path that is unsafe or given twice: nothing has been replaced then.
 */
export async function sealBag(content: BagContent): Promise<{ readonly files: number; readonly bytes: number }> {
  const archive = createArchive(content.root, platform())
  await rm(archive.absolute(sealing), { recursive: true, force: true })
  await mkdir(archive.absolute(sealing), { recursive: true })
  await mkdir(archive.absolute('data'), { recursive: true })
  await archive.syncFolder('.holdall')

  const checksums = new Map<string, string>()
  const write = async (path: string, text: Iterable<string> | AsyncIterable<string>) => {
    checksums.set(path, await writeTagFile(archive.absolute(`${sealing}/${path}`), text))
  }

  const counts = new Map<string, Counts>()
  for (const { source, lines, places } of content.metadata) {
    counts.set(source, { files: 0, bytes: 0, kinds: new Map() })
    await write(metadataFile(source), jsonLines(lines))
    // A few in each source: years, shelves, calendars.
    const some = [...(places ?? [])]
    if (some.length > 0) await write(placesFile(source), jsonLines(some))
  }
  for (const { account, facts } of content.accounts ?? []) await write(accountFile(account), jsonLines([facts]))
  await write('manifest-sha256.txt', manifest(content.payload, counts))
  const sources: ReadmeSource[] = [...counts].map(([source, count]) => ({ source, ...count }))
  const files = sources.reduce((sum, source) => sum + source.files, 0)
  const bytes = sources.reduce((sum, source) => sum + source.bytes, 0)
  const { software, date } = content
  await write('bagit.txt', [bagDeclaration])
  await write('bag-info.txt', [bagInfo({ files, bytes, date, software, more: content.info })])
  await write('README.html', [readme({ sources, files, bytes, software, date })])

  const written = [...checksums.keys()]
  const further = await Promise.all(content.tagFiles.map(async (path) => ((await archive.kindOf(path)) === 'file' ? [path] : [])))
  for (const path of further.flat()) {
    // A page that the disk does not give back any more is made anew after the run: it must not keep the bag from being sealed.
    const page = await hashFile(archive.absolute(path)).catch(unlessUnreadable)
    if (page !== undefined) checksums.set(path, page.sha256)
  }
  for (const path of await olderMetadata(archive)) {
    if (!checksums.has(path)) checksums.set(path, (await hashFile(archive.absolute(path))).sha256)
  }
  const lines = [...checksums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, sha256]) => manifestLine({ path, sha256 }))
  await writeTagFile(archive.absolute(`${sealing}/${tagManifest}`), lines)
  await putInPlace(archive, [...written, tagManifest])
  return { files, bytes }
}

/** Renames what was written beside to its place, `paths` in that order, the tag manifest last; all of it durable when this returns. */
export async function putInPlace(archive: Archive, paths: readonly string[]): Promise<void> {
  const folders = new Set<string>(['.'])
  for (const path of paths) {
    for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) folders.add(folder)
    await mkdir(archive.absolute(dirname(path)), { recursive: true })
  }
  for (const path of paths) {
    // The names before it must be durable before the tag manifest, which vouches for them, gets its own.
    if (path === tagManifest) for (const folder of folders) await archive.syncFolder(folder)
    await archive.rename(`${sealing}/${path}`, path)
  }
  await archive.syncFolder('.')
  await rm(archive.absolute(sealing), { recursive: true, force: true })
  await archive.syncFolder('.holdall')
}

interface Counts {
  files: number
  bytes: number
  readonly kinds: Map<FileKind, number>
}

async function* manifest(payload: BagContent['payload'], counts: Map<string, Counts>): AsyncIterable<string> {
  const paths = createPathSet()
  for await (const file of payload) {
    const [data, account, source] = file.path.split('/', 3)
    if (data !== 'data' || !Number.isSafeInteger(file.bytes) || file.bytes < 0) {
      throw new Failure('bug', `not a file of the payload: ${JSON.stringify(file)}`)
    }
    if (!paths.add(file.path)) throw new Failure('bug', `two items share the path ${JSON.stringify(file.path)}`)
    const name = `${account}/${source}`
    const count = counts.get(name) ?? { files: 0, bytes: 0, kinds: new Map() }
    counts.set(name, count)
    const kind = kindOf(file.path)
    count.files++
    count.bytes += file.bytes
    count.kinds.set(kind, (count.kinds.get(kind) ?? 0) + 1)
    yield manifestLine(file)
  }
}

/** Metadata of sources that are no longer asked for: it still belongs to the bag. */
async function olderMetadata(archive: Archive): Promise<string[]> {
  const entries = await readdir(archive.absolute('metadata'), { recursive: true, withFileTypes: true }).catch(
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
      throw error
    },
  )
  return entries
    .filter((entry) => entry.isFile() && isMetadataName(entry.name))
    .map((entry) => relative(archive.root, join(entry.parentPath, entry.name)).split(sep).join('/'))
}

/** Whether the last sealing came to its end. That says nothing about what was saved since: the journal knows. */
export async function isSealed(root: string): Promise<boolean> {
  const archive = createArchive(root, platform())
  const there = (path: string) =>
    stat(archive.absolute(path)).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return false
        throw error
      },
    )
  return (await there(tagManifest)) && !(await there(sealing))
}

/**
 * What of the bag's own files beside the payload is not as it was sealed, as a sentence; undefined: nothing. Metadata are not read: they may be long, and
 * `verify` reads them.
 */
export async function sealBroken(root: string): Promise<string | undefined> {
  const archive = createArchive(root, platform())
  const listed = new Set<string>()
  let torn: number | undefined
  try {
    for await (const { path, sha256 } of readManifest(archive.absolute(tagManifest), (line) => (torn ??= line))) {
      listed.add(path)
      if (path.startsWith('metadata/') || path.split('/').includes('..')) continue
      const file = await hashFile(archive.absolute(path)).catch((error: NodeJS.ErrnoException) =>
        error.code === 'EIO' ? 'unreadable' : unlessThere(error),
      )
      if (file === 'unreadable') return `${path} cannot be read`
      if (file?.sha256 !== sha256)
        return `${path} ${file === undefined ? 'is missing' : 'is not what it was (half written, or changed)'}`
    }
  } catch (error) {
    const known = error as NodeJS.ErrnoException
    if (known.code === 'EIO') return `${tagManifest} cannot be read`
    unlessThere(known)
    return `${tagManifest} is missing`
  }
  if (torn !== undefined) return `${tagManifest} is damaged at line ${torn}`
  const unlisted = ['bagit.txt', 'manifest-sha256.txt'].find((path) => !listed.has(path))
  return unlisted === undefined ? undefined : `${tagManifest} does not list ${unlisted}`
}

function unlessUnreadable(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'EIO') throw error
}

function unlessThere(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
