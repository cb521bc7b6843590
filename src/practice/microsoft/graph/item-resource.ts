import type { Json } from '../../serving/reply.ts'
import type { MicrosoftAccount } from '../account.ts'
import { contentHashes, contentSize } from '../drive/content.ts'
import type { OneDriveItem } from '../drive/items.ts'
import type { OneDriveModel } from '../drive/one-drive-model.ts'
import { findDrive } from './find-drive.ts'
import type { GraphService } from './graph-service.ts'

export interface ItemView {
  readonly service: GraphService
  readonly drive: OneDriveModel
  /** In a delta some properties are left out: https://learn.microsoft.com/graph/api/driveitem-delta#remarks */
  readonly delta?: 'entry' | 'deleted'
}

const instant = (time: number) => new Date(time).toISOString().replace(/\.000Z$/, 'Z')

/** Something like a GUID, the same for the same id; cheap, since a listing of a million items makes a million. FNV-1a, four times. */
function guidOf(id: string): string {
  const words = [0x811c9dc5, 0x01000193, 0x9e3779b1, 0x85ebca6b]
  for (let at = 0; at < id.length; at += 1) {
    const code = id.charCodeAt(at)
    for (let word = 0; word < 4; word += 1) words[word] = Math.imul(words[word]! ^ code, 0x01000193 + 2 * word)
  }
  const text = words.map((word) => (word >>> 0).toString(16).toUpperCase().padStart(8, '0')).join('')
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`
}

const etag = ({ drive }: ItemView, { id, version }: OneDriveItem) =>
  drive.kind === 'business' ? `"{${guidOf(id)}},${version}"` : Buffer.from(`i${id}.${version}`).toString('base64url')
const ctag = ({ drive }: ItemView, { id, contentVersion }: OneDriveItem) =>
  drive.kind === 'business'
    ? `"c:{${guidOf(id)}},${contentVersion}"`
    : Buffer.from(`c:${id}.${contentVersion}`).toString('base64url')

/** The tags of an item as it is now. */
export const tagsOf = (view: ItemView, item: OneDriveItem): string[] => [etag(view, item), ctag(view, item)]

export const identityOf = ({ kind, oid, username, name }: MicrosoftAccount): Json => ({
  user:
    kind === 'business'
      ? { email: username, id: oid, displayName: name }
      : { id: oid.replaceAll('-', '').slice(-16), displayName: name },
})

function shownDriveId({ service, drive }: ItemView): string {
  if (drive.kind !== 'personal' || !service.settings.sloppyDriveIds) return drive.driveId
  return drive.driveId.replace(/^0+/, '').toUpperCase()
}

/** Names from the root down, for addresses that people look at. */
function pathOf(drive: OneDriveModel, item: OneDriveItem): string[] {
  const names: string[] = []
  const seen = new Set<string>()
  for (let at: OneDriveItem | undefined = item; at?.parent !== undefined && !seen.has(at.id); at = drive.get(at.parent)) {
    seen.add(at.id)
    names.unshift(at.name)
  }
  return names
}

function parentReference(view: ItemView, item: OneDriveItem): Json {
  const { drive, delta } = view
  const reference = { driveType: drive.kind, driveId: shownDriveId(view) }
  if (item.parent === undefined) return reference
  return {
    ...reference,
    id: item.parent,
    ...(delta === undefined ? placeOf(drive, item.parent) : {}),
    ...(drive.kind === 'business' ? { siteId: guidOf(drive.driveId).toLowerCase() } : {}),
  }
}

function placeOf(drive: OneDriveModel, folderId: string): { readonly [key: string]: Json } {
  const folder = drive.get(folderId)
  if (folder === undefined) return {}
  const names = pathOf(drive, folder).map((name) => `/${encodeURIComponent(name.toWellFormed())}`)
  return { name: folder.parent === undefined ? 'root' : folder.name, path: `/drives/${drive.driveId}/root:${names.join('')}` }
}

function fileFacet({ drive }: ItemView, { content, mimeType, withoutHashes }: OneDriveItem): Json {
  if (content === undefined) return {}
  if (withoutHashes) return { mimeType }
  const { quickXorHash, sha1Hash, sha256Hash } = contentHashes(content)
  return { mimeType, hashes: drive.kind === 'business' ? { quickXorHash } : { quickXorHash, sha1Hash, sha256Hash } }
}

/** What a shortcut says of its target: https://learn.microsoft.com/graph/api/resources/remoteitem */
function remoteFacet({ service }: ItemView, remote: { driveId: string; itemId: string }): Json {
  const drive = findDrive(service, remote.driveId)
  const target = drive?.get(remote.itemId)
  if (drive === undefined || target === undefined) return { id: remote.itemId, parentReference: { driveId: remote.driveId } }
  const view = { service, drive }
  return {
    id: target.id,
    name: target.name,
    size: sizeOf(view, target),
    webUrl: webUrl(view, target),
    createdDateTime: instant(target.created),
    lastModifiedDateTime: instant(target.modified),
    createdBy: identityOf(drive.account),
    fileSystemInfo: { createdDateTime: instant(target.clientCreated), lastModifiedDateTime: instant(target.clientModified) },
    parentReference: { driveType: drive.kind, driveId: shownDriveId(view), id: target.parent ?? drive.rootId },
    shared: { scope: 'users', sharedBy: identityOf(drive.account), sharedDateTime: instant(target.modified) },
    ...(target.kind === 'folder' ? { folder: { childCount: drive.childCount(target.id) } } : { file: fileFacet(view, target) }),
  }
}

const sizeOf = (_view: ItemView, { content }: OneDriveItem): number => (content === undefined ? 0 : contentSize(content))

function webUrl({ drive }: ItemView, item: OneDriveItem): string {
  if (drive.kind === 'personal') return `https://onedrive.live.com/?id=${encodeURIComponent(item.id)}`
  const names = pathOf(drive, item).map((name) => `/${encodeURIComponent(name.toWellFormed())}`)
  return `https://contoso-my.sharepoint.com/personal/${drive.account.username.replace(/[^a-z0-9]/gi, '_')}/Documents${names.join('')}`
}

