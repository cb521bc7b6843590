import { describe, expect, test } from 'vitest'
import type { FailureKind, Reach } from '../../../src/core/failure.ts'
import type { UnexportableReason } from '../../../src/core/item.ts'
import { explainAt } from '../../../src/providers/google/errors.ts'
import { nextPacificMidnight } from '../../../src/providers/google/pacific.ts'

const now = Date.parse('2026-11-22T12:00:00Z')
const midnight = Date.parse('2026-11-23T08:00:00Z')
const list = 'https://www.googleapis.com/drive/v3/files?pageSize=1000&pageToken=x'
const media = 'https://www.googleapis.com/drive/v3/files/abc?alt=media'

const older = (code: number, reason: string, location?: string) =>
  JSON.stringify({
    error: {
      code,
      message: 'No.',
      errors: [{ domain: 'global', reason, message: 'No.', ...(location === undefined ? {} : { location }) }],
    },
  })
const newer = (code: number, status: string, reason?: string, metadata: Record<string, string> = {}) =>
  JSON.stringify({
    error: {
      code,
      status,
      message: 'No.',
      details: [
        { '@type': 'type.googleapis.com/google.rpc.Help', links: [{ url: 'https://x' }] },
        ...(reason === undefined ? [] : [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, metadata }]),
      ],
    },
  })
const explain = (status: number, body: string, url = list, headers: Record<string, string> = {}) =>
  explainAt(now, { status, headers, url }, body, { method: 'GET', url })

interface Row {
  readonly status: number
  readonly body: string
  readonly url?: string
  readonly kind: FailureKind
  readonly stops?: Reach
  readonly reason?: UnexportableReason
  readonly retryAfter?: number
}

