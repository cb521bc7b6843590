import type { Exchange } from '../serving/reply.ts'
import type { App } from './app-registration.ts'
import { OAuthError } from './oauth-error.ts'

export interface ClientKind {
  readonly kind: 'confidential' | 'public'
  readonly id: string
}

/**
 * Who asks: the confidential client proves its secret by HTTP Basic, as every example of https://developers.zoom.us/docs/integrations/oauth/ does; the public one
 * has none and names its id in the body.
 */
export function clientOf({ headers, violation }: Exchange, form: URLSearchParams, app: App): ClientKind {
  const basic = /^Basic +(\S+)$/i.exec(headers.authorization ?? '')?.[1]
  const named = form.get('client_id')
  if (basic === undefined) {
    if (form.has('client_secret')) violation('client_secret in a body')
    if (named === app.publicId && !form.has('client_secret')) return { kind: 'public', id: app.publicId }
    if (named !== null && named !== app.id && named !== app.publicId)
      throw new OAuthError(401, 4702, 'invalid_client', 'Invalid client.')
    throw new OAuthError(401, 4706, 'invalid_client', 'Client ID or client secret is missing.')
  }
  const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString().split(':').map(decoded)
  if (id !== app.id || (named !== null && named !== id)) throw new OAuthError(401, 4702, 'invalid_client', 'Invalid client.')
  if (secret !== app.secret) throw new OAuthError(401, 4704, 'invalid_client', 'Invalid client secret.')
  return { kind: 'confidential', id }
}

/** https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1: both halves are form-encoded first. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