function downloadUrl({ service, drive, delta }: ItemView, item: OneDriveItem): string | undefined {
  if (item.kind !== 'file' || item.malware || item.blocked || delta === 'deleted') return undefined
  return service.roots[drive.kind] + service.links.make(drive, item)
}

/** How widely: https://learn.microsoft.com/graph/api/resources/shared */
function scopeOf({ grants = [] }: OneDriveItem): string {
  const scopes = grants.map(({ link }) => link?.scope)
  return scopes.includes('anonymous') ? 'anonymous' : scopes.includes('organization') ? 'organization' : 'users'
}

type Builder = (view: ItemView, item: OneDriveItem) => Json | undefined

/** What the practice cloud has of each property; the others are real and never there. */
const builders: Readonly<Record<string, Builder>> = {
  '@microsoft.graph.downloadUrl': downloadUrl,
  createdBy: ({ drive }) => identityOf(drive.account),
  createdDateTime: (_, item) => instant(item.created),
  cTag: (view, item) => {
    if (view.delta === 'deleted' || (view.drive.kind === 'business' && (view.delta !== undefined || item.kind === 'folder')))
      return undefined
    return ctag(view, item)
  },
  deleted: ({ delta, drive }) => (delta === 'deleted' ? (drive.kind === 'business' ? { state: 'deleted' } : {}) : undefined),
  eTag: etag,
  file: (view, item) => (item.kind === 'file' ? fileFacet(view, item) : undefined),
  fileSystemInfo: (_, item) => ({
    createdDateTime: instant(item.clientCreated),
    lastModifiedDateTime: instant(item.clientModified),
  }),
  folder: ({ drive }, item) => (item.kind === 'folder' ? { childCount: drive.childCount(item.id) } : undefined),
  id: (_, item) => item.id,
  lastModifiedBy: ({ drive }) => identityOf(drive.account),
  lastModifiedDateTime: (_, item) => instant(item.modified),
  malware: (_, item) => (item.malware ? { description: 'Virus:DOS/EICAR_Test_File' } : undefined),
  name: ({ drive, delta }, item) => (delta === 'deleted' && drive.kind === 'business' ? undefined : item.name),
  package: (_, item) => (item.packageType === undefined ? undefined : { type: item.packageType }),
  parentReference,
  remoteItem: (view, item) => (item.remote === undefined ? undefined : remoteFacet(view, item.remote)),
  root: (_, item) => (item.parent === undefined ? {} : undefined),
  shared: (_, item) => (item.shared ? { scope: scopeOf(item) } : undefined),
  size: (view, item) => (view.delta === 'deleted' && view.drive.kind === 'personal' ? undefined : sizeOf(view, item)),
  specialFolder: (_, item) => (item.specialFolder === undefined ? undefined : { name: item.specialFolder }),
  webUrl,
}

const all = Object.keys(builders)
const ofDeleted = [
  'id',
  'name',
  'size',
  'file',
  'folder',
  'package',
  'deleted',
  'parentReference',
  'eTag',
  'lastModifiedDateTime',
  'fileSystemInfo',
]

/** A driveItem as the call shows it: all by default, or what `$select` names. */
export function itemResource(
  view: ItemView,
  item: OneDriveItem,
  select: readonly string[] | undefined,
): { readonly [key: string]: Json } {
  const shown: Record<string, Json> = {}
  const names = select ?? (view.delta === 'deleted' ? ofDeleted : all)
  for (const asked of names) {
    const name = asked === 'content.downloadUrl' ? '@microsoft.graph.downloadUrl' : asked
    const value = builders[name]?.(view, item)
    if (value !== undefined) shown[name] = value
  }
  return shown
}
