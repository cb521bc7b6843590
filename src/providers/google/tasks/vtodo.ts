import { component, contentLine, type Property, uri, utcTime } from '../records/content-line.ts'
import { goneLine } from '../records/gone.ts'
import type { Task } from './schema.ts'

/** Unique wherever the file is read; the API's own id is unique to the account. */
const uidOf = (id: string): string => `${id}@tasks.google.com`

/**
 * A task as VTODO (RFC 5545 3.6.2). Google states the day alone of when it is due; what has no place in iCalendar (order, hidden, where it was assigned)
 * stands in X- properties. What is `gone` at Google counts as cancelled, and is marked.
 */
export function writeTask(task: Task, gone = false): string {
  const lines: string[] = []
  const put = (...property: Property) => lines.push(contentLine(property))
  const text = (name: string, value: string | undefined, parameters: Property[1] = {}) => {
    if (value !== undefined && value !== '') put(name, parameters, 'text', value)
  }
  const updated = utcTime(task.updated)
  text('uid', uidOf(task.id))
  put('dtstamp', {}, 'date-time', updated ?? '1970-01-01T00:00:00Z')
  if (updated !== undefined) put('last-modified', {}, 'date-time', updated)
  text('summary', task.title)
  text('description', task.notes)
  const due = /^(\d{4}-\d\d-\d\d)T/.exec(task.due ?? '')?.[1]
  if (due !== undefined && utcTime(`${due}T00:00:00Z`)?.startsWith(due)) put('due', {}, 'date', due)
  else text('x-google-due', task.due)
  const completed = utcTime(task.completed)
  text('status', gone || task.deleted === true ? 'CANCELLED' : task.status === 'completed' ? 'COMPLETED' : 'NEEDS-ACTION')
  if (task.status === 'completed') put('percent-complete', {}, 'integer', '100')
  if (completed !== undefined) put('completed', {}, 'date-time', completed)
  text('related-to', task.parent && uidOf(task.parent), { reltype: 'PARENT' })
  if (task.webViewLink) put('url', {}, 'uri', uri(task.webViewLink))
  for (const { type, description, link } of task.links) {
    if (link) put('attach', { ...(description && { 'x-title': description }), ...(type && { 'x-type': type }) }, 'uri', uri(link))
  }
  writeAssignment(task, put)
  text('x-google-position', task.position)
  if (task.hidden === true) text('x-google-hidden', 'TRUE')
  if (task.deleted === true) text('x-google-deleted', 'TRUE')
  if (gone) lines.push(goneLine)
  return component('VTODO', lines)
}

/** Where it was assigned from: a document of Drive, or a space of Chat. */
function writeAssignment({ assignmentInfo }: Task, put: (...property: Property) => unknown): void {
  if (assignmentInfo === undefined) return
  const { surfaceType, linkToTask, driveResourceInfo, spaceInfo } = assignmentInfo
  if (linkToTask) put('attach', { 'x-type': 'assignment' }, 'uri', uri(linkToTask))
  const place = driveResourceInfo?.driveFileId ?? spaceInfo?.space
  put('x-google-assigned-from', place ? { 'x-place': place } : {}, 'text', surfaceType || 'UNKNOWN')
}
