import { z } from 'zod'
import type { Item } from '../../../core/item.ts'
import type { Connection, SourceType } from '../../../core/provider.ts'
import type { Patch, Source } from '../../../core/source.ts'
import { type Answer, listAgain, listLog } from '../records/list-log.ts'
import { createPeopleApi, type PeopleApi } from './api.ts'
import { composeContacts } from './compose.ts'
import { displayedByContacts } from './displayed.ts'
import { createFetchPhoto } from './fetch-photo.ts'
import { groupItem, personItem, photoItem, photoOf } from './item.ts'
import { type ListedPerson, person } from './schema.ts'

const contactsSettings = z.object({
  otherContacts: z
    .boolean()
    .default(false)
    .describe('Also save "Other contacts": the addresses that Google collects by itself from your mail.'),
})

/** https://developers.google.com/people/api/rest */
export const contacts: SourceType = {
  id: 'contacts',
  title: { en: 'Google Contacts', ja: 'Google 連絡先' },
  holds: 'contacts',
  features: { changeFeed: true, resumable: false, checksums: [], sizes: false, lastingIds: true },
  cost: { page: { budget: 'people', units: 1, items: 1000 }, part: [{ budget: 'people', units: 1 }] },
  scopes: (settings) => [
    'https://www.googleapis.com/auth/contacts.readonly',
    ...(contactsSettings.parse(settings).otherContacts ? ['https://www.googleapis.com/auth/contacts.other.readonly'] : []),
  ],
  settings: contactsSettings,
  shape: (settings) => JSON.stringify(contactsSettings.parse(settings)),
  open: (connection, settings) => openContacts(connection, contactsSettings.parse(settings)),
}

function openContacts(connection: Connection, { otherContacts }: z.infer<typeof contactsSettings>): Source {
  const api = createPeopleApi(connection)
  return {
    // What is not chosen stays a stream: one that is no longer offered would count as gone.
    streams: async (signal) => {
      signal.throwIfAborted()
      return [
        { id: 'groups', title: 'labels' },
        { id: 'connections', title: 'contacts' },
        { id: 'other', title: 'other contacts' },
      ]
    },
    async *list(stream, since, _known, signal) {
      signal.throwIfAborted()
      if (stream.id === 'groups') {
        yield* listLog(
          async (at) => {
            const { contactGroups, nextPageToken, nextSyncToken } = await api.groups(at, signal)
            const [gone, there] = partition(contactGroups, ({ metadata }) => metadata?.deleted === true)
            return {
              items: there.map(groupItem),
              gone: gone.map(({ resourceName }) => resourceName),
              nextPage: nextPageToken,
              nextSync: nextSyncToken,
            }
          },
          since,
          signal,
        )
      } else if (stream.id === 'connections') {
        yield* listLog(
          async (at) => {
            const { connections, nextPageToken, nextSyncToken } = await api.connections(at, signal)
            const whole = await Promise.all(connections.map((listed) => complete(api, listed, signal)))
            return { ...peoplePage(whole, at.sync !== undefined), nextPage: nextPageToken, nextSync: nextSyncToken }
          },
          since,
          signal,
        )
      } else if (otherContacts) {
        yield* listLog(
          async (at) => {
            const { otherContacts: others, nextPageToken, nextSyncToken } = await api.otherContacts(at, signal)
            return { ...peoplePage(others, at.sync !== undefined), nextPage: nextPageToken, nextSync: nextSyncToken }
          },
          since,
          signal,
        )
      } else {
        yield { items: [], cursor: listAgain }
      }
    },
    fetch: createFetchPhoto(connection, api),
    displayed: async (signal) => displayedByContacts(await api.total(signal)),
    compose: composeContacts,
  }
}

/** Lists cut each field at 100 values; the contact by itself has all: https://developers.google.com/people/api/rest/v1/people#Person.FIELDS.email_addresses */
const cutAt = 100

async function complete(api: PeopleApi, listed: ListedPerson, signal: AbortSignal): Promise<ListedPerson> {
  if (!Object.values(listed).some((values) => Array.isArray(values) && values.length >= cutAt)) return listed
  return { ...listed, ...(await api.person(listed.resourceName, signal)) }
}

/** `changes`: what was there before and is not any more must be named. */
function peoplePage(people: readonly ListedPerson[], changes: boolean): Answer {
  const items: Item[] = []
  const patches: Patch[] = []
  const gone: string[] = []
  for (const listed of people) {
    const { resourceName, metadata } = listed
    if (metadata?.deleted === true) {
      // The answer has nothing but the name; what is known of the contact stays, marked.
      patches.push({ id: resourceName, details: { metadata: { deleted: true } } })
      gone.push(resourceName, photoOf(resourceName))
      continue
    }
    for (const previous of metadata?.previousResourceNames ?? [])
      if (previous !== resourceName) gone.push(previous, photoOf(previous))
    const parsed = person.parse(listed)
    items.push(personItem(listed, parsed))
    const photo = photoItem(listed, parsed)
    if (photo !== undefined) items.push(photo)
    else if (changes) gone.push(photoOf(resourceName))
  }
  return { items, patches, gone }
}

function partition<T>(all: readonly T[], is: (one: T) => boolean): [T[], T[]] {
  return [all.filter(is), all.filter((one) => !is(one))]
}
