import type { IncomingHttpHeaders } from 'node:http'
import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'
import type { Outlet } from './outlet.ts'
import type { LoggedRequest } from './request-log.ts'

/** What an answer's JSON is made of. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined }

/** A request on its way to an answer. */
export interface Exchange {
  readonly host: string
  readonly method: string
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  readonly log: LoggedRequest
  readonly outlet: Outlet
  /** The body of the request as text; at most 1 MiB. */
  body(): Promise<string>
  /** Writes down what no client may do. */
  violation(what: string): void
}

export type Handler = (exchange: Exchange) => Promise<void>

const compress = promisify(gzip)
/** As the services' front ends answer what is a person's own. */
const common = { 'Cache-Control': 'no-cache, no-store, max-age=0, must-revalidate', Vary: 'Origin, X-Origin, Referer' }

/** Sends JSON, compressed where the client takes that. */
export async function sendJson(
  { outlet, headers }: Exchange,
  status: number,
  value: Json,
  extra: Readonly<Record<string, string>> = {},
): Promise<void> {
  const whole = JSON.stringify(value)
  const text = outlet.tampering.truncatedJson ? whole.slice(0, whole.length >> 1) : whole
  const zipped = /\bgzip\b/.test(String(headers['accept-encoding'] ?? ''))
  // The quickest level: a listing of a million files is made here, and the client's work is what tests are about.
  const body = zipped ? await compress(text, { level: constants.Z_BEST_SPEED }) : Buffer.from(text)
  outlet.head(status, {
    ...common,
    'Content-Type': 'application/json; charset=UTF-8',
    'Content-Length': body.length,
    ...(zipped ? { 'Content-Encoding': 'gzip' } : {}),
    ...extra,
  })
  await outlet.write(body)
  await outlet.end()
}

export async function sendHtml(
  { outlet }: Exchange,
  status: number,
  html: string,
  extra: Readonly<Record<string, string>> = {},
): Promise<void> {
  const body = Buffer.from(
    `<!doctype html><html><head><meta charset="utf-8"><title>Practice cloud</title></head><body>${html}</body></html>\n`,
  )
  outlet.head(status, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Length': body.length, ...extra })
  await outlet.write(body)
  await outlet.end()
}

export async function sendRedirect({ outlet }: Exchange, location: string, status: 302 | 307 = 302): Promise<void> {
  outlet.head(status, { Location: location, 'Content-Type': 'text/html; charset=UTF-8', 'Content-Length': 0 })
  await outlet.end()
}

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** The access token of the Authorization header, if it has one. */
export function bearerOf({ headers }: Exchange): string | undefined {
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1]
}
