import { Failure } from '../core/failure.ts'
import { discard } from './collect.ts'
import { lowerCase } from './headers.ts'
import { worthTryingFor } from './patience.ts'
import { redactUrl } from './redact.ts'
import type { Hop, HopStep, Step } from './step.ts'

/**
 * Follows redirects, at most ten, and gives each hop to the next step. What proves an account, also where the caller put it into the headers,
 * stays behind as soon as a hop leads to another origin.
 */
export function followRedirects(next: HopStep): Step {
  return async (attempt) => {
    const { request } = attempt
    let hop: Hop = {
      method: request.method.toUpperCase(),
      url: new URL(request.url),
      headers: lowerCase(request.headers ?? {}),
      body: request.body,
      trusted: true,
    }
    const seen: string[] = []
    for (;;) {
      const answer = await next(hop, attempt)
      const { location } = answer.headers
      if (!redirects.has(answer.status) || request.accepts?.includes(answer.status) || location === undefined) return answer
      await discard(answer.body)
      seen.push(`${hop.method} ${hop.url.href}`)
      hop = redirected(hop, answer.status, location)
      if (seen.includes(`${hop.method} ${hop.url.href}`)) throw refused(hop, 'leads round in a circle', seen)
      if (seen.length > most) throw refused(hop, `leads through more than ${most} redirects`, seen)
    }
  }
}

const redirects = new Set([301, 302, 303, 307, 308])
const most = 10

/**
 * Where a redirect leads. Methods: https://www.rfc-editor.org/rfc/rfc9110#section-15.4 – 303 turns everything but HEAD into GET, 301 and 302
 * turn POST into GET, and all others (PROPFIND with its Depth and body) stay what they are.
 */
export function redirected(hop: Hop, status: number, location: string): Hop {
  if (!URL.canParse(location, hop.url.href)) throw refused(hop, 'redirects to something that is no address', [])
  const url = new URL(location, hop.url)
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw refused(hop, `redirects to an address of another kind (${url.protocol})`, [])
  if (hop.url.protocol === 'https:' && url.protocol === 'http:') {
    throw refused(hop, `redirects from https to the unencrypted ${redactUrl(url)}; not followed`, [])
  }
  url.hash = ''
  // Not to be taken over as credentials from an answer.
  url.username = ''
  url.password = ''
  const toGet = status === 303 ? hop.method !== 'HEAD' && hop.method !== 'GET' : status < 303 && hop.method === 'POST'
  const trusted = hop.trusted && url.origin === hop.url.origin
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(hop.headers)) {
    if (toGet && name.startsWith('content-')) continue
    if (!trusted && secret.has(name)) continue
    headers[name] = value
  }
  return { method: toGet ? 'GET' : hop.method, url, headers, body: toGet ? undefined : hop.body, trusted }
}

const secret = new Set(['authorization', 'cookie', 'proxy-authorization', 'host'])

function refused(hop: Hop, how: string, seen: readonly string[]): Failure {
  const [method, address] = seen[0]?.split(' ') ?? [hop.method, hop.url.href]
  const stations =
    seen.length < 2 ? '' : `: ${seen.map((station) => redactUrl(station.slice(station.indexOf(' ') + 1))).join(' → ')}`
  const failure = new Failure('corrupt', `${method} ${redactUrl(address ?? hop.url)} ${how}${stations}`, {
    hint: 'check the address in the settings; if this network has a login page, open it in a browser first',
  })
  return worthTryingFor(0, failure)
}
