import { fold } from '../archive/names.ts'
import { stamp } from '../archive/stamp.ts'
import { type Paths, parking, sourceFolder } from '../journal/paths.ts'
import type { EntryRow, Intent } from '../journal/rows.ts'
import type { Run } from './run-context.ts'

/**
 * Makes the disk follow the journal: folders come into being, files and folders go where they belong now.
 * Each move is written down before and after it happens, so that a crash in between is put right by the next start.
 * Not reentrant: one caller at a time (the committer).
 */
export interface Relocation {
  /** Makes sure that a folder stands where it belongs, those above it included; resolves with its path. */
  ensureFolder(dir: number): Promise<string>
  /** Moves an entry that stands elsewhere than it belongs. */
  move(entry: EntryRow): Promise<void>
  /** Brings an entry to a place where there is room, wherever it belongs. The entry's intent is used for that. */
  bring(entry: EntryRow, target: { readonly dir: number; readonly local: string }): Promise<void>
  /** Whether an entry is still where the journal says; one that somebody removed by hand is forgotten, so that the next pass takes it again. */
  check(entry: EntryRow): Promise<boolean>
  /** Frees a name in a folder that stands ready: another entry there moves on, a stranger's file is set aside. */
  makeRoom(dir: number, local: string, besides: { item: number; key: string }): Promise<void>
  /** Moves everything that is astray. */
  moveAll(signal: AbortSignal): Promise<void>
  /** Moves on what had only made room for others, so that nothing stays between two places. */
  clearParking(): Promise<void>
  /** A name changed in a folder: it is to be synced, wherever it stands by then. */
  touch(folder: string): void
  /** Folders in which names changed since the last call: to be synced. */
  takeTouched(): string[]
}

export interface RelocationOptions {
  readonly run: Run
  readonly paths: Paths
  /** Names of the sources by number. */
  readonly sourceNames: ReadonlyMap<number, string>
  /** Writes down what was just renamed and is not in the journal yet: asked before a file is taken for a stranger's. */
  readonly writeDown: () => Promise<void>
}

