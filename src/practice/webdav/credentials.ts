import type { IncomingMessage } from 'node:http'
import { createDigestCheck, type DigestOptions } from './digest.ts'

/** User names and their passwords. */
export type Users = Readonly<Record<string, string>>

export type Verdict =
  | { readonly outcome: 'in'; readonly user: string }
  /** Nothing sent yet, or a nonce that is over: the client may go on with the challenges. */
  | { readonly outcome: 'asked' | 'wrong'; readonly challenges: readonly string[] }
  /** The header is not what the standard allows. */
  | { readonly outcome: 'malformed'; readonly why: string }

/** Judges the Authorization header of one request; `violation` is told of what a careful client never does. */
export type SignInCheck = (request: IncomingMessage, violation: (what: string) => void) => Verdict

export type SignInOptions = { readonly auth: 'basic' | 'digest'; readonly users: Users; readonly digest?: DigestOptions }

export const realm = 'Practice home'

export function createSignInCheck({ auth, users, digest }: SignInOptions): SignInCheck {
  const checkDigest = createDigestCheck(users, digest)
  return (request, violation) => {
    const header = request.headers.authorization
    const scheme = header?.split(' ', 1)[0]?.toLowerCase()
    if (scheme === 'bearer') violation('A bearer token was sent to the WebDAV home')
    if (auth === 'digest') {
      if (scheme === 'basic') violation('A password was sent as Basic to a server that offers Digest only')
      return checkDigest(scheme === 'digest' ? header : undefined, request)
    }
    return checkBasic(scheme === 'basic' ? header : undefined, users)
  }
}

/** RFC 7617, with the charset parameter of its section 2.1. */
function checkBasic(header: string | undefined, users: Users): Verdict {
  const challenges = [`Basic realm="${realm}", charset="UTF-8"`]
  if (header === undefined) return { outcome: 'asked', challenges }
  const token = header.slice(6).trim()
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(token)) return { outcome: 'malformed', why: 'The Basic credentials are not base64' }
  const pair = Buffer.from(token, 'base64').toString()
  const colon = pair.indexOf(':')
  if (colon < 0) return { outcome: 'malformed', why: 'The Basic credentials have no colon' }
  const user = pair.slice(0, colon)
  const right = Object.hasOwn(users, user) && users[user] === pair.slice(colon + 1)
  return right ? { outcome: 'in', user } : { outcome: 'wrong', challenges }
}
