import { Failure } from '../../../core/failure.ts'
import type { Unread } from '../../../core/source.ts'
import type { DriveApi } from './api.ts'
import type { WaitingFolder } from './cursor.ts'
import { folderType } from './item.ts'
import type { DriveFile, FolderStub } from './schema.ts'

/**
 * The content of folders that other people own. The flat listing of the user's corpus does not name it where access comes by a link or
 * from the whole domain: such files "can only be discovered by users that can access the file as a result of a type=user or type=group
 * permission" (https://developers.google.com/workspace/drive/api/guides/resource-keys; seen by others:
 * https://github.com/googleapis/google-api-python-client/issues/1602). Nor does the user's change log. So each such folder is asked for
 * by itself, in every listing: one folder a query, since several in one query have been seen to answer with nothing or a part
 * (https://github.com/rclone/rclone/issues/3114).
 */
export interface SharedFolders {
  /** Which of these folders, all of other people, are still to be listed. */
  entrances(folders: readonly FolderStub[]): WaitingFolder[]
  /** Lists the next few folders of the queue. */
  next(queue: readonly WaitingFolder[], signal: AbortSignal): Promise<Descent>
}

export interface Descent {
  readonly files: readonly { readonly file: DriveFile; readonly folder: string }[]
  readonly unread: readonly Unread[]
  readonly queue: readonly WaitingFolder[]
}

/** Folders asked for at once; each answer holds up to 1,000 files. */
const atOnce = 6

/** For one listing: remembers the ids of shared folders that it met, so that each is listed once and a circle ends. */
export function createSharedFolders(api: DriveApi, memberOf: ReadonlySet<string>): SharedFolders {
  const met = new Set<string>()
  const restarted = new Set<string>()
  const unmet = (id: string): boolean => !met.has(id) && met.add(id) !== undefined
  const list = async ({ id, page }: WaitingFolder, signal: AbortSignal): Promise<Descent> => {
    met.add(id)
    try {
      const { files, nextPageToken, incompleteSearch } = await api.children(id, { page, signal })
      if (incompleteSearch === true)
        throw new Failure('unlisted', 'Google says that it did not search everything in a shared folder')
      if (nextPageToken !== undefined && nextPageToken === page)
        throw new Failure('unlisted', 'Google’s list of a shared folder goes round in a circle')
      const deeper = files.filter((file) => file.mimeType === folderType && unmet(file.id)).map((file) => ({ id: file.id }))
      const rest = nextPageToken === undefined ? [] : [{ id, page: nextPageToken }]
      return { files: files.map((file) => ({ file, folder: id })), unread: [], queue: [...rest, ...deeper] }
    } catch (error) {
      const failure = Failure.from(error)
      // A page token that died while the program was stopped: the folder is listed from its beginning, once.
      if (failure.kind === 'unlisted' && page !== undefined && !restarted.has(id)) {
        restarted.add(id)
        return { files: [], unread: [], queue: [{ id }] }
      }
      if (signal.aborted || (failure.stops !== 'item' && failure.kind !== 'unlisted')) throw error
      return { files: [], unread: [{ id, failure }], queue: [] }
    }
  }
  return {
    entrances: (folders) =>
      folders
        .filter(({ id, driveId }) => (driveId === undefined || !memberOf.has(driveId)) && unmet(id))
        .map(({ id }) => ({ id })),
    async next(queue, signal) {
      const listed = await Promise.all(queue.slice(0, atOnce).map((folder) => list(folder, signal)))
      return {
        files: listed.flatMap(({ files }) => files),
        unread: listed.flatMap(({ unread }) => unread),
        // Depth first: the queue holds the siblings along one way down, not the whole tree.
        queue: [...listed.flatMap((descent) => descent.queue), ...queue.slice(atOnce)],
      }
    },
  }
}
