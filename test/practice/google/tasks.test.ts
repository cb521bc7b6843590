import { tasks, type tasks_v1 } from 'googleapis/build/src/apis/tasks/index.js'
import { expect, test } from 'vitest'
import { fillPracticeTasks } from '../../../src/practice/google/tasks/fill-tasks.ts'
import { createTasksModel } from '../../../src/practice/google/tasks/tasks-model.ts'
import { methodParameters, schemas } from '../../../src/practice/google/tasks/tasks-tables.ts'
import { scope, startApi } from './api-start.ts'
import { apis, deriveTables } from './derive-tables.ts'

const readonly = scope('tasks.readonly')
const everything = { showCompleted: true, showHidden: true, showDeleted: true, showAssigned: true, maxResults: 100 }

async function startTasks(now = () => Date.parse('2025-03-10T00:00:00Z')) {
  const model = createTasksModel({ email: 'student@example.ac.jp', now })
  const ids = fillPracticeTasks(model)
  const started = await startApi('tasks', readonly, { tasks: model })
  return { ...started, tasks: model, ids, client: tasks({ version: 'v1', ...started.options('tasks') }) }
}

async function all(client: tasks_v1.Tasks, tasklist: string, flags: object) {
  const found: tasks_v1.Schema$Task[] = []
  let pageToken: string | undefined
  let pages = 0
  do {
    const { data } = await client.tasks.list({ tasklist, ...flags, ...(pageToken === undefined ? {} : { pageToken }) })
    found.push(...(data.items ?? []))
    pageToken = data.nextPageToken ?? undefined
    pages += 1
  } while (pageToken !== undefined)
  return { found, pages, ids: found.map(({ id }) => id) }
}

test('the practice person has the same tasks each time', () => {
  const made = (at: number) => {
    const model = createTasksModel({ email: 'student@example.ac.jp', now: () => at })
    fillPracticeTasks(model)
    return model.lists
  }
  expect(made(1)).toEqual(made(2))
})

test('the tables are those of the installed googleapis', () => {
  const derived = deriveTables(apis.tasks)
  expect(methodParameters).toEqual(derived.parameters)
  expect(schemas).toEqual(derived.schemas)
})

test('the official library lists lists and, with all four flags, each task once', async () => {
  await using started = await startTasks()
  const { client, tasks: model, ids } = started
  const lists = (await client.tasklists.list({})).data.items ?? []
  expect(lists.map(({ title }) => title)).toEqual(['My Tasks', '買い物 / 2024', '買い物 / 2024', 'Nothing here', 'Vocabulary'])
  for (const { id } of lists) {
    const { ids: found } = await all(client, id ?? '', everything)
    expect(found).toEqual([...(model.lists.get(id ?? '')?.tasks.keys() ?? [])])
  }
  const many = await all(client, lists[4]?.id ?? '', { ...everything, maxResults: 100 })
  expect([many.found.length, many.pages]).toEqual([230, 3])
  const { data: parent } = await client.tasks.get({ tasklist: '@default', task: ids.parent })
  expect(parent).toMatchObject({
    kind: 'tasks#task',
    title: 'Move out',
    status: 'needsAction',
    due: '2025-03-31T00:00:00.000Z',
    updated: '2025-02-01T09:12:34.567Z',
    links: [],
  })
  expect(parent.notes).toContain('\r\n\r\n\t')
  expect(started.google.violations).toEqual([])
  expect(started.google.errors).toEqual([])
})

test('by default pages hold 20, and hidden, deleted and assigned tasks are missing', async () => {
  await using started = await startTasks()
  const { client, ids } = started
  const plain = (await all(client, ids.list, {})).ids
  for (const id of [ids.hidden, ids.assigned, ids.deleted]) expect(plain).not.toContain(id)
  const completed = (await all(client, ids.list, {})).found.filter(({ status }) => status === 'completed')
  expect(completed.map(({ title }) => title)).toEqual(['Hand in the form'])
  expect((await all(client, ids.list, { showCompleted: false })).found.some(({ status }) => status === 'completed')).toBe(false)
  for (const [flag, id] of [
    ['showHidden', ids.hidden],
    ['showAssigned', ids.assigned],
    ['showDeleted', ids.deleted],
  ] as const) {
    const more = (await all(client, ids.list, { [flag]: true })).ids
    expect(more).toContain(id)
    expect(more.length).toBeGreaterThan(plain.length)
  }
  const [list] = [...started.tasks.lists.keys()].slice(-1)
  expect((await client.tasks.list({ tasklist: list ?? '' })).data.items).toHaveLength(20)
})

