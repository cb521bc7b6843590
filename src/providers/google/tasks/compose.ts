import type { JsonObject } from '../../../core/json.ts'
import type { Composed, ComposeRow } from '../../../core/source.ts'
import { component, contentLine } from '../records/content-line.ts'
import { encode } from '../records/encode.ts'
import { fileNames } from '../records/file-names.ts'
import { goneLine, markedJson } from '../records/gone.ts'
import { jsonArray } from '../records/json-file.ts'
import { identify } from './item.ts'
import { task } from './schema.ts'
import { writeTask } from './vtodo.ts'

type Rows = () => AsyncIterable<ComposeRow>

/**
 * For each list `NAME.ics`, and `NAME.json` with the API's own answers. All rows are read twice for each list, and once before.
 * Tasks and lists that are gone at Google stay in both, marked.
 */
export async function* composeTasks(rows: Rows): AsyncGenerator<Composed> {
  const lists = new Map<string, TaskList>()
  for await (const row of rows()) {
    const { item, gone } = row
    const what = identify(item.id)
    if (what?.kind === 'list')
      lists.set(what.list, { id: what.list, name: item.name ?? what.list, gone, details: markedJson(row) })
  }
  const names = fileNames(lists.values())
  for (const list of lists.values()) {
    const { id, details } = list
    yield { path: `${names.get(id)}.ics`, bytes: encode(writeList(rows, list)) }
    const before = `{"list": ${JSON.stringify(details)},\n"tasks": `
    yield { path: `${names.get(id)}.json`, bytes: encode(jsonArray(answersOf(rows, id), before, '}\n')) }
  }
}

interface TaskList {
  readonly id: string
  readonly name: string
  /** The list itself is no longer there. */
  readonly gone: boolean
  readonly details: JsonObject
}

/** A calendar without any component would be none (RFC 5545 3.6); this one says nothing. */
const filler = component('VTIMEZONE', [
  contentLine(['tzid', {}, 'text', 'UTC']),
  component('STANDARD', [
    contentLine(['dtstart', {}, 'date-time', '1970-01-01T00:00:00']),
    contentLine(['tzoffsetfrom', {}, 'utc-offset', '+00:00']),
    contentLine(['tzoffsetto', {}, 'utc-offset', '+00:00']),
  ]),
])

async function* writeList(rows: Rows, { id, name, gone: withdrawn }: TaskList): AsyncGenerator<string> {
  const text = (property: string, value: string) => contentLine([property, {}, 'text', value])
  yield `BEGIN:VCALENDAR\r\n${text('version', '2.0')}${text('prodid', '-//Holdall//Google Tasks//EN')}`
  yield `${text('name', name)}${text('x-wr-calname', name)}${withdrawn ? goneLine : ''}`
  let written = 0
  for await (const { item, gone } of tasksOf(rows, id)) {
    written++
    // With its list a task is gone as well, but not because somebody was through with it.
    yield writeTask(task.parse(item.details), gone && !withdrawn)
  }
  if (written === 0) yield filler
  yield 'END:VCALENDAR\r\n'
}

async function* tasksOf(rows: Rows, id: string): AsyncGenerator<ComposeRow> {
  for await (const row of rows()) {
    const what = identify(row.item.id)
    if (what?.kind === 'task' && what.list === id) yield row
  }
}

async function* answersOf(rows: Rows, id: string): AsyncGenerator<JsonObject> {
  for await (const row of tasksOf(rows, id)) yield markedJson(row)
}
