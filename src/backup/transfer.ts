import { type Draft, openDraft } from '../archive/draft.ts'
import { endsMidway } from '../archive/inspect/ends-midway.ts'
import { inspectContent } from '../archive/inspect/inspect-content.ts'
import { contradictsName } from '../archive/inspect/inspect-saved.ts'
import { strongest } from '../core/checksum.ts'
import { Failure } from '../core/failure.ts'
import type { Part } from '../core/item.ts'
import type { JsonObject } from '../core/json.ts'
import type { Content } from '../core/source.ts'
import type { Paths } from '../journal/paths.ts'
import { type DraftNote, draftNoteOf, type ItemRow, itemOf } from '../journal/rows.ts'
import type { Finished } from './committer.ts'
import { contradiction } from './decide.ts'
import type { OpenSource } from './open-source.ts'
import { draftName } from './recover.ts'
import type { Run } from './run-context.ts'
import { standingContent } from './standing.ts'
import { twinContent } from './twin.ts'

/** Each time this much more has come in, what is there is made durable and noted while more comes in: at most twice this is fetched again after a crash. Bytes. */
export const checkpointBytes = 32 * 1024 * 1024
/** Smaller parts are fetched anew after an interruption: noting them would cost more than it saves. Bytes. */
const resumeFrom = 1024 * 1024
/** Wrong bytes are asked for this often before the item fails. */
const corruptTries = 3

export interface TransferOptions {
  readonly run: Run
  readonly source: OpenSource
  readonly paths: Paths
  readonly signal: AbortSignal
  /** For how long a part without progress is tried again, in milliseconds. */
  readonly retryForMs: number
  /** First pause between tries, in milliseconds; it doubles, with full jitter. */
  readonly pauseMs: number
  readonly progress: (bytes: number) => void
}

/**
 * Brings one part into a finished, checked draft: from where an earlier run stopped where the content is still the same, again where it broke off,
 * with what is there parked when the run ends. Throws a Failure, or the signal's reason.
 */
