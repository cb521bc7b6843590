import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { readSize } from '../archive/hash-file.ts'
import { readManifest } from '../archive/manifest.ts'
import type { Reporter } from '../core/events.ts'
import { createExpectations, type Expectation, type ExpectedFile } from './expectation.ts'
import { type Damage, type Finding, lookAt } from './look.ts'
import { walk } from './walk.ts'

export interface Verification {
  /** The archive's folder. */
  readonly root: string
  /** Every saved file that the journal knows, in any order; of `sources` only, where these are given. */
  readonly expected: Iterable<ExpectedFile> | AsyncIterable<ExpectedFile>
  /** ACCOUNT/SOURCE of those to look at; absent: the whole archive. */
  readonly sources?: readonly string[]
  /** `sizes`: bytes are read only where a file's time says that somebody wrote to it. */
  readonly read: 'every-byte' | 'sizes'
  /** Files read at once. */
  readonly atOnce: number
  readonly emit: Reporter
  readonly signal: AbortSignal
}

export interface VerifyResult {
  /** Files of the payload that were looked at. */
  readonly files: number
  readonly bytes: number
  /** Things that are wrong, each named by an event `damaged`. */
  readonly damaged: number
  readonly counts: Readonly<Partial<Record<Damage, number>>>
}

/** How often progress is told, in files and in bytes. */
const every = { files: 1000, bytes: 256 * 1024 * 1024 }

/**
 * Compares journal, manifests and disk with one another and names whatever differs: files that are missing, changed, cut off, unreadable or known to
 * nobody; manifest lines that are lost or edited; damaged files beside the payload. Memory does not grow with the number of files.
 * Throws the signal's reason; damage is no error.
 */
export async function verifyArchive(what: Verification): Promise<VerifyResult> {
  const { root, emit, signal } = what
  const counts: Partial<Record<Damage, number>> = {}
  let [files, bytes, damaged] = [0, 0, 0]
  const report = ({ path, damage, message }: Finding) => {
    damaged++
    counts[damage] = (counts[damage] ?? 0) + 1
    emit({ event: 'damaged', path, message })
  }
  const unreadable = (path: string) => report({ path, damage: 'unreadable', message: 'this folder cannot be read' })

  const expectations = createExpectations()
  try {
    for await (const file of what.expected) {
      signal.throwIfAborted()
      if (!expectations.addExpected(file))
        report({ path: file.path, damage: 'changed', message: 'the journal has two items at this path' })
    }
    const listed = await readPayloadManifest(what, expectations, report)
    const folders = what.sources?.map((source) => `data/${source}`) ?? ['data']
    for (const folder of folders) {
      for await (const { path } of walk(root, folder, unreadable)) {
        signal.throwIfAborted()
        if (!expectations.knows(path)) {
          report({ path, damage: 'extra', message: litter.test(path) ? littered : stranger })
        }
      }
    }

    let told = { files: 0, bytes: 0 }
    const all = expectations.all()[Symbol.iterator]()
    await atOnce(what.atOnce, async () => {
      const buffer = Buffer.allocUnsafeSlow(readSize)
      for (let next = all.next(); !next.done; next = all.next()) {
        signal.throwIfAborted()
        if (listed) compare(next.value, report)
        const look = await lookAt(next.value, { root, read: what.read, buffer, signal })
        if (look.damage !== undefined) report(look.damage)
        files++
        bytes += look.bytes
        if (files - told.files >= every.files || bytes - told.bytes >= every.bytes) {
          told = { files, bytes }
          emit({ event: 'verified', files, bytes, damaged, state: 'progress' })
        }
      }
    })
    await verifyTagFiles(what, report)
  } finally {
    expectations.close()
  }
  emit({ event: 'verified', files, bytes, damaged, state: 'done' })
  return { files, bytes, damaged, counts }
}

