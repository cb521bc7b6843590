import type { Exchange } from '../serving/reply.ts'
import type { App } from './app-registration.ts'

interface Checked {
  readonly scopes: readonly string[]
  readonly challenge: { readonly value: string; readonly method: 'S256' | 'plain' } | undefined
}

const known = new Set(['response_type', 'client_id', 'redirect_uri', 'state', 'scope', 'code_challenge', 'code_challenge_method'])

/**
 * The parameters of https://developers.zoom.us/docs/integrations/oauth/ beside client and address. What the page does not name, Zoom is not known to refuse; it is
 * written down as a violation.
 */
export function checkAuthorization(exchange: Exchange, app: App, isPublic: boolean): Checked | { readonly problem: string } {
  const query = exchange.url.searchParams
  for (const name of new Set(query.keys())) {
    if (!known.has(name)) exchange.violation(`unknown parameter ${name}`)
    if (query.getAll(name).length > 1) return { problem: `Parameter given more than once: ${name}` }
  }
  if (query.get('response_type') !== 'code') return { problem: 'Invalid response type' }
  const asked = (query.get('scope') ?? '').split(' ').filter((scope) => scope !== '')
  // Only what the app was registered with can be asked for: https://devforum.zoom.us/t/invalid-scope-errors/52654
  if (asked.some((scope) => !app.scopes.includes(scope))) return { problem: 'Invalid scope' }
  const scopes = asked.length === 0 ? app.scopes : asked
  const value = query.get('code_challenge')
  if (value === null) return isPublic ? { problem: 'Code challenge is required.' } : { scopes, challenge: undefined }
  const method = query.get('code_challenge_method') ?? 'plain'
  if (method !== 'S256' && method !== 'plain') return { problem: 'Invalid code challenge method.' }
  // "Legacy support only": github.com/zoom/skills, skills/oauth/concepts/pkce.md
  if (method === 'plain') exchange.violation('code_challenge_method plain')
  if (!(method === 'S256' ? /^[A-Za-z0-9_-]{43}$/ : /^[A-Za-z0-9._~-]{43,128}$/).test(value))
    return { problem: 'Invalid code challenge.' }
  return { scopes, challenge: { value, method } }
}
