import { createHash } from 'node:crypto'
import { lstat } from 'node:fs/promises'
import { dirname } from 'node:path/posix'
import pLimit from 'p-limit'
import type { Archive } from '../archive/archive.ts'
import { type Draft, openDraft } from '../archive/draft.ts'
import { hashFile } from '../archive/hash-file.ts'
import { Failure } from '../core/failure.ts'
import type { ExpectedFile } from '../verify/expectation.ts'
import type { Finding } from '../verify/look.ts'
import type { Ledger } from './ledger.ts'
import { makeWay } from './make-way.ts'
import { readSource } from './read-source.ts'

/** As the committer of a backup has it: files that become durable together, the longest that one waits for others, syncs at once. */
const group = { files: 64, bytes: 256 * 1024 * 1024, waitMs: 1000 }
const syncsAtOnce = 4
/** A draft of an earlier run is gone on with from a multiple of this many bytes: its very end may not have reached the disk. */
const step = 1024 * 1024

export interface WriterOptions {
  /** The archive that is copied, and the copy. */
  readonly from: Archive
  readonly to: Archive
  readonly ledger: Ledger
  /** Reads each file once more under its final name. */
  readonly readBack: boolean
  readonly signal: AbortSignal
  /** A name in the way was set aside. */
  readonly setAside: (path: string, to: string) => void
}

/** Puts files into a copy, in groups: bytes synced → renamed, folders synced → recorded. */
export interface Writer {
  /** Resolves with what is wrong with the file in the archive, or undefined when its bytes are in a draft. */
  copy(file: ExpectedFile, read: (bytes: number) => void): Promise<Finding | undefined>
  /** All that was copied has its final name, durably, and is recorded. */
  flush(): Promise<void>
}

interface Finished {
  readonly file: ExpectedFile
  readonly draft: Draft
  readonly name: string
}

export function createWriter({ from, to, ledger, readBack, signal, setAside }: WriterOptions): Writer {
  let waiting: Finished[] = []
  let waitingBytes = 0
  let waitingSince = 0
  let chain: Promise<void> = Promise.resolve()

  /** One group at a time; the next gathers meanwhile. What one throws, every later one throws. */
  function commitWaiting(): Promise<void> {
    const files = waiting
    waiting = []
    waitingBytes = 0
    chain = chain.then(() => commit(files))
    chain.catch(() => {})
    return chain
  }

  async function commit(files: readonly Finished[]): Promise<void> {
    const limit = pLimit(syncsAtOnce)
    await Promise.all(files.map(({ draft, file }) => limit(() => draft.seal(file.modified))))
    const folders = new Set<string>()
    for (const { file, draft, name } of files) {
      await draft.close()
      for (const folder of await makeWay(to, file.path, setAside)) folders.add(folder)
      await to.rename(`.holdall/drafts/${name}`, file.path)
      folders.add(dirname(file.path))
    }
    await Promise.all([...folders].map((folder) => limit(() => to.syncFolder(folder))))
    if (readBack) for (const { file } of files) await prove(file)
    ledger.record(
      await Promise.all(
        files.map(async ({ file: { path, sha256, bytes } }) => {
          ledger.isThere(path)
          return { path, sha256, bytes, modified: (await lstat(to.absolute(path))).mtimeMs }
        }),
      ),
    )
  }

  async function prove({ path, sha256 }: ExpectedFile): Promise<void> {
    if ((await hashFile(to.absolute(path))).sha256 === sha256) return
    throw new Failure('disk', `the copy's disk gives back other bytes than were written to it: ${to.absolute(path)}`, {
      hint: 'do not trust that disk: choose another one for the copy',
    })
  }

  return {
    async copy(file, read) {
      const name = draftName(file)
      const kept = await keptOf(to, name)
      const draft = await openDraft(to.draftFile(name), kept, undefined, to.disk)
      let outcome: Awaited<ReturnType<typeof readSource>>
      try {
        if (draft.length > 0) read(draft.length)
        outcome = await readSource(from.absolute(file.path), file, draft, read, signal)
      } catch (error) {
        // What was taken stays for the next time.
        await draft.checkpoint().catch(() => undefined)
        await draft.close()
        throw error
      }
      if ('damage' in outcome) {
        await draft.discard()
        return outcome
      }
      if (waiting.length === 0) waitingSince = performance.now()
      waiting.push({ file, draft, name })
      waitingBytes += file.bytes
      const due = performance.now() - waitingSince >= group.waitMs
      if (waiting.length >= group.files || waitingBytes >= group.bytes || due) await commitWaiting()
      return undefined
    },
    flush: () => commitWaiting(),
  }
}

/** The same for the same bytes under the same name, and no other's. */
export function draftName({ path, sha256 }: { readonly path: string; readonly sha256: string }): string {
  return `copy-${createHash('sha256').update(`${sha256} ${path}`).digest('hex').slice(0, 40)}.part`
}

async function keptOf(to: Archive, name: string): Promise<number> {
  if ((await to.kindOf(`.holdall/drafts/${name}`)) !== 'file') return 0
  const { size } = await lstat(to.draftFile(name))
  return Math.floor(size / step) * step
}
