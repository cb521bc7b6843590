import { readdir, readFile } from 'node:fs/promises'
import { posix } from 'node:path'
import pLimit from 'p-limit'
import type { Archive } from '../archive/archive.ts'
import { linesOf } from '../archive/lines-of.ts'
import { readManifest } from '../archive/manifest.ts'
import { accountFile, metadataFile, placesEnd, placesFile } from '../archive/metadata.ts'
import { portable } from '../archive/names.ts'
import type { Clock } from '../core/clock.ts'
import type { Reporter } from '../core/events.ts'
import { Failure } from '../core/failure.ts'
import { identityMark, newsMark } from '../journal/marks.ts'
import { openRebuild, type Rebuild } from '../journal/rebuild.ts'
import { readAccountFacts } from './account-facts.ts'
import { checkFile } from './check-file.ts'
import { type FileOfLine, isInside, type MetadataLine, readMetadataLine } from './metadata-line.ts'
import { addFolder, addItem, type CheckedFile, madeUpFolder, placeFolder } from './rebuild-rows.ts'
import { type Unsealed, unsealedMark } from './seal.ts'

/** Files read at once, and lines taken in one step. */
const atOnce = 4
const batch = 128
/** No line of ours comes near, in UTF-16 units: what is longer is not read into memory whole. */
const longestLine = 16 * 1024 * 1024
/** Between two signs of progress, in files and in bytes. */
const every = { files: 1000, bytes: 256 * 1024 * 1024 }

export interface RebuildOptions {
  readonly archive: Archive
  /** Where the new journal is made. */
  readonly file: string
  readonly clock: Clock
  readonly emit: Reporter
  readonly signal: AbortSignal
}

export interface Rebuilt {
  /** Items, folders among them, that the new journal knows. */
  readonly items: number
  /** Files whose bytes were read and are those that metadata and manifest state. */
  readonly right: number
  /** Those that are not; each was named by an event `damaged`. */
  readonly wrong: number
  /** Lines of metadata that could not be read, or that name what is not below the archive. */
  readonly brokenLines: number
}

/** ACCOUNT/SOURCE of every source of which there are metadata. Throws what the file system throws. */
export async function sourcesWithMetadata(archive: Pick<Archive, 'absolute'>): Promise<string[]> {
  const found: string[] = []
  for (const account of await namesIn(archive.absolute('metadata')))
    for (const file of await namesIn(archive.absolute(`metadata/${account}`))) {
      const source = `${account}/${file.slice(0, -'.jsonl'.length)}`
      if (!file.endsWith('.jsonl') || file.endsWith(placesEnd)) continue
      if (source.split('/').every((part) => portable(part) === part)) found.push(source)
    }
  return found.toSorted()
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return []
    throw error
  })
}

/**
 * Makes a journal anew out of the metadata and the manifest, and reads every file that they name: what is there with the bytes stated is saved, and is
 * not downloaded again while the source still has it at that version; what is not is taken again. The files themselves are not touched, and nothing
 * outside of `data/ACCOUNT/SOURCE` is looked at, whatever a line says. All sources are listed anew by the next run.
 * Throws a Failure of kind `disk` where the disk is gone or full, and the signal's reason; a file or a line that cannot be read is named, and is no error.
 */
export async function rebuildJournal(options: RebuildOptions): Promise<Rebuilt> {
  const { archive, emit } = options
  const counts = { items: 0, right: 0, wrong: 0, brokenLines: 0 }
  const rebuild = openRebuild(options.file)
  try {
    await readListed(options, rebuild)
    const sources = await sourcesWithMetadata(archive)
    for (const source of sources) await rebuildSource(options, rebuild, source, counts)
    for (const account of new Set(sources.map((source) => source.slice(0, source.indexOf('/')))))
      await bindAccount(options, rebuild, account)
    rebuild.setMark(unsealedMark, 'saved' satisfies Unsealed)
  } catch (error) {
    if (options.signal.aborted) throw options.signal.reason
    throw Failure.from(error)
  } finally {
    rebuild.close()
  }
  emit({ event: 'verified', files: counts.right + counts.wrong, bytes: 0, damaged: counts.wrong, state: 'done' })
  return counts
}

