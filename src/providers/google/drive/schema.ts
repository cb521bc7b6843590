import { z } from 'zod'

/** int64 arrives as a string of digits. */
const int64 = z.string().regex(/^\d+$/).transform(Number)
const user = z.object({ displayName: z.string().optional(), emailAddress: z.string().optional() })
const permission = z.object({
  type: z.string(),
  role: z.string(),
  emailAddress: z.string().optional(),
  domain: z.string().optional(),
  displayName: z.string().optional(),
  allowFileDiscovery: z.boolean().optional(),
  expirationTime: z.string().optional(),
  deleted: z.boolean().optional(),
  pendingOwner: z.boolean().optional(),
})

/** https://developers.google.com/workspace/drive/api/reference/rest/v3/about */
export const about = z.object({
  storageQuota: z.object({ usageInDrive: int64.optional(), usageInDriveTrash: int64.optional() }).optional(),
})

/** A file as listings are asked for it: https://developers.google.com/workspace/drive/api/reference/rest/v3/files */
export const driveFile = z.object({
  id: z.string().min(1),
  name: z.string().default(''),
  mimeType: z.string(),
  size: int64.optional(),
  md5Checksum: z.string().optional(),
  sha1Checksum: z.string().optional(),
  sha256Checksum: z.string().optional(),
  headRevisionId: z.string().optional(),
  version: z.string().optional(),
  createdTime: z.string().optional(),
  modifiedTime: z.string().optional(),
  parents: z.array(z.string()).optional(),
  trashed: z.boolean().optional(),
  explicitlyTrashed: z.boolean().optional(),
  ownedByMe: z.boolean().optional(),
  owners: z.array(user).optional(),
  sharingUser: user.optional(),
  sharedWithMeTime: z.string().optional(),
  lastModifyingUser: user.optional(),
  driveId: z.string().optional(),
  shared: z.boolean().optional(),
  permissions: z.array(permission).optional(),
  hasAugmentedPermissions: z.boolean().optional(),
  description: z.string().optional(),
  starred: z.boolean().optional(),
  originalFilename: z.string().optional(),
  folderColorRgb: z.string().optional(),
  properties: z.record(z.string(), z.string()).optional(),
  webViewLink: z.string().optional(),
  /** Opens a link-shared item; never leaves the memory of a run. */
  resourceKey: z.string().optional(),
  shortcutDetails: z.object({ targetId: z.string().optional(), targetMimeType: z.string().optional() }).optional(),
  capabilities: z.object({ canDownload: z.boolean().optional() }).optional(),
  clientEncryptionDetails: z.object({ encryptionState: z.string().optional() }).optional(),
})
export type DriveFile = z.infer<typeof driveFile>

const people = '(displayName,emailAddress)'
/** Without `fields` Drive answers with four fields only. */
export const fileFields = [
  'id,name,mimeType,size,md5Checksum,sha1Checksum,sha256Checksum,headRevisionId,version,createdTime,modifiedTime,parents',
  `trashed,explicitlyTrashed,ownedByMe,owners${people},sharingUser${people},sharedWithMeTime,lastModifyingUser${people},driveId,shared`,
  'permissions(type,role,emailAddress,domain,displayName,allowFileDiscovery,expirationTime,deleted,pendingOwner),hasAugmentedPermissions',
  'description,starred,originalFilename,folderColorRgb,properties,webViewLink,resourceKey,shortcutDetails(targetId,targetMimeType)',
  'capabilities(canDownload),clientEncryptionDetails(encryptionState)',
].join(',')

/** What identifies a file's content now; asked for before a download goes on. */
export const driveContent = driveFile.pick({
  size: true,
  md5Checksum: true,
  sha1Checksum: true,
  sha256Checksum: true,
  headRevisionId: true,
  version: true,
  modifiedTime: true,
})
export type DriveContent = z.infer<typeof driveContent>
export const contentFields = 'size,md5Checksum,sha1Checksum,sha256Checksum,headRevisionId,version,modifiedTime'

export const fileList = z.object({
  nextPageToken: z.string().optional(),
  incompleteSearch: z.boolean().optional(),
  files: z.array(driveFile),
})
export type FileList = z.infer<typeof fileList>
export const fileListFields = `nextPageToken,incompleteSearch,files(${fileFields})`

/** https://developers.google.com/workspace/drive/api/reference/rest/v3/changes */
export const changeList = z.object({
  nextPageToken: z.string().optional(),
  newStartPageToken: z.string().optional(),
  changes: z.array(
    z.object({
      changeType: z.string().optional(),
      removed: z.boolean().optional(),
      fileId: z.string().optional(),
      driveId: z.string().optional(),
      file: driveFile.optional(),
    }),
  ),
})
export type ChangeList = z.infer<typeof changeList>
export const changeListFields = `nextPageToken,newStartPageToken,changes(changeType,removed,fileId,driveId,file(${fileFields}))`

export const startPageToken = z.object({ startPageToken: z.string().min(1) })

export const driveList = z.object({
  nextPageToken: z.string().optional(),
  drives: z.array(z.object({ id: z.string().min(1), name: z.string().default('') })),
})

/** Just enough of a folder to decide whether its content must be asked for. */
export const folderStub = z.object({
  id: z.string().min(1),
  parents: z.array(z.string()).optional(),
  driveId: z.string().optional(),
  ownedByMe: z.boolean().optional(),
  resourceKey: z.string().optional(),
})
export type FolderStub = z.infer<typeof folderStub>
export const folderStubFields = 'id,parents,driveId,ownedByMe,resourceKey'
export const folderList = z.object({
  nextPageToken: z.string().optional(),
  incompleteSearch: z.boolean().optional(),
  files: z.array(folderStub),
})
export type FolderList = z.infer<typeof folderList>

/** A page of nothing but ids, for the closing count. */
export const idList = z.object({
  nextPageToken: z.string().optional(),
  incompleteSearch: z.boolean().optional(),
  files: z.array(z.object({ id: z.string() })),
})
export type IdList = z.infer<typeof idList>
export const idListFields = 'nextPageToken,incompleteSearch,files(id)'

export const exportLinks = z.object({ exportLinks: z.record(z.string(), z.string()).optional() })

/** https://developers.google.com/workspace/drive/api/guides/manage-downloads */
export const operation = z.object({
  name: z.string().min(1).optional(),
  done: z.boolean().optional(),
  error: z.object({ code: z.number().optional(), message: z.string().optional() }).optional(),
  response: z.object({ downloadUri: z.string().optional() }).optional(),
})
export type Operation = z.infer<typeof operation>
