import path from 'node:path'
import { sha256OfFile } from './archive-check.ts'
import { type Call, fileOf, isSync, isWrite, renameOf } from './trace.ts'

/** What a trace says of one saved file or one move, where the order is not what a power cut asks for. */
export interface Verdict {
  /** Files that got their final name. */
  readonly saved: number
  /** Files and folders that were moved. */
  readonly moved: number
  readonly wrong: readonly string[]
}

const first = (calls: readonly Call[], after: number) => calls.find(({ begin }) => begin > after)

/**
 * Holds for every file below data/ that a trace shows: its bytes and its time were synced after the last write and before proof and target went into
 * the journal; those were synced before the rename; the folder (and every new one above) was synced after the rename and before *saved* went into
 * the journal. And for moves: promised durably before, called done after their folders were synced. Moves say nothing of themselves that could be found
 in the log, so that they can be judged ('moves') only where nothing else goes on beside them.
 */
export function judgeOrder(calls: readonly Call[], archive: string, what: 'saves' | 'moves'): Verdict {
  const wrong: string[] = []
  const wal = path.join(archive, '.holdall/journal.db-wal')
  const data = `${path.join(archive, 'data')}/`
  const drafts = `${path.join(archive, '.holdall/drafts')}/`
  const journalWrites = calls.filter((call) => isWrite(call) && fileOf(call) === wal)
  const log = readLog(journalWrites)
  const journalSyncs = calls.filter((call) => isSync(call) && fileOf(call) === wal)
  const syncs = Map.groupBy(calls.filter(isSync), (call) => fileOf(call) ?? '')
  const writes = Map.groupBy(
    calls.filter((call) => isWrite(call) || call.name === 'utimensat'),
    (call) => fileOf(call) ?? '',
  )
  const renames = calls.flatMap((call) => {
    const paths = renameOf(call)
    return paths === undefined ? [] : [{ call, ...paths }]
  })
  const made = calls.flatMap((call) => {
    const folder = call.name === 'mkdir' && call.result === 0 ? /^"(.*)",/.exec(call.args)?.[1] : undefined
    return folder?.startsWith(data) ? [{ call, folder }] : []
  })

  /** Where a path is called after all renames up to a line. */
  const later = (place: string, from: number, until: number) => {
    let now = place
    for (const { call, from: before, to } of renames) {
      if (call.begin <= from || call.begin >= until || before.startsWith(drafts)) continue
      if (now === before || now.startsWith(`${before}/`)) now = to + now.slice(before.length)
    }
    return now
  }
  /** Whether a folder was synced between two lines, under whatever name it had by then. */
  const folderSynced = (folder: string, after: number, before: number) =>
    [...syncs.values()]
      .flat()
      .some((call) => call.begin > after && call.end < before && fileOf(call) === later(folder, after, call.begin))

  let saved = 0
  let moved = 0
  for (const { call: rename, from, to } of renames) {
    if (!to.startsWith(data) && !from.startsWith(data)) continue
    const say = (what: string) => wrong.push(`${to.slice(archive.length + 1)}: ${what}`)
    if (from.startsWith(drafts)) {
      saved++
      if (what === 'saves') judgeSave(rename, from, to, say)
    } else {
      moved++
      if (what === 'moves') judgeMove(rename, from, to, say)
    }
  }
  return { saved, moved, wrong }

  function judgeSave(rename: Call, draft: string, to: string, say: (what: string) => void): void {
    // A page of the journal may still carry what an earlier run promised of the same item: the file itself says which is meant.
    const sha256 = sha256OfFile(later(to, rename.end, Number.POSITIVE_INFINITY))
    const intent = log.promised.get(path.basename(draft))?.findLast((one) => one.sha256 === sha256 && one.begin < rename.begin)
    if (intent === undefined) {
      say('renamed before its proof and target were in the journal')
      return
    }
    const lastWrite = writes
      .get(draft)
      ?.filter(({ begin }) => begin < rename.begin)
      .at(-1)
    const synced = syncs.get(draft)?.find((call) => lastWrite === undefined || call.begin > lastWrite.end)
    if (synced === undefined || synced.end > intent.begin)
      say('its bytes were not synced before proof and target were in the journal')
    const commit = first(journalSyncs, intent.begin)
    if (commit === undefined || commit.end > rename.begin) say('renamed before proof and target were durable')
    const done = log.saved.get(sha256)?.find((begin) => begin > rename.begin)
    if (done === undefined) {
      say('never called saved')
      return
    }
    if (first(journalSyncs, done) === undefined) say('saved, and that was never made durable')
    if (!folderSynced(path.dirname(to), rename.end, done)) say('called saved before its folder was synced')
    for (const { call, folder } of made) {
      if (!to.startsWith(`${later(folder, call.end, rename.begin)}/`)) continue
      if (!folderSynced(path.dirname(folder), call.end, done)) say(`called saved before ${folder} was durable`)
    }
  }

  function judgeMove(rename: Call, from: string, to: string, say: (what: string) => void): void {
    const local = path.basename(to).replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    const before = journalWrites.filter((call) => call.begin < rename.begin)
    const promise = before.findLast((call) => new RegExp(`\\\\"local\\\\":\\\\"${local}\\\\"`).test(call.args))
    if (promise === undefined) {
      say('moved without a word in the journal')
      return
    }
    const commit = first(journalSyncs, promise.begin)
    if (commit === undefined || commit.end > rename.begin) say('moved before that was durable in the journal')
    const done = first(journalWrites, rename.end)
    if (done === undefined) {
      say('moved, and never written down')
      return
    }
    for (const folder of new Set([path.dirname(from), path.dirname(to)]))
      if (!folderSynced(folder, rename.end, done.begin)) say(`written down as moved before ${folder} was synced`)
  }
}

/** What goes into the journal's log, and at which line: intents by the draft's name, and by checksum the rows of files that are saved. */
function readLog(writes: readonly Call[]) {
  const promised = new Map<string, { begin: number; sha256: string }[]>()
  const saved = new Map<string, number[]>()
  for (const { args, begin } of writes) {
    for (const [, sha256 = '', draft = ''] of args.matchAll(intentForm)) {
      const known = promised.get(draft) ?? []
      promised.set(draft, [...known, { begin, sha256 }])
    }
  }
  const checksums = new Set([...promised.values()].flat().map(({ sha256 }) => sha256))
  for (const { args, begin } of writes) {
    // In the row of the file itself the checksum stands alone; in the intent, and in what the provider stated, it is JSON.
    // What stands beside it in the row may look like a part of it.
    for (const { 0: digits, index } of args.matchAll(/[0-9a-f]{64,}/g)) {
      for (let at = args.slice(0, index).endsWith('\\":\\"') ? 1 : 0; at + 64 <= digits.length; at++) {
        const sha256 = digits.slice(at, at + 64)
        if (checksums.has(sha256)) saved.set(sha256, [...(saved.get(sha256) ?? []), begin])
      }
    }
  }
  return { promised, saved }
}

/** As strace prints it: every quotation mark with a backslash before it. */
const intentForm = /\\"sha256\\":\\"([0-9a-f]{64})\\"(?:,\\"checksum\\":\{[^{}]*\})?[^{}]*\\"draft\\":\\"([^"\\]+)\\"/g
