import { Failure } from '../core/failure.ts'
import { type Body, readyBody } from './body.ts'
import { collect } from './collect.ts'
import { codingOf, decodable, decodeBody, decodeWhole } from './decode.ts'
import { redactUrl } from './redact.ts'
import type { Answer, Step } from './step.ts'

/**
 * The content of successful answers: unpacked, and for `json` read to its end, so that the retry covers the whole exchange.
 * A web page in the place of data is refused: a login page of a network answers 200 to anything.
 */
export function readContent(next: Step): Step {
  return async (attempt) => {
    const { request } = attempt
    const stream = request.expects === 'stream'
    const headers = prepared(request.headers, stream)
    const answer = await next({ ...attempt, request: { ...request, headers } })
    const body = answer.body
    try {
      const coding = codingOf(answer.headers, headers)
      if (stream) return coding === undefined ? answer : unpacked(answer, decodeBody(body, coding))
      const what = `${request.method} ${redactUrl(request.url)}`
      const packed = await collect(body, mostBytes, what)
      const bytes = coding === undefined ? packed : await decodeWhole(packed, coding, { most: mostBytes })
      if (bytes.byteLength > 0 && isPage(answer) && !wantsPage(headers)) throw page(answer, what)
      return coding === undefined ? { ...answer, body: readyBody(bytes) } : unpacked(answer, readyBody(bytes), bytes.byteLength)
    } catch (error) {
      body.cancel()
      throw error
    }
  }
}

/** Answers of an API are pages of a listing; a longer one is none. */
const mostBytes = 64 * 1024 * 1024

function prepared(asked: Readonly<Record<string, string>> | undefined, stream: boolean): Record<string, string> {
  const headers: Record<string, string> = { 'user-agent': 'holdall', 'accept-encoding': stream ? 'identity' : decodable }
  for (const name in asked) {
    const value = asked[name]
    if (value !== undefined) headers[name.toLowerCase()] = value
  }
  return headers
}

/** Length and coding in the headers are those of the packed form; they would be taken for those of the content. */
function unpacked(answer: Answer, body: Body, length?: number): Answer {
  const { 'content-encoding': _, 'content-length': __, ...headers } = answer.headers
  return { ...answer, headers: length === undefined ? headers : { ...headers, 'content-length': String(length) }, body }
}

const isPage = (answer: Answer) => /^\s*(text\/html|application\/xhtml)/i.test(answer.headers['content-type'] ?? '')
const wantsPage = (headers: Readonly<Record<string, string>>) => /html/i.test(headers.accept ?? '')

function page(answer: Answer, what: string): Failure {
  return new Failure('corrupt', `a web page came from ${new URL(answer.url).host} instead of data (${what})`, {
    hint: 'if this network has a login page, open it in a browser first; else check the address in the settings',
  })
}
