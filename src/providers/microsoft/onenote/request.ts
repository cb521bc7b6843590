import type { z } from 'zod'
import { Failure } from '../../../core/failure.ts'
import type { Connection } from '../../../core/provider.ts'
import type { HttpRequest, HttpResponse } from '../../../core/transport.ts'
import { readError } from '../error-body.ts'
import { explain } from '../errors.ts'
import { createGrowingRest, restsWith } from '../growing-rest.ts'
import { notesRest } from '../limits.ts'
import { userAgent } from '../user-agent.ts'

/** What a refusal by code means to the caller; undefined: it becomes a Failure. */
export type Refused<T> = (code: string | undefined, status: number) => T | undefined

export interface OneNoteRequests {
  /** The validated answer. `refused` looks at a 400 or 403 first. */
  json<T>(what: string, path: string, schema: z.ZodType<T>, signal: AbortSignal, refused?: Refused<T>): Promise<T>
  bytes(path: string, signal: AbortSignal): Promise<HttpResponse>
}

/**
 * Requests below `/me/onenote`, straight through the transport: what OneNote refuses it explains by codes that stand in the body of a 400 or 403, some of
 * which are no failures to us, and Microsoft's client library for Graph hands on the message alone.
 */
export function oneNoteRequests({ endpoints, transport }: Connection): OneNoteRequests {
  const rest = createGrowingRest(notesRest)
  const root = `${endpoints.graph!.replace(/\/$/, '')}/v1.0/me/onenote`

  async function send(path: string, expects: 'json' | 'stream', signal: AbortSignal) {
    signal.throwIfAborted()
    const request = restsWith(rest, {
      method: 'GET',
      url: `${root}/${path}`,
      headers: { 'user-agent': userAgent },
      budget: 'onenote',
      expects,
      accepts: [400, 403],
      signal,
    })
    const answer = await transport.send(request)
    rest.succeeded()
    if (answer.status !== 400 && answer.status !== 403) return { answer }
    const body = await answer.text()
    return { answer, code: readError(body)?.codes[0], failure: () => refusal(request, answer, body) }
  }

  return {
    async json(what, path, schema, signal, refused) {
      const { answer, code, failure } = await send(path, 'json', signal)
      if (failure !== undefined) {
        const known = refused?.(code, answer.status)
        if (known === undefined) throw failure()
        return known
      }
      const parsed = schema.safeParse(parseJson(await answer.text()))
      if (parsed.success) return parsed.data
      const [issue] = parsed.error.issues
      const where = issue === undefined || issue.path.length === 0 ? '' : ` (at ${issue.path.map(String).join('.')})`
      throw new Failure('corrupt', `Microsoft’s answer to ${what} is not of the expected form${where}`)
    },
    async bytes(path, signal) {
      const { answer, failure } = await send(path, 'stream', signal)
      if (failure !== undefined) throw failure()
      return answer
    },
  }
}

function refusal(request: HttpRequest, answer: HttpResponse, body: string): Failure {
  const code = readError(body)?.codes[0]
  if (code !== undefined && Object.hasOwn(undocumented, code)) return undocumented[code]!()
  const said = code === undefined || !/^[\w.]{1,60}$/.test(code) ? '' : ` (${code})`
  return explain(answer, body, request) ?? new Failure('unlisted', `OneNote refused the request${said}`)
}

/** Codes that the page of error codes (https://learn.microsoft.com/graph/onenote-error-codes) does not have, as programs met them. */
const undocumented: Readonly<Record<string, () => Failure>> = {
  // https://github.com/TriliumNext/Trilium/pull/10666
  20185: () =>
    new Failure('unexportable', 'this section is protected by a password', {
      reason: 'password-protected',
      hint: 'take the password off in OneNote, then run the same command again',
    }),
  // https://github.com/microsoftgraph/microsoft-graph-docs/issues/6713
  20258: () =>
    new Failure('unexportable', 'OneNote gives no program what is in a section file that was uploaded by hand', {
      reason: 'no-export',
      hint: 'open it in OneNote, and move its pages to a section that was made there',
    }),
}

/** Undefined for what is no JSON: no schema takes it. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
