import type { DatabaseSync } from 'node:sqlite'
import { parking } from './paths.ts'
import type { EntryRow, ItemRow } from './rows.ts'

/** An entry with the item's id, as naming needs it. */
export interface PlacedEntry {
  readonly item: number
  readonly key: string
  readonly id: string
  readonly name: string
  readonly fold: string
  readonly local: string
  readonly living: 0 | 1
  readonly kind: string
}

/** Names in folders: where each folder and each part's file belongs, and where it stands on disk. */
export function placementPart(db: DatabaseSync) {
  const entry = db.prepare('SELECT * FROM entry WHERE item = ? AND key = ?')
  const entriesOf = db.prepare('SELECT * FROM entry WHERE item = ?')
  const insert = db.prepare(
    'INSERT INTO entry(item, key, dir, name, fold, local, local_fold, living) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const replace = db.prepare(
    'UPDATE entry SET dir = ?, name = ?, fold = ?, local = ?, local_fold = ?, living = ? WHERE item = ? AND key = ?',
  )
  const setLiving = db.prepare('UPDATE entry SET living = ? WHERE item = ? AND key = ?')
  const rename = db.prepare('UPDATE entry SET local = ?, local_fold = ? WHERE item = ? AND key = ?')
  const columns = 'entry.item, entry.key, item.id, entry.name, entry.fold, entry.local, entry.living, item.kind'
  const group = db.prepare(`SELECT ${columns} FROM entry JOIN item ON item.n = entry.item WHERE entry.dir = ? AND entry.fold = ?`)
  const taken = db.prepare('SELECT 1 FROM entry WHERE dir = ? AND fold = ? LIMIT 1')
  const holdsAny = db.prepare(
    'SELECT 1 FROM entry WHERE dir = ? UNION ALL SELECT 1 FROM entry WHERE disk_dir = ? AND disk IS NOT NULL LIMIT 1',
  )
  const squatters = db.prepare(
    'SELECT fold FROM entry INDEXED BY entry_squatter WHERE dir = ? AND local_fold = ? AND local_fold <> fold',
  )
  const astray = db.prepare(
    'SELECT * FROM entry WHERE disk IS NOT NULL AND (disk_dir <> dir OR disk <> local) AND (item, key) > (?, ?) ORDER BY item, key LIMIT ?',
  )
  const onTheWay = db.prepare(
    'SELECT * FROM entry INDEXED BY entry_disk WHERE disk_dir = ? AND disk IS NOT NULL ORDER BY disk_fold LIMIT ?',
  )
  const unmade =
    db.prepare(`SELECT item.* FROM item INDEXED BY item_folder JOIN entry ON entry.item = item.n AND entry.key = '' WHERE item.source = ? AND item.n > ?
    AND item.kind = 'folder' AND item.state = 'saved' AND item.vanished IS NULL AND entry.disk IS NULL ORDER BY item.n LIMIT ?`)
  const occupant = db.prepare('SELECT * FROM entry WHERE disk_dir = ? AND disk_fold = ? AND disk IS NOT NULL')
  const setDisk = db.prepare('UPDATE entry SET disk_dir = ?, disk = ?, disk_fold = ? WHERE item = ? AND key = ?')
  const loseDisk = db.prepare(
    'UPDATE entry SET disk_dir = NULL, disk = NULL, disk_fold = NULL, sha256 = NULL, version = NULL WHERE item = ? AND key = ?',
  )
  const folderMade = db.prepare(`UPDATE item SET run = ? WHERE n = ? AND kind = 'folder' AND state = 'saved'`)
  const madeUp = db.prepare(`SELECT item.n FROM entry JOIN item ON item.n = entry.item
    WHERE entry.dir = ? AND entry.fold = ? AND entry.name = ? AND entry.key = '' AND entry.living = 0 AND item.source = ? AND item.kind = 'place' AND item.stream = '' LIMIT 1`)
  const setId = db.prepare('UPDATE item SET id = ? WHERE n = ?')
  let parked = 0
  const drop = db.prepare('DELETE FROM entry WHERE item = ? AND key = ?')
  const dropItem = db.prepare('DELETE FROM item WHERE n = ?')
  const folder =
    db.prepare(`SELECT item.n, item.source, item.id, item.parent, entry.dir, item.name, item.excluded, entry.local, entry.disk_dir, entry.disk
    FROM item LEFT JOIN entry ON entry.item = item.n AND entry.key = '' WHERE item.n = ?`)

  return {
    entry(item: number, key: string): EntryRow | undefined {
      return entry.get(item, key) as EntryRow | undefined
    },
    entriesOf(item: number): EntryRow[] {
      return entriesOf.all(item) as unknown as EntryRow[]
    },
    insertEntry(item: number, key: string, dir: number, name: string, fold: string, local: string, living: boolean): void {
      insert.run(item, key, dir, name, fold, local, fold, living ? 1 : 0)
    },
    replaceEntry(item: number, key: string, dir: number, name: string, fold: string, local: string, living: boolean): void {
      replace.run(dir, name, fold, local, fold, living ? 1 : 0, item, key)
    },
    setLiving(item: number, key: string, living: boolean): void {
      setLiving.run(living ? 1 : 0, item, key)
    },
    renameEntry(item: number, key: string, local: string, localFold: string): void {
      rename.run(local, localFold, item, key)
    },
    /** All entries of a folder that would like the same name, letter case and Unicode form aside. */
    group(dir: number, fold: string): PlacedEntry[] {
      return group.all(dir, fold) as unknown as PlacedEntry[]
    },
    isPlain(dir: number, fold: string): boolean {
      return taken.get(dir, fold) !== undefined
    },
    /** Whether anything belongs or stands in a folder. */
    holdsAny(dir: number): boolean {
      return holdsAny.get(dir, dir) !== undefined
    },
    /** The groups of which a member, moved out of its own name's way, uses this name. */
    squatters(dir: number, fold: string): string[] {
      return [...new Set(squatters.all(dir, fold).map((row) => row.fold as string))]
    },
    /** Entries that stand elsewhere on disk than they belong. */
    astray(after: { item: number; key: string }, limit: number): EntryRow[] {
      return astray.all(after.item, after.key, limit) as unknown as EntryRow[]
    },
    /** Entries that had to make room and have not moved on. */
    parked(limit: number): EntryRow[] {
      return onTheWay.all(parking, limit) as unknown as EntryRow[]
    },
    /** Folders that are there at the source and not on disk yet: empty ones, or all of whose content is left out. */
    unmadeFolders(source: number, after: number, limit: number): ItemRow[] {
      return unmade.all(source, after, limit) as unknown as ItemRow[]
    },
    occupant(dir: number, fold: string): EntryRow | undefined {
      return occupant.get(dir, fold) as EntryRow | undefined
    },
    /** Where the entry stands on disk from now on. */
    setDisk(item: number, key: string, dir: number, name: string, fold: string): void {
      setDisk.run(dir, name, fold, item, key)
    },
    /** A folder came into being on disk in this run. */
    folderMade(item: number, run: number): void {
      folderMade.run(run, item)
    },
    /** It stands nowhere on disk any more. */
    loseDisk(item: number, key: string): void {
      loseDisk.run(item, key)
    },
    /** The folder is that place: one that a rebuilt journal had to make up, for want of any word about it. False where there is none of that name. */
    takeMadeUp(source: number, id: string, dir: number, name: string, fold: string): boolean {
      const found = madeUp.get(dir, fold, name, source) as { n: number } | undefined
      if (found !== undefined) setId.run(id, found.n)
      return found !== undefined
    },
    /** A number that no other name in the parking folder has in this process. */
    nextParking(): string {
      return `${Date.now().toString(36)}-${++parked}`
    },
    /** Forgets an item whose file another item has taken over. */
    forgetItem(item: number): void {
      for (const row of entriesOf.all(item)) drop.run(item, row.key as string)
      dropItem.run(item)
    },
    /** A folder's place: wanted (dir, local) and on disk (disk_dir, disk). */
    folder(n: number): FolderRow | undefined {
      return folder.get(n) as FolderRow | undefined
    },
  }
}

export interface FolderRow {
  readonly n: number
  readonly source: number
  readonly id: string
  readonly parent: string | null
  readonly dir: number | null
  readonly name: string | null
  readonly excluded: string | null
  readonly local: string | null
  readonly disk_dir: number | null
  readonly disk: string | null
}
