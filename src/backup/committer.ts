import pLimit from 'p-limit'
import type { Draft, Proof } from '../archive/draft.ts'
import { fold } from '../archive/names.ts'
import { stamp } from '../archive/stamp.ts'
import type { Content } from '../core/source.ts'
import type { Paths } from '../journal/paths.ts'
import { type Intent, type ItemRow, itemOf, partsOf } from '../journal/rows.ts'
import { revealedPrefix } from './decide.ts'
import type { Placement } from './placement.ts'
import { createRelocation, type Relocation } from './relocate.ts'
import type { Run } from './run-context.ts'

/** Files that become durable together: measured nearly free from 64 to 256, where one sync for each file halves the speed. */
const groupSize = 128
/** The longest that a complete file waits for others, in milliseconds. */
const groupWaitMs = 1000
/** Syncs at once: as many as Node has threads for the file system. */
const syncsAtOnce = 4

/** A part whose bytes are all in a draft, checked. */
export interface Finished {
  readonly row: ItemRow
  readonly key: string
  readonly draft: Draft
  readonly draftName: string
  readonly proof: Proof
  readonly learned?: Content['learned']
  readonly more?: Content['more']
}

/**
 * Gives finished drafts their final names, in groups, so that each step is durable before the next:
 * bytes synced → proof and target committed → renamed, folders synced → *saved* committed (with the next group's targets).
 */
export interface Committer {
  /** Resolves when there is room for more; the file may not be saved yet. Throws when a group could not be saved. */
  add(finished: Finished): Promise<void>
  /** Whether a part of this item is on its way and not written down yet. */
  holds(item: number): boolean
  /** Runs something that moves files between two groups, with all that was saved written down. */
  between<T>(work: (relocation: Relocation) => Promise<T>): Promise<T>
  /** Everything added is saved, and written down. */
  flush(): Promise<void>
}

export interface CommitterOptions {
  readonly run: Run
  readonly paths: Paths
  readonly placement: Placement
  readonly sourceNames: ReadonlyMap<number, string>
  readonly keepVersions: boolean
  /** An item reached its state: all its parts are saved. */
  readonly onSaved: (row: ItemRow, bytes: number) => void
}

