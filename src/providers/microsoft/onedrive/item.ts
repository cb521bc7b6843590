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

/**
 * An entry of a drive as items: none for what another stream names; two for a notebook, whose sections would find no folder otherwise: the notebook itself,
 * which gives no bytes, and a place for what the drive nevertheless says is in it.
 */
export function itemsOf(entry: DriveItem, context: ItemContext): Item[] {
  const id = context.keyOf(entry.id)
  const name = entry.name === undefined || entry.name === '' ? entry.id : entry.name
  const base = {
    id,
    name,
    ...placeOf(entry, name, context),
    ...modifiedOf(entry),
    details: detailsOf(entry, id, context),
  }
  const link = pageOf(entry.webUrl)
  const linked = link === undefined ? {} : { link }
  const none = { kind: 'file', parts: [], ...linked } as const
  if (entry.remoteItem !== undefined) {
    const excluded = context.whyNotFollowed(entry)
    return excluded === undefined ? [] : [{ ...base, ...none, version: 'shortcut', excluded }]
  }
  const unexportable = whyNoBytes(entry)
  if (unexportable !== undefined) {
    const item: Item = { ...base, ...none, version: `none:${unexportable.reason}`, unexportable }
    return entry.package === undefined ? [item] : [item, insideOf(item)]
  }
  if (entry.folder !== undefined) return [{ ...base, ...linked, kind: 'folder', version: 'folder', parts: [] }]
  const { version, size, checksums } = contentOf(entry, context.driveType)
  const part = { key: 'file', name, ...(size === undefined ? {} : { size }), ...(checksums.length === 0 ? {} : { checksums }) }
  return [{ ...base, ...linked, kind: 'file', version, parts: [part] }]
}

const inside = 'inside:'
const notebookPart = /\.(one|onetoc2)$/i

function insideOf({ id, name, parent, fallback }: Item): Item {
  const place = { kind: 'place', version: 'place', parts: [], details: {} } as const
  return { ...place, id: inside + id, name: name!, ...(parent && { parent }), ...(fallback && { fallback }) }
}

/** What belongs to a notebook (sections and, as folders, groups of sections) names it as its parent, which is no folder here: its place is the fallback. */
function placeOf({ parentReference, folder }: DriveItem, name: string, context: ItemContext): Pick<Item, 'parent' | 'fallback'> {
  const holder = parentReference?.id
  if (holder === undefined) return { parent: context.fallback, fallback: context.fallback }
  if (context.isTop(holder)) return context.top === undefined ? {} : { parent: context.top }
  const parent = context.keyOf(holder)
  const maybeNotebook = folder !== undefined || notebookPart.test(name)
  return { parent, fallback: maybeNotebook ? inside + parent : context.fallback }
}

/** The client's time is the file's own; the service's is when it came there. https://learn.microsoft.com/graph/api/resources/filesysteminfo */
function modifiedOf({ fileSystemInfo, lastModifiedDateTime }: DriveItem): Pick<Item, 'modified'> {
  for (const time of [fileSystemInfo?.lastModifiedDateTime, lastModifiedDateTime]) {
    const modified = Date.parse(time ?? '')
    if (!Number.isNaN(modified)) return { modified }
  }
  return {}
}

function whyNoBytes(entry: DriveItem): Unexportable | undefined {
  if (entry.malware !== undefined) return { reason: 'flagged-abusive', message: 'Microsoft holds it back as malware.' }
  if (entry.package !== undefined) {
    if (entry.package.type?.toLowerCase() === 'onenote')
      return { reason: 'elsewhere', message: 'It is a OneNote notebook: the source onenote saves its pages.' }
    return { reason: 'no-export', message: 'It is a package of an app, and Microsoft offers no download of it.' }
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
