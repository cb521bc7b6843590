import type { Json } from '../../serving/reply.ts'
import { refusal } from '../api-error.ts'
import type { SyncedRecord } from '../synced-records.ts'
import { invalidArgument, maskOf, type PeopleCall, pageOf, pageSizeOf, syncRangeOf } from './people-call.ts'
import type { ContactGroup } from './people-model.ts'

const groupFields = ['clientData', 'groupType', 'memberCount', 'metadata', 'name']
const defaults = ['groupType', 'memberCount', 'metadata', 'name']

function groupResource(
  { id, value, sequence, updated, deleted }: SyncedRecord<ContactGroup>,
  mask: ReadonlySet<string>,
  members: readonly string[],
): { readonly [key: string]: Json } {
  const { name, system } = value
  const shown = system ? name.replace(/[A-Z]/g, (letter) => ` ${letter}`).replace(/^./, (letter) => letter.toUpperCase()) : name
  const metadata = {
    ...(system ? {} : { updateTime: new Date(updated).toISOString() }),
    ...(deleted ? { deleted: true } : {}),
  }
  const values = {
    ...(mask.has('groupType') ? { groupType: system ? 'SYSTEM_CONTACT_GROUP' : 'USER_CONTACT_GROUP' } : {}),
    ...(mask.has('name') ? { name, formattedName: shown } : {}),
    // Zero is not stated.
    ...(mask.has('memberCount') && members.length > 0 ? { memberCount: members.length } : {}),
  }
  return {
    resourceName: id,
    ...(system ? {} : { etag: `${sequence}` }),
    ...(mask.has('metadata') && !system ? { metadata } : {}),
    ...(deleted ? {} : values),
  }
}

const membersOf = ({ model }: PeopleCall, group: string): string[] =>
  model.contacts
    .alive()
    .filter(({ value }) => value.groups.includes(group))
    .map(({ id }) => id)

/** https://developers.google.com/people/api/rest/v1/contactGroups/list */
export function listContactGroups(call: PeopleCall): Json {
  const { model } = call
  const mask = maskOf(call, 'groupFields', groupFields, defaults)
  const size = pageSizeOf(call, 30)
  const range = syncRangeOf(call, 'contactGroups', ['groupFields', 'pageSize'])
  const { page, began, next } = pageOf(call, model.groups, { since: range.since, size })
  return {
    ...(page.length === 0
      ? {}
      : { contactGroups: page.map((record) => groupResource(record, mask, membersOf(call, record.id))) }),
    ...(range.since === undefined ? { totalItems: model.groups.alive().length } : {}),
    ...(next === undefined ? { nextSyncToken: range.token(began) } : { nextPageToken: next }),
  }
}

/** https://developers.google.com/people/api/rest/v1/contactGroups/get */
export function getContactGroup(call: PeopleCall): Json {
  const { model, parameters, path } = call
  const mask = maskOf(call, 'groupFields', groupFields, defaults)
  const most = parameters.text('maxMembers') ?? '0'
  if (!/^\d{1,9}$/.test(most)) throw invalidArgument(`Invalid value at 'max_members' (TYPE_INT32), "${most}"`)
  const record = model.groups.get(path.resourceName ?? '')
  if (record === undefined || record.deleted) throw refusal(404, 'notFound', 'Requested entity was not found.')
  const members = membersOf(call, record.id)
  const shown = members.slice(0, Number(most))
  return {
    ...groupResource(record, mask, members),
    ...(shown.length === 0 ? {} : { memberResourceNames: shown }),
  }
}
