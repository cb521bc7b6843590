import { Failure } from '../../../core/failure.ts'
import type { OneDriveApi, OwnDrive } from './api.ts'
import type { DriveItem } from './schema.ts'

/** So many calls are made for the folders of a drive: two resource units each, which at our pace are six minutes. */
export const mostCalls = 500

/** What was found, and whether that is all: more folders than could be asked for may hold more. */
export interface FoundShortcuts {
  readonly entries: readonly DriveItem[]
  readonly whole: boolean
}

/**
 * The shortcuts at the top of the own drive, which is where OneDrive puts them
 * (https://support.microsoft.com/office/add-shortcuts-to-shared-folders-in-onedrive-d66b1347-99b7-4470-9360-ffc048d35a33): a call for every 1,000
 * things there.
 */
export const shortcutsAtTop = (api: OneDriveApi, own: OwnDrive, signal: AbortSignal): Promise<FoundShortcuts> =>
  search(api, own, false, signal)

/**
 * Those in all folders of the own drive, into which a person may have moved them: a call for each folder that is not empty, those nearest to the top first. For
 * personal drives: the log of changes of some does not name shortcuts (https://github.com/OneDrive/onedrive-api-docs/issues/1890 and /1891), and
 * nothing else does. They are asked in every run: of a folder's cTag one page says that it changes with any descendant and that folders have none
 * (https://learn.microsoft.com/graph/api/resources/driveitem#properties), and a drive that leaves shortcuts out of its log need not count them there. So the
 * number of calls is bounded instead, and it is said where there are more folders.
 */
export const shortcutsEverywhere = (api: OneDriveApi, own: OwnDrive, signal: AbortSignal): Promise<FoundShortcuts> =>
  search(api, own, true, signal)

async function search(api: OneDriveApi, own: OwnDrive, deep: boolean, signal: AbortSignal): Promise<FoundShortcuts> {
  const entries: DriveItem[] = []
  const seen = new Set([own.root])
  const links = new Set<string>()
  const queue: { readonly id: string; readonly link?: string }[] = [{ id: own.root }]
  for (let calls = 0; ; calls++) {
    const at = queue.shift()
    if (at === undefined) return { entries, whole: true }
    if (deep && calls >= mostCalls) return { entries, whole: false }
    const page = await api.children({ drive: own.id, id: at.id }, at.link, signal).catch((error: unknown) => {
      // Deleted since the folder above was listed.
      if (at.id !== own.root && error instanceof Failure && error.kind === 'gone') return { value: [] }
      throw error
    })
    const next = '@odata.nextLink' in page ? page['@odata.nextLink'] : undefined
    if (next !== undefined) {
      if (links.has(next)) throw new Failure('unlisted', 'Microsoft’s list of a folder goes round in a circle')
      links.add(next)
      queue.unshift({ id: at.id, link: next })
    }
    for (const entry of page.value) {
      if (entry.remoteItem !== undefined) entries.push(entry)
      else if (deep && entry.folder !== undefined && entry.folder.childCount !== 0 && !seen.has(entry.id)) {
        seen.add(entry.id)
        queue.push({ id: entry.id })
      }
    }
  }
}
