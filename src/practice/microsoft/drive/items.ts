import type { Content } from './content.ts'

/** `nothing`: an item without any facet, as vaults and placeholders look. */
export type ItemKind = 'file' | 'folder' | 'package' | 'shortcut' | 'nothing'

/** A person, or an address of many. */
export interface Grantee {
  readonly email: string
  readonly name: string
  readonly group?: true
}

/** A sharing permission: for one person, or a link (of the scope `users`: for those whom it names). */
export interface Grant {
  readonly role: 'read' | 'write'
  readonly to?: Grantee
  readonly link?: { readonly scope: 'anonymous' | 'organization' | 'users'; readonly members?: readonly Grantee[] }
}

export interface OneDriveItem {
  readonly id: string
  name: string
  kind: ItemKind
  /** The id of the folder; undefined for the root alone. May be the id of something that is not there. */
  parent: string | undefined
  /** Milliseconds since 1970. */
  readonly created: number
  /** The service's time of the last change. */
  modified: number
  /** The client's times: `fileSystemInfo`. */
  clientCreated: number
  clientModified: number
  /** Counts changes of anything (eTag) and of the content (cTag). */
  version: number
  contentVersion: number
  /** What size and checksums are stated of. */
  content?: Content
  /** What a download brings, where that is something else. */
  served?: Content
  mimeType?: string
  /** Where a shortcut leads. */
  readonly remote?: { readonly driveId: string; readonly itemId: string }
  readonly packageType?: string
  /** Found to contain malware: named, never handed out. */
  malware?: boolean
  /** A policy lets people look and not download. */
  blocked?: boolean
  /** "In some cases hash values may not be available": https://learn.microsoft.com/graph/api/resources/hashes */
  withoutHashes?: boolean
  /** Shared with others, or (in another one's drive) with the person. */
  shared?: boolean
  /** To whom the owner gave it, and by which links. */
  grants?: readonly Grant[]
  /** `documents`, `photos` …: https://learn.microsoft.com/graph/api/resources/specialfolder */
  specialFolder?: string
}
