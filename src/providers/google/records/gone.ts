import type { JsonObject } from '../../../core/json.ts'
import type { ComposeRow } from '../../../core/source.ts'
import { contentLine } from './content-line.ts'

/** What marks, in iCalendar, a thing that is kept although it is no longer there at Google. */
export const goneLine = contentLine(['x-holdall-gone', {}, 'text', 'TRUE'])

/** The API's own answer, with a mark where that thing is no longer there. */
export function markedJson({ item: { details }, gone }: Pick<ComposeRow, 'item' | 'gone'>): JsonObject {
  return gone ? { ...details, goneAtSource: true } : details
}
