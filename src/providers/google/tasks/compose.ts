import type { Json, JsonObject } from '../../../core/json.ts'
import type { Composed, ComposeRow } from '../../../core/source.ts'
import { component, contentLine } from '../records/content-line.ts'
import { encode } from '../records/encode.ts'
import { fileNames } from '../records/file-names.ts'
import { jsonArray } from '../records/json-file.ts'
import { identify } from './item.ts'
import { task } from './schema.ts'
import { writeTask } from './vtodo.ts'

type Rows = () => AsyncIterable<ComposeRow>

/** For each list `NAME.ics`, and `NAME.json` with the API's own answers. All rows are read twice for each list, and once before. */
export async function* composeTasks(rows: Rows): AsyncGenerator<Composed> {
  const lists = new Map<string, { id: string; name: string; details: JsonObject }>()
  for await (const { item } of rows()) {
    const what = identify(item.id)
    if (what?.kind === 'list') lists.set(what.list, { id: what.list, name: item.name ?? what.list, details: item.details })
  }
  const names = fileNames(lists.values())
  for (const { id, name, details } of lists.values()) {
    yield { path: `${names.get(id)}.ics`, bytes: encode(writeList(rows, id, name)) }
    const before = `{"list": ${JSON.stringify(details)},\n"tasks": `
    yield { path: `${names.get(id)}.json`, bytes: encode(jsonArray(tasksOf(rows, id), before, '}\n')) }
  }
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

async function* writeList(rows: Rows, id: string, name: string): AsyncGenerator<string> {
  const text = (property: string, value: string) => contentLine([property, {}, 'text', value])
  yield `BEGIN:VCALENDAR\r\n${text('version', '2.0')}${text('prodid', '-//Holdall//Google Tasks//EN')}`
  yield `${text('name', name)}${text('x-wr-calname', name)}`
  let written = 0
  for await (const details of tasksOf(rows, id)) {
    written++
    yield writeTask(task.parse(details))
  }
  if (written === 0) yield filler
  yield 'END:VCALENDAR\r\n'
}

async function* tasksOf(rows: Rows, id: string): AsyncGenerator<Json> {
  for await (const { item } of rows()) {
    const what = identify(item.id)
    if (what?.kind === 'task' && what.list === id) yield item.details
  }
}
