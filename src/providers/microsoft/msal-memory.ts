import { z } from 'zod'
import { Failure } from '../../core/failure.ts'

const schema = z.object({ version: z.literal(1), tenant: z.string().min(1), cache: z.string().min(1) })

/** What MSAL must be given again to renew, as the token store keeps it. */
export interface MsalMemory {
  /** The id of the directory that the account signed in to: it is renewed there, whatever the settings say by then. */
  readonly tenant: string
  /** MSAL's own cache, serialised. */
  readonly cache: string
}

/** MSAL's cache without access tokens, which the account's record holds already: a token of several kilobytes is kept once. */
export function writeMemory({ tenant, cache }: MsalMemory): string {
  const kept = { ...(JSON.parse(cache) as object), AccessToken: {} }
  return JSON.stringify({ version: 1, tenant, cache: JSON.stringify(kept) })
}

/** Throws a Failure of kind `signin` for what cannot be read; nothing of the text enters its message. */
export function readMemory(text: string): MsalMemory {
  try {
    const memory = schema.parse(JSON.parse(text))
    JSON.parse(memory.cache)
    return memory
  } catch {
    throw new Failure('signin', 'what the sign-in at Microsoft is renewed with cannot be read', { hint: 'sign in again' })
  }
}

/** Whether there is anything to renew with. */
export const renewable = (cache: string): boolean => {
  const { RefreshToken } = JSON.parse(cache) as { readonly RefreshToken?: object }
  return Object.keys(RefreshToken ?? {}).length > 0
}

/** When the refresh token ends, where the service said so; milliseconds since 1970. */
export function endOf(cache: string): number | undefined {
  const tokens = Object.values((JSON.parse(cache) as { readonly RefreshToken?: object }).RefreshToken ?? {})
  const seconds = tokens.map((token: { readonly expires_on?: unknown }) => Number(token.expires_on)).filter((one) => one > 0)
  return seconds.length === 0 ? undefined : Math.max(...seconds) * 1000
}
