import type { Json } from '../../serving/reply.ts'
import { refusal } from '../api-error.ts'
import type { SyncedRecord } from '../synced-records.ts'
import { invalidArgument, maskOf, type PeopleCall, pageOf, pageSizeOf, sourcesOf, syncRangeOf } from './people-call.ts'
import type { PersonRecord } from './people-model.ts'
import { otherContactFields, type PersonView, personFields, personResource } from './person-resource.ts'

const sortOrders = ['LAST_MODIFIED_ASCENDING', 'LAST_MODIFIED_DESCENDING', 'FIRST_NAME_ASCENDING', 'LAST_NAME_ASCENDING']

function refuseOldMask({ parameters }: PeopleCall): void {
  if (parameters.text('requestMask.includeField') !== undefined)
    throw invalidArgument('The practice server does not know the deprecated parameter requestMask.includeField')
}

/** https://developers.google.com/people/api/rest/v1/people.connections/list */
export function listConnections(call: PeopleCall): Json {
  const { parameters, model, path, roots } = call
  if (path.resourceName !== 'people/me')
    throw invalidArgument(`Invalid resource name ${path.resourceName}. Only "people/me" is valid.`)
  refuseOldMask(call)
  const mask = maskOf(call, 'personFields', personFields)
  const sources = sourcesOf(call, ['CONTACT', 'PROFILE'])
  const size = pageSizeOf(call, 100)
  const order = parameters.text('sortOrder') ?? 'LAST_MODIFIED_ASCENDING'
  if (!sortOrders.includes(order)) throw invalidArgument(`Invalid value at 'sort_order', "${order}"`)
  if (order !== 'LAST_MODIFIED_ASCENDING') throw invalidArgument('The practice server sorts by LAST_MODIFIED_ASCENDING only')
  const withToken = parameters.flag('requestSyncToken')
  const range = syncRangeOf(call, 'connections', ['personFields', 'sources', 'pageSize', 'sortOrder'])
  const { page, began, next } = pageOf(call, model.contacts, { since: range.since, size })
  const view: PersonView = {
    mask,
    sources,
    photos: roots.photos,
    kind: 'contact',
    answer: range.since === undefined ? 'list' : 'sync',
  }
  const count = range.since === undefined ? model.contacts.alive().length : undefined
  return {
    // As everywhere in this API, an empty list is not there at all.
    ...(page.length === 0 ? {} : { connections: page.map((record) => personResource(record, view)) }),
    ...(next === undefined ? {} : { nextPageToken: next }),
    ...(next === undefined && withToken ? { nextSyncToken: range.token(began) } : {}),
    ...(count === undefined ? {} : { totalPeople: count, totalItems: count }),
  }
}

/** https://developers.google.com/people/api/rest/v1/otherContacts/list */
export function listOtherContacts(call: PeopleCall): Json {
  const { parameters, model, roots } = call
  const sources = sourcesOf(call, ['CONTACT'])
  if (!sources.has('CONTACT')) throw invalidArgument('READ_SOURCE_TYPE_PROFILE is not permitted without READ_SOURCE_TYPE_CONTACT')
  const mask = maskOf(call, 'readMask', sources.has('PROFILE') ? personFields : otherContactFields)
  const size = pageSizeOf(call, 100)
  const withToken = parameters.flag('requestSyncToken')
  const range = syncRangeOf(call, 'otherContacts', ['readMask', 'sources', 'pageSize'])
  const { page, began, next } = pageOf(call, model.others, { since: range.since, size })
  const view: PersonView = {
    mask,
    sources,
    photos: roots.photos,
    kind: 'other',
    answer: range.since === undefined ? 'list' : 'sync',
  }
  return {
    ...(page.length === 0 ? {} : { otherContacts: page.map((record) => personResource(record, view)) }),
    ...(next === undefined ? {} : { nextPageToken: next }),
    ...(next === undefined && withToken ? { nextSyncToken: range.token(began) } : {}),
    ...(range.since === undefined ? { totalSize: model.others.alive().length } : {}),
  }
}

/** The person of that name, as `people.get` has it: uncut, and the account's owner too. */
function personOf(call: PeopleCall, name: string): Json | undefined {
  const { model, scopes, roots } = call
  refuseOldMask(call)
  const view: PersonView = {
    mask: maskOf(call, 'personFields', personFields),
    sources: sourcesOf(call, ['CONTACT', 'PROFILE']),
    photos: roots.photos,
    kind: 'contact',
    answer: 'get',
  }
  if (name === 'people/me') {
    const [givenName = '', familyName = ''] = model.name.split(' ')
    const me: SyncedRecord<PersonRecord> = {
      id: 'people/100000000000000000001',
      sequence: 0,
      updated: 0,
      deleted: false,
      value: {
        fields: { names: [{ givenName, familyName }], emailAddresses: [{ value: model.email }] },
        groups: [],
        contactId: '1',
      },
    }
    return personResource(me, view)
  }
  const contact = scopes.some((scope) => /\/auth\/contacts(\.readonly)?$/.test(scope)) ? model.contacts.get(name) : undefined
  return contact === undefined || contact.deleted ? undefined : personResource(contact, view)
}

/** https://developers.google.com/people/api/rest/v1/people/get */
export function getPerson(call: PeopleCall): Json {
  const person = personOf(call, call.path.resourceName ?? '')
  if (person === undefined) throw refusal(404, 'notFound', 'Contact person resources are not found.')
  return person
}

/** https://developers.google.com/people/api/rest/v1/people/getBatchGet */
export function getPeople(call: PeopleCall): Json {
  const names = call.parameters.list('resourceNames')
  if (names.length === 0 || names.length > 200) throw invalidArgument('Between 1 and 200 resource names are required')
  return {
    responses: names.map((name) => {
      const person = personOf(call, name)
      return person === undefined
        ? { requestedResourceName: name, httpStatusCode: 404, status: { code: 5, message: 'Not found' } }
        : { requestedResourceName: name, httpStatusCode: 200, person }
    }),
  }
}
