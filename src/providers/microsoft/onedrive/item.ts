import type { Item, Unexportable } from '../../../core/item.ts'
import type { JsonObject } from '../../../core/json.ts'
import { contentOf } from './content-facts.ts'
import type { DriveItem, Who } from './schema.ts'

/** The folder that takes what has no visible one. */
export const unorganised = 'place:unorganised'

/** Where the items of a listing belong. */
export interface ItemContext {
  readonly driveType: string | undefined
  /** The drive to ask for them, where it is not the person's own. */
  readonly foreignDrive?: string
  /** An item's id within the source, by its id in the drive. */
  keyOf(id: string): string
  /** Ids in the drive of the folder that stands for the top of the listing. */
  isTop(id: string): boolean
  /** Id within the source of what holds the top's content; absent: the source's own folder. */
  readonly top?: string
  /** Takes what lies in no visible folder. */
  readonly fallback: string
  /** A shortcut's content is not saved: why, as a phrase. Undefined: it has a stream of its own, and is not named here. */
  whyNotFollowed(item: DriveItem): string | undefined
}

/** An entry of a drive as items: none for what another stream names, two for a notebook. */
export function itemsOf(entry: DriveItem, context: ItemContext): Item[] {
  const id = context.keyOf(entry.id)
  const name = entry.name === undefined || entry.name === '' ? entry.id : entry.name
  const base = {
    id,
    name,
    ...placeOf(entry, context),
    ...modifiedOf(entry),
    // What belongs to others stays with them when the account ends.
    ...(context.foreignDrive !== undefined && { rank: 1 }),
    details: detailsOf(entry, id, context),
  }
  const link = pageOf(entry.webUrl)
  const linked = link === undefined ? {} : { link }
  const none = { kind: 'file', parts: [], ...linked } as const
  if (entry.remoteItem !== undefined) {
    const excluded = context.whyNotFollowed(entry)
    return excluded === undefined ? [] : [{ ...base, ...none, version: 'shortcut', excluded }]
  }
  const unexportable = whyNoBytes(entry, context.foreignDrive === undefined)
  if (unexportable !== undefined) {
    const item: Item = { ...base, ...none, version: `none:${unexportable.reason}`, unexportable }
    return isNotebook(entry) ? notebook(item, entry, context) : [item]
  }
  if (entry.folder !== undefined) return [{ ...base, ...linked, kind: 'folder', version: 'folder', parts: [] }]
  const { version, size, checksums } = contentOf(entry, context.driveType)
  const part = { key: 'file', name, ...(size === undefined ? {} : { size }), ...(checksums.length === 0 ? {} : { checksums }) }
  return [{ ...base, ...linked, kind: 'file', version, parts: [part] }]
}

export const isNotebook = (entry: { readonly package?: { readonly type?: string | undefined } | undefined }): boolean =>
  entry.package?.type?.toLowerCase() === 'onenote'

/** The id of a notebook as the thing that gives no bytes. */
export const notebookId = (id: string): string => `notebook:${id}`

/**
 * A place of the entry's own id, since that is what the sections that the drive may list (and, as folders, their groups) name as their parent; and in it, so
 * that it goes where the place goes, the notebook itself, which gives no bytes.
 */
function notebook(item: Item, entry: DriveItem, context: ItemContext): Item[] {
  const { name, parent, fallback } = item
  const place: Item = { id: item.id, kind: 'place', version: 'place', name: name!, parts: [], details: {} }
  const id = notebookId(item.id)
  return [
    { ...place, ...(parent && { parent }), ...(fallback && { fallback }) },
    { ...item, id, parent: item.id, fallback: context.fallback, details: detailsOf(entry, id, context) },
  ]
}

function placeOf({ parentReference }: DriveItem, context: ItemContext): Pick<Item, 'parent' | 'fallback'> {
  const holder = parentReference?.id
  if (holder === undefined) return { parent: context.fallback, fallback: context.fallback }
  if (context.isTop(holder)) return context.top === undefined ? {} : { parent: context.top }
  return { parent: context.keyOf(holder), fallback: context.fallback }
}

/** The client's time is the file's own; the service's is when it came there. https://learn.microsoft.com/graph/api/resources/filesysteminfo */
function modifiedOf({ fileSystemInfo, lastModifiedDateTime }: DriveItem): Pick<Item, 'modified'> {
  for (const time of [fileSystemInfo?.lastModifiedDateTime, lastModifiedDateTime]) {
    const modified = Date.parse(time ?? '')
    if (!Number.isNaN(modified)) return { modified }
  }
  return {}
}

/** Also of a notebook of somebody else, and of its sections where they are not handed out. */
export const noDownload = 'It is a package of an app, and Microsoft offers no download of it.'

function whyNoBytes(entry: DriveItem, isOwn: boolean): Unexportable | undefined {
  if (entry.malware !== undefined) return { reason: 'flagged-abusive', message: 'Microsoft holds it back as malware.' }
  if (entry.package !== undefined) {
    // The source onenote has the person's own notebooks alone.
    if (isNotebook(entry) && isOwn)
      return { reason: 'elsewhere', message: 'It is a OneNote notebook: the source onenote saves its pages.' }
    return { reason: 'no-export', message: noDownload }
  }
  if (entry.bundle !== undefined)
    return { reason: 'elsewhere', message: 'It is an album: its pictures are saved in the folders where they lie.' }
  if (entry.file === undefined && entry.folder === undefined)
    return { reason: 'no-export', message: 'OneDrive says neither that it is a file nor that it is a folder.' }
  return undefined
}

function detailsOf(entry: DriveItem, id: string, { foreignDrive }: ItemContext): JsonObject {
  const { fileSystemInfo, shared, remoteItem } = entry
  return defined({
    // Asked for by these, not by the id within the source.
    driveId: foreignDrive,
    itemId: entry.id === id ? undefined : entry.id,
    mimeType: entry.file?.mimeType,
    package: entry.package?.type,
    created: fileSystemInfo?.createdDateTime,
    createdAtService: entry.createdDateTime,
    modifiedAtService: entry.lastModifiedDateTime,
    createdBy: personOf(entry.createdBy),
    lastModifiedBy: personOf(entry.lastModifiedBy),
    shared:
      shared === undefined
        ? undefined
        : defined({
            scope: shared.scope,
            owner: personOf(shared.owner),
            sharedBy: personOf(shared.sharedBy),
            since: shared.sharedDateTime,
          }),
    description: entry.description,
    specialFolder: entry.specialFolder?.name,
    webUrl: pageOf(entry.webUrl),
    shortcut:
      remoteItem === undefined
        ? undefined
        : defined({ drive: remoteItem.parentReference?.driveId, item: remoteItem.id, webUrl: pageOf(remoteItem.webUrl) }),
  })
}

const personOf = (who: Who): string | undefined =>
  who?.user?.email ?? who?.user?.displayName ?? who?.group?.email ?? who?.group?.displayName ?? who?.application?.displayName

const defined = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))

/** Addresses of old shared items of personal drives hold a key that opens them to anyone. */
function pageOf(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined
  const url = new URL(address)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined
  for (const name of [...url.searchParams.keys()]) if (secret.has(name.toLowerCase())) url.searchParams.delete(name)
  return url.href
}
const secret = new Set(['authkey', 'tempauth', 'access_token', 'resourcekey'])