const rows: Readonly<Record<string, Row>> = {
  userRateLimitExceeded: { status: 403, body: older(403, 'userRateLimitExceeded'), kind: 'throttled', stops: 'item' },
  rateLimitExceeded: { status: 403, body: older(403, 'rateLimitExceeded'), kind: 'throttled', stops: 'item' },
  quotaExceeded: { status: 403, body: older(403, 'quotaExceeded'), kind: 'throttled', stops: 'item' },
  '429 in the older form': { status: 429, body: older(429, 'rateLimitExceeded'), kind: 'throttled' },
  'RATE_LIMIT_EXCEEDED a minute': {
    status: 403,
    body: newer(403, 'RESOURCE_EXHAUSTED', 'RATE_LIMIT_EXCEEDED', {
      quota_limit: 'defaultPerMinutePerUser',
      quota_unit: '1/min/{project}/{user}',
    }),
    kind: 'throttled',
    stops: 'item',
  },
  'RATE_LIMIT_EXCEEDED a day': {
    status: 429,
    body: newer(429, 'RESOURCE_EXHAUSTED', 'RATE_LIMIT_EXCEEDED', {
      quota_limit: 'defaultPerDayPerProject',
      quota_unit: '1/d/{project}',
    }),
    kind: 'throttled',
    stops: 'source',
    retryAfter: midnight,
  },
  dailyLimitExceeded: {
    status: 403,
    body: older(403, 'dailyLimitExceeded'),
    kind: 'throttled',
    stops: 'source',
    retryAfter: midnight,
  },
  downloadQuotaExceeded: {
    status: 403,
    body: older(403, 'downloadQuotaExceeded'),
    url: media,
    kind: 'throttled',
    stops: 'item',
    retryAfter: midnight,
  },
  exportSizeLimitExceeded: {
    status: 403,
    body: older(403, 'exportSizeLimitExceeded'),
    kind: 'unexportable',
    reason: 'too-large',
  },
  fileNotExportable: { status: 403, body: older(403, 'fileNotExportable'), kind: 'unexportable', reason: 'no-export' },
  cannotExportFile: { status: 403, body: older(403, 'cannotExportFile'), kind: 'unexportable', reason: 'download-forbidden' },
  fileNotDownloadable: { status: 403, body: older(403, 'fileNotDownloadable'), kind: 'unexportable', reason: 'no-export' },
  cannotDownloadFile: { status: 403, body: older(403, 'cannotDownloadFile'), kind: 'unexportable', reason: 'download-forbidden' },
  downloadRestrictedForRevision: {
    status: 403,
    body: older(403, 'downloadRestrictedForRevision'),
    kind: 'unexportable',
    reason: 'download-forbidden',
  },
  'insufficientFilePermissions of bytes': {
    status: 403,
    body: older(403, 'insufficientFilePermissions'),
    url: media,
    kind: 'unexportable',
    reason: 'download-forbidden',
  },
  'insufficientFilePermissions of a list': {
    status: 403,
    body: older(403, 'insufficientFilePermissions'),
    kind: 'forbidden',
    stops: 'item',
  },
  cannotDownloadAbusiveFile: {
    status: 403,
    body: older(403, 'cannotDownloadAbusiveFile'),
    url: media,
    kind: 'unexportable',
    reason: 'flagged-abusive',
  },
  'domainPolicy of a file': { status: 403, body: older(403, 'domainPolicy'), url: media, kind: 'forbidden', stops: 'item' },
  'domainPolicy of the service': { status: 403, body: older(403, 'domainPolicy'), kind: 'forbidden', stops: 'source' },
  storageQuotaExceeded: { status: 403, body: older(403, 'storageQuotaExceeded'), kind: 'forbidden' },
  notFound: { status: 404, body: older(404, 'notFound', 'fileId'), kind: 'gone' },
  appNotAuthorizedToFile: { status: 403, body: older(403, 'appNotAuthorizedToFile'), kind: 'signin', stops: 'source' },
  insufficientPermissions: { status: 403, body: older(403, 'insufficientPermissions'), kind: 'signin', stops: 'source' },
  ACCESS_TOKEN_SCOPE_INSUFFICIENT: {
    status: 403,
    body: newer(403, 'PERMISSION_DENIED', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT'),
    kind: 'signin',
    stops: 'source',
  },
  accessNotConfigured: { status: 403, body: older(403, 'accessNotConfigured'), kind: 'forbidden', stops: 'source' },
  SERVICE_DISABLED: {
    status: 403,
    body: newer(403, 'PERMISSION_DENIED', 'SERVICE_DISABLED'),
    kind: 'forbidden',
    stops: 'source',
  },
  authError: { status: 401, body: older(401, 'authError'), kind: 'signin', stops: 'account' },
  UNAUTHENTICATED: { status: 401, body: newer(401, 'UNAUTHENTICATED'), kind: 'signin', stops: 'account' },
  'a bare 401': { status: 401, body: '<html>', kind: 'signin', stops: 'account' },
  invalid_grant: {
    status: 400,
    body: JSON.stringify({ error: 'invalid_grant', error_description: 'Bad Request' }),
    kind: 'signin',
    stops: 'account',
  },
  'an expired page token, of which the newer form names no parameter': {
    status: 400,
    body: newer(400, 'INVALID_ARGUMENT'),
    kind: 'unlisted',
    stops: 'stream',
  },
  'an expired page token': { status: 400, body: older(400, 'invalid', 'pageToken'), kind: 'unlisted', stops: 'stream' },
  updatedMinTooLongAgo: { status: 410, body: older(410, 'updatedMinTooLongAgo'), kind: 'unlisted' },
  fullSyncRequired: { status: 410, body: older(410, 'fullSyncRequired'), kind: 'unlisted' },
  'a reason that nobody documents': { status: 403, body: older(403, 'somethingNew'), kind: 'forbidden', stops: 'item' },
  'a reason with an unlucky name': { status: 403, body: older(403, 'constructor'), kind: 'forbidden', stops: 'item' },
}

describe('what an answer of Google means', () => {
  test.each(Object.entries(rows))('%s', (_, { status, body, url, kind, ...expected }) => {
    const failure = explain(status, body, url)
    expect(failure).toMatchObject({ kind, ...expected })
  })

  test.each([
    ['500 backendError', 500, older(500, 'backendError')],
    ['503 internalError', 503, older(503, 'internalError')],
    ['400 of another parameter', 400, older(400, 'invalid', 'q')],
    ['a 403 that is a web page', 403, '<!doctype html><title>Sorry</title>'],
    ['a 429 that is a web page', 429, '<!doctype html><title>Sorry</title>'],
    ['JSON of another form', 403, '{"ok":true}'],
    ['a success', 200, '{}'],
  ])('the status alone decides: %s', (_, status, body) => {
    expect(explain(status, body)).toBeUndefined()
  })

  test('what the person can do is said', () => {
    for (const name of [
      'insufficientPermissions',
      'accessNotConfigured',
      'dailyLimitExceeded',
      'downloadQuotaExceeded',
      'cannotDownloadAbusiveFile',
      'authError',
    ]) {
      const { status, body, url } = rows[name]!
      expect(explain(status, body, url)?.hint, name).toMatch(/\w/)
    }
  })

  test('Retry-After is honoured in both forms', () => {
    expect(explain(429, older(429, 'rateLimitExceeded'), list, { 'retry-after': '7' })?.retryAfter).toBe(now + 7000)
    expect(
      explain(403, older(403, 'userRateLimitExceeded'), list, { 'retry-after': 'Sun, 22 Nov 2026 12:01:00 GMT' })?.retryAfter,
    ).toBe(now + 60_000)
    expect(explain(429, older(429, 'rateLimitExceeded'))?.retryAfter).toBeUndefined()
  })

  test('messages repeat nothing that Google wrote', () => {
    const body = JSON.stringify({ error: { code: 403, message: 'token ya29.secret', errors: [{ reason: 'ya29.secret/…' }] } })
    expect(explain(403, body)?.message).not.toContain('ya29')
  })
})

test.each([
  ['winter', '2026-11-22T12:00:00Z', '2026-11-23T08:00:00Z'],
  ['summer', '2026-07-01T23:59:59Z', '2026-07-02T07:00:00Z'],
  ['just after midnight', '2026-07-02T07:00:01Z', '2026-07-03T07:00:00Z'],
  ['the day that clocks go forward', '2026-03-08T09:00:00Z', '2026-03-09T07:00:00Z'],
  ['the day that clocks go back', '2026-11-01T08:00:00Z', '2026-11-02T08:00:00Z'],
])('midnight in California: %s', (_, from, to) => {
  expect(new Date(nextPacificMidnight(Date.parse(from))).toISOString()).toBe(new Date(Date.parse(to)).toISOString())
})

describe('Gmail', () => {
  const messages = 'https://gmail.googleapis.com/gmail/v1/users/me/messages'
  const says = (status: number, reason: string, message: string) =>
    explain(
      status,
      JSON.stringify({ error: { code: status, message, errors: [{ reason, message, domain: 'global' }] } }),
      messages,
    )

  test('says in words when it may be asked again', () => {
    const failure = says(429, 'rateLimitExceeded', 'User-rate limit exceeded.  Retry after 2026-11-22T12:05:00.000Z')
    expect(failure).toMatchObject({ kind: 'throttled', retryAfter: now + 300_000 })
  })

  test('is not there for every account', () => {
    expect(says(400, 'failedPrecondition', 'Mail service not enabled')).toMatchObject({ kind: 'forbidden', stops: 'source' })
    expect(says(400, 'failedPrecondition', 'Precondition check failed.')).toBeUndefined()
  })

  test('a label that was deleted is gone', () => {
    expect(says(400, 'invalidArgument', 'Invalid label: Label_5')).toMatchObject({ kind: 'gone', stops: 'item' })
  })

  test('a setting for administrators alone is no matter of the whole source', () => {
    const words = 'Access restricted to service accounts that have been delegated domain-wide authority'
    expect(says(403, 'forbidden', words)).toMatchObject({ kind: 'forbidden', stops: 'item' })
  })

  test.each([
    [messages, 'gmail'],
    ['https://people.googleapis.com/v1/people/me/connections', 'people'],
    ['https://www.googleapis.com/calendar/v3/users/me/calendarList', 'calendar-json'],
    ['https://tasks.googleapis.com/tasks/v1/users/@me/lists', 'tasks'],
    [list, 'drive'],
  ])('%s: the API that has to be switched on is named', (url, service) => {
    const hint = expect.stringContaining(`/library/${service}.googleapis.com `)
    expect(explain(403, older(403, 'accessNotConfigured'), url)).toMatchObject({ kind: 'forbidden', stops: 'source', hint })
    const named = newer(403, 'PERMISSION_DENIED', 'SERVICE_DISABLED', { service: `${service}.googleapis.com` })
    expect(explain(403, named, list)).toMatchObject({ hint })
  })
})
