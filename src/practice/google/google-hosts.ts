import type { Refused } from '../serving/faults.ts'
import { type Exchange, sendHtml, sendJson } from '../serving/reply.ts'
import { envelopeOf, refusal } from './api-error.ts'

/** The real hosts that the practice servers stand for (Calendar lives at www.googleapis.com, like Drive); `storage` are the many `*.googleusercontent.com` that downloads are redirected to. */
export type HostName =
  | 'accounts.google.com'
  | 'oauth2.googleapis.com'
  | 'openidconnect.googleapis.com'
  | 'www.googleapis.com'
  | 'gmail.googleapis.com'
  | 'people.googleapis.com'
  | 'tasks.googleapis.com'
  | 'lh3.googleusercontent.com'
  | 'docs.google.com'
  | 'drive.usercontent.google.com'
  | 'storage'

/** Hosts to which a client may send a bearer token. */
export const bearerWelcome: readonly HostName[] = [
  'www.googleapis.com',
  'gmail.googleapis.com',
  'people.googleapis.com',
  'tasks.googleapis.com',
  'openidconnect.googleapis.com',
  'docs.google.com',
  'drive.usercontent.google.com',
]

const envelopes: Readonly<Record<string, 'errors' | 'status' | 'both'>> = {
  'www.googleapis.com': 'errors',
  'gmail.googleapis.com': 'both',
  'people.googleapis.com': 'status',
  'tasks.googleapis.com': 'both',
}

/** Refuses as the host does: each API words its errors in its own way, the token endpoint as RFC 6749 says, the others with a page. */
export async function refuseAsGoogle(
  exchange: Exchange,
  { status, reason = 'backendError', message = 'Practice fault', retryAfter }: Refused,
): Promise<void> {
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }
  const form = envelopes[exchange.host]
  if (form !== undefined) {
    const domain = /rateLimit|quota/i.test(reason) ? 'usageLimits' : 'global'
    await sendJson(exchange, status, envelopeOf(refusal(status, reason, message, { domain }), form), headers)
  } else if (exchange.host === 'oauth2.googleapis.com') {
    await sendJson(exchange, status, { error: reason, error_description: message }, headers)
  } else {
    await sendHtml(exchange, status, `<h1>Error ${status}</h1>`, headers)
  }
}
