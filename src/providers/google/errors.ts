import { Failure } from '../../core/failure.ts'
import type { UnexportableReason } from '../../core/item.ts'
import type { HttpRequest, HttpResponseHead } from '../../core/transport.ts'
import { type GoogleError, readError } from './error-body.ts'
import { nextPacificMidnight } from './pacific.ts'

/** Answers that say: this item gives no bytes. https://developers.google.com/workspace/drive/api/guides/handle-errors */
const noBytes: Readonly<Record<string, readonly [UnexportableReason, string]>> = {
  exportSizeLimitExceeded: ['too-large', 'Google exports documents only up to 10 MB'],
  fileNotExportable: ['no-export', 'Google offers no export of this kind of file'],
  fileNotDownloadable: ['no-export', 'Google offers no download of this kind of file'],
  cannotExportFile: ['download-forbidden', 'its owner does not allow viewers to download it'],
  cannotDownloadFile: ['download-forbidden', 'its owner does not allow viewers to download it'],
  downloadRestrictedForRevision: ['download-forbidden', 'its owner does not allow viewers to download it'],
  cannotDownloadAbusiveFile: ['flagged-abusive', 'Google holds it back as malware or spam'],
}
const abuseHint = 'if it is yours and you trust it, download it by hand in the browser: Google asks for your consent there'
const askHint = 'ask its owner for a copy'

/** Reasons of which the request can do something slower, later, or not at all. */
const tooFast = new Set([
  'userRateLimitExceeded',
  'rateLimitExceeded',
  'quotaExceeded',
  'RATE_LIMIT_EXCEEDED',
  'RESOURCE_EXHAUSTED',
])
const missingRight = new Set([
  'insufficientPermissions',
  'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
  'appNotAuthorizedToFile',
  'insufficient_scope',
])
const switchedOff = new Set(['accessNotConfigured', 'SERVICE_DISABLED'])
const deadSignIn = new Set([
  'authError',
  'UNAUTHENTICATED',
  'invalid_grant',
  'invalid_client',
  'deleted_client',
  'unauthorized_client',
  'invalid_token',
])
const failedPrecondition = new Set(['failedPrecondition', 'FAILED_PRECONDITION'])
const deadCursor = new Set(['updatedMinTooLongAgo', 'fullSyncRequired', 'invalidPageToken'])

/**
 * What an error answer of Google means. A 403 means four things (too fast, no such right, not this item, not this project), and only
 * the reason in the body tells which. undefined: the status code alone decides.
 */
export function explain(response: HttpResponseHead, body: string, request: HttpRequest): Failure | undefined {
  return explainAt(Date.now(), response, body, request)
}

/** The same at a given time, in milliseconds since 1970. */
export function explainAt(now: number, response: HttpResponseHead, body: string, request: HttpRequest): Failure | undefined {
  const { status } = response
  const error = readError(body)
  if (status < 400) return undefined
  if (error === undefined) return status === 401 ? signInEnded() : undefined
  const has = (set: ReadonlySet<string>) => error.reasons.some((reason) => set.has(reason))
  if (status === 401 || has(deadSignIn)) return signInEnded()
  if (has(deadCursor) || (status === 400 && refusesPageToken(error, request))) {
    return new Failure('unlisted', 'Google no longer takes the place in the listing where it stopped')
  }
  if (status === 429 || has(tooFast)) return error.daily ? dailyLimit(now) : throttled(now, response, error)
  if (status === 400 && has(failedPrecondition) && /not enabled/i.test(error.message)) {
    // "Mail service not enabled": https://developers.google.com/workspace/gmail/api/guides/handle-errors
    return new Failure('forbidden', 'this account has no Gmail', {
      hint: 'leave this source out in holdall.yaml',
      stops: 'source',
    })
  }
  // A label that was deleted between two calls: what it labelled is asked for by its id, which is gone.
  if (status === 400 && /^invalid label\b/i.test(error.message))
    return new Failure('gone', 'Google says that this label is not there')
  if (status === 403) return forbidden(now, error, request)
  if (status === 404) return new Failure('gone', 'Google says that it is not there, or not for this account')
  return undefined
}

