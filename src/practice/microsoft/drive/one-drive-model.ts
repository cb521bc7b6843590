import type { MicrosoftAccount } from '../account.ts'
import type { Content } from './content.ts'
import type { ItemStore } from './item-store.ts'
import type { Grant, ItemKind, OneDriveItem } from './items.ts'

export type DriveKind = MicrosoftAccount['kind']

/** Details that any item may be given. */
export interface ItemOptions {
  /** Chosen id; else one is made. */
  readonly id?: string
  /** Default: the root. May be an id of nothing: then the parent never comes. */
  readonly parent?: string
  /** Milliseconds since 1970, of service and client both unless `clientModified` says otherwise; default now. */
  readonly modified?: number
  readonly created?: number
  readonly clientModified?: number
  readonly shared?: boolean
  readonly specialFolder?: string
}

export interface FileOptions extends ItemOptions {
  readonly mimeType?: string
  /** What a download brings instead of `content`. */
  readonly served?: Content | string
  readonly malware?: boolean
  readonly blocked?: boolean
  readonly withoutHashes?: boolean
}

/** A change log: each number stands for a change of one item. */
export interface DeltaLog {
  /** The number of the last change. */
  now(): number
  /** Ids changed after `since` up to `until`, in the order of their last change. */
  between(since: number, until: number): string[]
  /** The number of the last change before a time. */
  at(time: number): number
}

/** One drive in memory, and the other people's drives that its shortcuts lead to. Ids that do not exist throw. */
export interface OneDriveModel extends Pick<ItemStore, 'get' | 'scan' | 'scanChildren' | 'childCount' | 'count' | 'entries'> {
  readonly kind: DriveKind
  readonly driveId: string
  readonly rootId: string
  /** Who owns it. */
  readonly account: MicrosoftAccount
  readonly log: DeltaLog
  /** What was deleted, as it was last. */
  tombstone(id: string): OneDriveItem | undefined
  /** Drives of others. */
  readonly others: readonly OneDriveModel[]
  addFile(name: string, content: Content | string, options?: FileOptions): OneDriveItem
  addFolder(name: string, options?: ItemOptions): OneDriveItem
  /** `oneNote`, or another type: https://learn.microsoft.com/graph/api/resources/package */
  addPackage(name: string, type: string, options?: ItemOptions): OneDriveItem
  /** "Add shortcut to My files": an item that only points. The target must be in a drive of `others`, or (for a loop) anywhere. */
  addShortcut(name: string, target: { readonly drive: OneDriveModel; readonly id: string }, options?: ItemOptions): OneDriveItem
  /** An item that is neither file nor folder nor anything else. */
  addWithoutFacet(name: string, options?: ItemOptions): OneDriveItem
  /** `n` small files, made when asked for. In no change log: add them before a client takes its first token. */
  addSyntheticFiles(folderId: string, n: number): { idOf(index: number): string }
  /** Another person's drive. What is marked `shared` in it (and below) may be read. */
  addOtherDrive(username: string, kind?: DriveKind): OneDriveModel
  rename(id: string, name: string): OneDriveItem
  /** Nothing below it shows up in the log. */
  move(id: string, parent: string): OneDriveItem
  /** New bytes: eTag and cTag change, and whatever was odd about the old bytes ends. */
  replaceContent(id: string, content: Content | string): OneDriveItem
  /** Other details, eTag with them. */
  update(
    id: string,
    changes: Partial<Pick<OneDriveItem, 'malware' | 'blocked' | 'withoutHashes' | 'served' | 'mimeType' | 'clientModified'>>,
  ): OneDriveItem
  share(id: string, shared?: boolean): OneDriveItem
  /** Gives a thing of the own drive to others; an empty list takes it back. */
  grant(id: string, grants: readonly Grant[]): OneDriveItem
  /** The same id is something else from now on: a file becomes an empty folder, a folder (emptied) a file. */
  turnInto(id: string, kind: Extract<ItemKind, 'file' | 'folder'>, content?: Content | string): OneDriveItem
  /** With all below it. `announce`: whether the log names each, or the folder alone. */
  remove(id: string, announce?: 'each' | 'folder-only'): void
}

export interface OneDriveModelOptions {
  readonly kind?: DriveKind
  /** Default: the practice account of that kind. */
  readonly account?: MicrosoftAccount
  /** Milliseconds since 1970; default the system's clock. */
  readonly now?: () => number
  readonly driveId?: string
}