async function readListed({ archive, emit, signal }: RebuildOptions, rebuild: Rebuild): Promise<void> {
  const name = 'manifest-sha256.txt'
  const broken: number[] = []
  try {
    let some: { path: string; sha256: string }[] = []
    const put = () =>
      rebuild.transaction(() => {
        for (const { path, sha256 } of some) rebuild.addListed(path, sha256)
        some = []
      })
    for await (const entry of readManifest(archive.absolute(name), (line) => broken.push(line))) {
      signal.throwIfAborted()
      if (some.push(entry) >= 1000) put()
    }
    put()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT' && code !== 'EIO') throw error
    warn(emit, `${name} ${code === 'ENOENT' ? 'is missing' : 'cannot be read'}: files are held against the metadata alone`)
  }
  if (broken.length > 0)
    warn(emit, `${name} is damaged at line ${broken[0]}: files that it does not list are held against the metadata alone`)
}

const warn = (emit: Reporter, message: string, hint?: string) =>
  emit({ event: 'notice', level: 'warning', message, ...(hint !== undefined && { hint }) })

const missing = { found: 'missing', message: 'is missing' } as const
const contradicted = { found: 'damaged', message: 'the manifest has another checksum for it than the metadata' } as const

/** Somebody else who signs in under this account's name is refused as before. A bag of an earlier form does not say whose data they are. */
async function bindAccount({ archive, emit }: RebuildOptions, rebuild: Rebuild, account: string): Promise<void> {
  const file = accountFile(account)
  const text = await readFile(archive.absolute(file), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    if (error.code === 'EIO' || error.code === 'EISDIR') return ''
    throw error
  })
  if (text === undefined) return
  const facts = readAccountFacts(text)
  if (facts !== undefined) rebuild.setMark(identityMark(account), JSON.stringify(facts))
  else
    warn(
      emit,
      `${file} cannot be read: whose data ${account} holds is not known any more`,
      `see that the same person signs in again: whoever signs in next under the name ${account} is taken for the one whose data these are`,
    )
}

interface Counts {
  items: number
  right: number
  wrong: number
  brokenLines: number
}

