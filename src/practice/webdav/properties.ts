import { createHash } from 'node:crypto'
import { xmlText } from '../content/xml-text.ts'
import { listedDate } from './date-forms.ts'
import { mediaType } from './media-type.ts'
import { contentSize, type WebdavNode } from './model.ts'
import type { WebdavQuirks } from './quirks.ts'

export const davNamespace = 'DAV:'
export const ownCloudNamespace = 'http://owncloud.org/ns'

/** `"…"` or `W/"…"`; undefined where the server has none. */
export function etagOf(node: WebdavNode, quirks: WebdavQuirks): string | undefined {
  if (quirks.noEtags) return undefined
  const version = node.kind === 'folder' && quirks.folderEtags ? node.deepVersion : node.version
  const plain = `${node.id.toString(16)}-${version.toString(16)}`
  const opaque = quirks.folderEtags ? createHash('md5').update(plain).digest('hex') : plain
  return `${quirks.weakEtags ? 'W/' : ''}"${opaque}"`
}

/** The inner XML of a property, '' for an empty element; undefined: this node does not have it. */
export function propertyOf(node: WebdavNode, namespace: string, local: string, quirks: WebdavQuirks): string | undefined {
  if (namespace === davNamespace && local === 'quota-used-bytes')
    return node.kind === 'folder' && quirks.quotaUsed !== undefined ? String(quirks.quotaUsed) : undefined
  if (namespace === davNamespace) return davProperties[local]?.(node, quirks)
  if (namespace === ownCloudNamespace && quirks.folderEtags) return ownCloudProperties[local]?.(node, quirks)
  return undefined
}

type Read = (node: WebdavNode, quirks: WebdavQuirks) => string | undefined

const text = (value: string | undefined) => (value === undefined ? undefined : xmlText(value))

/** RFC 4918, 15. */
const davProperties: Readonly<Record<string, Read>> = {
  resourcetype: (node, { prefix }) => (node.kind === 'folder' ? `<${prefix && `${prefix}:`}collection/>` : ''),
  getcontentlength: (node, quirks) =>
    node.kind === 'file' && !quirks.noContentLength ? String(node.details.listedSize ?? contentSize(node.content)) : undefined,
  getcontenttype: (node) => (node.kind === 'file' ? xmlText(mediaType(node)) : undefined),
  getetag: (node, quirks) => text(etagOf(node, quirks)),
  getlastmodified: (node, quirks) => listedDate(node.modified, node.id, quirks.dates),
  creationdate: (node) => node.created.toISOString().replace(/\.\d+Z/, 'Z'),
  displayname: (node) => text(node.details.displayName ?? node.name),
}

/** https://docs.nextcloud.com/server/latest/developer_manual/client_apis/WebDAV/basic.html#supported-properties */
const ownCloudProperties: Readonly<Record<string, Read>> = {
  fileid: (node) => String(node.id),
  id: (node) => `${String(node.id).padStart(8, '0')}ocpractice`,
  size: (node) => String(node.kind === 'folder' ? node.deepSize : contentSize(node.content)),
  permissions: (node) => text(permissionsOf(node)),
  checksums: (node) =>
    node.details.checksums === undefined ? undefined : `<oc:checksum>${xmlText(node.details.checksums)}</oc:checksum>`,
}

export function permissionsOf(node: WebdavNode): string {
  return node.details.permissions ?? (node.kind === 'folder' ? 'RGDNVCK' : 'RGDNVW')
}

export const davPropertyNames = Object.keys(davProperties)
export const ownCloudPropertyNames = Object.keys(ownCloudProperties)
