import { access, readFile } from 'node:fs/promises'
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
  /** Every saved file that the journal knows, in any order; of `sources` only, where these are given. Absent: there is no journal, and the manifests alone count. */
  readonly expected?: Iterable<ExpectedFile> | AsyncIterable<ExpectedFile>
  /** Whether a file that no manifest lists was found damaged before, and waits to be taken again. */
  readonly isAwaited?: (path: string) => boolean
  /** ACCOUNT/SOURCE of those to look at; absent: the whole archive. */
  readonly sources?: readonly string[]
  /** `sizes`: bytes are read only where a file's time says that somebody wrote to it. */
  readonly read: 'every-byte' | 'sizes'
  /** Files read at once. */
  readonly atOnce: number
  readonly emit: Reporter
  readonly signal: AbortSignal
  /** Each thing that is wrong, besides the event. */
  readonly found?: (finding: Finding) => void
  /** How far an interrupted pass came: files up to there are looked at by size and time only. */
  readonly from?: Passed
  /** Told now and then, and whatever ends the pass before its end: how far it is. */
  readonly passed?: (so: Passed) => void
}

/** How far a pass over the payload has come. */
export interface Passed {
  /** All files up to this path, in the order of their bytes, have been read. */
  readonly path: string
  /** How many, and their bytes, since the pass began. */
  readonly files: number
  readonly bytes: number
  /** Files that were damaged; each has been named. */
  readonly damaged: number
}

export interface VerifyResult {
  /** Files of the payload that were looked at. */
  readonly files: number
  readonly bytes: number
  /** Of the files those that an interrupted pass had read. */
  readonly before: number
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
  const { root, emit, signal, from } = what
  const counts: Partial<Record<Damage, number>> = {}
  let [files, bytes, before, damaged] = [0, 0, 0, 0]
  /** Files that are not what they should be: the next pass does not meet those that are to be taken again. */
  let ofFiles = 0
  const report = (finding: Finding) => {
    const { path, damage, message } = finding
    damaged++
    counts[damage] = (counts[damage] ?? 0) + 1
    emit({ event: 'damaged', path, message })
    what.found?.(finding)
  }
  const unreadable = (path: string) => report({ path, damage: 'unreadable', message: 'this folder cannot be read' })

  const expectations = createExpectations()
  try {
    for await (const file of what.expected ?? []) {
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
          if (what.isAwaited?.(path) === true) report({ path, damage: 'changed', message: awaited })
          else report({ path, damage: 'extra', message: litter.test(path) ? littered : stranger })
        }
      }
    }

    let told = { files: 0, bytes: 0 }
    const all = expectations.all()[Symbol.iterator]()
    const front = createFront(from?.path ?? '')
    const tellPassed = () => {
      const path = front.path()
      // Not further than the earlier one: what that one had read stays read.
      if (path === from?.path) what.passed?.({ ...from, damaged: from.damaged + ofFiles })
      else what.passed?.({ path, files, bytes, damaged: (from?.damaged ?? 0) + ofFiles })
    }
    try {
      await atOnce(what.atOnce, async () => {
        const buffer = Buffer.allocUnsafeSlow(readSize)
        for (let next = all.next(); !next.done; next = all.next()) {
          signal.throwIfAborted()
          const { path } = next.value
          if (listed && what.expected !== undefined) compare(next.value, report)
          // Read in an interrupted pass: whether it is still what it was then is seen at a glance.
          const known = from !== undefined && isUpTo(path, from.path)
          if (!known) front.take(path)
          const read = known ? 'sizes' : what.read
          const look = await lookAt(next.value, { root, read, buffer, signal, ownerOf: expectations.ownerOf })
          if (look.damage !== undefined) {
            report(look.damage)
            ofFiles++
          }
          if (known) before++
          else front.done(path)
          files++
          bytes += look.bytes
          if (files - told.files >= every.files || bytes - told.bytes >= every.bytes) {
            told = { files, bytes }
            emit({ event: 'verified', files, bytes, damaged, state: 'progress' })
            tellPassed()
          }
        }
      })
    } catch (error) {
      tellPassed()
      throw error
    }
    await verifyTagFiles(what, report)
  } finally {
    expectations.close()
  }
  emit({ event: 'verified', files, bytes, damaged, state: 'done' })
  return { files, bytes, before, damaged, counts }
}

/** SQLite's own order, that of UTF-8 bytes. */
const isUpTo = (path: string, end: string) => Buffer.compare(Buffer.from(path), Buffer.from(end)) <= 0

/** Up to where everything is done, of paths that are taken in order and done in any. */
function createFront(start: string) {
  const underWay: { readonly path: string; readonly previous: string }[] = []
  let last = start
  return {
    take(path: string): void {
      underWay.push({ path, previous: last })
      last = path
    },
    done(path: string): void {
      underWay.splice(
        underWay.findIndex((one) => one.path === path),
        1,
      )
    },
    path: () => underWay[0]?.previous ?? last,
  }
}

const awaited = 'was found damaged before, and is taken again by the next holdall backup'
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
  let [own, wrong] = ['', 0]
  const counted: Report = (finding) => {
    wrong++
    report(finding)
  }
  const there = await readListed(what, path, counted, (entry) => {
    own += `${entry.sha256}  ${entry.path}\n`
    if (entry.path.startsWith('data/') || entry.path.startsWith('/') || entry.path.split('/').includes('..')) {
      counted({ path, damage: 'manifest', message: `lists what does not belong there: ${entry.path}` })
    } else tags.set(entry.path, entry.sha256)
  })
  if (!there) return
  // No checksum vouches for this one: a changed byte that means the same (a digit in capitals, a tab) is found by what a backup would have written.
  if (wrong === 0 && (await readFile(join(what.root, path), 'utf8')) !== own)
    report({ path, damage: 'manifest', message: 'means what it did, but is not byte for byte as a backup writes it' })
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
