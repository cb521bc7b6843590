import { expect, test, vi } from 'vitest'
import { scope, startGmail } from './gmail-start.ts'

test('6,000 units a minute are 300 messages, whatever the format; listing is cheap', async () => {
  let now = Date.parse('2026-03-01T12:00:10Z')
  await using gmail = await startGmail({ clock: { now: () => now } })
  const { google } = gmail.started
  const { id } = gmail.mailbox.add('Subject: a\r\n\r\n')
  google.setApiQuota('gmail', {})
  const get = () => gmail.call(`messages/${id}?format=minimal`)
  for (let count = 0; count < 299; count += 1) expect((await get()).status).toBe(200)
  expect((await gmail.call('messages')).status).toBe(200)
  expect((await gmail.call('labels')).status).toBe(200)
  expect(await get()).toMatchObject({ status: 403, reason: 'rateLimitExceeded' })
  const refused = await get()
  expect(refused.message).toContain("'Queries per minute per user' of service 'gmail.googleapis.com'")
  // What is left is enough for something cheaper.
  expect((await gmail.call('profile')).status).toBe(200)
  now += 50_000
  expect((await get()).status).toBe(200)
  const prices = new Map(google.requests.map(({ call, units }) => [call, units]))
  expect(Object.fromEntries(prices)).toEqual({
    'gmail.users.messages.get': 20,
    'gmail.users.messages.list': 5,
    'gmail.users.labels.list': 1,
    'gmail.users.getProfile': 1,
  })
})

test.for([
  ['userRateLimitExceeded', 403, 'userRateLimitExceeded', /^User Rate Limit Exceeded$/],
  ['resource exhausted', 429, 'rateLimitExceeded', /^Resource has been exhausted/],
  ['retry after a time', 429, 'rateLimitExceeded', /Retry after 2026-03-01T12:01:00.000Z$/],
] as const)('the other words for it: %s', async ([answer, status, reason, message]) => {
  await using gmail = await startGmail({ clock: { now: () => Date.parse('2026-03-01T12:00:10Z') } })
  gmail.started.google.setApiQuota('gmail', { unitsPerMinute: 0, answer })
  expect(await gmail.call('profile')).toMatchObject({ status, reason, message: expect.stringMatching(message) })
})

test('a sliding window leaves no double share around the turn of a minute', async () => {
  let now = Date.parse('2026-03-01T12:00:50Z')
  await using gmail = await startGmail({ clock: { now: () => now } })
  gmail.started.google.setApiQuota('gmail', { unitsPerMinute: 10, window: 'sliding' })
  for (let count = 0; count < 2; count += 1) expect((await gmail.call('messages')).status).toBe(200)
  now += 20_000
  expect((await gmail.call('messages')).status).toBe(403)
  now += 40_001
  expect((await gmail.call('messages')).status).toBe(200)
})

test('too many requests at once', async () => {
  await using gmail = await startGmail()
  const { google } = gmail.started
  const { id } = gmail.mailbox.add({ size: 6_000_000, seed: 1, headers: 'Subject: large' })
  google.setApiQuota('gmail', { concurrent: 3 })
  const answers = await Promise.all(Array.from({ length: 6 }, () => gmail.call(`messages/${id}?format=raw`)))
  const statuses = answers.map(({ status }) => status).sort()
  expect(statuses.slice(0, 3)).toEqual([200, 200, 200])
  expect(statuses.at(-1)).toBe(429)
  expect(answers.find(({ status }) => status === 429)?.message).toBe('Too many concurrent requests for user')
  expect((await gmail.call('profile')).status).toBe(200)
})

test.for(['gzip', 'identity'])(
  'a client that hangs up in the middle of a message is not counted any more (%s)',
  async (coding) => {
    await using gmail = await startGmail()
    const { google, get } = gmail.started
    const { id } = gmail.mailbox.add({ size: 50_000_000, seed: 1, headers: 'Subject: large' })
    google.setApiQuota('gmail', { concurrent: 1 })
    const abort = new AbortController()
    const { accessToken } = google.issueTokens([scope('readonly')])
    const response = await get(`${google.endpoints.gmail}gmail/v1/users/me/messages/${id}?format=raw`, {
      headers: { authorization: `Bearer ${accessToken}`, 'accept-encoding': coding },
      signal: abort.signal,
    })
    expect(response.status).toBe(200)
    expect((await gmail.call('profile')).status).toBe(429)
    abort.abort()
    await vi.waitFor(async () => expect((await gmail.call('profile')).status).toBe(200), { timeout: 20_000 })
    expect(google.errors).toEqual([])
  },
)
