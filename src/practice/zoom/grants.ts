import { randomBytes } from 'node:crypto'

/** An authorisation code that waits for its exchange. */
export interface PendingCode {
  readonly user: string
  readonly clientId: string
  readonly scopes: readonly string[]
  readonly redirectUri: string
  readonly challenge: { readonly value: string; readonly method: 'S256' | 'plain' } | undefined
  readonly issuedAt: number
}

export interface AccessToken {
  readonly user: string
  readonly scopes: readonly string[]
  readonly expiresAt: number
  /** Of a `download_access_token`: the only meeting whose files it opens. */
  readonly meeting?: string
  revoked: boolean
}

/** Why a refresh token no longer works. */
export type RefreshEnd = 'used' | 'revoked' | 'expired' | 'owner-gone' | 'tolerance' | 'unknown' | 'bad-signature'

export interface RefreshToken {
  readonly token: string
  readonly user: string
  readonly scopes: readonly string[]
  readonly issuedAt: number
  ended?: RefreshEnd
}

export interface Tokens {
  readonly accessToken: string
  readonly refreshToken: string
  readonly expiresIn: number
  readonly scopes: readonly string[]
}

export interface Grants {
  addCode(code: Omit<PendingCode, 'issuedAt'>): string
  /** The code, which is then used up; a word where it cannot be used. */
  takeCode(code: string): PendingCode | 'unknown' | 'expired'
  /** A sign-in: "the last token issued is considered valid, and the previous ones are invalidated" (error 4741). */
  authorize(user: string, scopes: readonly string[]): Tokens
  /** New tokens in place of a refresh token, which dies at once; a word where it cannot be used. */
  rotate(token: string): Tokens | RefreshEnd
  /** What a refresh token is for; none of one that is not known. Does not use it up. */
  scopesOf(token: string): readonly string[]
  access(token: string): AccessToken | undefined
  /** For the files of one meeting. `seconds` of life. */
  issueDownload(user: string, meeting: string, seconds: number): string
  /** By either kind of token: both kinds of the user end. False: no such token. */
  revoke(token: string): boolean
  expireAccessTokens(): void
  endRefreshTokens(why: RefreshEnd): void
}

export interface GrantsOptions {
  readonly now: () => number
  readonly accessTokenSeconds: number
  readonly refreshTokenDays: number
}

/** "Authorization codes have an expiration time of 5 minutes": https://developers.zoom.us/docs/integrations/oauth/ (error 4733). */
const codeLifeMs = 5 * 60 * 1000
const dayMs = 24 * 60 * 60 * 1000

export function createGrants({ now, accessTokenSeconds, refreshTokenDays }: GrantsOptions): Grants {
  const codes = new Map<string, PendingCode>()
  const accessTokens = new Map<string, AccessToken>()
  const refreshTokens = new Map<string, RefreshToken>()
  const random = (bytes: number) => randomBytes(bytes).toString('base64url')
  const end = (user: string) => {
    for (const access of accessTokens.values()) if (access.user === user) access.revoked = true
    for (const entry of refreshTokens.values()) if (entry.user === user) entry.ended ??= 'revoked'
  }
  /** Shaped like the JWTs that they are, and longer than a kilobyte. */
  const jwt = () => `eyJzdiI6IjAwMDAwMiIsImFsZyI6IkhTNTEyIiwidiI6IjIuMCIsImtpZCI6InByYWN0aWNlIn0.${random(700)}.${random(64)}`
  const issueAccess = (access: Omit<AccessToken, 'revoked'>) => {
    const token = jwt()
    accessTokens.set(token, { ...access, revoked: false })
    return token
  }
  const issue = (user: string, scopes: readonly string[]): Tokens => {
    const refreshToken = jwt()
    refreshTokens.set(refreshToken, { token: refreshToken, user, scopes, issuedAt: now() })
    const accessToken = issueAccess({ user, scopes, expiresAt: now() + accessTokenSeconds * 1000 })
    return { accessToken, refreshToken, expiresIn: accessTokenSeconds, scopes }
  }
  return {
    addCode(code) {
      const value = `${random(16)}_${random(12)}`
      codes.set(value, { ...code, issuedAt: now() })
      return value
    },
    takeCode(code) {
      const found = codes.get(code)
      codes.delete(code)
      if (found === undefined) return 'unknown'
      return now() - found.issuedAt > codeLifeMs ? 'expired' : found
    },
    authorize(user, scopes) {
      end(user)
      return issue(user, scopes)
    },
    rotate(token) {
      const found = refreshTokens.get(token)
      if (found === undefined) return 'unknown'
      if (now() - found.issuedAt > refreshTokenDays * dayMs) found.ended ??= 'expired'
      if (found.ended !== undefined) return found.ended
      found.ended = 'used'
      return issue(found.user, found.scopes)
    },
    scopesOf: (token) => refreshTokens.get(token)?.scopes ?? [],
    access(token) {
      const found = accessTokens.get(token)
      return found !== undefined && !found.revoked ? found : undefined
    },
    issueDownload: (user, meeting, seconds) => issueAccess({ user, scopes: [], expiresAt: now() + seconds * 1000, meeting }),
    revoke(token) {
      const refresh = refreshTokens.get(token)
      const access = accessTokens.get(token)
      const user = access?.revoked === false ? access.user : refresh?.ended === undefined ? refresh?.user : undefined
      if (user === undefined) return false
      end(user)
      return true
    },
    expireAccessTokens: () => accessTokens.clear(),
    endRefreshTokens(why) {
      for (const entry of refreshTokens.values()) entry.ended ??= why
      for (const access of accessTokens.values()) access.revoked = true
    },
  }
}
