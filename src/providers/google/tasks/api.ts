import type { z } from 'zod'
import { Failure } from '../../../core/failure.ts'
import type { Connection } from '../../../core/provider.ts'
import { answerOf, atFirstCall, libraryOptions } from '../client.ts'
import { type ListedTaskList, taskList, taskListList } from './schema.ts'

/** The calls of the Tasks API that we make. All throw a Failure. */
export interface TasksApi {
  /** The person's lists; asked for once a run. */
  lists(signal: AbortSignal): Promise<readonly ListedTaskList[]>
  tasks(list: string, page: string | undefined, signal: AbortSignal): Promise<z.infer<typeof taskList>>
}

/** The largest pages: https://developers.google.com/workspace/tasks/reference/rest/v1/tasks/list */
const most = { lists: 1000, tasks: 100 } as const

export function createTasksApi(connection: Connection): TasksApi {
  const client = atFirstCall(async () => {
    const { tasks } = await import('googleapis/build/src/apis/tasks/index.js')
    return tasks({ version: 'v1', ...libraryOptions(connection, 'tasks', () => ({ budget: 'tasks', cost: 1 })) })
  })
  let lists: Promise<readonly ListedTaskList[]> | undefined

  const askLists = async (signal: AbortSignal): Promise<readonly ListedTaskList[]> => {
    const all: ListedTaskList[] = []
    for (let page: string | undefined, first = true; first || page !== undefined; first = false) {
      const params = { maxResults: most.lists, ...(page !== undefined && { pageToken: page }) }
      const answer = await answerOf(
        'the list of task lists',
        client().then((api) => api.tasklists.list(params, { signal })),
        taskListList,
        signal,
      )
      all.push(...answer.items)
      if (page !== undefined && answer.nextPageToken === page)
        throw new Failure('unlisted', 'Google’s list of task lists goes round in a circle')
      page = answer.nextPageToken
    }
    return all
  }

  return {
    lists(signal) {
      if (lists === undefined) {
        const asked = askLists(signal)
        // A failure is not remembered.
        asked.catch(() => {
          if (lists === asked) lists = undefined
        })
        lists = asked
      }
      return lists
    },
    tasks(tasklist, page, signal) {
      // Tasks that were completed in Google's own apps are hidden; assigned ones are left out unless asked for.
      const params = {
        tasklist,
        maxResults: most.tasks,
        showCompleted: true,
        showHidden: true,
        showDeleted: true,
        showAssigned: true,
        ...(page !== undefined && { pageToken: page }),
      }
      return answerOf(
        'the list of tasks',
        client().then((api) => api.tasks.list(params, { signal })),
        taskList,
        signal,
      )
    },
  }
}
