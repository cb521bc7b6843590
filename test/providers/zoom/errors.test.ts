import { describe, expect, test } from 'vitest'
import { explainAt, isMissingRight, nextMidnight } from '../../../src/providers/zoom/errors.ts'

const now = Date.parse('2024-06-15T10:20:30Z')
const at = 'https://api.zoom.us/v2/'
const explain = (status: number, body: string, headers: Record<string, string> = {}, path = 'users/me/recordings') =>
  explainAt(now, { status, headers, url: at + path }, body, { method: 'GET', url: at + path })
const says = (code: number, message: string) => JSON.stringify({ code, message })
const daily = says(429, 'You have reached the maximum daily rate limit for this API. Refer to the response header for details.')
const second = says(429, 'You have reached the maximum per-second rate limit for this API. Try again later.')

describe('explain', () => {
  const table: [number, string, string | undefined, string | undefined, string?][] = [
    [401, says(124, 'Invalid access token.'), 'signin', 'account'],
    [401, 'no json', 'signin', 'account'],
    [
      400,
      says(
        4711,
        'Invalid access token, does not contain scopes:[cloud_recording:read:list_user_recordings, cloud_recording:read:list_user_recordings:admin].',
      ),
      'signin',
      'source',
    ],
    [400, says(4700, 'Invalid access token, does not contain scopes.'), 'signin', 'source'],
    [400, says(104, 'Invalid access token, does not contain scopes: [recording:read].'), 'signin', 'source'],
    [400, says(300, 'The next page token is invalid or expired.'), 'unlisted', 'stream'],
    [400, says(200, 'Only available for Paid account: abc.'), 'forbidden', 'source'],
    [200, says(200, 'x'), undefined, undefined],
    [400, says(200, 'No permission.'), 'forbidden', 'item'],
    [404, says(3301, 'There is no recording for this meeting.'), 'gone', 'item'],
    [404, says(3001, 'Meeting does not exist: 1.'), 'gone', 'item'],
    [400, says(300, 'Invalid meeting id.'), 'gone', 'item', 'meetings/x/recordings'],
    // A field of a list that is wrong is not a meeting that is gone.
    [400, says(300, 'Validation Failed.'), 'unlisted', 'stream'],
    [400, says(300, 'Validation Failed.'), undefined, undefined, 'users/me'],
    [400, says(12702, 'Can not access a meeting a year ago.'), 'gone', 'item'],
    [404, says(1001, 'User does not exist: me.'), 'forbidden', 'source'],
    [403, says(1234, 'The authenticated user has not permitted access to the targeted resource.'), 'forbidden', 'item'],
    [500, says(5000, 'x'), undefined, undefined],
    [404, '<html>', undefined, undefined],
  ]
  test.each(table)('%i %s is %s', (status, body, kind, stops, path) => {
    const failure = explain(status, body, {}, path)
    expect(failure?.kind).toBe(kind)
    expect(failure?.stops).toBe(stops)
    if (failure !== undefined && failure.kind !== 'gone') expect(failure.hint ?? failure.message).not.toBe('')
  })

  test('names the rights that are missing', () => {
    const failure = explain(
      400,
      says(4711, 'Invalid access token, does not contain scopes:[recording:read, recording:read:admin].'),
    )!
    expect(failure.message).toContain('recording:read, recording:read:admin')
    expect(isMissingRight(failure)).toBe(true)
    expect(isMissingRight(explain(401, says(124, 'x'))!)).toBe(false)
  })

  test('nothing that Zoom says in words goes on', () => {
    for (const [status, code] of [
      [400, 200],
      [403, 9],
      [404, 3001],
      [401, 124],
      [429, 429],
    ] as const)
      expect(explain(status, says(code, 'token eyJSECRET of someone@example.org'))?.message).not.toMatch(/SECRET|example/)
  })
})

describe('limits', () => {
  test('too fast: a moment, by Zoom’s word where it says when', () => {
    expect(explain(429, second)).toMatchObject({ kind: 'throttled', stops: 'item', retryAfter: undefined })
    const reset = String(now / 1000 + 2)
    expect(explain(429, second, { 'x-ratelimit-type': 'QPS', 'x-ratelimit-reset': reset })?.retryAfter).toBe(now + 2000)
    // A reset that makes no sense.
    for (const odd of ['1', 'soon', String(now / 1000 + 86_400)])
      expect(explain(429, second, { 'x-ratelimit-reset': odd })?.retryAfter).toBeUndefined()
    expect(explain(429, second, { 'retry-after': '3' })).toMatchObject({ stops: 'item', retryAfter: now + 3000 })
    expect(explain(429, says(429, 'Too many concurrent requests.'))).toMatchObject({ kind: 'throttled', stops: 'item' })
  })

  const headers: [string, Record<string, string>, string, string][] = [
    ['a date of ISO 8601', { 'retry-after': '2024-06-16T00:00:00Z' }, daily, '2024-06-16T00:00:00Z'],
    ['a date of HTTP', { 'retry-after': 'Sun, 16 Jun 2024 00:00:00 GMT' }, daily, '2024-06-16T00:00:00Z'],
    ['seconds', { 'retry-after': '7200', 'x-ratelimit-type': 'Daily-limit' }, '', '2024-06-15T12:20:30Z'],
    ['nothing but the header of the limit', { 'x-ratelimit-type': 'Daily-limit' }, '', '2024-06-16T00:00:00Z'],
    ['nothing but words', {}, daily, '2024-06-16T00:00:00Z'],
    ['a date that is over', { 'retry-after': '2024-06-14T00:00:00Z' }, daily, '2024-06-16T00:00:00Z'],
    ['a date alone', { 'retry-after': '2024-06-16T00:00:00Z' }, 'no json', '2024-06-16T00:00:00Z'],
  ]
  test.each(headers)('the day’s share: until %s', (_, given, body, until) => {
    const failure = explain(429, body, given)!
    expect(failure).toMatchObject({ kind: 'throttled', stops: 'source', retryAfter: Date.parse(until) })
    expect(failure.message).toContain(`${until.slice(0, 10)} ${until.slice(11, 16)} UTC`)
  })

  test('days end at midnight in UTC', () => {
    expect(nextMidnight(now)).toBe(Date.parse('2024-06-16T00:00:00Z'))
    expect(nextMidnight(Date.parse('2024-06-15T00:00:00Z'))).toBe(Date.parse('2024-06-16T00:00:00Z'))
  })
})
