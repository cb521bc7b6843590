import type { Item } from '../../../core/item.ts'
import { plainObject, withoutKey } from '../records/plain-json.ts'
import type { ListedTask, ListedTaskList } from './schema.ts'

const listPrefix = 'list/'
const taskPrefix = 'task/'

export const listItemId = (list: string): string => `${listPrefix}${encodeURIComponent(list)}`
export const taskItemId = (list: string, task: string): string =>
  `${taskPrefix}${encodeURIComponent(list)}/${encodeURIComponent(task)}`
/** What an item of this source is; undefined for anything else. */
export function identify(id: string): { readonly kind: 'list' | 'task'; readonly list: string } | undefined {
  if (id.startsWith(listPrefix)) return { kind: 'list', list: decodeURIComponent(id.slice(listPrefix.length)) }
  if (!id.startsWith(taskPrefix)) return undefined
  return { kind: 'task', list: decodeURIComponent(id.slice(taskPrefix.length, id.indexOf('/', taskPrefix.length))) }
}

export function listItem(listed: ListedTaskList): Item {
  return record(listItemId(listed.id), listed.title || listed.id, listed)
}

export function taskItem(list: string, listed: ListedTask): Item {
  return record(taskItemId(list, listed.id), listed.title || '(no title)', listed)
}

/** With the API's answer, without the keys of old link-shared files of Drive, which open them to anyone. */
function record(id: string, name: string, listed: ListedTask): Item {
  const modified = listed.updated === undefined ? Number.NaN : Date.parse(listed.updated)
  return {
    id,
    kind: 'record',
    version: listed.etag ?? '',
    name,
    ...(!Number.isNaN(modified) && { modified }),
    parts: [],
    details: plainObject(listed, (key, value) => {
      if (key === 'resourceKey') return undefined
      return (key === 'link' || key === 'linkToTask') && typeof value === 'string' ? withoutKey(value) : value
    }),
  }
}
