import { describe, expect, test } from 'vitest'
import { composeTasks } from '../../../src/providers/google/tasks/compose.ts'
import { listItem, listItemId, taskItem, taskItemId } from '../../../src/providers/google/tasks/item.ts'
import { listedTask, listedTaskList } from '../../../src/providers/google/tasks/schema.ts'
import { badLines, readCalendar, withParsers } from './records/python-reader.ts'
import { filesOf, rowsOf } from './records/rows.ts'

const list = { id: 'L1', etag: '"l"', title: 'My Tasks', updated: '2024-02-01T10:00:00.000Z' }
const task = (id: string, more: object = {}) => ({
  id,
  etag: `"${id}"`,
  title: id,
  status: 'needsAction',
  updated: '2024-02-01T10:00:00.000Z',
  position: '0001',
  ...more,
})

async function compose(tasks: readonly object[], lists: readonly object[] = [list], gone: readonly string[] = []) {
  const items = [
    ...tasks.map((one) => taskItem('L1', listedTask.parse(one))),
    ...lists.map((one) => listItem(listedTaskList.parse(one))),
  ]
  const files = await filesOf(composeTasks(rowsOf(items, { gone })))
  for (const [path, text] of files) if (path.endsWith('.ics')) expect(badLines(Buffer.from(text)), path).toEqual([])
  return files
}

const all = [
  task('parent', { due: '2024-07-01T00:00:00.000Z', notes: 'one\r\nEND:VTODO\ntwo; three, \\four' }),
  task('child', { parent: 'parent', status: 'completed', completed: '2024-03-01T10:11:12.345Z', hidden: true }),
  task('deleted', { deleted: true }),
  task('untitled', { title: '' }),
  task('assigned', {
    webViewLink: 'https://tasks.google.com/task/x?sa=6',
    links: [{ type: 'email', description: 'Mail, "first"', link: 'https://mail.google.com/mail/#all/1' }],
    assignmentInfo: {
      surfaceType: 'DOCUMENT',
      linkToTask: 'https://docs.google.com/d/1?resourcekey=0-secret',
      driveResourceInfo: { driveFileId: 'f1', resourceKey: '0-secret' },
    },
  }),
  task('odd', { due: 'soon', completed: 7, links: 'none' }),
]

describe('a list', () => {
  withParsers('is read by another parser, each task in its place', async () => {
    const calendar = readCalendar((await compose(all)).get('My Tasks.ics')!)
    const todos = new Map(calendar.components.map((one) => [one.properties.UID![0]!.value, one]))
    const value = (id: string, name: string) => todos.get(`${id}@tasks.google.com`)!.properties[name]?.[0]?.value
    expect([...todos.values()].flatMap(({ errors }) => errors)).toEqual([])
    expect(todos.size).toBe(all.length)
    expect(value('parent', 'DUE')).toBe('20240701')
    expect(value('parent', 'DESCRIPTION')).toBe('one\nEND:VTODO\ntwo; three, \\four')
    expect(value('parent', 'STATUS')).toBe('NEEDS-ACTION')
    expect(value('child', 'RELATED-TO')).toBe('parent@tasks.google.com')
    expect(value('child', 'STATUS')).toBe('COMPLETED')
    expect(value('child', 'COMPLETED')).toBe('20240301T101112Z')
    expect(value('child', 'PERCENT-COMPLETE')).toBe('100')
    expect(value('child', 'X-GOOGLE-HIDDEN')).toBe('TRUE')
    expect(value('deleted', 'STATUS')).toBe('CANCELLED')
    expect(value('untitled', 'SUMMARY')).toBeUndefined()
    expect(value('assigned', 'ATTACH')).toBe('https://mail.google.com/mail/#all/1')
    expect(value('assigned', 'X-GOOGLE-ASSIGNED-FROM')).toBe('DOCUMENT')
    expect(value('odd', 'DUE')).toBeUndefined()
    expect(value('odd', 'DTSTAMP')).toBe('20240201T100000Z')
  })

  test('the JSON has everything but keys to files, and the bytes come from the data alone', async () => {
    const files = await compose(all)
    const { list: kept, tasks } = JSON.parse(files.get('My Tasks.json')!)
    expect(kept).toEqual(list)
    expect(tasks.slice(0, 4)).toEqual(all.slice(0, 4))
    for (const text of files.values()) expect(text.replaceAll('\r\n ', '')).not.toContain('secret')
    expect(tasks[4].assignmentInfo.driveResourceInfo).toEqual({ driveFileId: 'f1' })
    expect(await compose(all)).toEqual(files)
  })

  withParsers('without tasks is a calendar all the same', async () => {
    expect(readCalendar((await compose([])).get('My Tasks.ics')!).components.map(({ name }) => name)).toEqual(['VTIMEZONE'])
  })

  test('two of one name are kept apart', async () => {
    expect([...(await compose([], [list, { ...list, id: 'L0' }])).keys()].sort()).toEqual([
      expect.stringMatching(/^My Tasks \([0-9a-f]{8}\)\.ics$/),
      expect.stringMatching(/^My Tasks \([0-9a-f]{8}\)\.json$/),
      'My Tasks.ics',
      'My Tasks.json',
    ])
  })
})

describe('what is gone at Google', () => {
  const gone = [taskItemId('L1', 'parent'), taskItemId('L1', 'child')]

  withParsers('a task stays, cancelled and marked', async () => {
    const files = await compose(all, [list], gone)
    const calendar = readCalendar(files.get('My Tasks.ics')!)
    for (const one of calendar.components) expect(one.errors).toEqual([])
    const marked = calendar.components.filter((one) => one.properties['X-HOLDALL-GONE'] !== undefined)
    expect(marked.map(({ properties }) => [properties.SUMMARY![0]!.value, properties.STATUS![0]!.value])).toEqual([
      ['parent', 'CANCELLED'],
      ['child', 'CANCELLED'],
    ])
    const listed = JSON.parse(files.get('My Tasks.json')!).tasks as { goneAtSource?: true }[]
    expect(listed.filter(({ goneAtSource }) => goneAtSource)).toHaveLength(2)
  })

  withParsers('a list is marked itself; its tasks are what they were', async () => {
    const files = await compose(all, [list], [listItemId('L1'), ...gone])
    const calendar = readCalendar(files.get('My Tasks.ics')!)
    expect(calendar.properties['X-HOLDALL-GONE']![0]!.value).toBe('TRUE')
    expect(calendar.components.filter((one) => one.properties['X-HOLDALL-GONE'] !== undefined)).toEqual([])
    expect(calendar.components.map((one) => one.properties.STATUS![0]!.value).filter((one) => one === 'CANCELLED')).toHaveLength(
      1,
    )
  })
})
