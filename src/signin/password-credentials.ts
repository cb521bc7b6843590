import { Failure } from '../core/failure.ts'
import type { Credentials } from '../core/transport.ts'
import { type Challenge, parseChallenges } from './challenges.ts'
import { bestDigest, type Digest, digest, isStale } from './digest.ts'

export interface PasswordCredentialsOptions {
  /** The account's name, for messages. */
  readonly account: string
  readonly username: string
  readonly password: string
  /** 'allow': the person insists on sending the password over plain http (`insecure: true`). Loopback is always allowed. */
  readonly plainHttp?: 'refuse' | 'allow'
}

/**
 * Signs with user name and password: Basic at once where the connection is encrypted (RFC 7617, UTF-8), Digest where the server asks
 * for it (RFC 7616). A refused password stops the account: servers lock people out who try again and again.
 * Throws a Failure of kind `settings` for a user name or password that cannot be sent.
 */
export const passwordCredentials = ({
  account,
  username,
  password,
  plainHttp = 'refuse',
}: PasswordCredentialsOptions): Credentials => {
  checkLogin(account, username, password)
  const basic = `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`
  let answering: Digest | undefined
  let wanted: 'digest-or-basic' | 'basic' = 'digest-or-basic'
  let over: Failure | undefined

  const stop = (message: string, hint: string): never => {
    over = new Failure('signin', message, { hint })
    throw over
  }

  const refused = (): never =>
    stop(
      `the server refused the user name or the password of ${account}`,
      `enter it again: holdall connect ${account}; where the service has two-factor or single sign-on, make an app password in its settings and use that`,
    )

  return {
    sign: async ({ method, url, headers }) => {
      if (over !== undefined) throw over
      if (answering !== undefined) return { ...headers, authorization: answering.authorization({ method, url }) }
      // Over plain http the server is asked first what it wants: Digest does not give the password away.
      if (!isPrivate(url) && !(wanted === 'basic' && plainHttp === 'allow')) return { ...headers }
      return { ...headers, authorization: basic }
    },

    renew: async (rejected, challenge) => {
      if (over !== undefined) throw over
      const offered = parseChallenges(challenge ?? '')
      const best = bestDigest(offered)
      const sent = rejectedBy(rejected)

      if (sent.scheme === 'digest') {
        if (answering !== undefined && answering.nonce !== sent.nonce) return // renewed already, for another request
        if (best === undefined || !isStale(best)) return refused()
        answering = digest(best, { username, password })
        return
      }
      if (answering !== undefined) return // another request of the same moment learned it
      const basicOffered = offered.some(({ scheme }) => scheme === 'basic')
      // A server that takes Basic and refused it has read the password: a second way would be a second attempt.
      if (sent.scheme === 'basic' && (basicOffered || offered.length === 0)) return refused()
      if (best !== undefined) {
        answering = digest(best, { username, password })
        return
      }
      if (!basicOffered) return stop(...unknownScheme(account, offered))
      if (plainHttp !== 'allow') {
        over = new Failure('settings', `the server of ${account} wants the password over a connection that is not encrypted`, {
          hint: `use its https address, or set insecure: true for ${account} where you accept that others on the way can read the password`,
          stops: 'account',
        })
        throw over
      }
      wanted = 'basic'
    },
  }
}

/** An address to which a password may go in the clear: encrypted, or never leaving this machine. */
const isPrivate = (address: string): boolean => {
  const { protocol, hostname } = new URL(address)
  return protocol === 'https:' || hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

const checkLogin = (account: string, username: string, password: string): void => {
  const wrong = username.includes(':')
    ? 'holds a colon, which HTTP cannot carry in a user name'
    : /[\u0000-\u001f\u007f]/.test(username + password)
      ? 'or the password holds a line break or another control character'
      : undefined
  if (wrong === undefined) return
  throw new Failure('settings', `the user name of ${account} ${wrong}`, {
    hint: `correct accounts.${account}.username, or the password where it was pasted with its line end`,
    stops: 'account',
  })
}

/** What the refused request had sent. */
const rejectedBy = (
  headers: Readonly<Record<string, string>>,
): { scheme: 'none' | 'basic' | 'digest'; nonce?: string | undefined } => {
  const sent = headers.authorization ?? headers.Authorization
  if (sent === undefined) return { scheme: 'none' }
  if (!/^digest /i.test(sent)) return { scheme: 'basic' }
  return { scheme: 'digest', nonce: parseChallenges(sent)[0]?.parameters.get('nonce') }
}

const unknownScheme = (account: string, offered: readonly Challenge[]): [message: string, hint: string] => [
  `the server of ${account} takes no user name and password${offered.length === 0 ? '' : `, only ${[...new Set(offered.map(({ scheme }) => scheme))].join(', ')}`}`,
  'see in its documentation whether there is a WebDAV address that takes an app password',
]
