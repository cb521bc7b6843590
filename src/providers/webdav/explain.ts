import { Failure, type FailureKind, type FailureOptions } from '../../core/failure.ts'
import type { HttpRequest, HttpResponseHead } from '../../core/transport.ts'

interface Meaning {
  readonly kind: FailureKind
  readonly message: string
  readonly options?: FailureOptions
}

const later = 'run the same command again later'

/** Status codes that mean the same whatever was asked: https://www.rfc-editor.org/rfc/rfc4918#section-11, RFC 9110, RFC 6585. */
const meanings: Readonly<Record<number, Meaning>> = {
  401: {
    kind: 'signin',
    message: 'the server did not accept the user name and password',
    options: {
      hint: 'check both, then `holdall connect` this account again; with two-factor sign-in the server wants an app password',
    },
  },
  403: { kind: 'forbidden', message: 'the server does not allow this account to read it' },
  404: { kind: 'gone', message: 'not there any more' },
  405: {
    kind: 'unlisted',
    message: 'the server answers, but not by WebDAV',
    options: { hint: 'check the url: it must be the WebDAV address' },
  },
  410: { kind: 'gone', message: 'not there any more' },
  412: { kind: 'unlisted', message: 'the server refused to list it' },
  423: { kind: 'transient', message: 'locked at the server', options: { hint: 'close it where it is open, then run again' } },
  425: { kind: 'transient', message: 'still being processed at the server', options: { hint: later } },
  429: { kind: 'throttled', message: 'too many requests for this server' },
  500: {
    kind: 'transient',
    message: 'the server failed at it',
    options: { hint: `${later}; if it stays, its administrator can tell why` },
  },
  501: {
    kind: 'unlisted',
    message: 'the server answers, but not by WebDAV',
    options: { hint: 'check the url: it must be the WebDAV address' },
  },
  502: { kind: 'transient', message: 'the server did not answer its proxy in time', options: { hint: later } },
  503: { kind: 'transient', message: 'the server or its storage is not available', options: { hint: later } },
  504: { kind: 'transient', message: 'the server did not answer its proxy in time', options: { hint: later } },
  507: { kind: 'transient', message: 'the server is out of space', options: { hint: later } },
  509: {
    kind: 'throttled',
    message: 'the bandwidth that the server allows is used up',
    options: { hint: later, stops: 'source' },
  },
}

/** What an answer that is no success means. `now` in milliseconds since 1970, for a Retry-After in seconds. */
export function explain(response: HttpResponseHead, _body: string, request: HttpRequest, now = Date.now()): Failure | undefined {
  const elsewhere = otherHost(response, new URL(request.url).origin, 'the server')
  if (elsewhere !== undefined) return elsewhere
  const meaning = meanings[response.status]
  if (meaning === undefined) return undefined
  // Nextcloud says this to everyone while it is being upgraded: waiting helps, going on to the next folder does not.
  const maintenance = response.status === 503 && response.headers['x-nextcloud-maintenance-mode'] === '1'
  const message = maintenance ? 'the server is in maintenance' : meaning.message
  const retryAfter = parseRetryAfter(response.headers['retry-after'], now)
  return new Failure(meaning.kind, `${message} (${request.method} answered ${response.status})`, {
    ...meaning.options,
    ...(maintenance ? { stops: 'source', hint: later } : {}),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  })
}

/** Set when redirects led away from `origin`: an answer from elsewhere is not this account's, whatever it says. */
export function otherHost(response: HttpResponseHead, origin: string, what: string): Failure | undefined {
  const from = new URL(response.url).origin
  if (from === origin) return undefined
  return new Failure('forbidden', `${what} sends this on to another host (${from})`, {
    hint: 'if that is where the files are now, set `url` to the address there',
  })
}

/** The meaning of a status within a multistatus answer, of the thing called `what`. */
export function explainStatus(status: number, what: string): Failure {
  const meaning = meanings[status]
  if (meaning === undefined) return new Failure('unlisted', `${what}: the server answered with status ${status}`)
  return new Failure(meaning.kind, `${what}: ${meaning.message} (status ${status})`, meaning.options)
}

/** Seconds or a date (RFC 9110 section 10.2.3) as milliseconds since 1970. */
function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined
  if (/^\d+$/.test(value)) return now + Number(value) * 1000
  const time = Date.parse(value)
  return Number.isNaN(time) ? undefined : time
}
