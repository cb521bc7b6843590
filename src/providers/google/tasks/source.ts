import { z } from 'zod'
import { Failure } from '../../../core/failure.ts'
import type { Connection, SourceType } from '../../../core/provider.ts'
import type { Source } from '../../../core/source.ts'
import { type At, listLog } from '../records/list-log.ts'
import { createTasksApi } from './api.ts'
import { composeTasks } from './compose.ts'
import { listItem, taskItem } from './item.ts'

/**
 * https://developers.google.com/workspace/tasks/reference/rest
 *
 * No change feed: the API has no sync token, and what `updatedMin` tells lacks what was deleted long enough ago. A listing in full costs one request
 * for a hundred tasks and downloads nothing.
 */
export const tasks: SourceType = {
  id: 'tasks',
  title: { en: 'Google Tasks', ja: 'Google ToDo リスト' },
  holds: 'tasks',
  features: { changeFeed: false, resumable: false, checksums: [], sizes: true, lastingIds: true },
  cost: { page: { budget: 'tasks', units: 1, items: 100 }, part: [{ budget: 'tasks', units: 1 }] },
  scopes: () => ['https://www.googleapis.com/auth/tasks.readonly'],
  settings: z.object({}),
  shape: () => 'lists and tasks',
  open: (connection) => openTasks(connection),
}

function openTasks(connection: Connection): Source {
  const api = createTasksApi(connection)
  return {
    async streams(signal) {
      signal.throwIfAborted()
      return (await api.lists(signal)).map(({ id, title }) => ({ id, title: title || id }))
    },
    async *list(stream, since, _known, signal) {
      signal.throwIfAborted()
      const list = (await api.lists(signal)).find(({ id }) => id === stream.id)
      if (list === undefined)
        throw new Failure('gone', `the task list "${stream.title}" is not there any more`, { stops: 'stream' })
      const ask = async ({ page, sync }: At) => {
        if (sync !== undefined) throw new Failure('unlisted', 'Google Tasks has no list of changes')
        const { items, nextPageToken } = await api.tasks(list.id, page, signal)
        const first = page === undefined ? [listItem(list)] : []
        return { items: [...first, ...items.map((task) => taskItem(list.id, task))], nextPage: nextPageToken }
      }
      yield* listLog(ask, since, signal)
    },
    fetch: async () => {
      throw new Failure('bug', 'a task has no bytes of its own')
    },
    compose: composeTasks,
  }
}
