import type { ItemLookup } from './access.ts'
import type { ChangeLog } from './change-log.ts'
import type { Content } from './content.ts'
import type { Position } from './item-store.ts'
import type { DriveItem, Person, Role, SharedDrive } from './items.ts'

/** Details that any item may be given; what is left out is as for a file just made by the person in their own My Drive. */
export interface ItemOptions extends Partial<Omit<DriveItem, 'id' | 'name' | 'mimeType' | 'grants' | 'owner' | 'parent'>> {
  /** Chosen id; else one is made. */
  readonly id?: string
  /** The folder that holds it: default the owner's My Drive. null: no parent (an orphan, or the top folder of a computer). */
  readonly parent?: string | null
  /** E-mail address; default the person whose Drive it is. */
  readonly owner?: string
  /** Shared directly with these people (e-mail address → role), `anyone` for a link. */
  readonly sharedWith?: Readonly<Record<string, Role>>
}

/** An account's Drive in memory, with the people, shared drives and change logs that belong to it. Ids that do not exist throw. */
export interface DriveModel extends ItemLookup {
  /** The person whose Drive it is. */
  readonly me: Person
  readonly people: readonly Person[]
  person(email: string): Person | undefined
  addPerson(email: string, name: string): Person
  addFile(name: string, content: Content | string, options?: ItemOptions & { readonly mimeType?: string }): DriveItem
  addFolder(name: string, options?: ItemOptions): DriveItem
  addShortcut(name: string, targetId: string, options?: ItemOptions): DriveItem
  /** A document of Google's editors; `type` is what follows `application/vnd.google-apps.`. */
  addEditorFile(name: string, type: string, options?: ItemOptions): DriveItem
  /** `n` small files below a folder, made when asked for. Not in any change log: add them before a client takes its first token. */
  addSyntheticFiles(folderId: string, n: number): { idOf(index: number): string }
  addSharedDrive(name: string, members: Readonly<Record<string, Role>>, id?: string): SharedDrive
  setMember(driveId: string, email: string, role: Role | undefined): void
  /** Changes metadata: version and change log follow, `modifiedTime` does not. */
  update(
    id: string,
    changes: Partial<Omit<DriveItem, 'id' | 'mimeType' | 'version' | 'content' | 'parent' | 'driveId'>>,
  ): DriveItem
  rename(id: string, name: string): DriveItem
  /** To another folder, another drive (then all below it goes along), or (null) to none. Nothing below it shows up in a change log. */
  move(id: string, parent: string | null): DriveItem
  trash(id: string): DriveItem
  untrash(id: string): DriveItem
  /** Deletes for good, with all below it. `announce`: whether the change log names each, or the folder alone. */
  remove(id: string, announce?: 'each' | 'folder-only'): void
  share(id: string, email: string, role?: Role): DriveItem
  unshare(id: string, email: string): DriveItem
  replaceContent(id: string, content: Content | string): DriveItem
  /** A new version of an editor file: other exports, a new `modifiedTime`. */
  edit(id: string, exports?: DriveItem['exports']): DriveItem
  /** The person opened it: from now on it is in their own corpus. */
  open(id: string, email?: string): DriveItem
  userLog(email: string): ChangeLog
  driveLog(driveId: string): ChangeLog | undefined
  drives(email: string): SharedDrive[]
  /** Items in a lasting order from a position on, with the position after each. Removed ones are skipped. */
  scan(from: Position): Generator<[DriveItem, Position]>
  /** The same, of a folder's children. */
  scanChildren(folderId: string, from: Position): Generator<[DriveItem, Position]>
  /** Number of items now, roots and synthetic files included. */
  count(): number
}

export interface DriveModelOptions {
  readonly email?: string
  readonly name?: string
  /** Milliseconds since 1970; default the system's clock. */
  readonly now?: () => number
  /**
   * Whether the user's change log also tells of what happens inside folders that others share and that was never opened.
   * Google's pages do not say; default false, so that nobody relies on it.
   */
  readonly announceSharedContent?: boolean
}
