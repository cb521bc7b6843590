import type { Json } from '../../serving/reply.ts'
import type { Api, ApiCall, ApiRoute } from '../api.ts'
import { refusal } from '../api-error.ts'
import { instant } from '../instant.ts'
import type { Task, TaskList, TasksModel } from './tasks-model.ts'
import { methodParameters, schemas } from './tasks-tables.ts'

type Call = ApiCall<TasksModel>

const scopes = ['tasks', 'tasks.readonly'].map((name) => `https://www.googleapis.com/auth/${name}`)
const time = (at: number) => new Date(at).toISOString()
const etag = (...parts: readonly (string | number)[]) => `"${Buffer.from(parts.join(' ')).toString('base64url').slice(-20)}"`
const root = 'https://www.googleapis.com/tasks/v1'

const route = (
  call: string,
  path: RegExp,
  inPath: readonly string[],
  schema: string,
  answer: (call: Call) => Json,
): ApiRoute<TasksModel> => ({
  method: 'GET',
  path,
  inPath,
  call,
  scopes,
  parameters: methodParameters[call] ?? [],
  units: 1,
  schema,
  answer,
})

const routes: readonly ApiRoute<TasksModel>[] = [
  route('tasklists.list', /^\/tasks\/v1\/users\/(?:@|%40)me\/lists$/, [], 'TaskLists', listLists),
  route('tasks.list', /^\/tasks\/v1\/lists\/([^/]+)\/tasks$/, ['tasklist'], 'Tasks', listTasks),
  route('tasks.get', /^\/tasks\/v1\/lists\/([^/]+)\/tasks\/([^/]+)$/, ['tasklist', 'task'], 'Task', getTask),
]

/** https://developers.google.com/workspace/tasks/reference/rest */
export const tasksApi: Api<TasksModel> = {
  name: 'tasks',
  host: 'tasks.googleapis.com',
  routes,
  schemas,
  envelope: 'both',
  unitsPerMinute: 600,
  absent: () =>
    refusal(403, 'accessNotConfigured', 'Tasks API has not been used in project 000000000000 before or it is disabled.', {
      domain: 'usageLimits',
    }),
}

/** A page of what is wanted: https://developers.google.com/workspace/tasks/reference/rest/v1/tasks/list#query-parameters */
function page<T>(call: Call, kind: string, all: readonly T[], size: number, shown: (one: T) => Json): Json {
  const [from = 0] = call.position() ?? []
  return {
    kind,
    etag: etag(kind, all.length, from),
    ...(from + size < all.length ? { nextPageToken: call.nextPageToken([from + size]) } : {}),
    items: all.slice(from, from + size).map(shown),
  }
}

/** https://developers.google.com/workspace/tasks/reference/rest/v1/tasklists/list */
function listLists(call: Call): Json {
  const size = call.parameters.pageSize('maxResults', 1000, 1000, 'refused')
  return page(call, 'tasks#taskLists', [...call.model.lists.values()], size, ({ id, title, updated }) => ({
    kind: 'tasks#taskList',
    id,
    etag: etag(id, updated),
    title,
    updated: time(updated),
    selfLink: `${root}/users/@me/lists/${id}`,
  }))
}

function listOf({ model, path }: Call): TaskList {
  const id = path.tasklist ?? ''
  const list = id === '@default' ? [...model.lists.values()][0] : model.lists.get(id)
  if (list !== undefined) return list
  if (!/^[\w-]{10,}$/.test(id)) throw refusal(400, 'invalid', 'Invalid task list ID')
  throw refusal(404, 'notFound', 'Task list not found.')
}

/** https://developers.google.com/workspace/tasks/reference/rest/v1/tasks/list */
function listTasks(call: Call): Json {
  const { parameters } = call
  const size = parameters.pageSize('maxResults', 20, 100, 'refused')
  const [completed, hidden, deleted, assigned] = [
    parameters.flag('showCompleted', true),
    parameters.flag('showHidden'),
    parameters.flag('showDeleted'),
    parameters.flag('showAssigned'),
  ]
  const limits = ['updatedMin', 'completedMin', 'completedMax', 'dueMin', 'dueMax'].map((name) => limit(call, name))
  const [updatedMin, completedMin, completedMax, dueMin, dueMax] = limits
  /** What has no such date is not between any. */
  const between = (at: number | undefined, from: number | undefined, to: number | undefined): boolean =>
    (from === undefined && to === undefined) ||
    (at !== undefined && (from === undefined || at >= from) && (to === undefined || at <= to))
  const list = listOf(call)
  const wanted = (task: Task): boolean =>
    (completed || task.completed === undefined) &&
    (hidden || task.hidden !== true) &&
    (deleted || task.deleted !== true) &&
    (assigned || task.assignment === undefined) &&
    between(task.updated, updatedMin, undefined) &&
    between(task.completed, completedMin, completedMax) &&
    between(task.due === undefined ? undefined : Date.parse(task.due), dueMin, dueMax)
  return page(call, 'tasks#tasks', [...list.tasks.values()].filter(wanted), size, (task) => taskResource(list, task))
}

function limit({ parameters }: Call, name: string): number | undefined {
  const text = parameters.text(name)
  if (text === undefined) return undefined
  const at = instant(text)
  if (at === undefined) throw refusal(400, 'invalid', 'Invalid Value', { location: name })
  return at
}

/** https://developers.google.com/workspace/tasks/reference/rest/v1/tasks/get */
function getTask(call: Call): Json {
  const list = listOf(call)
  const task = list.tasks.get(call.path.task ?? '')
  if (task === undefined) throw refusal(404, 'notFound', 'Task not found.')
  return taskResource(list, task)
}

function taskResource(list: TaskList, task: Task): Json {
  return {
    kind: 'tasks#task',
    id: task.id,
    etag: etag(task.id, task.updated),
    title: task.title,
    updated: time(task.updated),
    selfLink: `${root}/lists/${list.id}/tasks/${task.id}`,
    parent: task.parent,
    position: task.position,
    notes: task.notes,
    status: task.completed === undefined ? 'needsAction' : 'completed',
    due: task.due === undefined ? undefined : `${task.due}T00:00:00.000Z`,
    completed: task.completed === undefined ? undefined : time(task.completed),
    deleted: task.deleted === true ? true : undefined,
    hidden: task.hidden === true ? true : undefined,
    links: task.links ?? [],
    webViewLink: `https://tasks.google.com/task/${task.id}?sa=6`,
    assignmentInfo: task.assignment,
  }
}
