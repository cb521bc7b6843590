import { Failure } from '../../../core/failure.ts'
import type { Item } from '../../../core/item.ts'
import type { Page } from '../../../core/source.ts'
import type { DriveApi, SharedDrive } from './api.ts'
import type { ListingState, WaitingFolder } from './cursor.ts'
import { driveItem } from './item.ts'
import type { ChangeList, DriveFile } from './schema.ts'
import { choosesDrive, choosesRoot, type DriveSettings } from './settings.ts'
import { createSharedFolders } from './shared-folders.ts'

export interface ListingOptions {
  readonly api: DriveApi
  readonly settings: DriveSettings
  /** Absent: the user's own stream. */
  readonly drive?: SharedDrive
  /** All shared drives that the person is a member of. */
  readonly memberOf: readonly SharedDrive[]
  readonly signal: AbortSignal
}

/** What a step brought, and where the listing stands after it. */
export interface Step {
  readonly page: Omit<Page, 'cursor'>
  readonly next: ListingState
}

/** The next step from where the listing stands; undefined: from the beginning. */
export async function createListingSteps(options: ListingOptions): Promise<(at: ListingState | undefined) => Promise<Step>> {
  const { api, settings, drive, memberOf, signal } = options
  const root = drive?.id ?? (await api.rootId(signal))
  const members = new Set(memberOf.map(({ id }) => id))
  const streamed = new Set(memberOf.filter(({ name }) => choosesDrive(settings, name)).map(({ id }) => id))
  const shared = createSharedFolders(api, members)
  const item = (file: DriveFile, foundIn?: string): Item =>
    driveItem(file, { settings, memberOf: members, ...(foundIn === undefined ? {} : { foundIn }) })
  /** The top folders are places already; what lies in a member's shared drive is told by that drive's own stream. */
  const belongs = (file: DriveFile): boolean =>
    file.id !== root &&
    file.id !== file.driveId &&
    (drive !== undefined || file.driveId === undefined || !members.has(file.driveId))

  const full = async (start: string, page: string | undefined, incompleteBefore: boolean): Promise<Step> => {
    const { files, nextPageToken, incompleteSearch } = await api.files(drive?.id, { page, signal })
    const incomplete = incompleteBefore || incompleteSearch === true
    const items = files.filter(belongs).map((file) => item(file))
    const next: ListingState =
      nextPageToken !== undefined
        ? { step: 'full', start, page: nextPageToken, ...(incomplete ? { incomplete } : {}) }
        : incomplete
          ? { step: 'again' }
          : drive === undefined
            ? { step: 'folders', token: start }
            : { step: 'changes', token: start }
    return { page: { items, ...(page === undefined ? { startsOver: true } : {}) }, next }
  }
  const changes = async (token: string): Promise<Step> => {
    const { changes: log, nextPageToken, newStartPageToken } = await api.changes(drive?.id, { page: token, signal })
    const page = readChanges(log)
    if (nextPageToken !== undefined) return { page, next: { step: 'changes', token: nextPageToken } }
    if (newStartPageToken === undefined)
      throw new Failure('corrupt', 'Google’s list of changes ends without saying where the next one begins')
    return { page, next: { step: 'rest', token: newStartPageToken } }
  }
  const readChanges = (log: ChangeList['changes']): Step['page'] => {
    // The last word about a file counts; one page may hold several.
    const last = new Map(
      log.flatMap((change) =>
        change.fileId === undefined || change.changeType === 'drive' ? [] : [[change.fileId, change] as const],
      ),
    )
    const items: Item[] = []
    const gone: string[] = []
    for (const [id, { removed, file, driveId }] of last) {
      if (id === root || id === driveId) continue
      if (file === undefined) {
        if (removed === true) gone.push(id)
      } else if (drive !== undefined) {
        if (file.driveId === drive.id) items.push(...(belongs(file) ? [item(file)] : []))
        else gone.push(id)
      } else if (file.driveId === undefined || !streamed.has(file.driveId)) {
        if (file.id !== file.driveId) items.push(item(file))
      }
    }
    return { items, gone }
  }
  const descend = (token: string, page: string | undefined, queue: readonly WaitingFolder[]): ListingState => {
    if (queue.length > 0) return { step: 'shared', token, queue: [...queue], ...(page === undefined ? {} : { page }) }
    return page === undefined ? { step: 'changes', token } : { step: 'folders', token, page }
  }
  const folders = async (token: string, page: string | undefined): Promise<Step> => {
    const { files, nextPageToken, incompleteSearch } = await api.foreignFolders({ page, signal })
    if (incompleteSearch === true) return { page: { items: [] }, next: { step: 'again' } }
    // Not wanted, and so not asked for; nothing of it is gone.
    const unwanted = choosesRoot(settings, 'shared-with-me') ? [] : files.filter(({ parents }) => parents === undefined)
    const wanted = files.filter((folder) => !unwanted.includes(folder))
    return {
      page: { items: [], unread: unwanted.map(({ id }) => ({ id })) },
      next: descend(token, nextPageToken, shared.entrances(wanted)),
    }
  }
  const content = async ({ token, page, queue }: ListingState & { step: 'shared' }): Promise<Step> => {
    const { files, unread, queue: rest } = await shared.next(queue, signal)
    return {
      page: { items: files.filter(({ file }) => belongs(file)).map(({ file, folder }) => item(file, folder)), unread },
      next: descend(token, page, rest),
    }
  }

  return async (at) => {
    switch (at?.step) {
      case 'full':
        return full(at.start, at.page, at.incomplete === true)
      case 'rest':
        return drive === undefined ? folders(at.token, undefined) : changes(at.token)
      case 'changes':
        return changes(at.token)
      case 'folders':
        return folders(at.token, at.page)
      case 'shared':
        return content(at)
      default:
        return full(await api.startToken(drive?.id, signal), undefined, false)
    }
  }
}
