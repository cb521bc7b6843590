import type { DatabaseSync } from 'node:sqlite'
import type { FailureKind } from '../core/failure.ts'
import type { Part, Unexportable } from '../core/item.ts'
import type { DraftNote, EntryRow, Intent, ItemRow, Refusal, StoredState } from './rows.ts'

/** A file that stands in the archive. */
export interface SavedPart {
  readonly item: number
  readonly key: string
  readonly dir: number
  readonly name: string
  readonly bytes: number
}

/** From pending to saved: the queue, unfinished drafts, intents, and what became of each item. */
export function savingPart(db: DatabaseSync) {
  const pending =
    db.prepare(`SELECT * FROM item INDEXED BY item_queue WHERE source = ? AND state = 'pending' AND rank = ? AND n > ? AND waiting IS NULL
    AND (dir IS NOT NULL OR name IS NULL) ORDER BY n LIMIT ?`)
  const nextRank = db.prepare(
    `SELECT rank FROM item INDEXED BY item_queue WHERE source = ? AND state = 'pending' AND rank > ? ORDER BY rank LIMIT 1`,
  )
  const expiring =
    db.prepare(`SELECT * FROM item INDEXED BY item_expiring WHERE source = ?1 AND expires IS NOT NULL AND (expires, n) > (?2, ?3) AND state = 'pending'
    AND waiting IS NULL AND (dir IS NOT NULL OR name IS NULL) ORDER BY expires, n LIMIT ?4`)
  const lostBefore =
    db.prepare(`SELECT count(*) AS items, min(expires) AS first, max(expires) AS last FROM item INDEXED BY item_expiring
    WHERE source = ? AND expires IS NOT NULL AND expires < ? AND state IN ('pending', 'failed') AND vanished IS NULL`)
  const retryFailed = db.prepare(
    `UPDATE item INDEXED BY item_failed SET state = 'pending' WHERE source = ? AND state = 'failed' AND vanished IS NULL AND kind <> 'folder'`,
  )
  // Until a listing names it again, the server is asked: bytes of what moved away from there would make a phantom of it.
  const retryGone = db.prepare(
    `UPDATE item INDEXED BY item_gone SET state = 'pending', twin = NULL WHERE source = ? AND state = 'gone' AND vanished IS NULL AND kind <> 'folder'`,
  )
  const reconsider = db.prepare(
    `UPDATE item INDEXED BY item_excluded SET state = 'pending', reason = NULL WHERE source = ? AND state = 'excluded' AND excluded IS NULL AND vanished IS NULL`,
  )
  // Rights and rules that a person can change; every other reason lies in the thing itself.
  const askAgain =
    db.prepare(`UPDATE item SET state = 'pending', reason = NULL, hint = NULL WHERE n IN (SELECT n FROM item INDEXED BY item_refused
    WHERE source = ? AND state = 'unexportable' AND run < ? AND vanished IS NULL AND unexportable ->> 'asked' IS NOT NULL
    AND unexportable ->> 'reason' IN ('download-forbidden', 'password-protected') ORDER BY run, n LIMIT ?)`)
  const setState = db.prepare('UPDATE item SET state = ?, reason = ?, hint = ?, failure = ?, run = ? WHERE n = ?')
  const setParts = db.prepare('UPDATE item SET parts = ? WHERE n = ?')
  const setUnexportable = db.prepare('UPDATE item SET unexportable = ?, parts = ? WHERE n = ?')
  const setAsked = db.prepare('UPDATE item SET unexportable = NULL, parts = ? WHERE n = ?')
  const complete = db.prepare(
    'UPDATE item SET name = coalesce(?, name), parent = coalesce(?, parent), modified = coalesce(?, modified) WHERE n = ?',
  )
  const intend = db.prepare('UPDATE entry SET intent = ? WHERE item = ? AND key = ?')
  const intents = db.prepare('SELECT * FROM entry INDEXED BY entry_intent WHERE intent IS NOT NULL')
  const saved =
    db.prepare(`UPDATE entry SET disk_dir = ?, disk = ?, disk_fold = ?, bytes = ?, sha256 = ?, version = ?, modified = ?, saved = ?, intent = NULL, draft = NULL
    WHERE item = ? AND key = ?`)
  const note = db.prepare('UPDATE entry SET draft = ? WHERE item = ? AND key = ?')
  const unsave = db.prepare('UPDATE entry SET sha256 = NULL, version = NULL WHERE item = ? AND key = ?')
  // By the number of the item: rows may change while one goes through all of them.
  const savedAfter = db.prepare(`SELECT entry.item, entry.key, entry.disk_dir AS dir, entry.disk AS name, entry.bytes
    FROM item INDEXED BY item_source CROSS JOIN entry ON entry.item = item.n
    WHERE item.source = ?1 AND item.n >= ?2 AND (item.n > ?2 OR entry.key > ?3) AND entry.sha256 IS NOT NULL AND entry.disk IS NOT NULL
    ORDER BY item.n, entry.key LIMIT ?4`)
  const setModified = db.prepare('UPDATE entry SET modified = ? WHERE item = ? AND key = ?')
  const misdated = db.prepare(`SELECT DISTINCT item.n FROM item INDEXED BY item_source JOIN entry ON entry.item = item.n
    WHERE item.source = ? AND item.state IN ('saved', 'unexportable') AND item.modified IS NOT NULL AND entry.key <> '' AND entry.disk IS NOT NULL
    AND entry.version = item.version AND entry.modified IS NOT item.modified`)
  const drafts = db.prepare('SELECT item, key, draft FROM entry INDEXED BY entry_draft WHERE draft IS NOT NULL')
  const twins = db.prepare(`WITH lost AS MATERIALIZED (SELECT entry.item, entry.key, entry.sha256, entry.bytes
    FROM (SELECT n FROM item INDEXED BY item_vanished WHERE source = ?1 AND vanished >= ?3
      UNION ALL SELECT n FROM item INDEXED BY item_gone WHERE source = ?1 AND state = 'gone' AND vanished IS NULL) item
    JOIN entry ON entry.item = item.n WHERE entry.sha256 IS NOT NULL AND entry.bytes > 0)
    SELECT lost.item AS old, lost.key AS key, new.item AS new
    FROM item w INDEXED BY item_source CROSS JOIN entry new ON new.item = w.n
    CROSS JOIN lost ON lost.sha256 = new.sha256 AND lost.bytes = new.bytes AND lost.item <> new.item
    WHERE w.source = ?1 AND w.vanished IS NULL AND w.state <> 'gone' AND w.run >= ?2`)
  const anyVanished = db.prepare(`SELECT 1 FROM item INDEXED BY item_vanished WHERE source = ?1 AND vanished >= ?2
    UNION ALL SELECT 1 FROM item INDEXED BY item_gone WHERE source = ?1 AND state = 'gone' AND vanished IS NULL LIMIT 1`)
  const twinOf = db.prepare(
    `SELECT * FROM item INDEXED BY item_twin WHERE source = ? AND twin = ? AND n <> ? AND state = 'saved' ORDER BY n LIMIT 1`,
  )

  return {
    /** The next items to take of one rank, by number. */
    pending(source: number, rank: number, after: number, limit: number): ItemRow[] {
      return pending.all(source, rank, after, limit) as unknown as ItemRow[]
    },
    /** The lowest rank above `after` of which anything is pending; undefined: none. */
    nextRank(source: number, after: number): number | undefined {
      return (nextRank.get(source, after) as { rank: number } | undefined)?.rank
    },
    /** The next items to take of those that the provider will remove by itself, what goes soonest first; those after `after` in that order. */
    pendingExpiring(source: number, after: ItemRow | undefined, limit: number): ItemRow[] {
      return expiring.all(source, after?.expires ?? Number.NEGATIVE_INFINITY, after?.n ?? 0, limit) as unknown as ItemRow[]
    },
    /** How many items that are not saved the provider will remove before `until` (milliseconds since 1970), and from when on; undefined: none. */
    lostBefore(source: number, until: number): { items: number; first: number; last: number } | undefined {
      const found = lostBefore.get(source, until) as { items: number; first: number | null; last: number | null }
      return found.first === null || found.last === null
        ? undefined
        : { items: found.items, first: found.first, last: found.last }
    },
    /** A new run tries again what failed, and what was gone by the word of a download alone; and asks again what its filters leave out. Returns how many. */
    reopen(source: number): number {
      return [retryFailed, retryGone, reconsider].reduce((sum, step) => sum + Number(step.run(source).changes), 0)
    },
    setState(n: number, state: StoredState, run: number, why?: { reason?: string; hint?: string; kind?: FailureKind }): void {
      setState.run(state, why?.reason ?? null, why?.hint ?? null, why?.kind ?? null, run, n)
    },
    setParts(n: number, parts: readonly Part[]): void {
      setParts.run(JSON.stringify(parts), n)
    },
    /** The provider turned out to refuse the item, or some of the parts that were asked for, when it was fetched; `parts` are what is left in its place. */
    setUnexportable(n: number, unexportable: Unexportable, parts: readonly Part[], asked: readonly Part[]): void {
      const refusal: Refusal = { ...unexportable, atFetch: true, asked }
      setUnexportable.run(JSON.stringify(refusal), JSON.stringify(parts), n)
    },
    /** Lets items be asked for again that the provider refused before run `run` for a reason that a person may have lifted; those asked longest ago first. Returns how many. */
    reopenRefused(source: number, run: number, limit: number): number {
      return Number(askAgain.run(source, run, limit).changes)
    },
    /** A refused item is about to be asked for again: its parts are those that were asked for. */
    forgetRefusal(n: number, asked: readonly Part[]): void {
      setAsked.run(JSON.stringify(asked), n)
    },
    /** What came with the content of an item of which the listing had only the id. */
    completeItem(n: number, learned: { name?: string; parent?: string; modified?: number }): void {
      complete.run(learned.name ?? null, learned.parent ?? null, learned.modified ?? null, n)
    },
    intend(item: number, key: string, intent: Intent | undefined): void {
      intend.run(intent === undefined ? null : JSON.stringify(intent), item, key)
    },
    /** Saves and moves that a crash may have cut in two. */
    intents(): EntryRow[] {
      return intents.all() as unknown as EntryRow[]
    },
    /** The bytes stand under their final name, durably. `now` in milliseconds. */
    entrySaved(item: number, key: string, done: Intent, fold: string, now: number): void {
      saved.run(done.dir, done.local, fold, done.bytes, done.sha256, done.version, done.modified ?? null, now, item, key)
    },
    noteDraft(item: number, key: string, draft: DraftNote | undefined): void {
      note.run(draft === undefined ? null : JSON.stringify(draft), item, key)
    },
    /** The file turned out to be missing or damaged: the next backup takes it again. */
    unsave(item: number, key: string): void {
      unsave.run(item, key)
    },
    /** Saved files of a source behind a place in their order, at most `limit` of them. */
    savedAfter(source: number, { item, key }: { readonly item: number; readonly key: string }, limit: number): SavedPart[] {
      return savedAfter.all(source, item, key, limit) as unknown as SavedPart[]
    },
    setEntryModified(item: number, key: string, modified: number): void {
      setModified.run(modified, item, key)
    },
    /** Saved items with a file that bears another time than the source states. */
    misdated(source: number): number[] {
      return misdated.all(source).map((row) => row.n as number)
    },
    drafts(): { item: number; key: string; draft: string }[] {
      return drafts.all() as unknown as { item: number; key: string; draft: string }[]
    },
    /** Pairs of a file that vanished and one saved with the same bytes, both since a run began, for sources without lasting ids. */
    sameBytes(source: number, since: { run: number; started: number }): { old: number; key: string; new: number }[] {
      if (anyVanished.get(source, since.started) === undefined) return []
      return twins.all(source, since.run, since.started) as unknown as { old: number; key: string; new: number }[]
    },
    twinOf(source: number, twin: string, besides: number): ItemRow | undefined {
      return twinOf.get(source, twin, besides) as ItemRow | undefined
    },
  }
}