function forbidden(now: number, error: GoogleError, request: HttpRequest): Failure {
  const is = (...names: string[]) => error.reasons.some((reason) => names.includes(reason))
  if (is('dailyLimitExceeded')) return dailyLimit(now)
  if (is('downloadQuotaExceeded')) {
    return new Failure('throttled', 'Google’s daily limit of downloads is reached, for this file or for the account', {
      retryAfter: nextPacificMidnight(now),
      hint: 'run the same command again tomorrow',
    })
  }
  if (is(...missingRight)) {
    return new Failure('signin', 'the sign-in does not include the right to read this', {
      hint: 'run `holdall connect` for this account again and leave every box ticked',
      stops: 'source',
    })
  }
  if (is(...switchedOff)) {
    return new Failure('forbidden', 'this Google API is not switched on in your Google Cloud project', {
      hint: `enable it at https://console.cloud.google.com/apis/library/${serviceOf(error, request)} (choose your project), wait a few minutes, and run the same command again`,
      stops: 'source',
    })
  }
  for (const reason of error.reasons) {
    if (!Object.hasOwn(noBytes, reason)) continue
    const known = noBytes[reason]!
    const hint = known[0] === 'flagged-abusive' ? abuseHint : known[0] === 'download-forbidden' ? askHint : undefined
    return new Failure('unexportable', known[1], { reason: known[0], ...(hint === undefined ? {} : { hint }) })
  }
  if (is('insufficientFilePermissions') && asksForBytes(request)) {
    return new Failure('unexportable', 'this account may see it but not download it', {
      reason: 'download-forbidden',
      hint: askHint,
    })
  }
  if (is('domainPolicy')) {
    const hint = 'ask your organisation’s administrator whether apps may use Drive'
    return new Failure(
      'forbidden',
      'the administrator of your organisation does not allow this',
      asksForBytes(request) ? { hint } : { hint, stops: 'source' },
    )
  }
  const [reason] = error.reasons
  return new Failure('forbidden', `Google refused this${reason !== undefined && /^\w{1,60}$/.test(reason) ? ` (${reason})` : ''}`)
}

const signInEnded = () =>
  new Failure('signin', 'Google no longer accepts the sign-in', { hint: 'run `holdall connect` for this account again' })

const dailyLimit = (now: number) =>
  new Failure('throttled', 'your Google Cloud project has used up its requests of today', {
    retryAfter: nextPacificMidnight(now),
    stops: 'source',
    hint: 'run the same command again after midnight in California, when Google counts anew',
  })

function throttled(now: number, { headers }: HttpResponseHead, { message }: GoogleError): Failure {
  const after = headers['retry-after']
  const seconds = Number(after)
  const stated = after === undefined ? Number.NaN : Number.isFinite(seconds) ? now + seconds * 1000 : Date.parse(after)
  // Gmail says it in the message: "User-rate limit exceeded.  Retry after 2026-11-24T10:00:00.000Z"
  const inMessage = Date.parse(/retry after (\d{4}-\d\d-\d\dT[\d:.]+Z)/i.exec(message)?.[1] ?? '')
  const at = Number.isFinite(stated) ? stated : inMessage
  return new Failure('throttled', 'Google asks for a slower pace', Number.isFinite(at) ? { retryAfter: at } : {})
}

/** The service as the console's library names it: what the answer says, else by the address that was asked. */
function serviceOf({ service }: GoogleError, { url }: HttpRequest): string {
  if (service !== undefined && /^[a-z-]+\.googleapis\.com$/.test(service)) return service
  const { pathname } = new URL(url)
  const known = [
    ['/gmail/', 'gmail'],
    ['/calendar/', 'calendar-json'],
    ['/tasks/', 'tasks'],
    ['/v1/people', 'people'],
    ['/v1/contactGroups', 'people'],
    ['/v1/otherContacts', 'people'],
  ].find(([start = '']) => pathname.startsWith(start))
  return `${known?.[1] ?? 'drive'}.googleapis.com`
}

/** A page token that has expired is a 400 about the parameter `pageToken`: https://developers.google.com/workspace/drive/api/reference/rest/v3/files/list */
function refusesPageToken({ location, message, reasons }: GoogleError, { url }: HttpRequest): boolean {
  if (location === 'pageToken') return true
  if (!new URL(url).searchParams.has('pageToken')) return false
  // The newer form of error names no parameter. The token is all that a further page does not share with the first, which was taken.
  return (
    /page ?token/i.test(message) ||
    (location === undefined && reasons.length > 0 && reasons.every((reason) => reason === 'INVALID_ARGUMENT'))
  )
}

function asksForBytes({ url }: HttpRequest): boolean {
  const { pathname, searchParams } = new URL(url)
  return searchParams.get('alt') === 'media' || /\/(export|download)$/.test(pathname)
}
