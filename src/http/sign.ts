import type { Credentials } from '../core/transport.ts'
import { abortable } from './abortable.ts'
import { discard } from './collect.ts'
import { lowerCase } from './headers.ts'
import type { Hop, HopStep } from './step.ts'

export interface SignOptions {
  readonly credentials?: Credentials | undefined
  /** Origins that may receive the credentials. */
  readonly origins: readonly string[]
}

/** Adds what proves the account, where the address may receive it; after a 401 renews it once and repeats the request once. */
export function sign(next: HopStep, { credentials, origins }: SignOptions): HopStep {
  const entitled = new Set(origins.map((address) => new URL(address).origin))
  if (credentials === undefined) return next
  return async (hop, attempt) => {
    if (!hop.trusted || attempt.request.credentials === 'none' || !entitled.has(hop.url.origin)) return next(hop, attempt)
    const signed = async (): Promise<Hop> => {
      const asked = credentials.sign({ method: hop.method, url: hop.url.href, headers: hop.headers })
      return { ...hop, headers: lowerCase(await abortable(asked, attempt.signal)) }
    }
    const first = await signed()
    const answer = await next(first, attempt)
    if (answer.status !== 401) return answer
    await discard(answer.body)
    await abortable(credentials.renew(first.headers, answer.headers['www-authenticate']), attempt.signal)
    return next(await signed(), attempt)
  }
}
