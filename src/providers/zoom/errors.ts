import { z } from 'zod'
import { Failure } from '../../core/failure.ts'
import type { HttpRequest, HttpResponseHead } from '../../core/transport.ts'

const envelope = z.object({ code: z.coerce.number(), message: z.string().catch('') })

/** What an error answer of Zoom's API says: https://developers.zoom.us/docs/api/using-zoom-apis/ */
export interface ZoomError {
  readonly code: number
  readonly message: string
}

/** undefined: the body is no error of Zoom's. */
export function readError(body: string): ZoomError | undefined {
  try {
    return envelope.safeParse(JSON.parse(body)).data
  } catch {
    return undefined
  }
}

/**
 * What an error answer of Zoom means. One status stands for many things, and the code in the body tells which; codes are those of the error lists at
 * https://developers.zoom.us/docs/api/. undefined: the status code alone decides.
 */
export function explain(response: HttpResponseHead, body: string, request: HttpRequest): Failure | undefined {
  return explainAt(Date.now(), response, body, request)
}

/** The same at a given time, in milliseconds since 1970. */
export function explainAt(now: number, response: HttpResponseHead, body: string, request: HttpRequest): Failure | undefined {
  const { status, headers } = response
  if (status < 400) return undefined
  const error = readError(body)
  if (status === 429 || error?.code === 429) return tooMany(now, headers, error?.message ?? '')
  if (error === undefined) return status === 401 ? signInEnded() : undefined
  return explainError(status, error, request.url)
}

/** The same for the code alone, which now and then comes with a status of success. */
export function explainError(status: number, { code, message }: ZoomError, url: string): Failure | undefined {
  const missing = /does not contain scopes?\s*:?\s*\[?([\w:,\s]*)/i.exec(message)
  if (missing !== null || code === 4711) return missingRight(missing?.[1] ?? '')
  if (status === 401 || code === 124) return signInEnded()
  if (/next.?page.?token/i.test(message)) {
    return new Failure('unlisted', 'Zoom no longer takes the place in the listing where it stopped')
  }
  if (code === 200 || /paid (account|plan)|upgrade|subscription/i.test(message)) {
    return /paid|upgrade|subscription|plan\b/i.test(message)
      ? new Failure('forbidden', 'this Zoom account has no cloud recordings: its plan does not include them', {
          hint: 'leave this source out in holdall.yaml, or ask your organisation which Zoom account holds your recordings',
          stops: 'source',
        })
      : new Failure('forbidden', 'Zoom does not allow this account to see that', {
          hint: 'ask the administrator of your Zoom account for a role that may view the content of recordings',
        })
  }
  if (code === 3301) return new Failure('gone', 'Zoom says that this meeting has no recording any more')
  if (code === 3322) return new Failure('gone', 'Zoom has no transcript of this meeting')
  if (code === 300 && /\/users\/[^/]+\/recordings(\?|$)/.test(url))
    return new Failure('unlisted', 'Zoom does not take these dates')
  if (/\/clips(\/|\?|$)/.test(url)) return explainClips(status, code)
  if (code === 3001 || (code === 300 && /\/(past_)?(meetings|webinars)\//.test(url)))
    return new Failure('gone', `Zoom does not know this meeting (code ${code})`)
  if (code === 12702) return new Failure('gone', 'Zoom keeps such details for a year only')
  if (code === 1001 || code === 1010) {
    return new Failure('forbidden', 'Zoom says that this user does not exist in this account any more', {
      hint: 'sign in with the account that holds the recordings now',
      stops: 'source',
    })
  }
  if (status === 403) {
    return new Failure('forbidden', `Zoom refused this (code ${code})`, {
      hint: 'ask the administrator of your Zoom account whether apps may read recordings',
    })
  }
  return undefined
}

/** Error lists of https://developers.zoom.us/docs/api/clips/ */
function explainClips(status: number, code: number): Failure | undefined {
  if (code === 300) return new Failure('unlisted', 'Zoom does not take this page or these dates of the list of clips')
  if (code === 2000 || code === 10_002) return new Failure('gone', 'Zoom does not know this clip, or has not finished it')
  if (code === 50_002 || code === 50_003)
    return new Failure('transient', 'Zoom has this clip not ready for download', { hint: 'run the same command again later' })
  // "If disabled, only admins will be able to download": https://support.zoom.com/hc/en/article?id=zm_kb&sysparm_article=KB0057724
  if (code === 20_001) {
    return new Failure('unexportable', 'your organisation does not let people download clips', {
      reason: 'download-forbidden',
      hint: 'ask its Zoom administrator to allow it for a day (Account Settings, Clips), or to download yours',
    })
  }
  if (code === 1003 || status === 403) {
    return new Failure('forbidden', `Zoom does not let this account read clips (code ${code})`, {
      hint: 'ask the administrator of your Zoom account whether Clips is switched on, or take clips out of the sources in holdall.yaml',
      stops: 'source',
    })
  }
  return undefined
}

/** A right that the sign-in lacks is a failure of kind `signin` that stops no more than the source; an ended one stops the account. */
export const isMissingRight = (failure: Failure): boolean => failure.kind === 'signin' && failure.stops === 'source'

function missingRight(named: string): Failure {
  const names = named.split(',').flatMap((name) => (/^[\w:]{3,80}$/.test(name.trim()) ? [name.trim()] : []))
  const which = names.length === 0 ? '' : `: ${names.join(', ')}`
  return new Failure('signin', `the sign-in at Zoom does not include the right to read this${which}`, {
    hint: 'add the right to your app at https://marketplace.zoom.us (Manage, your app, Scopes), then run `holdall connect` for this account again',
    stops: 'source',
  })
}

const signInEnded = () =>
  new Failure('signin', 'Zoom no longer accepts the sign-in', { hint: 'run `holdall connect` for this account again' })

/** A Retry-After so far ahead is the end of a day, whatever else the answer says; milliseconds. */
const longWait = 10 * 60_000

/**
 * Too fast, or the day's share is used up: https://developers.zoom.us/docs/api/rate-limits/. The latter says until when by a Retry-After in ISO 8601;
 * without one it is the next midnight in UTC. It ends the source, whose items stay pending.
 */
function tooMany(now: number, headers: HttpResponseHead['headers'], message: string): Failure {
  const after = momentOf(now, headers['retry-after'])
  const type = headers['x-ratelimit-type'] ?? ''
  const daily = /daily/i.test(`${type} ${message}`) || (after !== undefined && after - now > longWait)
  if (!daily) {
    const reset = Number(headers['x-ratelimit-reset']) * 1000
    const at = after ?? (reset > now && reset - now < longWait ? reset : undefined)
    return new Failure('throttled', 'Zoom asks for a slower pace', at === undefined ? {} : { retryAfter: at })
  }
  const until = after !== undefined && after > now ? after : nextMidnight(now)
  const when = `${new Date(until).toISOString().slice(0, 16).replace('T', ' ')} UTC`
  return new Failure('throttled', `your organisation’s Zoom account has used up its calls of today; it goes on at ${when}`, {
    retryAfter: until,
    stops: 'source',
    hint: `run the same command again after ${when}, or let \`holdall backup --wait\` sit it out`,
  })
}

/** Seconds, a date of HTTP, or a date of ISO 8601. */
function momentOf(now: number, header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '') return undefined
  const seconds = Number(header)
  const at = Number.isFinite(seconds) ? now + seconds * 1000 : Date.parse(header)
  return Number.isNaN(at) ? undefined : at
}

/** When the daily counters start again. */
export function nextMidnight(now: number): number {
  const day = 86_400_000
  return (Math.floor(now / day) + 1) * day
}
