import { randomUUID } from 'node:crypto'
import { type Exchange, escapeHtml, type Json, sendHtml, sendJson, sendRedirect } from '../../serving/reply.ts'
import { EntraError } from './aadsts.ts'

/** The description that people and logs see: code and sentence, then what support asks for. */
function describe(error: EntraError, trace: string, time: number): string {
  return `${error.message} Trace ID: ${trace} Correlation ID: ${trace} Timestamp: ${timestamp(time)}`
}

const timestamp = (time: number) =>
  new Date(time)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z')

/** https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#error-response-1 */
export function entraErrorBody(error: EntraError, time: number): Json {
  const trace = randomUUID()
  const { suberror, claims } = error.kind
  const number = /^AADSTS(\d+)$/.exec(error.code)?.[1]
  return {
    error: error.kind.error,
    error_description: describe(error, trace, time),
    ...(number === undefined ? {} : { error_codes: [Number(number)] }),
    timestamp: timestamp(time),
    trace_id: trace,
    correlation_id: trace,
    ...(number === undefined ? {} : { error_uri: `https://login.microsoftonline.com/error?code=${number}` }),
    ...(suberror === undefined ? {} : { suberror }),
    ...(claims === undefined ? {} : { claims }),
  }
}

/** Answers with JSON what throws an EntraError. */
export async function sendEntra(exchange: Exchange, now: () => number, answer: () => Promise<Json>): Promise<void> {
  try {
    await sendJson(exchange, 200, await answer())
  } catch (error) {
    if (!(error instanceof EntraError)) throw error
    await sendJson(exchange, error.kind.status ?? 400, entraErrorBody(error, now()))
  }
}

/** The page on which the browser stays: the program that waits hears nothing. */
export function sendErrorPage(exchange: Exchange, error: EntraError, now: () => number): Promise<void> {
  return sendHtml(
    exchange,
    400,
    `<h1>Sorry, but we’re having trouble signing you in.</h1><p>${escapeHtml(describe(error, 'practice', now()))}</p>`,
  )
}

export interface WayBack {
  readonly redirectUri: string
  readonly mode: 'query' | 'fragment' | 'form_post'
  readonly state: string | undefined
}

/** Back to the program, as `response_mode` says: in the address, or by a form that the page sends by itself. */
export function sendBack(
  exchange: Exchange,
  { redirectUri, mode, state }: WayBack,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  const all = { ...fields, ...(state === undefined ? {} : { state }) }
  if (mode === 'form_post') {
    const inputs = Object.entries(all).map(
      ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
    )
    const form = `<form method="POST" name="hiddenform" action="${escapeHtml(redirectUri)}">${inputs.join('')}<noscript><button>Submit</button></noscript></form>`
    return sendHtml(exchange, 200, `${form}<script>document.forms[0].submit()</script>`)
  }
  // Without a path the slash comes back: https://learn.microsoft.com/entra/identity-platform/reply-url
  const url = new URL(redirectUri)
  if (mode === 'query') for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value)
  else url.hash = new URLSearchParams(all).toString()
  return sendRedirect(exchange, url.href)
}

export const backWithError = (exchange: Exchange, way: WayBack, error: EntraError, now: () => number): Promise<void> =>
  sendBack(exchange, way, { error: error.kind.error, error_description: describe(error, randomUUID(), now()) })