export async function transferPart(options: TransferOptions, row: ItemRow, part: Part): Promise<Finished> {
  const { run, signal } = options
  const name = draftName(row.n, part.key)
  const note = readNote(run, row, part)
  const draft = await openDraft(
    run.archive.draftFile(name),
    note?.length ?? 0,
    strongest(part.checksums)?.algorithm,
    run.archive.disk,
  )
  // What is on disk may be less than the note says; then it starts again.
  let version = draft.length > 0 ? note?.version : undefined
  let resume = note?.resume
  let noted = draft.length
  let corrupt = 0
  /** SHA-256 of what arrived once and contradicts what the provider states. */
  let contradicting: string | undefined
  let retries = 0
  let pause = options.pauseMs
  let deadline = run.clock.now() + options.retryForMs
  let furthest = draft.length
  try {
    for (;;) {
      try {
        return await attempt()
      } catch (error) {
        if (signal.aborted) throw signal.reason
        const failure = Failure.from(error)
        if (draft.length > furthest) {
          furthest = draft.length
          deadline = run.clock.now() + options.retryForMs
          pause = options.pauseMs
        }
        const wrong = failure.kind === 'corrupt' || failure.kind === 'changed'
        if (wrong) {
          await draft.restart()
          version = undefined
          furthest = 0
        }
        const wait = failure.retryAfter === undefined ? Math.random() * pause : Math.max(0, failure.retryAfter - run.clock.now())
        if (
          !failure.consequence.retry ||
          failure.stops !== 'item' ||
          (wrong && ++corrupt >= corruptTries) ||
          run.clock.now() + wait >= deadline
        )
          throw failure
        run.emit({
          event: 'retry',
          account: options.source.account,
          what: part.name ?? row.id,
          reason: failure.message,
          attempt: ++retries,
          inMs: Math.round(wait),
        })
        pause = Math.min(pause * 2, 64_000)
        await run.clock.sleep(wait, signal)
      }
    }
  } catch (error) {
    await park(error)
    throw error
  }

  async function attempt(): Promise<Finished> {
    if (part.inline !== undefined) {
      await draft.restart()
      await draft.append(Buffer.from(part.inline, 'utf8'))
      return finished(await draft.finish({}))
    }
    const from = version === undefined ? 0 : draft.length
    if (from < draft.length) await draft.restart()
    const here =
      from === 0 && corrupt === 0
        ? ((await standingContent(run, options.paths, row, part)) ??
          (options.source.features.lastingIds ? undefined : await twinContent(run, options.paths, row, part)))
        : undefined
    const content =
      here ??
      (await options.source.source.fetch(itemOf(row), part, {
        from,
        ...(version !== undefined && { version }),
        ...(resume !== undefined && { resume }),
        signal,
      }))
    // What is said of a doubtful file is no measure for what comes.
    const size = content.size ?? (content.doubtful === undefined ? part.size : undefined)
    const checksums = content.checksums ?? part.checksums
    try {
      await begin(content, checksums)
    } catch (error) {
      await content.bytes[Symbol.asyncIterator]().return?.()
      throw error
    }
    if (resumable(content, size)) noteDraft(draft.length)
    await receive(draft, content, size)
    const { proof, note } = await prove(content, size, checksums)
    if (part.format !== undefined) await inspectContent(draft.file, part.format)
    const said = note ?? (await noteOfEnd(proof))
    return finished(proof, said === undefined ? content : { ...content, learned: withNote(content.learned, said) })
  }

  /** A text that seems to lack its end, and of which nothing else tells: it is taken when it comes twice alike, since it may be so at the provider. */
  async function noteOfEnd({ checksum, sha256 }: Finished['proof']): Promise<JsonObject | undefined> {
    if (part.format === undefined || checksum !== undefined) return undefined
    const what = part.name ?? row.name ?? ''
    const why = await endsMidway(draft.file, what)
    if (why === undefined) return undefined
    if (contradicting === sha256) {
      run.emit({
        event: 'notice',
        level: 'warning',
        source: options.source.name,
        message: `${what} came twice alike, and seems to be cut off (${why}); it is saved as it came`,
        hint: 'look at it in a browser, and whether it ends there as well',
      })
      return { why }
    }
    contradicting = sha256
    throw new Failure('corrupt', `what arrived seems to be cut off (${why}); it is fetched once more to compare`, {
      hint: 'run the same command again',
    })
  }

  /** Holds what arrived against what was stated; where that is known to be wrong at times, against what arrived the time before. */
  async function prove(
    content: Content,
    size: number | undefined,
    checksums: Content['checksums'],
  ): Promise<{ proof: Finished['proof']; note?: JsonObject }> {
    const { doubtful } = content
    const expected = { ...(size !== undefined && { size }), ...(checksums !== undefined && { checksums }) }
    if (doubtful === undefined || (size !== undefined && draft.length !== size)) return { proof: await draft.finish(expected) }
    try {
      const proof = await draft.finish(expected)
      if (proof.checksum !== undefined || doubtful.size === undefined || doubtful.size === proof.bytes) return { proof }
    } catch (error) {
      if (!(error instanceof Failure) || error.kind !== 'corrupt') throw error
    }
    const proof = await draft.finish(size === undefined ? {} : { size })
    await refuseOtherThings(proof.bytes, doubtful.size)
    const stated = strongest(checksums)
    const note: JsonObject = {
      why: doubtful.why,
      ...(doubtful.size !== undefined && { size: doubtful.size }),
      ...(stated !== undefined && { [stated.algorithm]: stated.value }),
    }
    if (contradicting === proof.sha256) return { proof, note }
    const again = contradicting === undefined ? 'it is fetched once more to compare' : 'and each time other bytes come'
    contradicting = proof.sha256
    throw new Failure('corrupt', `what arrived is not what the provider states (${doubtful.why}); ${again}`, {
      hint: 'if it stays so, download the file by hand: it may be protected, and made anew for each reader',
    })
  }

  /** An empty answer, or an error in words, twice alike is no document either. */
  async function refuseOtherThings(bytes: number, stated: number | undefined): Promise<void> {
    const wrong =
      bytes === 0 && stated !== 0 ? 'nothing at all: 0 bytes' : await contradictsName(draft.file, part.name ?? row.name ?? '')
    if (wrong !== undefined)
      throw new Failure('corrupt', `what arrived is not what its name says: ${wrong}`, { hint: 'run the same command again' })
  }

  /** What arrives continues what is there, or starts again; and is hashed as the provider did. */
  async function begin(content: Content, checksums: Content['checksums']): Promise<void> {
    if (content.from !== draft.length) await draft.restart()
    if (content.from !== draft.length) throw new Failure('corrupt', 'the server sent another range than the one asked for')
    if (content.from > 0 && content.version !== undefined && content.version !== version)
      throw new Failure('changed', 'it changed while it was being downloaded')
    version = content.from > 0 ? version : content.version
    resume = content.resume ?? resume
    const stated = strongest(checksums)
    if (stated !== undefined) await draft.compute(stated.algorithm)
  }

  async function receive(into: Draft, content: Content, size: number | undefined): Promise<void> {
    // One checkpoint is on its way to the disk while bytes come in; the next one waits for it.
    let syncing: Promise<void> | undefined
    try {
      for await (const chunk of content.bytes) {
        if (size !== undefined && into.length + chunk.length > size) {
          throw new Failure('corrupt', `more bytes arrive than the ${size} that were announced`, {
            hint: 'run the same command again',
          })
        }
        const full = into.append(chunk)
        if (full !== undefined) await full
        options.progress(chunk.length)
        if (into.length - noted >= checkpointBytes && resumable(content, size)) {
          await syncing
          const { length, durable } = await into.checkpoint()
          noted = length
          syncing = durable.then(() => noteDraft(length))
          syncing.catch(() => {})
        }
      }
    } finally {
      await syncing?.catch(() => {})
    }
    await syncing
    signal.throwIfAborted()
  }

  function resumable(content: Content, size: number | undefined): boolean {
    return options.source.features.resumable && content.version !== undefined && (size === undefined || size >= resumeFrom)
  }

  function noteDraft(length: number): void {
    noted = length
    const kept: DraftNote = {
      length,
      itemVersion: row.version,
      ...(version !== undefined && { version }),
      ...(resume !== undefined && { resume }),
    }
    if (run.journal.entry(row.n, part.key) !== undefined) run.journal.noteDraft(row.n, part.key, kept)
  }

  function finished(proof: Finished['proof'], content?: Content): Finished {
    return {
      row,
      key: part.key,
      draft,
      draftName: name,
      proof,
      ...(content?.learned !== undefined && { learned: content.learned }),
      ...(content?.more !== undefined && { more: content.more }),
    }
  }

  /** What arrived is kept for the next run where it can be gone on with. */
  async function park(error: unknown): Promise<void> {
    const hopeless = error instanceof Failure && ['disk', 'gone', 'unexportable'].includes(error.kind)
    const kept = version !== undefined && draft.length >= resumeFrom && !hopeless
    if (!kept) {
      run.journal.noteDraft(row.n, part.key, undefined)
      return draft.discard()
    }
    const { length, durable } = await draft.checkpoint()
    await durable
    noteDraft(length)
    await draft.close()
  }
}

const withNote = (learned: Content['learned'], note: JsonObject): NonNullable<Content['learned']> => ({
  ...learned,
  details: { ...learned?.details, [contradiction]: note },
})

function readNote(run: Run, row: ItemRow, part: Part): DraftNote | undefined {
  const entry = run.journal.entry(row.n, part.key)
  const note = entry === undefined ? undefined : draftNoteOf(entry)
  return note?.itemVersion === row.version ? note : undefined
}
