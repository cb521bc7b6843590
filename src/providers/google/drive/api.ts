import type { drive_v3 } from 'googleapis/build/src/apis/drive/index.js'
import type { z } from 'zod'
import { Failure } from '../../../core/failure.ts'
import type { Connection } from '../../../core/provider.ts'
import { answerOf, atFirstCall, libraryOptions } from '../client.ts'
import { priceOf } from '../limits.ts'
import { createResourceKeys, type ResourceKeys } from './resource-keys.ts'
import {
  about,
  type ChangeList,
  changeList,
  changeListFields,
  contentFields,
  type DriveContent,
  driveContent,
  driveList,
  exportLinks,
  type FileList,
  type FolderList,
  type FolderStub,
  fileList,
  fileListFields,
  folderList,
  folderStub,
  folderStubFields,
  type IdList,
  idList,
  idListFields,
  type Operation,
  operation,
  startPageToken,
} from './schema.ts'

export interface SharedDrive {
  readonly id: string
  readonly name: string
}

/** A page of something. `page` absent: the first. */
interface Paged {
  readonly page: string | undefined
  readonly signal: AbortSignal
}

/** The calls of Drive that we make, each with the fields that we read. All throw a Failure. */
export interface DriveApi {
  readonly keys: ResourceKeys
  /** The real id of My Drive; parents name it by that, never as `root`. */
  rootId(signal: AbortSignal): Promise<string>
  /** Shared drives that the person is a member of; asked for once a run. */
  drives(signal: AbortSignal): Promise<readonly SharedDrive[]>
  /** Bytes that the account is said to use, and of them those in the trash, where that is stated. */
  storage(signal: AbortSignal): Promise<{ readonly used: number | undefined; readonly trash: number | undefined }>
  /** The token from which a change log tells what happens after now. `driveId` absent: the user's own log. */
  startToken(driveId: string | undefined, signal: AbortSignal): Promise<string>
  changes(driveId: string | undefined, options: { readonly page: string; readonly signal: AbortSignal }): Promise<ChangeList>
  /** All files of the user's corpus, or of a shared drive, folders included, in no order. */
  files(driveId: string | undefined, options: Paged): Promise<FileList>
  /** The same, ids alone. */
  ids(driveId: string | undefined, options: Paged): Promise<IdList>
  /** What lies directly in a folder, whoever owns it. */
  children(folder: string, options: Paged): Promise<FileList>
  /** Folders of the user's corpus that others own. */
  foreignFolders(options: Paged): Promise<FolderList>
  folder(id: string, signal: AbortSignal): Promise<FolderStub>
  content(id: string, signal: AbortSignal): Promise<DriveContent>
  /** Looks a link-shared item's key up by its name; true when there is one now. */
  findKey(
    item: { readonly id: string; readonly name: string; readonly parent: string | undefined },
    signal: AbortSignal,
  ): Promise<boolean>
  startDownload(id: string, mimeType: string, signal: AbortSignal): Promise<Operation>
  operation(name: string, signal: AbortSignal): Promise<Operation>
  /** Addresses by MIME type, on Google's editors; asked for anew each time, since they may hold a key. */
  exportLinks(id: string, signal: AbortSignal): Promise<Readonly<Record<string, string>>>
}

/** The largest pages that Drive gives. */
const pageSize = 1000
const everywhere = { supportsAllDrives: true, includeItemsFromAllDrives: true } as const

