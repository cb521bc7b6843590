import { describe, expect, test } from 'vitest'
import type { FailureKind, Reach } from '../../../src/core/failure.ts'
import type { UnexportableReason } from '../../../src/core/item.ts'
import { readError } from '../../../src/providers/microsoft/error-body.ts'
import { explainAt } from '../../../src/providers/microsoft/errors.ts'
import { createGrowingRest, restsWith } from '../../../src/providers/microsoft/growing-rest.ts'
import { notesRest } from '../../../src/providers/microsoft/limits.ts'

const now = Date.parse('2026-11-22T12:00:00Z')
const url = 'https://graph.microsoft.com/v1.0/me/drive/items/1'
const whole = 'https://graph.microsoft.com/v1.0/drives/b!1/root/delta?token=%2Fitems%2F'

const body = (code: string, message = 'No.', inner: object = {}) =>
  JSON.stringify({ error: { code, message, innerError: { 'request-id': 'x', date: '2026-11-22', ...inner } } })

interface Row {
  readonly status: number
  readonly body?: string
  readonly headers?: Record<string, string>
  readonly budget?: string
  /** Default: of an item. */
  readonly url?: string
  readonly kind: FailureKind | 'left'
  readonly stops?: Reach
  readonly reason?: UnexportableReason
  /** Seconds from now. */
  readonly after?: number | 'not said'
}

const explain = ({ status, body: text = '', headers = {}, budget = 'graph', url: asked = url }: Row) =>
  explainAt(now, { status, headers, url: asked }, text, { method: 'GET', url: asked, budget })

const rows: Readonly<Record<string, Row>> = {
  '429': { status: 429, body: body('activityLimitReached'), kind: 'throttled', after: 'not said' },
  '429 with a time': { status: 429, headers: { 'retry-after': '12' }, kind: 'throttled', after: 12 },
  '429 with a date': { status: 429, headers: { 'retry-after': 'Sun, 22 Nov 2026 12:00:30 GMT' }, kind: 'throttled', after: 30 },
  'the later of the two counts': {
    status: 429,
    headers: { 'retry-after': '5', 'ratelimit-reset': '31', 'ratelimit-remaining': '0' },
    kind: 'throttled',
    after: 31,
  },
  'the later of the two counts, the other way round': {
    status: 429,
    headers: { 'retry-after': '50', 'ratelimit-reset': '3' },
    kind: 'throttled',
    after: 50,
  },
  'headers that make no sense': {
    status: 429,
    headers: { 'retry-after': 'soon', 'ratelimit-reset': '-1' },
    kind: 'throttled',
    after: 'not said',
  },
  '503 of SharePoint': {
    status: 503,
    body: body('serviceNotAvailable'),
    headers: { 'retry-after': '120' },
    kind: 'throttled',
    after: 120,
  },
  '503 that does not say for how long': { status: 503, body: body('serviceNotAvailable'), kind: 'left' },
  '503 without a body': { status: 503, kind: 'left' },
  '504': { status: 504, kind: 'left' },
  '509': { status: 509, kind: 'throttled' },
  'throttled by its code alone': {
    status: 403,
    body: body('accessDenied', 'No.', { code: 'ApplicationThrottled' }),
    kind: 'throttled',
  },
  'OneNote says nothing with its 429': {
    status: 429,
    body: body('20166'),
    budget: 'onenote',
    kind: 'throttled',
    after: 'not said',
  },
  'OneNote says something': {
    status: 429,
    body: body('20166'),
    headers: { 'retry-after': '300' },
    budget: 'onenote',
    kind: 'throttled',
    after: 300,
  },
  '500': { status: 500, body: body('generalException'), kind: 'left' },
  '502': { status: 502, kind: 'left' },
  '401': { status: 401, body: body('InvalidAuthenticationToken'), kind: 'signin', stops: 'account' },
  '401 with a challenge': {
    status: 401,
    headers: { 'www-authenticate': 'Bearer realm="", error="insufficient_claims", claims="e30="' },
    kind: 'signin',
  },
  '401 of a personal account that passes': {
    status: 401,
    body: body('unauthenticated', 'Unable to initialize RPS'),
    kind: 'transient',
  },
  '403': { status: 403, body: body('accessDenied'), kind: 'forbidden', stops: 'item' },
  '403 without a body': { status: 403, kind: 'forbidden', stops: 'item' },
  'malware in the innermost code': {
    status: 403,
    body: body('accessDenied', 'No.', { code: 'x', innererror: { code: 'MalwareDetected' } }),
    kind: 'unexportable',
    reason: 'flagged-abusive',
  },
  'malware by the header': { status: 403, headers: { 'x-virus-infected': '1' }, kind: 'unexportable', reason: 'flagged-abusive' },
  'a locked drive': { status: 423, body: body('resourceLocked'), url: whole, kind: 'forbidden', stops: 'source' },
  'a licence that lapsed': { status: 403, body: body('notAllowed'), url: whole, kind: 'forbidden', stops: 'source' },
  'a locked item, or one in a locked drive of somebody else': {
    status: 423,
    body: body('notAllowed', 'No.', { code: 'resourceLocked' }),
    kind: 'forbidden',
    stops: 'item',
  },
  'an item that is not allowed': { status: 403, body: body('notAllowed'), kind: 'forbidden', stops: 'item' },
  '404': { status: 404, body: body('itemNotFound'), kind: 'gone', stops: 'item' },
  'no drive yet': {
    status: 404,
    body: body('ResourceNotFound', "User's mysite not found."),
    url: 'https://graph.microsoft.com/v1.0/me/drive?$select=id,driveType',
    kind: 'forbidden',
    stops: 'source',
  },
  'no drive any more, of who shared something': {
    status: 404,
    body: body('ResourceNotFound', "User's mysite not found."),
    kind: 'forbidden',
    stops: 'item',
  },
  'no licence': {
    status: 400,
    body: body('BadRequest', 'Tenant does not have a SPO license.'),
    url: whole,
    kind: 'forbidden',
    stops: 'source',
  },
  '410': { status: 410, kind: 'unlisted', stops: 'stream' },
  resync: { status: 410, body: body('resyncChangesApplyDifferences'), kind: 'unlisted' },
  'a resync that is a 400': { status: 400, body: body('invalidRequest', 'No.', { code: 'syncStateNotFound' }), kind: 'unlisted' },
  '416': { status: 416, kind: 'left' },
  '10003 of OneNote': { status: 503, body: body('10003'), budget: 'onenote', kind: 'throttled' },
  '19999 of OneNote': { status: 500, body: body('19999'), budget: 'onenote', kind: 'left' },
  'a library that is too large, whatever the status': {
    status: 503,
    body: body('10013'),
    budget: 'onenote',
    kind: 'forbidden',
    stops: 'source',
  },
  '10008 of OneNote': { status: 403, body: body('10008'), budget: 'onenote', kind: 'forbidden', stops: 'source' },
  '10004 of OneNote': { status: 403, body: body('10004'), budget: 'onenote', kind: 'unexportable', reason: 'password-protected' },
  '20102 of OneNote': { status: 404, body: body('20102'), budget: 'onenote', kind: 'gone' },
  '30105 of OneNote': { status: 403, body: body('30105'), budget: 'onenote', kind: 'forbidden', stops: 'source' },
  '40003 of OneNote': { status: 403, body: body('40003'), budget: 'onenote', kind: 'signin', stops: 'source' },
  '400 unknown': { status: 400, body: body('invalidRequest'), kind: 'left' },
  '200': { status: 206, kind: 'left' },
}

