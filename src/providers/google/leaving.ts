import type { LeaveLine, LeavingRequest } from '../../core/leaving.ts'
import { calendarLines } from './leaving-calendars.ts'
import { mailLines } from './leaving-mail.ts'

/** What a person has to see to at Google before the account ends: where mail goes on to, and calendars that others may use. */
export async function* leaving(request: LeavingRequest): AsyncIterable<LeaveLine> {
  if (request.sources.includes('gmail')) yield* await mailLines(request)
  if (request.sources.includes('calendar')) yield* calendarLines(request)
}