export function createDriveApi(connection: Connection): DriveApi {
  const client = atFirstCall(async () => {
    const { drive } = await import('googleapis/build/src/apis/drive/index.js')
    return drive({ version: 'v3', ...libraryOptions(connection, 'drive', priceOf) })
  })
  const keys = createResourceKeys()
  let root: Promise<string> | undefined
  let memberships: Promise<readonly SharedDrive[]> | undefined

  const page = (token: string | undefined) => (token === undefined ? {} : { pageToken: token })
  const only = (driveId: string | undefined) => (driveId === undefined ? {} : { driveId })
  const list = async <T extends FileList | FolderList>(
    what: string,
    schema: z.ZodType<T>,
    params: drive_v3.Params$Resource$Files$List,
    signal: AbortSignal,
    headers: Record<string, string> = {},
  ): Promise<T> => {
    const answer = await answerOf(
      what,
      client().then((api) => api.files.list({ pageSize, spaces: 'drive', ...everywhere, ...params }, { signal, headers })),
      schema,
      signal,
    )
    for (const file of answer.files) keys.learn(file)
    return answer
  }
  const listDrives = async (signal: AbortSignal): Promise<readonly SharedDrive[]> => {
    const all: SharedDrive[] = []
    for (let token: string | undefined, first = true; first || token !== undefined; first = false) {
      const params = { pageSize: 100, fields: 'nextPageToken,drives(id,name)', ...page(token) }
      const answer = await answerOf(
        'the list of shared drives',
        client().then((api) => api.drives.list(params, { signal })),
        driveList,
        signal,
      )
      all.push(...answer.drives)
      if (answer.nextPageToken === token && token !== undefined)
        throw new Failure('unlisted', 'Google’s list of shared drives goes round in a circle')
      token = answer.nextPageToken
    }
    return all
  }
  /** Asked once; a failure is not remembered. */
  const once = <T>(made: Promise<T>, forget: () => void): Promise<T> => {
    made.catch(forget)
    return made
  }

  return {
    keys,
    rootId(signal) {
      const ask = async () =>
        (
          await answerOf(
            'the question for My Drive',
            client().then((api) => api.files.get({ fileId: 'root', fields: folderStubFields }, { signal })),
            folderStub,
            signal,
          )
        ).id
      root ??= once(ask(), () => (root = undefined))
      return root
    },
    drives(signal) {
      memberships ??= once(listDrives(signal), () => (memberships = undefined))
      return memberships
    },
    async storage(signal) {
      // `usage` is the whole organisation's where storage is pooled; what is in Drive is the person's own.
      const call = client().then((api) => api.about.get({ fields: 'storageQuota(usageInDrive,usageInDriveTrash)' }, { signal }))
      const { storageQuota } = await answerOf('the question for the storage used', call, about, signal)
      return { used: storageQuota?.usageInDrive, trash: storageQuota?.usageInDriveTrash }
    },
    async startToken(driveId, signal) {
      const call = client().then((api) =>
        api.changes.getStartPageToken({ supportsAllDrives: true, fields: 'startPageToken', ...only(driveId) }, { signal }),
      )
      return (await answerOf('the question for the change log', call, startPageToken, signal)).startPageToken
    },
    changes(driveId, options) {
      const params = {
        pageToken: options.page,
        pageSize,
        spaces: 'drive',
        includeRemoved: true,
        includeCorpusRemovals: true,
        fields: changeListFields,
      }
      const call = client().then((api) =>
        api.changes.list({ ...params, ...everywhere, ...only(driveId) }, { signal: options.signal }),
      )
      return answerOf('the list of changes', call, changeList, options.signal)
    },
    files(driveId, options) {
      const corpus = driveId === undefined ? { corpora: 'user' } : { corpora: 'drive', driveId }
      return list('the list of files', fileList, { ...corpus, fields: fileListFields, ...page(options.page) }, options.signal)
    },
    children(folder, options) {
      // No `corpora`: the folder decides where to look, be it in a shared drive that the person is no member of.
      const params = { q: `${quote(folder)} in parents`, fields: fileListFields, ...page(options.page) }
      return list('the list of a folder', fileList, params, options.signal, keys.header(folder))
    },
    ids(driveId, options) {
      const corpus = driveId === undefined ? { corpora: 'user' } : { corpora: 'drive', driveId, ...everywhere }
      return list(
        'the closing count',
        idList,
        { ...corpus, fields: idListFields, ...page(options.page), pageSize },
        options.signal,
      )
    },
    foreignFolders(options) {
      const q = "mimeType = 'application/vnd.google-apps.folder' and not 'me' in owners"
      const fields = `nextPageToken,incompleteSearch,files(${folderStubFields})`
      // Small pages: what is left of one stands in the cursor.
      return list(
        'the list of shared folders',
        folderList,
        { corpora: 'user', q, fields, ...page(options.page), pageSize: 200 },
        options.signal,
      )
    },
    folder(id, signal) {
      const call = client().then((api) =>
        api.files.get({ fileId: id, supportsAllDrives: true, fields: folderStubFields }, { signal, headers: keys.header(id) }),
      )
      return answerOf('the question for a folder', call, folderStub, signal)
    },
    content(id, signal) {
      const call = client().then((api) =>
        api.files.get({ fileId: id, supportsAllDrives: true, fields: contentFields }, { signal, headers: keys.header(id) }),
      )
      return answerOf('the question for a file', call, driveContent, signal)
    },
    async findKey({ id, name, parent }, signal) {
      const place = parent === undefined ? '' : ` and ${quote(parent)} in parents`
      const params = { q: `name = ${quote(name)}${place}`, fields: `nextPageToken,files(${folderStubFields})` }
      await list('the question for a file’s key', folderList, params, signal, parent === undefined ? {} : keys.header(parent))
      return keys.has(id)
    },
    startDownload(id, mimeType, signal) {
      const call = client().then((api) => api.files.download({ fileId: id, mimeType }, { signal, headers: keys.header(id) }))
      return answerOf('the request for an export', call, operation, signal)
    },
    operation(name, signal) {
      return answerOf(
        'the question for an export',
        client().then((api) => api.operations.get({ name }, { signal })),
        operation,
        signal,
      )
    },
    async exportLinks(id, signal) {
      const call = client().then((api) =>
        api.files.get({ fileId: id, supportsAllDrives: true, fields: 'exportLinks' }, { signal, headers: keys.header(id) }),
      )
      return (await answerOf('the question for export links', call, exportLinks, signal)).exportLinks ?? {}
    },
  }
}

/** A value in a search query: https://developers.google.com/workspace/drive/api/guides/search-files */
const quote = (value: string): string => `'${value.replace(/[\\']/g, '\\$&')}'`
