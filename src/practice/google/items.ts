import type { Content } from './content.ts'

/** Someone with a Google account. */
export interface Person {
  readonly email: string
  readonly name: string
  /** The lasting id of the account (`sub`), 21 digits. */
  readonly subject: string
  /** The id under which permissions name the person. */
  readonly permissionId: string
}

export type Role = 'owner' | 'organizer' | 'fileOrganizer' | 'writer' | 'commenter' | 'reader'

/** A permission given on an item itself, not through a folder. */
export interface Grant {
  readonly type: 'user' | 'anyone'
  readonly role: Role
  /** Who gets it; absent for `anyone`, which means: whoever has the link. */
  readonly email?: string
  readonly sharedBy?: string
  /** Offered the ownership, and not accepted yet. */
  readonly pendingOwner?: boolean
  /** Milliseconds since 1970. */
  readonly sharedAt: number
}

export interface DriveItem {
  readonly id: string
  name: string
  readonly mimeType: string
  /** Id of the folder (or root, or shared drive) that holds it; absent for orphans and for the top folders of computers. */
  parent?: string
  /** The shared drive that it lives in. */
  driveId?: string
  /** E-mail address; absent in shared drives. */
  owner?: string
  grants: Grant[]
  /** Put in the trash itself, not through a folder above. */
  trashed: boolean
  /** Milliseconds since 1970. */
  createdTime: number
  modifiedTime: number
  version: number
  /** Stored files only. */
  content?: Content
  revision: number
  /** What `files.export` gives, by MIME type; editor files only. A function is called for each export, with a stamp that differs each time. */
  exports?: Readonly<Record<string, ExportContent>>
  /** What `files.download` gives of editor files, by MIME type; the first is its default. Absent: what `exports` has. */
  downloads?: Readonly<Record<string, ExportContent>>
  /** Storage used by an editor file; not the size of any export. */
  quotaBytes?: number
  shortcut?: { readonly targetId: string; readonly targetMimeType: string; readonly targetResourceKey?: string }
  description?: string
  starred?: boolean
  properties?: Record<string, string>
  folderColorRgb?: string
  /** Its owner or the organisation forbids downloading to those who are not owners. */
  downloadForbidden?: boolean
  /** Flagged as malware or spam. */
  abusive?: boolean
  /** A key that link-shared items of old ask for; see `needsResourceKey`. */
  resourceKey?: string
  /** True: 404 without `X-Goog-Drive-Resource-Keys`, unless owned. */
  needsResourceKey?: boolean
  /** Encrypted by the organisation's client before it came to Drive. */
  clientEncrypted?: boolean
  /** People who opened it: only then does a file in someone else's shared folder belong to their own corpus. */
  openedBy?: Set<string>
  /** Which checksums Drive states; some files older than 2018 have only md5. */
  checksums?: readonly ('md5' | 'sha1' | 'sha256')[]
  /** Downloads of it answer with a redirect to the storage host. */
  redirects?: boolean
}

export type ExportContent = Content | ((stamp: string) => Content)

export interface SharedDrive {
  readonly id: string
  name: string
  readonly createdTime: number
  members: Map<string, Role>
  hidden?: boolean
}

export const folderType = 'application/vnd.google-apps.folder'
export const shortcutType = 'application/vnd.google-apps.shortcut'
export const isEditorType = (mimeType: string): boolean =>
  mimeType.startsWith('application/vnd.google-apps.') && mimeType !== folderType && mimeType !== shortcutType
