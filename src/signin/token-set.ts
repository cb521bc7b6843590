import { z } from 'zod'
import { Failure } from '../core/failure.ts'
import type { Identity } from '../core/provider.ts'

const accessTokenSchema = z.object({
  accessToken: z.string().min(1),
  /** Milliseconds since 1970. */
  expiresAt: z.number(),
  refreshToken: z.string().min(1).optional(),
  /** In lower case; always `bearer` so far. */
  tokenType: z.string(),
})

const accountRecordSchema = z.object({
  version: z.literal(1),
  provider: z.string(),
  subject: z.string(),
  name: z.string(),
  clientId: z.string(),
  settings: z.record(z.string(), z.string()).optional(),
  scopes: z.array(z.string()),
  tokens: accessTokenSchema,
  signedInAt: z.number(),
  expiresAt: z.number().optional(),
})

/** What a sign-in brings. Every string of it but `scopes` and `tokenType` is a secret. */
export interface TokenSet {
  readonly accessToken: string
  /** When the access token ends, milliseconds since 1970. */
  readonly expiresAt: number
  readonly refreshToken?: string
  /** The rights really granted; what was asked for where the answer does not say (RFC 6749 §5.1). */
  readonly scopes: readonly string[]
  readonly tokenType: string
  /** When the whole sign-in ends, where the service says so (milliseconds since 1970). */
  readonly signInEndsAt?: number
  /** As it came, over TLS, from the token endpoint; its claims are not checked. Never stored. */
  readonly idToken?: string
}

/** What a token store keeps of an account. */
export interface AccountRecord {
  readonly version: 1
  readonly provider: string
  /** The provider's lasting id of the user; the account is bound to it. */
  readonly subject: string
  /** The address or name that the person recognises. */
  readonly name: string
  readonly clientId: string
  /** The account's own settings at that time: see binding.ts. */
  readonly settings?: Readonly<Record<string, string>> | undefined
  /** The rights really granted. */
  readonly scopes: readonly string[]
  readonly tokens: {
    readonly accessToken: string
    readonly expiresAt: number
    readonly refreshToken?: string | undefined
    readonly tokenType: string
  }
  /** Milliseconds since 1970. */
  readonly signedInAt: number
  /** When the whole sign-in ends, where the service said so; milliseconds since 1970. */
  readonly expiresAt?: number | undefined
}

/** An account without its secrets: what may be shown. */
export type AccountDescription = Omit<AccountRecord, 'tokens'>

export const describeAccount = ({ tokens: _, ...rest }: AccountRecord): AccountDescription => rest

/** The record to store right after a sign-in. */
export const accountRecord = (signIn: {
  readonly provider: string
  readonly identity: Identity
  readonly clientId: string
  readonly settings?: Readonly<Record<string, string>> | undefined
  readonly tokens: TokenSet
  readonly signedInAt: number
}): AccountRecord => ({
  version: 1,
  provider: signIn.provider,
  subject: signIn.identity.subject,
  name: signIn.identity.name,
  clientId: signIn.clientId,
  ...(signIn.settings === undefined ? {} : { settings: signIn.settings }),
  scopes: signIn.tokens.scopes,
  tokens: {
    accessToken: signIn.tokens.accessToken,
    expiresAt: signIn.tokens.expiresAt,
    ...(signIn.tokens.refreshToken === undefined ? {} : { refreshToken: signIn.tokens.refreshToken }),
    tokenType: signIn.tokens.tokenType,
  },
  signedInAt: signIn.signedInAt,
  ...(signIn.tokens.signInEndsAt === undefined ? {} : { expiresAt: signIn.tokens.signInEndsAt }),
})

/**
 * The record after a refresh. An answer without a refresh token keeps the old one (RFC 6749 §6).
 */
export const refreshedRecord = (record: AccountRecord, answer: TokenSet): AccountRecord => ({
  ...record,
  scopes: answer.scopes,
  tokens: {
    accessToken: answer.accessToken,
    expiresAt: answer.expiresAt,
    refreshToken: answer.refreshToken ?? record.tokens.refreshToken,
    tokenType: answer.tokenType,
  },
  ...(answer.signInEndsAt === undefined ? {} : { expiresAt: answer.signInEndsAt }),
})

export const writeAccountRecord = (record: AccountRecord): string => JSON.stringify(record)

/**
 * The stored record of `account`. Throws a Failure: `signin` where it cannot be understood, `settings` where a newer Holdall wrote it.
 * The text itself never enters the message.
 */
export const readAccountRecord = (account: string, text: string): AccountRecord => {
  const value = parsed(text)
  const record = accountRecordSchema.safeParse(value)
  if (record.success) return record.data
  const version = z.object({ version: z.number() }).safeParse(value)
  if (version.success && version.data.version > 1) {
    throw new Failure('settings', `the sign-in of ${account} was stored by a newer version of holdall`, {
      hint: `use that version, or sign in again with this one: holdall connect ${account}`,
    })
  }
  throw new Failure('signin', `the stored sign-in of ${account} cannot be read`, {
    hint: `sign in again: holdall connect ${account}`,
  })
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // JSON.parse quotes the text in its message, and the text holds tokens
  }
}
