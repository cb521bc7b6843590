import { randomBytes } from 'node:crypto'
import type { MicrosoftAccount } from '../account.ts'
import type { AadstsCode } from './aadsts.ts'

export interface PendingCode {
  readonly account: MicrosoftAccount
  readonly scopes: readonly string[]
  readonly redirectUri: string
  readonly challenge: string
  readonly nonce: string | undefined
  /** The person gave what a challenge asked for. */
  readonly stepUp: boolean
  readonly issuedAt: number
}

export interface DeviceCode {
  readonly code: string
  readonly userCode: string
  readonly scopes: readonly string[]
  readonly stepUp: boolean
  readonly issuedAt: number
  polls: number
  state: 'waiting' | 'approved' | 'declined'
}

export interface AccessToken {
  readonly account: MicrosoftAccount
  /** Plain names. */
  readonly scopes: readonly string[]
  readonly expiresAt: number
  /** Given to a request that carried the claims of a challenge. */
  readonly withClaims: boolean
  readonly stepUp: boolean
  readonly serial: number
}

export interface RefreshToken {
  readonly account: MicrosoftAccount
  readonly scopes: readonly string[]
  readonly stepUp: boolean
  readonly issuedAt: number
  /** The error that it answers with from now on. */
  ended?: AadstsCode
}

/**
 * Who can satisfy a challenge: the program by a renewal, the person by a sign-in for an authentication context, or nobody.
 * https://learn.microsoft.com/entra/identity-platform/developer-guide-conditional-access-authentication-context
 */
export type ClaimsFrom = 'program' | 'person' | 'in vain'

/** Codes and tokens. */
export interface EntraGrants {
  addCode(code: Omit<PendingCode, 'issuedAt'>): string
  /** The code, used up by that; `used`: it was once before. */
  takeCode(code: string): PendingCode | 'used' | 'expired' | undefined
  addDeviceCode(scopes: readonly string[], stepUp: boolean): DeviceCode
  deviceCode(code: string): DeviceCode | undefined
  byUserCode(userCode: string): DeviceCode | undefined
  dropDeviceCode(code: string): void
  issueAccess(
    account: MicrosoftAccount,
    scopes: readonly string[],
    how?: { readonly withClaims: boolean; readonly stepUp: boolean },
  ): { token: string; expiresIn: number }
  issueRefresh(account: MicrosoftAccount, scopes: readonly string[], stepUp?: boolean): string
  access(token: string): AccessToken | undefined
  refresh(token: string): RefreshToken | undefined
  /** What the person has granted so far, plain names. */
  consented(account: MicrosoftAccount): Set<string>
  expireAccessTokens(): void
  endRefreshTokens(why: AadstsCode): void
  /** Access tokens given so far need claims. */
  demandClaims(from?: ClaimsFrom): void
  /** The claims that this token lacks, as JSON. */
  lackingClaims(token: AccessToken): string | undefined
}

/** "Typically, they expire after about 10 minutes": https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow */
const codeLifeMs = 10 * 60_000
/** https://learn.microsoft.com/entra/identity-platform/refresh-tokens */
export const refreshLifeMs = 90 * 24 * 60 * 60_000
const most = 5000

/** https://learn.microsoft.com/entra/identity-platform/developer-guide-conditional-access-authentication-context */
const stepUpClaim = { essential: true, value: 'c1' }

/** Whether a request's `claims` ask for what the challenge wanted. */
export function asksForStepUp(claims: string | null): boolean {
  try {
    const value = JSON.parse(claims ?? '{}') as { access_token?: { acrs?: { value?: unknown } } }
    return value.access_token?.acrs?.value === stepUpClaim.value
  } catch {
    return false
  }
}

export function createEntraGrants(now: () => number, accessTokenSeconds: number): EntraGrants {
  const codes = new Map<string, PendingCode>()
  const used = new Set<string>()
  const devices = new Map<string, DeviceCode>()
  const accessTokens = new Map<string, AccessToken>()
  const refreshTokens = new Map<string, RefreshToken>()
  const consents = new Map<string, Set<string>>()
  let serial = 0
  let claimsFrom = 0
  let stepUp: 'person' | 'in vain' | undefined
  const random = (bytes: number) => randomBytes(bytes).toString('base64url')
  const bounded = <Value>(map: Map<string, Value>) => {
    const oldest = map.keys().next().value
    if (map.size > most && oldest !== undefined) map.delete(oldest)
  }
  return {
    consented(account) {
      const known = consents.get(account.oid) ?? new Set()
      consents.set(account.oid, known)
      return known
    },
    addCode(code) {
      const value = `1.${random(160)}`
      codes.set(value, { ...code, issuedAt: now() })
      return value
    },
    takeCode(code) {
      const found = codes.get(code)
      if (found === undefined) return used.has(code) ? 'used' : undefined
      codes.delete(code)
      used.add(code)
      return now() - found.issuedAt > codeLifeMs ? 'expired' : found
    },
    addDeviceCode(scopes, given) {
      const letters = [...randomBytes(9)].map((byte) => 'BCDFGHJKLMNPQRSTVWXZ'[byte % 20]).join('')
      const made: DeviceCode = {
        code: random(120),
        userCode: letters,
        scopes,
        stepUp: given,
        issuedAt: now(),
        polls: 0,
        state: 'waiting',
      }
      devices.set(made.code, made)
      return made
    },
    deviceCode: (code) => devices.get(code),
    byUserCode: (userCode) => [...devices.values()].find((device) => device.userCode === userCode.toUpperCase()),
    dropDeviceCode: (code) => void devices.delete(code),
    issueAccess(account, scopes, { withClaims, stepUp: given } = { withClaims: false, stepUp: false }) {
      // Looks like a JWT for work accounts, which is nothing a client may rely on.
      const token = `eyJ0eXAi.${random(240)}.${random(60)}`
      serial += 1
      accessTokens.set(token, {
        account,
        scopes,
        expiresAt: now() + accessTokenSeconds * 1000,
        withClaims,
        stepUp: given,
        serial,
      })
      bounded(accessTokens)
      return { token, expiresIn: accessTokenSeconds }
    },
    issueRefresh(account, scopes, given = false) {
      const token = `1.${random(300)}`
      refreshTokens.set(token, { account, scopes, stepUp: given, issuedAt: now() })
      bounded(refreshTokens)
      return token
    },
    access: (token) => accessTokens.get(token),
    refresh: (token) => refreshTokens.get(token),
    expireAccessTokens() {
      for (const [token, access] of accessTokens) accessTokens.set(token, { ...access, expiresAt: 0 })
    },
    endRefreshTokens(why) {
      for (const entry of refreshTokens.values()) entry.ended = why
    },
    demandClaims(from = 'program') {
      if (from === 'program') claimsFrom = serial + 1
      else stepUp = from
    },
    lackingClaims(token) {
      if (stepUp === 'in vain' || (stepUp === 'person' && !token.stepUp))
        return JSON.stringify({ access_token: { acrs: stepUpClaim } })
      if (token.serial >= claimsFrom && (claimsFrom === 0 || token.withClaims)) return undefined
      return `{"access_token":{"nbf":{"essential":true,"value":"${Math.floor(now() / 1000)}"}}}`
    },
  }
}
