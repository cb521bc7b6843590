import type { OneDriveApi, OwnDrive } from './api.ts'
import { driveTypeOf, sameForm, streamOf, type Target, targetKey } from './ids.ts'
import type { DriveItem } from './schema.ts'

/** Something of somebody else that the person added to the own files, with a stream of its own. */
export interface Shortcut {
  readonly stream: string
  /** As it stands in the own drive: where it lies, and under which name. */
  readonly entry: DriveItem
  readonly target: Target
  readonly driveType: string | undefined
}

/**
 * The shortcuts at the top of the own drive, which is where OneDrive puts them
 * (https://support.microsoft.com/office/add-shortcuts-to-shared-folders-in-onedrive-d66b1347-99b7-4470-9360-ffc048d35a33), by their ids. They must be
 * known before anything is listed, and looking into every folder for those that were moved down would cost a whole listing.
 */
export async function findShortcuts(
  api: OneDriveApi,
  own: OwnDrive,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Shortcut>> {
  const found = new Map<string, Shortcut>()
  const targets = new Set<string>()
  const pages = new Set<string>()
  for (let link: string | undefined, first = true; first || link !== undefined; first = false) {
    const { value, '@odata.nextLink': next } = await api.children({ drive: own.id, id: own.root }, link, signal)
    for (const entry of value) {
      const target = targetOf(entry)
      if (target === undefined || sameForm(target.drive) === sameForm(own.id) || targets.has(targetKey(target))) continue
      if (entry.remoteItem?.folder === undefined && entry.remoteItem?.file === undefined) continue
      targets.add(targetKey(target))
      found.set(sameForm(entry.id), {
        stream: streamOf(target),
        entry,
        target,
        driveType: entry.remoteItem.parentReference?.driveType ?? driveTypeOf(target.drive),
      })
    }
    link = next === undefined || pages.has(next) ? undefined : next
    if (next !== undefined) pages.add(next)
  }
  return found
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
  return 'a shortcut inside a folder, or a second one to the same place; move it to the top of your OneDrive to have its content saved'
}
