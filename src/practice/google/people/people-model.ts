import { createHash } from 'node:crypto'
import { jpeg } from '../../content/picture.ts'
import type { Json } from '../../serving/reply.ts'
import { createSyncedRecords, type SyncedRecords } from '../synced-records.ts'

type Value = { readonly [key: string]: Json | undefined }

/** The values of a person's fields, without the `metadata` that the API adds: `{ names: [{ givenName: 'Hana' }] }`. */
export type PersonFields = Readonly<Record<string, readonly Value[]>>

export interface PersonRecord {
  readonly fields: PersonFields
  /** What the person says in a profile of her own; it comes joined with the contact. */
  readonly profile?: PersonFields
  /** Resource names of the groups. */
  readonly groups: readonly string[]
  /** Key of the photo; absent: a generated letter. */
  readonly photo?: string
  /** Hexadecimal, lasting; the resource name is not. */
  readonly contactId: string
  readonly previousNames?: readonly string[]
}

export interface ContactGroup {
  readonly name: string
  readonly system: boolean
}

export interface ContactOptions {
  readonly profile?: PersonFields
  /** Resource names; default: "My Contacts" alone. */
  readonly groups?: readonly string[]
  /** Of a picture. */
  readonly photoSeed?: number
  /** Milliseconds since 1970; default: now. */
  readonly updated?: number
}

/** A photo in its own size, and as small as it comes by default. */
export interface Photo {
  readonly full: Uint8Array
  readonly small: Uint8Array
}

export const myContacts = 'contactGroups/myContacts'
export const starred = 'contactGroups/starred'
const systemGroups = ['myContacts', 'starred', 'all', 'friends', 'family', 'coworkers', 'chatBuddies', 'blocked']

/** What the account has in People, and how that changes. Ids are resource names (`people/c…`). */
export interface PeopleModel {
  /** Whose it is. */
  readonly email: string
  readonly name: string
  /** Pages hold at most so many entries, whatever was asked for; may be changed at any time. */
  readonly settings: { pageLimit: number }
  readonly contacts: SyncedRecords<PersonRecord>
  readonly others: SyncedRecords<PersonRecord>
  readonly groups: SyncedRecords<ContactGroup>
  readonly photos: ReadonlyMap<string, Photo>
  /** Counts up with every {@link expireSyncTokens}. */
  readonly generation: () => number
  addContact(fields: PersonFields, options?: ContactOptions): string
  /** Replaces the fields that are named; an empty list removes one. */
  changeContact(name: string, fields: PersonFields): void
  labelContact(name: string, groups: readonly string[]): void
  /** undefined: back to the generated letter. */
  setPhoto(name: string, seed: number | undefined): void
  removeContact(name: string): void
  /** The resource name becomes another one, as when a contact is linked with a profile. Returns the new one. */
  relinkContact(name: string): string
  addOther(fields: PersonFields, options?: Pick<ContactOptions, 'photoSeed' | 'updated'>): string
  removeOther(name: string): void
  addGroup(name: string, updated?: number): string
  renameGroup(group: string, name: string): void
  /** The contacts lose the label. */
  removeGroup(group: string): void
  /** All sync tokens given so far are refused. */
  expireSyncTokens(): void
}

export interface PeopleModelOptions {
  readonly email: string
  readonly name?: string
  readonly now?: () => number
}

export function createPeopleModel({ email, name = 'Hana Sato', now = Date.now }: PeopleModelOptions): PeopleModel {
  const contacts = createSyncedRecords<PersonRecord>(now)
  const others = createSyncedRecords<PersonRecord>(now)
  const groups = createSyncedRecords<ContactGroup>(now)
  const photos = new Map<string, Photo>()
  let made = 0
  let generation = 0
  const hash = (kind: string) => {
    made += 1
    return createHash('sha256').update(`${kind} ${made}`).digest('hex')
  }
  const decimal = (kind: string) => `c${BigInt(`0x${hash(kind).slice(0, 16)}`)}`
  const addPhoto = (seed: number): string => {
    const key = `ACg8oc${Buffer.from(hash('photo')).toString('base64url').slice(0, 40)}`
    photos.set(key, { full: jpeg(256, 256, seed), small: jpeg(96, 96, seed) })
    return key
  }
  const photoOf = (seed: number | undefined) => (seed === undefined ? {} : { photo: addPhoto(seed) })
  for (const group of systemGroups) groups.put(`contactGroups/${group}`, { name: group, system: true })
  return {
    email,
    name,
    settings: { pageLimit: 1000 },
    contacts,
    others,
    groups,
    photos,
    generation: () => generation,
    addContact(fields, { profile, groups: labels = [myContacts], photoSeed, updated } = {}) {
      const person = `people/${decimal('contact')}`
      contacts.put(
        person,
        {
          fields,
          groups: labels,
          contactId: hash('contact id').slice(0, 16),
          ...(profile === undefined ? {} : { profile }),
          ...photoOf(photoSeed),
        },
        updated,
      )
      return person
    },
    changeContact: (person, fields) =>
      contacts.change(person, (record) => ({ ...record, fields: { ...record.fields, ...fields } })),
    labelContact: (person, labels) => contacts.change(person, (record) => ({ ...record, groups: labels })),
    setPhoto: (person, seed) => contacts.change(person, ({ photo: _, ...record }) => ({ ...record, ...photoOf(seed) })),
    removeContact: (person) => contacts.remove(person),
    relinkContact(person) {
      const record = contacts.get(person)
      if (record === undefined || record.deleted) throw new Error(`practice People: no contact ${person}`)
      const renamed = `people/${decimal('relinked')}`
      contacts.forget(person)
      contacts.put(renamed, { ...record.value, previousNames: [...(record.value.previousNames ?? []), person] })
      return renamed
    },
    addOther(fields, { photoSeed, updated } = {}) {
      const person = `otherContacts/${decimal('other')}`
      others.put(person, { fields, groups: [], contactId: hash('other id').slice(0, 16), ...photoOf(photoSeed) }, updated)
      return person
    },
    removeOther: (person) => others.remove(person),
    addGroup(label, updated) {
      const group = `contactGroups/${hash('group').slice(0, 16)}`
      groups.put(group, { name: label, system: false }, updated)
      return group
    },
    renameGroup: (group, label) => groups.change(group, (record) => ({ ...record, name: label })),
    removeGroup(group) {
      groups.remove(group)
      for (const { id, value } of contacts.alive()) {
        if (value.groups.includes(group)) contacts.put(id, { ...value, groups: value.groups.filter((label) => label !== group) })
      }
    },
    expireSyncTokens() {
      generation += 1
    },
  }
}
