import { createHash } from 'node:crypto'
import type { Json } from '../../serving/reply.ts'

/** A task list. */
export interface TaskList {
  readonly id: string
  title: string
  /** Milliseconds since 1970. */
  updated: number
  /** In the order in which they are listed, deleted ones too. */
  readonly tasks: Map<string, Task>
}

/** A task as its owner made it. https://developers.google.com/workspace/tasks/reference/rest/v1/tasks */
export interface Task {
  readonly id: string
  title: string
  notes?: string
  /** `2026-03-31`: only the day is kept. */
  due?: string
  /** Id of the task above. */
  parent?: string
  /** Compared as text among the tasks of one parent. */
  position: string
  /** Milliseconds since 1970; absent: still to do. */
  completed?: number
  /** Completed in Google's own apps, or when the list was cleared. */
  hidden?: boolean
  deleted?: boolean
  links?: readonly { readonly type: string; readonly description: string; readonly link: string }[]
  /** Assigned from a document or a Chat space. */
  assignment?: { readonly [key: string]: Json }
  /** Milliseconds since 1970. */
  updated: number
}

export type TaskOptions = Partial<Omit<Task, 'id' | 'title' | 'updated'>> & { readonly id?: string; readonly updated?: number }

/** What the account has in Tasks, and how that changes. */
export interface TasksModel {
  /** Whose it is. */
  readonly email: string
  /** The first is `@default`. */
  readonly lists: ReadonlyMap<string, TaskList>
  addList(title: string, options?: { readonly id?: string; readonly updated?: number }): string
  renameList(listId: string, title: string): void
  /** The list and its tasks, without a trace. */
  removeList(listId: string): void
  addTask(listId: string, title: string, options?: TaskOptions): string
  changeTask(
    listId: string,
    taskId: string,
    changes: Partial<Omit<Task, 'id' | 'updated' | 'completed' | 'hidden' | 'deleted'>>,
  ): void
  /** `own`: in one of Google's apps, which hides it; otherwise by another program. */
  completeTask(listId: string, taskId: string, where?: 'own' | 'another program'): void
  reopenTask(listId: string, taskId: string): void
  /** It and those below: shown as deleted for a while. */
  removeTask(listId: string, taskId: string): void
  /** What was deleted disappears, as it does after some time. */
  purge(listId: string): void
}

const made = (kind: string, number: number): string =>
  createHash('sha256').update(`${kind} ${number}`).digest('base64url').slice(0, 22)

export function createTasksModel({ email, now = Date.now }: { readonly email: string; readonly now?: () => number }): TasksModel {
  const lists = new Map<string, TaskList>()
  let count = 0
  const listOf = (listId: string): TaskList => {
    const found = lists.get(listId)
    if (found === undefined) throw new Error(`practice Tasks: no list ${listId}`)
    return found
  }
  const changed = (listId: string, taskId: string, change: (task: Task) => void) => {
    const list = listOf(listId)
    const task = list.tasks.get(taskId)
    if (task === undefined) throw new Error(`practice Tasks: no task ${taskId}`)
    change(task)
    task.updated = now()
    list.updated = now()
  }
  const removeTask = (listId: string, taskId: string) => {
    for (const task of [...listOf(listId).tasks.values()]) if (task.parent === taskId) removeTask(listId, task.id)
    changed(listId, taskId, (task) => Object.assign(task, { deleted: true }))
  }
  return {
    email,
    lists,
    addList(title, { id, updated = now() } = {}) {
      count += 1
      const listId = id ?? `MDE${made('list', count)}`
      lists.set(listId, { id: listId, title, updated, tasks: new Map() })
      return listId
    },
    renameList(listId, title) {
      Object.assign(listOf(listId), { title, updated: now() })
    },
    removeList: (listId) => {
      lists.delete(listOf(listId).id)
    },
    addTask(listId, title, { id, updated = now(), position, ...rest } = {}) {
      count += 1
      const list = listOf(listId)
      const taskId = id ?? made('task', count)
      const place = position ?? String(list.tasks.size).padStart(20, '0')
      list.tasks.set(taskId, { ...rest, id: taskId, title, updated, position: place })
      list.updated = Math.max(list.updated, updated)
      return taskId
    },
    changeTask: (listId, taskId, changes) => changed(listId, taskId, (task) => Object.assign(task, changes)),
    completeTask: (listId, taskId, where = 'own') =>
      changed(listId, taskId, (task) => Object.assign(task, { completed: now(), hidden: where === 'own' })),
    reopenTask: (listId, taskId) =>
      changed(listId, taskId, (task) => {
        delete task.completed
        delete task.hidden
      }),
    removeTask,
    purge(listId) {
      const { tasks } = listOf(listId)
      for (const task of [...tasks.values()]) if (task.deleted) tasks.delete(task.id)
    },
  }
}