export function createCommitter(options: CommitterOptions): Committer {
  const { run, paths, placement } = options
  const { journal, archive } = run
  const relocation = createRelocation({
    run,
    paths,
    sourceNames: options.sourceNames,
    writeDown: async () => {
      await syncTouched(pLimit(syncsAtOnce))
      journal.transaction(writeSaved)
    },
  })
  let waiting: Finished[] = []
  let renamed: { finished: Finished; intent: Intent }[] = []
  let timer: NodeJS.Timeout | undefined
  let chain: Promise<void> = Promise.resolve()
  let broken: unknown
  let groupsUnderWay = 0

  function start(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const group = waiting
    waiting = []
    if (group.length > 0) {
      groupsUnderWay++
      enqueue(() => commit(group)).finally(() => groupsUnderWay--)
    }
    return chain
  }

  function enqueue(work: () => Promise<void>): Promise<void> {
    chain = chain.then(async () => {
      if (broken !== undefined) return
      try {
        await work()
      } catch (error) {
        broken = error
      }
    })
    return chain
  }

  async function commit(group: readonly Finished[]): Promise<void> {
    const limit = pLimit(syncsAtOnce)
    await Promise.all(group.map((one) => limit(() => one.draft.seal(one.learned?.modified ?? one.row.modified ?? undefined))))
    const intents = journal.transaction(() => {
      writeSaved()
      return group.map((one) => intend(one))
    })
    paths.forget()
    for (const [index, one] of group.entries()) await place(one, intents[index]!)
    await syncTouched(limit)
  }

  /** Proof and target are written down; a place that only the content revealed is found first. */
  function intend({ row, key, learned, more, proof, draftName }: Finished): Intent {
    if (learned !== undefined || more !== undefined) reveal(row, key, learned, more)
    const entry = journal.entry(row.n, key)!
    const modified = learned?.modified ?? row.modified
    const intent: Intent = {
      dir: entry.dir,
      local: entry.local,
      bytes: proof.bytes,
      sha256: proof.sha256,
      ...(proof.checksum !== undefined && { checksum: proof.checksum }),
      version: row.version,
      ...(modified !== null && modified !== undefined && { modified }),
      draft: draftName,
    }
    journal.intend(row.n, key, intent)
    return intent
  }

  function reveal({ n }: ItemRow, key: string, learned: Content['learned'], more: Content['more']): void {
    // As it is now: a listing may have said something new while it was being downloaded.
    const row = journal.item(n)!
    const named = (more ?? []).map((part) =>
      part.key.startsWith(revealedPrefix) ? part : { ...part, key: `${revealedPrefix}${part.key}` },
    )
    // Of one that is known the newer content says what it is called: it refers to it by that name.
    const revealed = new Map(named.map((part) => [part.key, part]))
    const parts = partsOf(row).map(
      (part) =>
        revealed.get(part.key) ??
        (part.key === key && learned?.partName !== undefined ? { ...part, name: learned.partName } : part),
    )
    const keys = new Set(parts.map((part) => part.key))
    for (const part of revealed.values()) if (!keys.has(part.key)) parts.push(part)
    journal.setParts(row.n, parts)
    if (learned === undefined) {
      const item = { ...itemOf(row), parts }
      placement.put(row.n, item, row.dir!, 'known')
    } else {
      journal.completeItem(row.n, learned)
      if (learned.details !== undefined) journal.setDetails(row.n, { ...JSON.parse(row.details), ...learned.details })
      const { partName: _, ...known } = learned
      const item = { ...itemOf(row), ...known, parts }
      const dir = placement.dirOf(row.source, item, row.n) ?? -row.source
      journal.setDir(row.n, dir)
      placement.put(row.n, item, dir, 'known')
    }
    placement.settle()
  }

  async function place(finished: Finished, intent: Intent): Promise<void> {
    const { row, key, draft, draftName } = finished
    const folder = await relocation.ensureFolder(intent.dir)
    const path = `${folder}/${intent.local}`
    archive.checkInside(path)
    const before = journal.entry(row.n, key)!
    await relocation.makeRoom(intent.dir, intent.local, before)
    if (before.disk !== null) {
      // What stands elsewhere is brought here first, so that replacing it is one step.
      if (before.disk_dir !== intent.dir || before.disk !== intent.local) {
        await relocation.bring(before, intent)
        journal.intend(row.n, key, intent)
      }
      if (options.keepVersions) await archive.setAside(path, 'versions', stamp(run.clock.now())).catch(unlessMissing)
    }
    await draft.close()
    await archive.rename(`.holdall/drafts/${draftName}`, path)
    relocation.touch(folder)
    renamed.push({ finished, intent })
  }

  async function syncTouched(limit: ReturnType<typeof pLimit>): Promise<void> {
    await Promise.all(relocation.takeTouched().map((folder) => limit(() => archive.syncFolder(folder))))
  }

  /** Inside a transaction: what was renamed and synced is saved. */
  function writeSaved(): void {
    const now = run.clock.now()
    for (const { finished, intent } of renamed) {
      const { row, key } = finished
      journal.entrySaved(row.n, key, intent, fold(intent.local), now)
      release(row.n)
      run.news(row.source)
      const item = journal.item(row.n)
      if (item === undefined || item.version !== row.version) continue
      const parts = partsOf(item)
      const bytes = parts.length === 1 ? intent.bytes : savedBytes(item)
      if (bytes === undefined) continue
      const unexportable = item.unexportable !== null
      journal.setState(
        row.n,
        unexportable ? 'unexportable' : 'saved',
        run.n,
        unexportable ? { reason: itemOf(item).unexportable!.message } : undefined,
      )
      done.push(() => options.onSaved(item, bytes))
    }
    if (renamed.length > 0) run.changed()
    renamed = []
  }

  const held = new Map<number, number>()
  let done: (() => void)[] = []

  function release(item: number): void {
    const left = held.get(item)! - 1
    if (left > 0) held.set(item, left)
    else held.delete(item)
  }

  /** The bytes of an item all of whose parts are saved at its version, else undefined. */
  function savedBytes(item: ItemRow): number | undefined {
    let bytes = 0
    for (const part of partsOf(item)) {
      const entry = journal.entry(item.n, part.key)
      if (entry?.sha256 == null || entry.version !== item.version) return undefined
      bytes += entry.bytes!
    }
    return bytes
  }

  function tell(): void {
    const told = done
    done = []
    for (const one of told) one()
  }

  async function settle(): Promise<void> {
    if (renamed.length > 0) journal.transaction(writeSaved)
    tell()
  }

  async function flush(): Promise<void> {
    await start()
    await enqueue(settle)
    if (broken !== undefined) throw broken
  }

  return {
    async add(finished) {
      if (broken !== undefined) throw broken
      waiting.push(finished)
      held.set(finished.row.n, (held.get(finished.row.n) ?? 0) + 1)
      if (waiting.length >= groupSize) {
        // One group may be on its way while the next one gathers.
        const room = groupsUnderWay > 0 ? chain : undefined
        void start()
        enqueue(async () => tell())
        await room
      } else {
        timer ??= setTimeout(() => {
          void start()
          enqueue(settle)
        }, groupWaitMs)
      }
      if (broken !== undefined) throw broken
    },
    holds: (item) => held.has(item),
    async between(work) {
      await flush()
      let result: { value: Awaited<ReturnType<typeof work>> } | { error: unknown } | undefined
      await enqueue(async () => {
        try {
          result = { value: await work(relocation) }
        } catch (error) {
          // The work's own affair, an interruption mostly: files that are complete are saved all the same.
          result = { error }
        }
        await syncTouched(pLimit(syncsAtOnce))
      })
      if (broken !== undefined) throw broken
      if ('error' in result!) throw result.error
      return result!.value
    },
    flush,
  }
}

function unlessMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