describe('what an answer of Graph means', () => {
  test.each(Object.entries(rows))('%s', (_, row) => {
    const failure = explain(row)
    if (row.kind === 'left') return expect(failure).toBeUndefined()
    expect(failure).toMatchObject({ kind: row.kind })
    if (row.stops !== undefined) expect(failure?.stops).toBe(row.stops)
    if (row.reason !== undefined) expect(failure?.reason).toBe(row.reason)
    if (row.after !== undefined) expect(failure?.retryAfter).toBe(row.after === 'not said' ? undefined : now + row.after * 1000)
    if (row.kind !== 'throttled' && row.kind !== 'gone' && row.kind !== 'unlisted' && row.kind !== 'transient')
      expect(failure?.hint, 'says what can be done').toBeTruthy()
  })

  test('no message quotes the answer', () => {
    for (const status of [400, 401, 403, 404, 410, 423, 429, 500, 503]) {
      const failure = explainAt(now, { status, headers: {}, url }, body('<canary secret>', 'canary'), { method: 'GET', url })
      expect(`${failure?.message} ${failure?.hint}`).not.toContain('canary')
    }
  })
})

test('where nothing is said for how long, the rest grows from refusal to refusal, up to an hour, and a success ends it', () => {
  const rest = createGrowingRest(notesRest)
  const refused = (at: number, more: { status?: number; headers?: Record<string, string> } = {}) => {
    const request = restsWith(rest, { method: 'GET', url, budget: 'onenote' })
    const failure = explainAt(at, { status: 429, headers: {}, url, ...more }, body('20166'), request)!
    return { minutes: failure.retryAfter === undefined ? undefined : (failure.retryAfter - at) / 60_000, stops: failure.stops }
  }
  expect(refused(now)).toEqual({ minutes: 1, stops: 'item' })
  // On its way when the rest began.
  expect(refused(now + 30_000)).toEqual({ minutes: 0.5, stops: 'item' })
  let at = now + 60_000
  // What is longer than a request is tried for ends the source for now.
  for (const [minutes, stops] of [
    [2, 'item'],
    [4, 'item'],
    [8, 'source'],
    [16, 'source'],
    [32, 'source'],
    [60, 'source'],
    [60, 'source'],
  ] as const) {
    expect(refused(at)).toEqual({ minutes, stops })
    at += minutes * 60_000
  }
  expect(refused(at, { headers: { 'retry-after': '30' } })).toEqual({ minutes: 0.5, stops: 'item' })
  expect(refused(at, { status: 503 }).minutes).toBeUndefined()
  rest.succeeded()
  expect(refused(at)).toEqual({ minutes: 1, stops: 'item' })
  // A clock that was set back does not make it rest for ever.
  expect(refused(at - 86_400_000)).toEqual({ minutes: 2, stops: 'item' })
})

test.each([
  ['', undefined],
  ['<html>', undefined],
  ['{"error":"invalid_grant"}', undefined],
  ['[]', undefined],
  ['{"error":{"code":20166,"message":null}}', ['20166']],
  ['{"error":{"code":"A","innerError":{"code":"B","InnerError":{"code":"C"}}}}', ['c', 'b', 'a']],
  [`${'{"error":'}${'{"code":"a","innerError":'.repeat(50)}{}${'}'.repeat(50)}}`, Array.from({ length: 8 }, () => 'a')],
])('reads the codes of %s', (text, codes) => {
  expect(readError(text)?.codes).toEqual(codes)
})
