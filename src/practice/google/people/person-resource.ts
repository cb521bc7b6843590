import type { Json } from '../../serving/reply.ts'
import type { SyncedRecord } from '../synced-records.ts'
import type { PersonFields, PersonRecord } from './people-model.ts'

/** What `personFields` may name. https://developers.google.com/people/api/rest/v1/people.connections/list#query-parameters */
export const personFields: readonly string[] = [
  'addresses',
  'ageRanges',
  'biographies',
  'birthdays',
  'calendarUrls',
  'clientData',
  'coverPhotos',
  'emailAddresses',
  'events',
  'externalIds',
  'genders',
  'imClients',
  'interests',
  'locales',
  'locations',
  'memberships',
  'metadata',
  'miscKeywords',
  'names',
  'nicknames',
  'occupations',
  'organizations',
  'phoneNumbers',
  'photos',
  'relations',
  'sipAddresses',
  'skills',
  'urls',
  'userDefined',
]

/** What `readMask` of other contacts may name while only they are asked for, not profiles. */
export const otherContactFields: readonly string[] = ['emailAddresses', 'metadata', 'names', 'phoneNumbers', 'photos']

/** Lists cut what is repeated more often; `people.get` does not. */
const mostInLists = 100

export interface PersonView {
  readonly mask: ReadonlySet<string>
  /** Of READ_SOURCE_TYPE_…, without the prefix. */
  readonly sources: ReadonlySet<string>
  /** Root of the photo host. */
  readonly photos: string
  readonly kind: 'contact' | 'other'
  readonly answer: 'list' | 'sync' | 'get'
}

type Source = { readonly type: string; readonly id: string; readonly etag?: string; readonly updateTime?: string }

/** https://developers.google.com/people/api/rest/v1/people#Person */
export function personResource(record: SyncedRecord<PersonRecord>, view: PersonView): Json {
  const { mask, sources, kind, answer } = view
  const { fields, profile, contactId, previousNames } = record.value
  const source = { type: kind === 'contact' ? 'CONTACT' : 'OTHER_CONTACT', id: contactId }
  const account = { type: 'PROFILE', id: BigInt(`0x${contactId}`).toString().padStart(21, '1') }
  const withProfile = profile !== undefined && sources.has('PROFILE')
  const resource: Record<string, Json | undefined> = {
    resourceName: record.id,
    etag: `%EgUBAj0DNx${Buffer.from(String(record.sequence)).toString('base64url')}=`,
  }
  const all: Source[] = [
    { ...source, etag: `#${record.sequence}`, updateTime: new Date(record.updated).toISOString() },
    ...(withProfile ? [account] : []),
  ]
  if (mask.has('metadata')) {
    resource.metadata = {
      sources: all,
      objectType: 'PERSON',
      // https://developers.google.com/people/api/rest/v1/people#personmetadata: "Populated only for … requests that include a sync token."
      ...(record.deleted ? { deleted: true } : {}),
      ...(answer === 'sync' && previousNames !== undefined ? { previousResourceNames: previousNames } : {}),
    }
  }
  if (record.deleted) return resource
  for (const field of mask) {
    const own = [...(fields[field] ?? []), ...(kind === 'contact' && field === 'memberships' ? membershipsOf(record.value) : [])]
    const values = withSource(field, own, source, true)
    if (withProfile) values.push(...withSource(field, profile[field] ?? [], account, values.length === 0))
    if (field === 'photos') values.push(photoOf(record.value, view, source))
    if (values.length > 0) resource[field] = answer === 'get' ? values : values.slice(0, mostInLists)
  }
  return resource
}

function withSource(field: string, values: PersonFields[string], source: Source, primary: boolean): Json[] {
  return values.map((value, index) => ({
    metadata: {
      ...(index === 0 && primary ? { primary: true } : {}),
      source: { type: source.type, id: source.id },
      ...(index === 0 ? { sourcePrimary: true } : {}),
    },
    ...(field === 'names' ? named(value) : {}),
    ...value,
  }))
}

/** Google makes the shown forms of a name from its parts. */
function named(value: PersonFields[string][number]): Record<string, Json> {
  const part = (name: string) => (typeof value[name] === 'string' && value[name] !== '' ? [value[name]] : [])
  const given = [...part('honorificPrefix'), ...part('givenName'), ...part('middleName')]
  const suffix = part('honorificSuffix').map((text) => `, ${text}`)
  const shown = [...given, ...part('familyName')].join(' ') + suffix.join('')
  const family = part('familyName').map((text) => (given.length > 0 ? `${text}, ` : text))
  return {
    displayName: shown,
    displayNameLastFirst: family.join('') + given.join(' ') + suffix.join(''),
    unstructuredName: shown,
  }
}

function membershipsOf({ groups }: PersonRecord): PersonFields[string] {
  return groups.map((group) => ({
    contactGroupMembership: { contactGroupId: group.slice(group.indexOf('/') + 1), contactGroupResourceName: group },
  }))
}

function photoOf({ photo, contactId }: PersonRecord, { photos }: PersonView, source: Source): Json {
  return {
    metadata: { primary: true, source: { type: source.type, id: source.id } },
    url: photo === undefined ? `${photos}cm/letter-${contactId}=s100` : `${photos}contacts/${photo}=s100`,
    ...(photo === undefined ? { default: true } : {}),
  }
}