async function rebuildSource(options: RebuildOptions, rebuild: Rebuild, source: string, counts: Counts): Promise<void> {
  const { archive, emit, signal, clock } = options
  const n = rebuild.addSource(source)
  const files = [placesFile(source), metadataFile(source)]
  const limit = pLimit(atOnce)
  let told = { files: 0, bytes: 0 }
  let bytes = 0

  for (const file of files) await eachBatch(file, true, (lines) => rebuild.transaction(() => lines.forEach(takeFolder)))
  for (const folder of rebuild.folders()) {
    const there = (await archive.kindOf(folder.path)) === 'folder'
    placeFolder(rebuild, { ...folder, living: folder.living === 1, there }, await dirOf(folder.path))
  }
  for (const file of files) await eachBatch(file, false, takeItems)
  rebuild.setMark(newsMark(n), 'yes')

  /** Lines in steps; those that cannot be read are named once. */
  async function eachBatch(
    file: string,
    first: boolean,
    take: (lines: readonly MetadataLine[]) => void | Promise<void>,
  ): Promise<void> {
    let number = 0
    let some: MetadataLine[] = []
    try {
      for await (const text of linesOf(archive.absolute(file), longestLine)) {
        signal.throwIfAborted()
        number++
        const line = readMetadataLine(text)
        const outside = line?.files.find(({ path }) => !isInside(path.replace(/\/$/, ''), source))
        if (line !== undefined && outside === undefined) some.push(line)
        else if (first) {
          counts.brokenLines++
          const what =
            line === undefined ? 'cannot be read' : `names what is not in data/${source}: ${JSON.stringify(outside?.path)}`
          warn(emit, `${file}: line ${number} ${what}; it counts for nothing, and the item is listed anew`)
        }
        if (some.length >= batch) {
          await take(some)
          some = []
        }
      }
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'ENOENT' && file === placesFile(source)) return
      if (code !== 'EIO' && code !== 'ENOENT' && code !== 'EISDIR') throw error
      if (first) warn(emit, `${file} cannot be read (${code}): what it said from line ${number + 1} on is listed anew`)
    }
    await take(some)
  }

  function takeFolder(line: MetadataLine): void {
    if (line.kind !== 'folder' && line.kind !== 'place') return
    const path = line.files.find((one) => !('part' in one))?.path.slice(0, -1)
    if (path !== undefined && addFolder(rebuild, n, line, path)) counts.items += line.kind === 'folder' ? 1 : 0
  }

  async function takeItems(lines: readonly MetadataLine[]): Promise<void> {
    const items = lines.filter(({ kind, files: of }) => kind !== 'folder' && !of.some((one) => !('part' in one)))
    const dirs = new Map<string, number>()
    for (const { path } of items.flatMap((line) => line.files)) {
      const folder = posix.dirname(path)
      if (!dirs.has(folder)) dirs.set(folder, await dirOf(path))
    }
    // A link in the place of a folder is not followed: what it leads to is none of ours.
    const there = ({ path }: { path: string }) => rebuild.isThere(dirs.get(posix.dirname(path))!)
    const checked = await Promise.all(
      items.map((line) =>
        Promise.all(line.files.flatMap((file) => ('part' in file ? [limit(() => check(file, line, there(file)))] : []))),
      ),
    )
    signal.throwIfAborted()
    rebuild.transaction(() => {
      for (const [index, line] of items.entries()) {
        const added = addItem(rebuild, n, line, checked[index]!, (path) => dirs.get(posix.dirname(path))!, clock.now())
        if (added && line.kind !== 'place') counts.items++
      }
    })
  }

  async function check(file: FileOfLine, line: MetadataLine, inFolder: boolean): Promise<CheckedFile> {
    signal.throwIfAborted()
    const listed = rebuild.listed(file.path)
    const wrong = inFolder
      ? ((await checkFile(archive, file, signal)) ?? (listed === undefined || listed === file.sha256 ? undefined : contradicted))
      : missing
    bytes += file.bytes
    if (wrong === undefined) counts.right++
    else {
      counts.wrong++
      const again = line.goneAtSource === undefined ? 'it is taken again' : 'it is gone at its source and cannot be taken again'
      emit({ event: 'damaged', path: file.path, message: `${wrong.message}; ${again}` })
    }
    const done = counts.right + counts.wrong
    if (done - told.files >= every.files || bytes - told.bytes >= every.bytes) {
      told = { files: done, bytes }
      emit({ event: 'verified', files: done, bytes, damaged: counts.wrong, state: 'progress' })
    }
    return { ...file, found: wrong?.found ?? 'right' }
  }

  /** The number of the folder that holds a path; one that no line speaks of is made up. */
  async function dirOf(path: string): Promise<number> {
    const folder = posix.dirname(path)
    const root = `data/${source}`
    if (folder === root) return -n
    const known = rebuild.folder(folder)
    if (known !== undefined) return known
    const dir = await dirOf(folder)
    const item = madeUpFolder(n, folder.slice(root.length + 1))
    const made = rebuild.addItem(item) ?? rebuild.addItem({ ...item, id: `made-up:${folder}` })!
    const there = (await archive.kindOf(folder)) === 'folder'
    rebuild.addFolder({ path: folder, n: made, name: item.name!, living: 0 })
    placeFolder(rebuild, { n: made, path: folder, name: item.name!, living: false, there }, dir)
    return made
  }
}
