import type { z } from 'zod'
import type { Connection } from '../../../core/provider.ts'
import { answerOf, atFirstCall, libraryOptions } from '../client.ts'
import type { At } from '../records/list-log.ts'
import {
  connectionList,
  contactCount,
  groupFields,
  groupList,
  type ListedPerson,
  listedPerson,
  otherContactList,
  otherFields,
  personFields,
} from './schema.ts'

/** The calls of the People API that we make. All throw a Failure. */
export interface PeopleApi {
  connections(at: At, signal: AbortSignal): Promise<z.infer<typeof connectionList>>
  /** Contacts that there are said to be; undefined: not stated. */
  total(signal: AbortSignal): Promise<number | undefined>
  otherContacts(at: At, signal: AbortSignal): Promise<z.infer<typeof otherContactList>>
  groups(at: At, signal: AbortSignal): Promise<z.infer<typeof groupList>>
  /** One person, with all values of each field. */
  person(resourceName: string, signal: AbortSignal): Promise<ListedPerson>
}

/** The largest pages that the People API gives. */
const pageSize = 1000

export function createPeopleApi(connection: Connection): PeopleApi {
  const client = atFirstCall(async () => {
    const { people } = await import('googleapis/build/src/apis/people/index.js')
    return people({ version: 'v1', ...libraryOptions(connection, 'people', () => ({ budget: 'people', cost: 1 })) })
  })
  const tokens = ({ page, sync }: At) => ({
    ...(page !== undefined && { pageToken: page }),
    ...(sync !== undefined && { syncToken: sync }),
  })
  return {
    connections(at, signal) {
      // Every page must be asked for with the same parameters.
      const params = { resourceName: 'people/me', personFields, pageSize, requestSyncToken: true, ...tokens(at) }
      return answerOf(
        'the list of contacts',
        client().then((api) => api.people.connections.list(params, { signal })),
        connectionList,
        signal,
      )
    },
    async total(signal) {
      const params = { resourceName: 'people/me', personFields: 'metadata', pageSize: 1, fields: 'totalItems' }
      const call = client().then((api) => api.people.connections.list(params, { signal }))
      return (await answerOf('the question for the number of contacts', call, contactCount, signal)).totalItems
    },
    otherContacts(at, signal) {
      const params = { readMask: otherFields, pageSize, requestSyncToken: true, ...tokens(at) }
      return answerOf(
        'the list of other contacts',
        client().then((api) => api.otherContacts.list(params, { signal })),
        otherContactList,
        signal,
      )
    },
    groups(at, signal) {
      const params = { groupFields, pageSize, ...tokens(at) }
      return answerOf(
        'the list of labels',
        client().then((api) => api.contactGroups.list(params, { signal })),
        groupList,
        signal,
      )
    },
    person(resourceName, signal) {
      const call = client().then((api) => api.people.get({ resourceName, personFields }, { signal }))
      return answerOf('the question for a contact', call, listedPerson, signal)
    },
  }
}