const stranger = 'was not put here by a backup: neither the journal nor the manifest knows it'
/** What file managers leave where somebody looked into a folder. */
const litter = /\/(\.DS_Store|\._[^/]*|Thumbs\.db|desktop\.ini)$/i
const littered = 'was left here by a file manager, and may be deleted: a bag holds nothing but what its manifest lists'

type Report = (finding: Finding) => void

/** False when there is none. */
async function readPayloadManifest(
  what: Verification,
  expectations: ReturnType<typeof createExpectations>,
  report: Report,
): Promise<boolean> {
  const path = 'manifest-sha256.txt'
  const within = what.sources?.map((source) => `data/${source}/`)
  return readListed(what, path, report, (entry) => {
    if (within !== undefined && !within.some((folder) => entry.path.startsWith(folder))) return
    if (!entry.path.startsWith('data/') || entry.path.split('/').includes('..')) {
      report({ path, damage: 'manifest', message: `lists what is no file of the payload: ${entry.path}` })
    } else if (!expectations.addListed(entry)) {
      report({ path: entry.path, damage: 'manifest', message: 'the manifest lists it twice' })
    }
  })
}

async function readListed(
  { root, signal }: Verification,
  path: string,
  report: Report,
  take: (entry: { readonly path: string; readonly sha256: string }) => void,
): Promise<boolean> {
  const file = join(root, path)
  try {
    await access(file)
    const broken = (line: number) => report({ path, damage: 'manifest', message: `line ${line} is damaged or torn off` })
    for await (const entry of readManifest(file, broken)) {
      signal.throwIfAborted()
      take(entry)
    }
    return true
  } catch (error) {
    signal.throwIfAborted()
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    report(
      code === 'ENOENT'
        ? { path, damage: 'missing', message: 'is missing' }
        : { path, damage: 'unreadable', message: `cannot be read: ${code}` },
    )
    return false
  }
}

/** What journal and manifest say of each other. */
function compare({ path, journal, manifest }: Expectation, report: Report): void {
  if (journal === undefined)
    report({ path, damage: 'unknown', message: 'the manifest lists it, but the journal does not know it' })
  else if (manifest === undefined) report({ path, damage: 'unlisted', message: 'the manifest does not list it' })
  else if (manifest !== journal.sha256)
    report({ path, damage: 'unlisted', message: 'the manifest has another checksum for it than the journal' })
}

/** Every bag of ours has these. */
const required = ['bagit.txt', 'bag-info.txt', 'manifest-sha256.txt', 'README.html']

/** The files beside the payload are few; they are read whole whatever `read` says. */
async function verifyTagFiles(what: Verification, report: Report): Promise<void> {
  const tags = new Map<string, string>()
  const path = 'tagmanifest-sha256.txt'
  const there = await readListed(what, path, report, (entry) => {
    if (entry.path.startsWith('data/') || entry.path.startsWith('/') || entry.path.split('/').includes('..')) {
      report({ path, damage: 'manifest', message: `lists what does not belong there: ${entry.path}` })
    } else tags.set(entry.path, entry.sha256)
  })
  if (!there) return
  const look = { root: what.root, read: 'every-byte', buffer: Buffer.allocUnsafeSlow(readSize), signal: what.signal } as const
  for (const [path, manifest] of tags) {
    const { damage } = await lookAt({ path, manifest }, look)
    if (damage !== undefined) report(damage)
  }
  const unlisted = (path: string) => report({ path, damage: 'unlisted', message: 'tagmanifest-sha256.txt does not list it' })
  for (const path of required) if (!tags.has(path)) unlisted(path)
  const unreadable = (path: string) => report({ path, damage: 'unreadable', message: 'this folder cannot be read' })
  for await (const { path } of walk(what.root, 'metadata', unreadable)) if (!tags.has(path)) unlisted(path)
}

/** Runs `work` so many times side by side; when one fails, the others are awaited before its error is thrown. */
async function atOnce(times: number, work: () => Promise<void>): Promise<void> {
  const results = await Promise.allSettled(Array.from({ length: Math.max(1, times) }, work))
  for (const result of results) if (result.status === 'rejected') throw result.reason
}
