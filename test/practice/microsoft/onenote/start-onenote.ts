import { createNotesModel, type NotesModel } from '../../../../src/practice/microsoft/onenote/notes-model.ts'
import { createOneNoteApi } from '../../../../src/practice/microsoft/onenote/onenote-api.ts'
import { createFaults, type Refuse } from '../../../../src/practice/serving/faults.ts'
import { startHost } from '../../../../src/practice/serving/hosts.ts'
import { bearerOf, sendHtml, sendJson } from '../../../../src/practice/serving/reply.ts'
import { createRequestLog } from '../../../../src/practice/serving/request-log.ts'

export const email = 'hana.student@contoso.example'
const graph = 'graph.microsoft.com'

export interface OneNoteStart {
  readonly model?: NotesModel
  readonly tls?: { readonly key: string; readonly cert: string }
  readonly scopes?: readonly string[]
  readonly clock?: { now(): number }
}

/** OneNote alone on a Graph host of its own; its one valid token is `practice`. */
export async function startOneNote({
  model = createNotesModel({ email }),
  tls,
  scopes = ['Notes.Read'],
  clock = Date,
}: OneNoteStart = {}) {
  const log = createRequestLog()
  const faults = createFaults(refuse)
  const errors: unknown[] = []
  const now = () => clock.now()
  const api = createOneNoteApi({ model, now, scopesOf: (exchange) => (bearerOf(exchange) === 'practice' ? scopes : undefined) })
  const host = await startHost(graph, api.handle, {
    tls,
    log,
    faults,
    now,
    bearerWelcome: [graph],
    refuse,
    broken: (error) => errors.push(error),
  })
  return { api, model, log, faults, root: host.root, errors, close: host.close }
}

const refuse: Refuse = async (exchange, { status, reason = '19999', message = 'Practice fault', retryAfter }) => {
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }
  if (reason === 'html') await sendHtml(exchange, status, message, headers)
  else await sendJson(exchange, status, { error: { code: reason, message, innerError: {} } }, headers)
}
