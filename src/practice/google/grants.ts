import { randomBytes } from 'node:crypto'

/** An authorisation code that waits for its exchange. */
export interface PendingCode {
  readonly user: string
  readonly scopes: readonly string[]
  readonly redirectUri: string
  readonly challenge: string
  readonly nonce: string | undefined
  readonly withRefreshToken: boolean
  readonly issuedAt: number
}

/** What an access token allows. */
export interface AccessToken {
  readonly user: string
  readonly scopes: readonly string[]
  readonly expiresAt: number
}

export interface RefreshToken {
  readonly token: string
  readonly user: string
  readonly scopes: readonly string[]
  readonly issuedAt: number
  /** Why it no longer works. */
  ended?: RefreshEnd
}

/** `expired`: revoked, unused, or after seven days of testing; `invalid_rapt`: the organisation asks for a new sign-in. */
export type RefreshEnd = 'expired' | 'invalid_rapt' | 'account-deleted'

export interface Grants {
  addCode(code: Omit<PendingCode, 'issuedAt'>): string
  /** The code, which is then used up; undefined: unknown, used, or older than ten minutes. */
  takeCode(code: string): PendingCode | undefined
  issueAccess(user: string, scopes: readonly string[]): { token: string; expiresIn: number }
  issueRefresh(user: string, scopes: readonly string[]): RefreshToken
  access(token: string): AccessToken | undefined
  refresh(token: string): RefreshToken | undefined
  /** Whether the person consented before and that still holds. */
  consented(user: string): boolean
  /** By either kind of token: everything that the person granted ends. False: no such token. */
  revoke(token: string): boolean
  expireAccessTokens(): void
  endRefreshTokens(why: RefreshEnd): void
}

export interface GrantsOptions {
  readonly now: () => number
  readonly accessTokenSeconds: number
  /** An app in the state "Testing": refresh tokens end after seven days. https://developers.google.com/identity/protocols/oauth2#expiration */
  readonly testing: boolean
}

const codeLifeMs = 10 * 60 * 1000
export const testingLifeSeconds = 7 * 24 * 60 * 60
/** Beyond it the oldest ends without a word. https://developers.google.com/identity/protocols/oauth2#expiration */
const mostRefreshTokens = 100

export function createGrants({ now, accessTokenSeconds, testing }: GrantsOptions): Grants {
  const codes = new Map<string, PendingCode>()
  const accessTokens = new Map<string, AccessToken>()
  const refreshTokens = new Map<string, RefreshToken>()
  const consents = new Set<string>()
  const random = (bytes: number) => randomBytes(bytes).toString('base64url')
  const end = (user: string) => {
    for (const [token, access] of accessTokens) if (access.user === user) accessTokens.delete(token)
    for (const entry of refreshTokens.values()) if (entry.user === user) entry.ended = 'expired'
    consents.delete(user)
  }
  return {
    addCode(code) {
      // Real codes hold a slash, which arrives percent-encoded.
      const value = `4/0A${random(40)}`
      codes.set(value, { ...code, issuedAt: now() })
      consents.add(code.user)
      return value
    },
    takeCode(code) {
      const found = codes.get(code)
      codes.delete(code)
      return found !== undefined && now() - found.issuedAt <= codeLifeMs ? found : undefined
    },
    issueAccess(user, scopes) {
      const token = `ya29.${random(120)}`
      accessTokens.set(token, { user, scopes, expiresAt: now() + accessTokenSeconds * 1000 })
      return { token, expiresIn: accessTokenSeconds }
    },
    issueRefresh(user, scopes) {
      const entry: RefreshToken = { token: `1//0${random(60)}`, user, scopes, issuedAt: now() }
      refreshTokens.set(entry.token, entry)
      const alive = [...refreshTokens.values()].filter((other) => other.user === user && other.ended === undefined)
      for (const old of alive.slice(0, Math.max(0, alive.length - mostRefreshTokens))) old.ended = 'expired'
      return entry
    },
    access(token) {
      const found = accessTokens.get(token)
      return found !== undefined && found.expiresAt > now() ? found : undefined
    },
    refresh(token) {
      const found = refreshTokens.get(token)
      if (found !== undefined && testing && now() - found.issuedAt > testingLifeSeconds * 1000) found.ended = 'expired'
      return found
    },
    consented: (user) => consents.has(user),
    revoke(token) {
      const refresh = refreshTokens.get(token)
      const user = accessTokens.get(token)?.user ?? (refresh?.ended === undefined ? refresh?.user : undefined)
      if (user === undefined) return false
      end(user)
      return true
    },
    expireAccessTokens: () => accessTokens.clear(),
    endRefreshTokens(why) {
      for (const entry of refreshTokens.values()) entry.ended ??= why
      accessTokens.clear()
    },
  }
}