export function createRelocation({ run, paths, sourceNames, writeDown }: RelocationOptions): Relocation {
  const { journal, archive } = run
  const touched = new Set<string>()
  const roots = new Set<number>()

  async function ensureFolder(dir: number): Promise<string> {
    if (dir <= 0) {
      const root = paths.onDisk(dir)!
      if (!roots.has(dir)) {
        let made = 'data'
        for (const part of sourceFolder(sourceNames.get(-dir)!).split('/').slice(1)) {
          await archive.makeFolder(`${made}/${part}`)
          touched.add(made)
          made += `/${part}`
        }
        roots.add(dir)
      }
      return root
    }
    const entry = journal.entry(dir, '')
    if (entry === undefined) throw new Error(`folder ${dir} has no entry`)
    const above = await ensureFolder(entry.dir)
    if (entry.disk === null) {
      await makeRoom(entry.dir, entry.local, entry)
      archive.checkInside(`${above}/${entry.local}`)
      await archive.makeFolder(`${above}/${entry.local}`)
      journal.setDisk(entry.item, entry.key, entry.dir, entry.local, fold(entry.local))
      journal.folderMade(entry.item, run.n)
      touched.add(above)
      paths.forget()
    } else if (entry.disk_dir !== entry.dir || entry.disk !== entry.local) {
      await move(entry)
    }
    // A page of a listing may have given it another place meanwhile.
    return paths.onDisk(dir)!
  }

  async function move(entry: EntryRow): Promise<void> {
    let above = await ensureFolder(entry.dir)
    let now = journal.entry(entry.item, entry.key)!
    // A page of a listing may say meanwhile that it belongs elsewhere: name and folder must be of one moment.
    for (let { dir } = entry; dir !== now.dir; now = journal.entry(entry.item, entry.key)!) {
      dir = now.dir
      above = await ensureFolder(dir)
    }
    if (now.disk === null || (now.disk_dir === now.dir && now.disk === now.local)) return
    if (!(await check(now))) return
    const target = { dir: now.dir, local: now.local }
    if (now.disk_dir !== now.dir || fold(now.disk) !== fold(now.local)) await makeRoom(now.dir, now.local, now)
    // Only a stranger's file can have the same name but for letter case.
    else if ((await archive.kindOf(`${above}/${now.local}`)) !== undefined) {
      if (!(await archive.isSame(`${above}/${now.disk}`, `${above}/${now.local}`))) await expel(above, now.local)
    }
    // Room may have been made by moving the folder that holds it.
    const from = paths.onDisk(now.disk_dir!)!
    await rename(now, from, above, target)
    run.emit({
      event: 'moved',
      source: sourceNames.get(journal.item(now.item)!.source)!,
      id: journal.item(now.item)!.id,
      from: `${from}/${now.disk}`,
      to: `${above}/${now.local}`,
    })
  }

  async function bring(entry: EntryRow, target: { readonly dir: number; readonly local: string }): Promise<void> {
    if (!(await isThere(entry))) return
    await rename(entry, paths.onDisk(entry.disk_dir!)!, paths.onDisk(target.dir)!, target)
  }

  async function isThere(entry: EntryRow): Promise<boolean> {
    const folder = entry.disk_dir === null ? undefined : paths.onDisk(entry.disk_dir)
    return folder !== undefined && (await archive.kindOf(`${folder}/${entry.disk}`)) !== undefined
  }

  async function check(entry: EntryRow): Promise<boolean> {
    const there = await isThere(entry)
    if (!there) lost(entry)
    return there
  }

  /** One rename, between the words that say that it will be and that it was. */
  async function rename(
    entry: EntryRow,
    from: string,
    above: string,
    target: { readonly dir: number; readonly local: string },
  ): Promise<void> {
    archive.checkInside(`${above}/${target.local}`)
    const intent: Intent = {
      dir: target.dir,
      local: target.local,
      bytes: entry.bytes ?? 0,
      sha256: entry.sha256 ?? '',
      version: entry.version ?? '',
    }
    journal.intend(entry.item, entry.key, intent)
    await archive.rename(`${from}/${entry.disk}`, `${above}/${target.local}`)
    followTouched(`${from}/${entry.disk}`, `${above}/${target.local}`)
    // Called moved only when it is: after a power cut the journal must not look for a saved file where it does not stand yet.
    for (const folder of new Set([above, from])) await archive.syncFolder(folder)
    journal.transaction(() => {
      journal.setDisk(entry.item, entry.key, target.dir, target.local, fold(target.local))
      journal.intend(entry.item, entry.key, undefined)
    })
    paths.forget()
    run.changed()
  }

  /** A folder that moves takes along what is still to be synced in it. */
  function followTouched(from: string, to: string): void {
    for (const folder of [...touched]) {
      if (folder !== from && !folder.startsWith(`${from}/`)) continue
      touched.delete(folder)
      touched.add(to + folder.slice(from.length))
    }
  }

  /** Somebody removed it by hand: the next pass takes it again. */
  function lost(entry: EntryRow): void {
    journal.transaction(() => {
      journal.loseDisk(entry.item, entry.key)
      const row = journal.item(entry.item)!
      if (entry.key !== '' && row.vanished === null)
        journal.setState(entry.item, 'pending', run.n, { reason: 'its file was removed from the archive' })
    })
    paths.forget()
    run.changed()
  }

  async function makeRoom(dir: number, local: string, besides: { item: number; key: string }): Promise<void> {
    const above = paths.onDisk(dir)
    if (above === undefined) return
    let occupant = journal.occupant(dir, fold(local))
    const kind = occupant === undefined ? await archive.kindOf(`${above}/${local}`) : undefined
    // A folder that we made and had no time to write down is as good as ours.
    if (occupant === undefined && (kind === undefined || (kind === 'folder' && besides.key === ''))) return
    if (occupant === undefined) {
      await writeDown()
      occupant = journal.occupant(dir, fold(local))
    }
    if (occupant !== undefined && (occupant.item !== besides.item || occupant.key !== besides.key)) {
      // Somebody may have removed it by hand: there is room then.
      if (await check(occupant))
        await rename(occupant, above, paths.onDisk(parking)!, {
          dir: parking,
          local: `${occupant.item}-${journal.nextParking()}`,
        })
      return
    }
    if (occupant === undefined) await expel(above, local)
  }

  /** Keeps what is not ours, elsewhere. */
  async function expel(above: string, local: string): Promise<void> {
    const kept = await archive.setAside(`${above}/${local}`, 'strays', stamp(run.clock.now()))
    touched.add(above)
    run.emit({
      event: 'notice',
      level: 'warning',
      message: `${above}/${local} stood where a saved file belongs and is not one of ours: it was kept as ${kept}`,
    })
  }

  async function moveAll(signal: AbortSignal): Promise<void> {
    for (let after = { item: 0, key: '' }; ; ) {
      const rows = journal.astray(after, 256)
      if (rows.length === 0) break
      for (const row of rows) {
        signal.throwIfAborted()
        await move(row)
      }
      after = rows.at(-1)!
    }
    // What had to make room on the way has a number that the pass may have gone by.
    if (journal.astray({ item: 0, key: '' }, 1).length > 0) await moveAll(signal)
  }

  async function clearParking(): Promise<void> {
    // What moves on may make others make room in turn; each comes to its own place in the end.
    for (let rows = journal.parked(256); rows.length > 0; rows = journal.parked(256)) for (const row of rows) await move(row)
  }

  return {
    ensureFolder,
    move,
    bring,
    check,
    makeRoom,
    moveAll,
    clearParking,
    touch: (folder) => void touched.add(folder),
    takeTouched() {
      const taken = [...touched]
      touched.clear()
      return taken
    },
  }
}
