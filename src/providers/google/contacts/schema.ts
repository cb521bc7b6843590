import { z } from 'zod'
import { count, flag, listOf, text } from '../records/lenient.ts'

/** As listings answer; everything else of a person is kept as it comes. https://developers.google.com/people/api/rest/v1/people */
export const listedPerson = z.looseObject({
  resourceName: z.string().min(1),
  etag: z.string().optional(),
  metadata: z.looseObject({ deleted: z.boolean().optional(), previousResourceNames: z.array(z.string()).optional() }).optional(),
})
export type ListedPerson = z.infer<typeof listedPerson>

const paged = { nextPageToken: z.string().optional(), nextSyncToken: z.string().optional() }
export const connectionList = z.object({ connections: z.array(listedPerson).default([]), ...paged })
/** `totalPeople` is deprecated: https://developers.google.com/people/api/rest/v1/people.connections/list */
export const contactCount = z.object({ totalItems: z.int().min(0).optional() })
export const otherContactList = z.object({ otherContacts: z.array(listedPerson).default([]), ...paged })

/** https://developers.google.com/people/api/rest/v1/contactGroups */
export const listedGroup = z.looseObject({
  resourceName: z.string().min(1),
  etag: z.string().optional(),
  name: z.string().optional(),
  formattedName: z.string().optional(),
  metadata: z.looseObject({ deleted: z.boolean().optional() }).optional(),
})
export type ListedGroup = z.infer<typeof listedGroup>
export const groupList = z.object({ contactGroups: z.array(listedGroup).default([]), ...paged })

/** What `personFields` may name: https://developers.google.com/people/api/rest/v1/people.connections/list */
export const personFields = [
  'addresses,ageRanges,biographies,birthdays,calendarUrls,clientData,coverPhotos,emailAddresses,events,externalIds,genders,imClients',
  'interests,locales,locations,memberships,metadata,miscKeywords,names,nicknames,occupations,organizations,phoneNumbers,photos',
  'relations,sipAddresses,skills,urls,userDefined',
].join(',')
/** What `readMask` may name for contacts that Google collected: https://developers.google.com/people/api/rest/v1/otherContacts/list */
export const otherFields = 'emailAddresses,metadata,names,phoneNumbers,photos'
/** What `groupFields` may name: https://developers.google.com/people/api/rest/v1/contactGroups/list */
export const groupFields = 'clientData,groupType,memberCount,metadata,name'

/** Where a value comes from: the contact itself, or the profile of the person that it is linked with. */
const metadata = z.object({ primary: flag, source: z.object({ type: text }).optional().catch(undefined) }).catch({})
const typed = { metadata, type: text, formattedType: text }
const date = z.object({ year: count, month: count, day: count }).optional().catch(undefined)
export type PersonDate = z.infer<typeof date>

/** A person as a vCard is made of it. */
export const person = z.object({
  resourceName: z.string().catch(''),
  metadata: z
    .object({ sources: listOf(z.object({ type: text, updateTime: text })), previousResourceNames: listOf(z.string()) })
    .catch({ sources: [], previousResourceNames: [] }),
  names: listOf(
    z.object({
      metadata,
      displayName: text,
      unstructuredName: text,
      familyName: text,
      givenName: text,
      middleName: text,
      honorificPrefix: text,
      honorificSuffix: text,
      phoneticFamilyName: text,
      phoneticGivenName: text,
      phoneticMiddleName: text,
    }),
  ),
  nicknames: listOf(z.object({ metadata, value: text })),
  emailAddresses: listOf(z.object({ ...typed, value: text, displayName: text })),
  phoneNumbers: listOf(z.object({ ...typed, value: text, canonicalForm: text })),
  addresses: listOf(
    z.object({
      ...typed,
      formattedValue: text,
      poBox: text,
      extendedAddress: text,
      streetAddress: text,
      city: text,
      region: text,
      postalCode: text,
      country: text,
    }),
  ),
  organizations: listOf(z.object({ ...typed, name: text, department: text, title: text, jobDescription: text })),
  birthdays: listOf(z.object({ metadata, date, text })),
  events: listOf(z.object({ ...typed, date })),
  biographies: listOf(z.object({ metadata, value: text })),
  urls: listOf(z.object({ ...typed, value: text })),
  calendarUrls: listOf(z.object({ ...typed, url: text })),
  imClients: listOf(z.object({ ...typed, username: text, protocol: text })),
  sipAddresses: listOf(z.object({ ...typed, value: text })),
  relations: listOf(z.object({ ...typed, person: text })),
  genders: listOf(z.object({ metadata, value: text })),
  interests: listOf(z.object({ metadata, value: text })),
  skills: listOf(z.object({ metadata, value: text })),
  occupations: listOf(z.object({ metadata, value: text })),
  externalIds: listOf(z.object({ ...typed, value: text })),
  userDefined: listOf(z.object({ metadata, key: text, value: text })),
  locales: listOf(z.object({ metadata, value: text })),
  memberships: listOf(
    z.object({ contactGroupMembership: z.object({ contactGroupResourceName: text }).optional().catch(undefined) }),
  ),
  photos: listOf(z.object({ metadata, url: text, default: flag })),
})
export type Person = z.infer<typeof person>