test('changes, and what updatedMin tells of them', async () => {
  let now = Date.parse('2025-03-10T00:00:00Z')
  await using started = await startTasks(() => now)
  const { client, tasks: model, ids } = started
  const since = '2025-03-11T00:00:00Z'
  const news = async () => (await all(client, ids.list, { ...everything, updatedMin: since })).found
  expect(await news()).toEqual([])
  now = Date.parse('2025-03-11T01:00:00Z')
  model.changeTask(ids.list, ids.parent, { title: 'Moved out' })
  model.completeTask(ids.list, ids.assigned)
  expect((await news()).map(({ title, hidden, completed }) => [title, hidden, completed])).toEqual([
    ['Moved out', undefined, undefined],
    ['Write chapter 3', true, '2025-03-11T01:00:00.000Z'],
  ])
  model.reopenTask(ids.list, ids.assigned)
  model.removeTask(ids.list, ids.parent)
  const after = await news()
  // Those below are deleted too.
  expect(after.filter(({ deleted }) => deleted).map(({ title }) => title)).toEqual([
    'Moved out',
    '箱を買う',
    'Large ones',
    'Cancel electricity',
  ])
  expect(after.find(({ id }) => id === ids.assigned)).toMatchObject({ status: 'needsAction' })
  model.purge(ids.list)
  expect((await news()).some(({ deleted }) => deleted)).toBe(false)
  model.renameList(ids.list, '仕事')
  expect((await client.tasklists.list({ maxResults: 1 })).data).toMatchObject({ items: [{ title: '仕事' }] })
  model.removeList(ids.list)
  expect((await started.json(`lists/${ids.list}/tasks`)).status).toBe(404)
})

test.for([
  ['lists/@default/tasks?maxResults=101', 400, 'badRequest', 'INVALID_ARGUMENT'],
  ['lists/@default/tasks?maxResults=0', 400, 'badRequest', 'INVALID_ARGUMENT'],
  ['users/@me/lists?maxResults=1001', 400, 'badRequest', 'INVALID_ARGUMENT'],
  ['lists/@default/tasks?showHidden=yes', 400, 'badRequest', 'INVALID_ARGUMENT'],
  ['lists/@default/tasks?showHiden=true', 400, 'badRequest', 'INVALID_ARGUMENT'],
  ['lists/@default/tasks?syncToken=x', 400, 'badRequest', 'INVALID_ARGUMENT'],
  ['lists/@default/tasks?updatedMin=2025-03-01', 400, 'invalid', 'INVALID_ARGUMENT'],
  ['lists/@default/tasks?pageToken=abc', 400, 'invalid', 'INVALID_ARGUMENT'],
  ['lists/@default/tasks?fields=items(nmae)', 400, 'invalidParameter', 'INVALID_ARGUMENT'],
  ['lists/no%20list/tasks', 400, 'invalid', 'INVALID_ARGUMENT'],
  ['lists/MDEunknownunknown/tasks', 404, 'notFound', 'NOT_FOUND'],
  ['lists/@default/tasks/nothing', 404, 'notFound', 'NOT_FOUND'],
] as const)('%s is refused: %i %s', async ([path, status, reason, words]) => {
  await using started = await startTasks()
  const answer = await started.json(path)
  expect(answer.status).toBe(status)
  expect(answer.body.error).toMatchObject({ code: status, status: words, errors: [{ reason, domain: 'global' }] })
})

test('a page token is good for the same query only; scopes and a missing API are refused', async () => {
  await using started = await startTasks()
  const { body } = await started.json('lists/@default/tasks?maxResults=2')
  const token = String(body.nextPageToken)
  expect((await started.json(`lists/@default/tasks?maxResults=2&pageToken=${token}`)).status).toBe(200)
  expect((await started.json(`lists/@default/tasks?maxResults=3&pageToken=${token}`)).status).toBe(400)
  expect((await started.json('users/@me/lists', scope('calendar.readonly'))).body.error).toMatchObject({
    code: 403,
    status: 'PERMISSION_DENIED',
    errors: [{ reason: 'insufficientPermissions' }],
    details: [{ reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' }],
  })
  await using bare = await startApi('tasks', readonly, {})
  expect((await bare.json('users/@me/lists')).body.error).toMatchObject({
    code: 403,
    errors: [{ reason: 'accessNotConfigured' }],
  })
})
