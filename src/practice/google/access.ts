import type { DriveItem, Person, Role, SharedDrive } from './items.ts'

/** What the rules of access need to know. */
export interface ItemLookup {
  get(id: string): DriveItem | undefined
  drive(id: string): SharedDrive | undefined
  rootOf(email: string): string
}

const ranks: readonly Role[] = ['reader', 'commenter', 'writer', 'fileOrganizer', 'organizer', 'owner']
const stronger = (a: Role | undefined, b: Role | undefined): Role | undefined => {
  if (a === undefined || b === undefined) return a ?? b
  return ranks.indexOf(a) >= ranks.indexOf(b) ? a : b
}

/** The item and its folders, from the inside out; ends at a root, at a missing folder, or where parents go round in a circle. */
export function* lineage(lookup: ItemLookup, item: DriveItem): Generator<DriveItem> {
  const seen = new Set<string>()
  for (let at: DriveItem | undefined = item; at !== undefined && !seen.has(at.id); ) {
    seen.add(at.id)
    yield at
    at = at.parent === undefined ? undefined : lookup.get(at.parent)
  }
}

/** The strongest role that the person has, by ownership, sharing (of a folder above too) or membership; undefined: none. Links are left out. */
export function roleOf(lookup: ItemLookup, item: DriveItem, email: string): Role | undefined {
  let role: Role | undefined = item.driveId === undefined ? undefined : lookup.drive(item.driveId)?.members.get(email)
  if (item.owner === email) return 'owner'
  for (const at of lineage(lookup, item)) {
    // The owner of a folder sees what others put into it.
    if (at.owner === email) role = stronger(role, 'writer')
    for (const grant of at.grants) if (grant.type === 'user' && grant.email === email) role = stronger(role, grant.role)
  }
  return role
}

/** Whether anyone who has the link may read it. */
export function linkShared(lookup: ItemLookup, item: DriveItem): boolean {
  for (const at of lineage(lookup, item)) if (at.grants.some((grant) => grant.type === 'anyone')) return true
  return false
}

/** The permission that put it into the person's "Shared with me", if one did. */
export function directGrant(item: DriveItem, email: string) {
  return item.owner === email ? undefined : item.grants.find((grant) => grant.type === 'user' && grant.email === email)
}

/** Inside the person's My Drive, at any depth. */
export function inMyDrive(lookup: ItemLookup, item: DriveItem, email: string): boolean {
  const root = lookup.rootOf(email)
  for (const at of lineage(lookup, item)) if (at.id === root) return true
  return false
}

/**
 * Belongs to the person's own corpus: owned, in My Drive, shared directly, or opened. The content of a folder that someone shared
 * does not belong to it until it is opened; it is reached through the folder.
 * https://developers.google.com/workspace/drive/api/guides/about-files#file-organization
 */
export function inUserCorpus(lookup: ItemLookup, item: DriveItem, person: Person): boolean {
  const { email } = person
  if (item.owner === email) return true
  if (directGrant(item, email) !== undefined && (item.driveId === undefined || roleOf(lookup, item, email) !== undefined))
    return true
  if (item.openedBy?.has(email)) return roleOf(lookup, item, email) !== undefined || linkShared(lookup, item)
  return item.driveId === undefined && inMyDrive(lookup, item, email)
}

/** In the trash itself or through a folder above. */
export function isTrashed(lookup: ItemLookup, item: DriveItem): boolean {
  for (const at of lineage(lookup, item)) if (at.trashed) return true
  return false
}
