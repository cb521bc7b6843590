import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { Json } from '../../serving/reply.ts'
import { type MicrosoftAccount, personalTenant } from '../account.ts'

let keys: { readonly privateKey: KeyObject; readonly publicKey: KeyObject; readonly kid: string } | undefined

/** One key for all practice servers of a process: making one takes a moment. */
function signingKeys() {
  keys ??= { ...generateKeyPairSync('rsa', { modulusLength: 2048 }), kid: randomBytes(16).toString('base64url') }
  return keys
}

/** What `jwks_uri` leads to. */
export function signingKeySet(): Json {
  const { publicKey, kid } = signingKeys()
  const { n, e } = publicKey.export({ format: 'jwk' })
  return { keys: [{ kty: 'RSA', use: 'sig', kid, n: String(n), e: String(e) }] }
}

export interface IdTokenOptions {
  readonly account: MicrosoftAccount
  readonly clientId: string
  /** The Entra host's root. */
  readonly root: string
  readonly nonce: string | undefined
  /** Milliseconds since 1970. */
  readonly time: number
}

/** A signed id token. https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference */
export function idToken({ account, clientId, root, nonce, time }: IdTokenOptions): string {
  const seconds = Math.floor(time / 1000)
  const claims = {
    ver: '2.0',
    iss: `${root}${account.tenant}/v2.0`,
    sub: createHash('sha256').update(`${account.oid} ${clientId}`).digest('base64url'),
    aud: clientId,
    exp: seconds + 3600,
    iat: seconds,
    nbf: seconds,
    name: account.name,
    preferred_username: account.username,
    oid: account.oid,
    tid: account.tenant === personalTenant ? personalTenant : account.tenant,
    ...(nonce === undefined ? {} : { nonce }),
  }
  const part = (value: Json) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const { privateKey, kid } = signingKeys()
  const signed = `${part({ typ: 'JWT', alg: 'RS256', kid })}.${part(claims)}`
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`
}

/** Whose tokens these are: MSAL makes the account's id of it. https://learn.microsoft.com/entra/msal/dotnet/acquiring-tokens/msal-net-client-info */
export function clientInfo({ oid, tenant }: MicrosoftAccount): string {
  return Buffer.from(JSON.stringify({ uid: oid, utid: tenant })).toString('base64url')
}
