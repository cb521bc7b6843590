import type { Json } from '../serving/reply.ts'
import { directGrant, inMyDrive, isTrashed, linkShared, roleOf } from './access.ts'
import { type ContentHash, contentSize, knownChecksum, prepareChecksum } from './content.ts'
import type { DriveModel } from './drive-model.ts'
import { exportFormats, formatNames } from './export-formats.ts'
import { type Selection, select } from './fields.ts'
import { type DriveItem, folderType, isEditorType, type Person } from './items.ts'

/** Who looks, and where links lead. */
export interface View {
  readonly model: DriveModel
  readonly person: Person
  /** Root of the docs host, with a slash. */
  readonly docs: string
}

export const rfc3339 = (time: number): string => new Date(time).toISOString()

export function userResource({ model, person }: View, email: string | undefined): Json | undefined {
  if (email === undefined) return undefined
  const who = model.person(email)
  const known = who === undefined ? {} : { permissionId: who.permissionId }
  return { kind: 'drive#user', displayName: who?.name ?? email, me: email === person.email, ...known, emailAddress: email }
}

/** Everyone who has access by sharing: the owner, what was given on the item, and on the folders above. */
export function permissionResources(view: View, item: DriveItem): { readonly [key: string]: Json | undefined }[] {
  const { model } = view
  const made = new Map<string, { readonly [key: string]: Json | undefined }>()
  const add = (type: 'user' | 'anyone', email: string | undefined, role: string, inherited: boolean, pendingOwner = false) => {
    const who = email === undefined ? undefined : model.person(email)
    const id = type === 'anyone' ? 'anyoneWithLink' : (who?.permissionId ?? `x${email}`)
    if (made.has(id)) return
    const details = item.driveId === undefined ? undefined : [{ permissionType: inherited ? 'member' : 'file', role, inherited }]
    made.set(id, {
      kind: 'drive#permission',
      id,
      type,
      role,
      ...(type === 'anyone'
        ? { allowFileDiscovery: false }
        : { emailAddress: email, displayName: who?.name ?? email, deleted: false, pendingOwner }),
      ...(details === undefined ? {} : { permissionDetails: details }),
    })
  }
  if (item.owner !== undefined) add('user', item.owner, 'owner', false)
  for (let at: DriveItem | undefined = item, depth = 0; at !== undefined && depth < 200; depth += 1) {
    for (const grant of at.grants) add(grant.type, grant.email, grant.role, at !== item, grant.pendingOwner)
    at = at.parent === undefined ? undefined : model.get(at.parent)
  }
  if (item.driveId !== undefined)
    for (const [email, role] of model.drive(item.driveId)?.members ?? []) add('user', email, role, true)
  return [...made.values()]
}

/** Whether the person may have its bytes. */
export function canDownload(view: View, item: DriveItem): boolean {
  return !(item.downloadForbidden && roleOf(view.model, item, view.person.email) !== 'owner')
}

const isStored = (item: DriveItem) => item.content !== undefined
const mayShare = ({ model, person }: View, item: DriveItem) =>
  item.driveId === undefined && ['owner', 'writer'].includes(roleOf(model, item, person.email) ?? '')
const checksum = (algorithm: ContentHash) => (item: DriveItem) =>
  item.content === undefined || item.checksums?.includes(algorithm) === false ? undefined : knownChecksum(item.content, algorithm)
const extension = (item: DriveItem) => (isStored(item) ? /\.([^.\s]+)$/.exec(item.name)?.[1] : undefined)

