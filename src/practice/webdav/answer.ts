import type { ServerResponse } from 'node:http'

/** What the server is about to say; made by pure functions, bent by faults, sent by `send`. */
export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  /** Bytes of the body as announced; undefined: chunked. */
  readonly length?: number | undefined
  readonly body?: Iterable<Uint8Array>
  /** After the body: go on (default), break the connection, or fall silent. */
  readonly afterwards?: 'break' | 'stall'
}

export function plainAnswer(status: number, message: string, headers: Answer['headers'] = {}): Answer {
  const body = Buffer.from(`${message}\n`)
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, length: body.length, body: [body] }
}

/** Error bodies name the precondition that failed (RFC 4918, 16). */
export function davError(status: number, condition: string): Answer {
  const body = Buffer.from(`<?xml version="1.0" encoding="utf-8"?>\n<D:error xmlns:D="DAV:"><D:${condition}/></D:error>\n`)
  return { status, headers: { 'content-type': 'application/xml; charset=utf-8' }, length: body.length, body: [body] }
}

/** What a captive portal or a single sign-on gateway says, with status 200. */
export function loginPage(): Answer {
  const body = Buffer.from(
    '<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><h1>Sign in to go on</h1><form method="post"><input name="user"></form></body></html>\n',
  )
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, length: body.length, body: [body] }
}

/** Sends, never holding more than a chunk beyond what the connection takes; resolves to the bytes of body sent. */
export async function send(response: ServerResponse, answer: Answer, withBody: boolean): Promise<number> {
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value)
  if (answer.length !== undefined) response.setHeader('content-length', answer.length)
  response.statusCode = answer.status
  if (!withBody || !answer.body) {
    response.end()
    return 0
  }
  let sent = 0
  for (const chunk of answer.body) {
    if (response.destroyed) return sent
    sent += chunk.length
    if (!answer.afterwards && sent === answer.length) {
      response.end(chunk)
      return sent
    }
    if (!response.write(chunk)) await drained(response)
  }
  if (!answer.afterwards) response.end()
  else if (!response.destroyed) await misbehave(response, answer.afterwards)
  return sent
}

async function misbehave(response: ServerResponse, how: 'break' | 'stall'): Promise<void> {
  response.flushHeaders()
  // Node gathers small writes until the end of the tick; what goes before must be out first.
  await new Promise((resolve) => setImmediate(resolve))
  if (how === 'break') response.socket?.end(() => response.socket?.destroy())
  if (!response.closed) await new Promise<void>((resolve) => response.once('close', resolve))
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done)
      response.off('close', done)
      resolve()
    }
    response.on('drain', done)
    response.on('close', done)
  })
}
