import { createHash } from 'node:crypto'
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Journal } from '../../src/journal/journal.ts'
import { openJournal } from '../../src/journal/open.ts'
import { createPaths } from '../../src/journal/paths.ts'
import type { Intent } from '../../src/journal/rows.ts'
import { checkWithSha256sum } from '../archive/sha256sum.ts'
import { type ExpectedFile, type Ledger, withoutSuffix } from './expected.ts'

/** A file as it stands in the archive. */
export interface StoredFile {
  /** From `data/` on. */
  readonly path: string
  readonly sha256: string
  readonly bytes: number
  /** Milliseconds since 1970. */
  readonly modified: number
}

/** Everything under data/, read. */
export function storedFiles(archive: string): Map<string, StoredFile> {
  const found = new Map<string, StoredFile>()
  const data = path.join(archive, 'data')
  if (!existsSync(data)) return found
  for (const entry of readdirSync(data, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue
    const file = path.join(entry.parentPath, entry.name)
    if (!entry.isFile()) throw new Error(`neither file nor folder: ${file}`)
    const { size, mtimeMs } = statSync(file)
    const relative = path.relative(archive, file).split(path.sep).join('/')
    found.set(relative, { path: relative, sha256: sha256OfFile(file), bytes: size, modified: Math.round(mtimeMs) })
  }
  return found
}

const buffer = Buffer.allocUnsafe(1024 * 1024)

export function sha256OfFile(file: string): string {
  const hash = createHash('sha256')
  const handle = openSync(file, 'r')
  try {
    for (let got = readSync(handle, buffer); got > 0; got = readSync(handle, buffer)) hash.update(buffer.subarray(0, got))
  } finally {
    closeSync(handle)
  }
  return hash.digest('hex')
}

/** Files that are made of many things of an account (contacts.vcf), and what they must be. */
export interface Derived {
  /** Whether this is one of them; `file` from `data/` on. */
  is(file: string): boolean
  /** What is wrong with one at whatever moment, also right after a crash. */
  wrongNow(file: string, bytes: Buffer): string | undefined
  /** How they differ from what the account has now. */
  differences(archive: string): string[]
}

/**
 * What is wrong with an archive whose run was cut off this moment: a file under a final name that was never at the source, or one that the journal
 * calls saved and that is nowhere.
 */
export function wrongNow(archive: string, ledger: Ledger, derived?: Derived): string[] {
  const stored = storedFiles(archive)
  const wrong = [...stored.values()].flatMap((file): string[] => {
    if (derived?.is(file.path) === true) {
      const why = derived.wrongNow(file.path, readFileSync(path.join(archive, file.path)))
      return why === undefined ? [] : [`${file.path}: ${why}`]
    }
    if (ledger.allows(path.posix.basename(file.path), file.sha256, file.modified)) return []
    return [`${file.path} holds what the source never had under that name (${file.bytes} bytes, time ${file.modified})`]
  })
  return [...wrong, ...missingOfSaved(archive, stored)]
}

/**
 * Parts whose bytes are all here although they are not called saved: promised a name, and complete in the draft or under that name. As `SOURCE ID`.
 */
export function complete(archive: string): string[] {
  return (
    withJournal(archive, (journal) => {
      const names = new Map(journal.sources().map(({ n, name }) => [n, name]))
      const paths = createPaths(journal, names)
      return journal.intents().flatMap((entry) => {
        const { draft, dir, local, sha256 } = JSON.parse(entry.intent ?? '') as Intent
        const item = journal.item(entry.item)
        if (draft === undefined || item === undefined) return []
        const places = [`.holdall/drafts/${draft}`, `${paths.onDisk(dir)}/${local}`].map((place) => path.join(archive, place))
        const whole = places.some((place) => existsSync(place) && sha256OfFile(place) === sha256)
        return whole ? [`${names.get(item.source)} ${item.id}`] : []
      })
    }) ?? []
  )
}

/** Reads a copy: the journal itself is not touched before the next run does so. Undefined where there is none yet. */
export function withJournal<T>(archive: string, read: (journal: Journal) => T): T | undefined {
  const file = path.join(archive, '.holdall/journal.db')
  if (!existsSync(file)) return undefined
  const copy = mkdtempSync(path.join(tmpdir(), 'holdall-journal-'))
  try {
    for (const end of ['', '-wal']) if (existsSync(file + end)) copyFileSync(file + end, path.join(copy, `journal.db${end}`))
    // Killed before its tables were made.
    if (statSync(path.join(copy, 'journal.db')).size === 0) return undefined
    const journal = openJournal(path.join(copy, 'journal.db'), { access: 'write' })
    try {
      return read(journal)
    } finally {
      journal.close()
    }
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

function missingOfSaved(archive: string, stored: ReadonlyMap<string, StoredFile>): string[] {
  return (
    withJournal(archive, (journal) => {
      const paths = createPaths(journal, new Map(journal.sources().map(({ n, name }) => [n, name])))
      // A move that was promised may be made already; then the bytes stand elsewhere.
      const moving = journal.intents().length > 0
      const everywhere = new Set([...stored.values()].map((one) => one.sha256))
      const parked = path.join(archive, '.holdall/moving')
      // A folder that makes way for another is parked with all that it holds.
      for (const name of moving && existsSync(parked) ? readdirSync(parked, { recursive: true, encoding: 'utf8' }) : [])
        if (statSync(path.join(parked, name)).isFile()) everywhere.add(sha256OfFile(path.join(parked, name)))
      const missing: string[] = []
      for (const saved of journal.savedFiles()) {
        const place = `${paths.onDisk(saved.dir)}/${saved.name}`
        const there = stored.get(place) ?? (place.startsWith('.holdall/moving/') ? parkedFile(archive, place) : undefined)
        if (there?.sha256 === saved.sha256 || (moving && everywhere.has(saved.sha256))) continue
        // A newer version stands there, and its target was committed: the next start finds it right.
        if (moving && there !== undefined) continue
        missing.push(`the journal calls ${place} saved, and ${there === undefined ? 'it is not there' : 'it is another one'}`)
      }
      return missing
    }) ?? []
  )
}

function parkedFile(archive: string, place: string): { readonly sha256: string } | undefined {
  const file = path.join(archive, place)
  return existsSync(file) ? { sha256: sha256OfFile(file) } : undefined
}

/** A line of metadata, as far as the tests look at it. */
export interface MetadataLine {
  readonly id: string
  readonly kind: string
  readonly path: string
  readonly state: string
  readonly goneAtSource?: string
  readonly details?: Readonly<Record<string, unknown>>
  /** What the journal would have to know besides, were it lost. */
  readonly journal?: Readonly<Record<string, unknown>>
  readonly files: readonly { readonly path: string; readonly sha256?: string; readonly current?: boolean }[]
}

export function metadataOf(archive: string, source: string): MetadataLine[] {
  const text = readFileSync(path.join(archive, 'metadata', `${source}.jsonl`), 'utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as MetadataLine)
}

/** How an archive differs from what the source has now; nothing: they agree, in bytes, names, places and times. `left` counts files of what is gone. */
export function differences(
  archive: string,
  expected: readonly ExpectedFile[],
  derived?: Derived,
): { wrong: string[]; left: number } {
  const wrong: string[] = derived?.differences(archive) ?? []
  const stored = storedFiles(archive)
  const accounted = new Set<string>()
  const plain = new Map<string, number>()
  const lines = new Map<string, MetadataLine>()
  const gone = new Set<string>()
  for (const source of new Set(expected.map((file) => file.source))) {
    for (const line of metadataOf(archive, source)) {
      // What it was when it was a file.
      if (line.kind === 'folder') for (const file of line.files) if (file.current === false) gone.add(file.path)
      // The other state: there was a newer version, which vanished before it was taken.
      if (line.goneAtSource !== undefined || line.state === 'gone') for (const file of line.files) gone.add(file.path)
      else lines.set(`${source}\0${source === 'home/files' ? line.path : line.id}`, line)
    }
  }
  for (const file of expected) {
    const what = `${file.folder}/${file.name}`
    const line = lines.get(`${file.source}\0${file.id}`)
    const kept = line?.files.find((one) => one.sha256 !== undefined)
    const there = kept === undefined ? undefined : stored.get(kept.path)
    if (line?.state !== 'saved' || kept === undefined || there === undefined) {
      wrong.push(`${what} is not saved (${line?.state ?? 'not in the metadata'})`)
      continue
    }
    if (accounted.has(kept.path)) wrong.push(`${kept.path} stands for two items`)
    accounted.add(kept.path)
    const name = path.posix.basename(kept.path)
    if (path.posix.dirname(kept.path) !== file.folder) wrong.push(`${what} stands in ${kept.path}`)
    if (name !== file.name && withoutSuffix(name) !== file.name) wrong.push(`${what} is called ${name}`)
    const key = `${file.folder}/${file.name}`.toLowerCase()
    plain.set(key, (plain.get(key) ?? 0) + (name === file.name ? 1 : 0))
    if (there.sha256 !== file.sha256 || there.bytes !== file.bytes) wrong.push(`${what} has other bytes`)
    if (file.modified !== undefined && there.modified !== file.modified)
      wrong.push(`${what} has the time ${there.modified}, not ${file.modified}`)
  }
  for (const [key, count] of plain) if (count !== 1) wrong.push(`${key}: ${count} files bear the plain name`)
  const extra = [...stored.keys()].filter((one) => !accounted.has(one) && derived?.is(one) !== true)
  const living = new Set(expected.map((file) => file.sha256))
  for (const one of extra) {
    if (!gone.has(one)) wrong.push(`${one} belongs to nothing`)
    // No two files of these accounts have the same bytes: one that moved is there once, also where ids do not last.
    else if (living.has(stored.get(one)?.sha256 ?? '')) wrong.push(`${one} counts as gone, and only moved`)
  }
  return { wrong, left: extra.length }
}

/** Whether the archive is a bag that others find valid, and holds nothing that its manifest does not name. Throws where sha256sum finds damage. */
export async function checkBag(archive: string): Promise<void> {
  const named = await checkWithSha256sum(archive, 'manifest-sha256.txt')
  await checkWithSha256sum(archive, 'tagmanifest-sha256.txt')
  const files = [...storedFiles(archive).keys()]
  if (named.length !== files.length) throw new Error(`the manifest names ${named.length} files, and ${files.length} are there`)
}
