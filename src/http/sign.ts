import type { Credentials } from '../core/transport.ts'
import { abortable } from './abortable.ts'
import { discard } from './collect.ts'
import { lowerCase } from './headers.ts'
import type { Answer, Hop, HopStep } from './step.ts'

export interface SignOptions {
  readonly credentials?: Credentials | undefined
  /** Origins that may receive the credentials; `https://*.example.org` stands for every host below example.org. */
  readonly origins: readonly string[]
}

/**
 * Adds what proves the account, where the address may receive it; after a 401 renews it once and repeats the request once. A 401 that only told which
 * scheme the server wants (Digest instead of Basic) does not count: the one after it is about the password, and goes to the credentials too.
 */
export function sign(next: HopStep, { credentials, origins }: SignOptions): HopStep {
  const entitled = entitledBy(origins)
  if (credentials === undefined) return next
  return async (hop, attempt) => {
    if (!hop.trusted || attempt.request.credentials === 'none' || !entitled(hop.url)) return next(hop, attempt)
    const signed = async (): Promise<Hop> => {
      const asked = credentials.sign({ method: hop.method, url: hop.url.href, headers: hop.headers })
      return { ...hop, headers: lowerCase(await abortable(asked, attempt.signal)) }
    }
    const renewed = async (refused: Hop, answer: Answer): Promise<Hop> => {
      await discard(answer.body)
      await abortable(credentials.renew(refused.headers, answer.headers['www-authenticate']), attempt.signal)
      return signed()
    }
    const first = await signed()
    const answer = await next(first, attempt)
    if (answer.status !== 401) return answer
    const second = await renewed(first, answer)
    const reply = await next(second, attempt)
    if (reply.status !== 401 || schemeOf(second) === schemeOf(first)) return reply
    return next(await renewed(second, reply), attempt)
  }
}

function entitledBy(origins: readonly string[]): (url: URL) => boolean {
  const exact = new Set(origins.map((address) => new URL(address).origin))
  const below = origins.flatMap((address) => /^(https:)\/\/\*(\.[^*/]+)$/.exec(address)?.[2] ?? [])
  return (url) =>
    exact.has(url.origin) ||
    (url.protocol === 'https:' && url.port === '' && below.some((ending) => url.hostname.endsWith(ending)))
}

const schemeOf = ({ headers }: Hop) => headers.authorization?.split(' ', 1)[0]?.toLowerCase()
