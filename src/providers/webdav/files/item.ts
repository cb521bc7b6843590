import { randomUUID } from 'node:crypto'
import type { Item, Unexportable } from '../../../core/item.ts'
import type { JsonObject } from '../../../core/json.ts'
import { parseChecksums } from './checksums.ts'
import { parseDate } from './date.ts'
import type { Properties } from './multistatus.ts'

/** What is known of a thing's surroundings when its entry is read. */
export interface Surroundings {
  /** Id of the folder; '' for the root. */
  readonly folder: string
  /** The folder or one above is end-to-end encrypted. */
  readonly encrypted: boolean
  /** The server uses the letter G (readable) in oc:permissions. ownCloud never does, so that its absence says nothing there. */
  readonly grants: boolean
}

export interface Entry {
  /** Id: the path below the root. */
  readonly id: string
  readonly name: string
  /** The server's path, encoded as it has it; requests use exactly this. */
  readonly path: string
  readonly properties: Properties
}

/** Version of a folder whose server does not say whether anything below changed. */
export const plainFolder = 'folder'

export function isFolder({ path, properties }: Pick<Entry, 'path' | 'properties'>): boolean {
  const type = properties.resourcetype
  if (type !== undefined) return type === 'collection'
  // Microsoft's servers: https://learn.microsoft.com/openspecs/windows_protocols/ms-wdvme
  return properties.iscollection === '1' || properties.iscollection?.toLowerCase() === 'true' || path.endsWith('/')
}

export function toItem(entry: Entry, around: Surroundings): Item {
  const { id, name, properties } = entry
  const modified = properties.getlastmodified === undefined ? undefined : parseDate(properties.getlastmodified)
  const shared = {
    id,
    name,
    ...(around.folder === '' ? {} : { parent: around.folder }),
    ...(modified === undefined ? {} : { modified }),
    details: detailsOf(entry),
  }
  if (isFolder(entry)) return { ...shared, kind: 'folder', version: folderVersion(properties), parts: [] }
  const size = lengthOf(properties)
  const checksums = parseChecksums(properties.checksums ?? '')
  const unexportable = whyNot(properties, around)
  return {
    ...shared,
    kind: 'file',
    version: fileVersion(properties),
    parts: [{ key: 'file', name, ...(size === undefined ? {} : { size }), ...(checksums.length === 0 ? {} : { checksums }) }],
    ...(properties.fileid === undefined ? {} : { twin: `fileid:${properties.fileid}` }),
    ...(unexportable === undefined ? {} : { unexportable }),
  }
}

/** The etag in the form of the header: in quotes, which some servers leave out in the property. */
export function etagOf(properties: Properties): string | undefined {
  const etag = properties.getetag
  if (etag === undefined || etag === '') return undefined
  return /^(?:W\/)?".*"$/.test(etag) ? etag : `"${etag.replaceAll('"', '')}"`
}

/** Absent is not zero: generated content and some external storages have no length. */
export function lengthOf(properties: Properties): number | undefined {
  const text = properties.getcontentlength
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}

function fileVersion(properties: Properties): string {
  const etag = etagOf(properties)
  if (etag !== undefined && !etag.startsWith('W/')) return etag
  // With neither, a change could not be seen: then every listing makes it new.
  if (etag === undefined && properties.getlastmodified === undefined) return `unknown ${randomUUID()}`
  return [etag ?? '', properties.getcontentlength ?? '', properties.getlastmodified ?? ''].join('|')
}

/**
 * Folder etags of Nextcloud, ownCloud and oCIS change with anything below them; they are known by oc:fileid or oc:id. Not so for external
 * storages, which are looked at only when somebody opens them.
 */
function folderVersion(properties: Properties): string {
  const etag = etagOf(properties)
  if (etag === undefined || (properties.fileid === undefined && properties.id === undefined)) return plainFolder
  const mount = properties['mount-type']
  const external = mount === undefined ? (properties.permissions?.includes('M') ?? false) : mount.startsWith('external')
  return external ? plainFolder : etag
}

function whyNot(properties: Properties, around: Surroundings): Unexportable | undefined {
  if (around.encrypted) {
    return {
      reason: 'encrypted',
      message: 'lies in a folder that is encrypted end to end; only the Nextcloud apps with its key can read it',
    }
  }
  const permissions = properties.permissions
  if (around.grants && permissions !== undefined && !permissions.includes('G')) {
    return { reason: 'download-forbidden', message: 'its owner shared it without the right to read it' }
  }
  return undefined
}

function detailsOf({ path, properties }: Entry): JsonObject {
  const { getetag, getcontenttype, fileid, permissions } = properties
  const owner = properties['owner-display-name']
  const mount = properties['mount-type']
  const details: { [key: string]: string | boolean } = { href: path }
  if (getetag !== undefined) details.etag = getetag
  if (getcontenttype !== undefined) details.contentType = getcontenttype
  if (fileid !== undefined) details.fileId = fileid
  if (permissions !== undefined) details.permissions = permissions
  if (permissions?.includes('S')) details.sharedWithMe = true
  if (owner !== undefined) details.owner = owner
  if (mount !== undefined && mount !== '') details.mount = mount
  return details
}
