import { createHash } from 'node:crypto'
import type { Item } from '../../../core/item.ts'
import { plainObject } from '../records/plain-json.ts'
import { ownValues } from './own-values.ts'
import { type ListedGroup, type ListedPerson, type Person, person } from './schema.ts'

export const groupPrefix = 'contactGroups/'
const photoPrefix = 'photo/'
/** The part of a photo's item. */
export const photoKey = 'photo'

export const isGroup = (id: string): boolean => id.startsWith(groupPrefix)
export const isPhoto = (id: string): boolean => id.startsWith(photoPrefix)
/** The item that holds the photo of a contact. */
export const photoOf = (resourceName: string): string => `${photoPrefix}${resourceName}`
export const contactOf = (photo: string): string => photo.slice(photoPrefix.length)

/** A contact as a record, with the API's whole answer. */
export function personItem(listed: ListedPerson, parsed: Person = person.parse(listed)): Item {
  const modified = updatedAt(parsed)
  return {
    id: listed.resourceName,
    kind: 'record',
    version: listed.etag ?? '',
    name: fullName(parsed),
    ...(modified !== undefined && { modified }),
    parts: [],
    details: plainObject(listed),
  }
}

/** A group (label) as a record; without the number of its members, since of who joins or leaves only the contact is named again, and not the group. */
export function groupItem(listed: ListedGroup): Item {
  const { memberCount: _, ...details } = plainObject(listed)
  return {
    id: listed.resourceName,
    kind: 'record',
    version: listed.etag ?? '',
    name: listed.formattedName ?? listed.name ?? listed.resourceName,
    parts: [],
    details,
  }
}

/**
 * The contact's photo, as a file; its name and ending come with the bytes. A new name of the contact counts as a new version, so that the
 * file is named anew. Letters that Google draws where there is no photo are none.
 */
export function photoItem(listed: ListedPerson, parsed: Person = person.parse(listed)): Item | undefined {
  const [photo] = ownValues(parsed.photos.filter((one) => one.default !== true && one.url !== undefined))
  if (photo?.url === undefined) return undefined
  const of = fullName(parsed)
  return {
    id: photoOf(listed.resourceName),
    kind: 'file',
    version: createHash('sha256')
      .update(`${fullSize(photo.url)}\n${of}`)
      .digest('hex')
      .slice(0, 16),
    parts: [{ key: photoKey }],
    details: { contact: listed.resourceName, contactName: of, url: photo.url },
  }
}

/** A photo's address asks for 100 pixels, `=s100`; `=s0` is the picture as it was put there. */
export const fullSize = (url: string): string => url.replace(/=s\d{1,4}(?:-[a-z-]+)?$/, '=s0')

/** What to call the contact: vCard demands a name of each (RFC 6350 6.2.1). */
export function fullName(of: Person): string {
  const [name] = ownValues(of.names)
  const candidates = [
    name?.displayName,
    name?.unstructuredName,
    ownValues(of.nicknames)[0]?.value,
    ownValues(of.organizations)[0]?.name,
    ownValues(of.emailAddresses)[0]?.value,
    ownValues(of.phoneNumbers)[0]?.value,
  ]
  return candidates.find((candidate) => candidate !== undefined && candidate.trim() !== '') ?? '(no name)'
}

/** When the contact itself last changed, in milliseconds since 1970. */
export function updatedAt({ metadata }: Person): number | undefined {
  const times = metadata.sources.flatMap(({ type, updateTime }) =>
    updateTime === undefined || !/CONTACT$/.test(type ?? '') || Number.isNaN(Date.parse(updateTime))
      ? []
      : [Date.parse(updateTime)],
  )
  return times.length === 0 ? undefined : Math.max(...times)
}
