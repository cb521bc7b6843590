import { z } from 'zod'
import type { OwnDrive } from './api.ts'
import { driveTypeOf, sameForm, type Target, targetKey } from './ids.ts'
import type { DriveItem } from './schema.ts'

/** A shortcut in the own drive to something of somebody else, as much of it as its stream needs, and as a cursor keeps it. */
export const shortcut = z.object({
  /** Ids in the own drive: its own, and the folder's in which it lies. */
  id: z.string(),
  holder: z.string().optional(),
  /** Under which the person knows it. */
  name: z.string(),
  target: z.object({ drive: z.string(), id: z.string() }),
  driveType: z.string().optional(),
  leadsTo: z.enum(['folder', 'file']),
})
export type Shortcut = z.infer<typeof shortcut>

/** undefined for what has no stream of its own: see {@link whyNotFollowed}. */
export function shortcutOf(entry: DriveItem, own: OwnDrive): Shortcut | undefined {
  const { remoteItem } = entry
  const target = targetOf(entry)
  if (remoteItem === undefined || target === undefined || sameForm(target.drive) === sameForm(own.id)) return undefined
  if (remoteItem.package !== undefined || (remoteItem.folder === undefined && remoteItem.file === undefined)) return undefined
  const holder = entry.parentReference?.id
  const driveType = remoteItem.parentReference?.driveType ?? driveTypeOf(target.drive)
  return {
    id: sameForm(entry.id),
    ...(holder === undefined ? {} : { holder: sameForm(holder) }),
    name: entry.name ?? remoteItem.name ?? entry.id,
    target,
    ...(driveType === undefined ? {} : { driveType }),
    leadsTo: remoteItem.folder === undefined ? 'file' : 'folder',
  }
}

/** Shortcuts inside folders, which a listing finds on its way; they stand in its cursors, since a later list of changes does not name them again. */
export interface DeepShortcuts {
  /** A listing begins, or begins anew: with those that its cursor holds and whose folders are still there. */
  begin(known: readonly Shortcut[], signal: AbortSignal): Promise<void>
  see(entry: DriveItem): void
  lose(id: string): void
  all(): readonly Shortcut[]
}

/**
 * `isThere` asks for a folder of the own drive, once for each that holds a shortcut: the log may name a deleted folder alone, and nothing that lay in it or
 * further down, so that a shortcut would outlive it here, and, when what it leads to goes too, end every run as a failure.
 */
export function createDeepShortcuts(
  own: OwnDrive,
  isThere: (folder: string, signal: AbortSignal) => Promise<boolean>,
): DeepShortcuts {
  const found = new Map<string, Shortcut>()
  return {
    async begin(known, signal) {
      found.clear()
      const holders = new Map<string, boolean>()
      for (const one of known) {
        const { holder } = one
        if (holder !== undefined && !holders.has(holder)) holders.set(holder, await isThere(holder, signal))
        if (holder === undefined || holders.get(holder) === true) found.set(one.id, one)
      }
    },
    see(entry) {
      const one = shortcutOf(entry, own)
      // Those at the top are asked for in every run.
      if (one === undefined || one.holder === undefined || one.holder === sameForm(own.root)) found.delete(sameForm(entry.id))
      else found.set(one.id, one)
    },
    lose: (id) => void found.delete(sameForm(id)),
    all: () => [...found.values()],
  }
}

/** The first of those that lead to the same place, by where they lead. */
export function onePerTarget(shortcuts: Iterable<Shortcut>): ReadonlyMap<string, Shortcut> {
  const followed = new Map<string, Shortcut>()
  for (const one of shortcuts) {
    const key = targetKey(one.target)
    if (!followed.has(key)) followed.set(key, one)
  }
  return followed
}

export function targetOf({ remoteItem }: DriveItem): Target | undefined {
  const drive = remoteItem?.parentReference?.driveId
  return remoteItem === undefined || drive === undefined ? undefined : { drive, id: remoteItem.id }
}

/** Why the content of a shortcut that has no stream of its own is not saved. */
export function whyNotFollowed(entry: DriveItem, own: OwnDrive, wanted: boolean): string {
  const target = targetOf(entry)
  if (target === undefined) return 'a shortcut that does not say where it leads'
  if (sameForm(target.drive) === sameForm(own.id))
    return 'a shortcut within the same drive: what it leads to is saved in its place'
  if (entry.remoteItem?.package !== undefined) return 'a shortcut to a notebook or package of somebody else'
  if (!wanted) return 'a shortcut to what others shared; options.onedrive.shared: true in holdall.yaml saves it'
  if (shortcutOf(entry, own) === undefined) return 'a shortcut that does not say what it leads to'
  return 'another shortcut to what is saved where the first one lies'
}
