import * as oauth from 'oauth4webapi'
import type { OAuthSignIn } from '../core/provider.ts'

/** How a client proves itself to a token endpoint and its neighbours: https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1 */
export const clientAuthentication = (signIn: OAuthSignIn, secret: string | undefined): oauth.ClientAuth => {
  if (secret === undefined) return oauth.None()
  return signIn.secretIn === 'basic' ? basic(secret) : oauth.ClientSecretPost(secret)
}

/**
 * RFC 6749 §2.3.1 with the form encoding of the web (https://url.spec.whatwg.org/#application/x-www-form-urlencoded), which leaves `-` and `_` as they
 * are. oauth4webapi's own writes them as %2D and %5F: right too, but not for the servers that forget to decode.
 */
const basic =
  (secret: string): oauth.ClientAuth =>
  (_server, { client_id: id }, _body, headers) => {
    const pair = [id, secret].map((text) => new URLSearchParams({ _: text }).toString().slice('_='.length)).join(':')
    headers.set('authorization', `Basic ${Buffer.from(pair).toString('base64')}`)
  }