/** How each field is made; fields of the schema that are not here are ones that Drive leaves out of these files. */
const makers: Readonly<Record<string, (item: DriveItem, view: View) => Json | undefined>> = {
  kind: () => 'drive#file',
  id: (item) => item.id,
  name: (item) => item.name,
  mimeType: (item) => item.mimeType,
  description: (item) => item.description,
  starred: (item) => item.starred ?? false,
  trashed: (item, { model }) => isTrashed(model, item),
  explicitlyTrashed: (item) => item.trashed,
  parents: (item, view) => {
    const parent = item.parent === undefined ? undefined : view.model.get(item.parent)
    if (parent === undefined) return undefined
    return roleOf(view.model, parent, view.person.email) === undefined ? undefined : [parent.id]
  },
  properties: (item) => item.properties,
  spaces: () => ['drive'],
  version: (item) => String(item.version),
  webContentLink: (item, { docs }) => (isStored(item) ? `${docs}uc?id=${item.id}&export=download` : undefined),
  webViewLink: (item) => webViewLink(item),
  iconLink: (item) => `https://drive-thirdparty.googleusercontent.com/16/type/${item.mimeType}`,
  hasThumbnail: () => false,
  thumbnailVersion: () => '0',
  viewedByMe: (item, { person }) => item.owner === person.email || (item.openedBy?.has(person.email) ?? false),
  createdTime: (item) => rfc3339(item.createdTime),
  modifiedTime: (item) => rfc3339(item.modifiedTime),
  sharedWithMeTime: (item, { person }) => {
    const grant = directGrant(item, person.email)
    return grant === undefined ? undefined : rfc3339(grant.sharedAt)
  },
  sharingUser: (item, view) => userResource(view, directGrant(item, view.person.email)?.sharedBy),
  owners: (item, view) => (item.owner === undefined ? undefined : [userResource(view, item.owner) ?? null]),
  ownedByMe: (item, { person }) => (item.driveId === undefined ? item.owner === person.email : undefined),
  driveId: (item) => item.driveId,
  teamDriveId: (item) => item.driveId,
  lastModifyingUser: (item, view) => userResource(view, item.owner),
  shared: (item, view) => (item.driveId === undefined ? permissionResources(view, item).length > 1 : undefined),
  permissions: (item, view) => (mayShare(view, item) ? permissionResources(view, item) : undefined),
  permissionIds: (item, view) => permissionResources(view, item).map((permission) => permission.id ?? null),
  hasAugmentedPermissions: (item) => (item.driveId === undefined ? undefined : item.grants.length > 0),
  capabilities: (item, view) => capabilities(item, view),
  copyRequiresWriterPermission: (item) => item.downloadForbidden ?? false,
  viewersCanCopyContent: (item) => !item.downloadForbidden,
  downloadRestrictions: (item) => {
    const restriction = {
      restrictedForReaders: item.downloadForbidden ?? false,
      restrictedForWriters: item.downloadForbidden ?? false,
    }
    return { itemDownloadRestriction: restriction, effectiveDownloadRestrictionWithContext: restriction }
  },
  writersCanShare: (item) => (item.driveId === undefined ? true : undefined),
  folderColorRgb: (item) => (item.mimeType === folderType ? (item.folderColorRgb ?? '#8f8f8f') : undefined),
  originalFilename: (item) => (isStored(item) ? item.name : undefined),
  fileExtension: extension,
  fullFileExtension: extension,
  md5Checksum: checksum('md5'),
  sha1Checksum: checksum('sha1'),
  sha256Checksum: checksum('sha256'),
  size: (item) => {
    if (item.content !== undefined) return String(contentSize(item.content))
    return isEditorType(item.mimeType) ? String(item.quotaBytes ?? 0) : undefined
  },
  quotaBytesUsed: (item) => String(item.content === undefined ? (item.quotaBytes ?? 0) : contentSize(item.content)),
  headRevisionId: (item) => (isStored(item) ? `0B${item.id.slice(0, 12)}${item.revision}` : undefined),
  shortcutDetails: (item) => item.shortcut,
  exportLinks: (item, { docs }) => exportLinks(item, docs),
  resourceKey: (item) => item.resourceKey,
  linkShareMetadata: (item) => ({
    securityUpdateEligible: item.resourceKey !== undefined,
    securityUpdateEnabled: item.needsResourceKey ?? false,
  }),
  isAppAuthorized: () => true,
  inheritedPermissionsDisabled: () => false,
  labelInfo: () => undefined,
  clientEncryptionDetails: (item) => (item.clientEncrypted ? { encryptionState: 'encrypted' } : undefined),
}

function capabilities(item: DriveItem, view: View): Json {
  const { model, person } = view
  const role = roleOf(model, item, person.email) ?? (linkShared(model, item) ? 'reader' : undefined)
  const writer = role !== undefined && ['owner', 'organizer', 'fileOrganizer', 'writer'].includes(role)
  const folder = item.mimeType === folderType
  return {
    canAddChildren: folder && writer,
    canComment: role !== 'reader',
    canCopy: !folder && canDownload(view, item),
    canDelete: role === 'owner' || role === 'organizer',
    canDownload: !folder && canDownload(view, item),
    canEdit: writer,
    canListChildren: folder,
    canReadRevisions: writer,
    canRename: writer,
    canShare: mayShare(view, item),
    canTrash: role === 'owner' || role === 'organizer' || role === 'fileOrganizer',
    canMoveItemWithinDrive: writer,
    canRemoveMyDriveParent: item.parent !== undefined && inMyDrive(model, item, person.email),
  }
}

function webViewLink(item: DriveItem): string {
  if (item.mimeType === folderType) return `https://drive.google.com/drive/folders/${item.id}`
  const places: Readonly<Record<string, string>> = {
    document: 'document',
    spreadsheet: 'spreadsheets',
    presentation: 'presentation',
    form: 'forms',
  }
  const place = places[item.mimeType.slice('application/vnd.google-apps.'.length)]
  return isEditorType(item.mimeType) && place !== undefined
    ? `https://docs.google.com/${place}/d/${item.id}/edit?usp=drivesdk`
    : `https://drive.google.com/file/d/${item.id}/view?usp=drivesdk`
}

function exportLinks(item: DriveItem, docs: string): Json | undefined {
  const formats = exportFormats[item.mimeType]
  if (formats === undefined) return undefined
  const kind = `${item.mimeType.slice('application/vnd.google-apps.'.length)}s`
  return Object.fromEntries(
    formats.map((format) => [
      format,
      `${docs}feeds/download/${kind}/export/Export?id=${item.id}&exportFormat=${formatNames[format] ?? ''}`,
    ]),
  )
}

/** The four fields that an answer has when none were asked for. */
export const defaultFileFields: Selection = new Map(['kind', 'id', 'name', 'mimeType'].map((field) => [field, 'all']))

/** The part of a File resource that is asked for. */
export function fileResource(item: DriveItem, view: View, selection: Selection): { [key: string]: Json | undefined } {
  const resource: { [key: string]: Json | undefined } = {}
  const wanted = selection === 'all' ? Object.keys(makers) : selection.keys()
  for (const field of wanted) {
    const value = makers[field]?.(item, view)
    if (value === undefined) continue
    resource[field] = selection === 'all' ? value : select(value, selection.get(field) ?? 'all')
  }
  return resource
}

/** Reads large contents whose checksums are asked for and not yet known, so that {@link fileResource} need not wait. */
export async function prepareChecksums(items: readonly DriveItem[], selection: Selection): Promise<void> {
  for (const algorithm of ['md5', 'sha1', 'sha256'] as const) {
    if (selection !== 'all' && !selection.has(`${algorithm}Checksum`)) continue
    for (const { content } of items) if (content !== undefined) await prepareChecksum(content, algorithm)
  }
}
