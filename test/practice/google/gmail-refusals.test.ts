import { expect, test } from 'vitest'
import { createDriveModel } from '../../../src/practice/google/model.ts'
import { scope, startGmail } from './gmail-start.ts'
import { start } from './start.ts'

test.for([
  ['messages?maxResults=501', 400, 'badRequest'],
  ['messages?maxResults=0', 400, 'badRequest'],
  ['messages?maxResults=many', 400, 'badRequest'],
  ['messages?pageSize=10', 400, 'badRequest'],
  ['messages?userId=me', 400, 'badRequest'],
  ['messages?q=in:inbox&q=in:sent', 400, 'badRequest'],
  ['messages?includeSpamTrash=yes', 400, 'badRequest'],
  ['messages?pageToken=123', 400, 'invalid'],
  ['messages?labelIds=Label_99', 400, 'invalidArgument'],
  ['messages?q=larger:5M', 400, 'invalidArgument'],
  ['messages?fields=messages(id,subject)', 400, 'invalidParameter'],
  ['messages?fields=messages(id', 400, 'invalidParameter'],
  ['messages/18c9a1b2c3d4e5f6', 404, 'notFound'],
  ['messages/1', 404, 'notFound'],
  ['messages/ffffffffffffffff', 400, 'invalidArgument'],
  ['messages/18c9a1b2c3d4e5f6aa', 400, 'invalidArgument'],
  ['messages/nosuchmessage', 400, 'invalidArgument'],
  ['messages/1?format=eml', 400, 'badRequest'],
  ['messages/1?id=1', 400, 'badRequest'],
  ['messages/1?alt=media', 400, 'badRequest'],
  ['history', 400, 'invalidArgument'],
  ['history?startHistoryId=abc', 400, 'invalidArgument'],
  ['history?startHistoryId=1', 404, 'notFound'],
  ['history?startHistoryId=99999999999', 404, 'notFound'],
  ['history?startHistoryId=1&historyTypes=messagesAdded', 400, 'invalidArgument'],
  ['labels/Label_99', 404, 'notFound'],
  ['settings/delegates', 403, 'forbidden'],
  ['/gmail/v1/users/someone%40example.com/profile', 403, 'forbidden'],
] as const)('%s is refused: %i %s', async ([path, status, reason]) => {
  await using gmail = await startGmail()
  gmail.mailbox.add('Subject: a\r\n\r\n')
  expect(await gmail.call(path)).toMatchObject({ status, reason })
})

test('errors are in the envelope of Gmail, which the library understands', async () => {
  await using gmail = await startGmail()
  const { json } = await gmail.call('messages/18c9a1b2c3d4e5f6')
  expect(json).toEqual({
    error: {
      code: 404,
      message: 'Requested entity was not found.',
      errors: [{ message: 'Requested entity was not found.', domain: 'global', reason: 'notFound' }],
      status: 'NOT_FOUND',
    },
  })
  await expect(gmail.library().users.messages.get({ userId: 'me', id: '18c9a1b2c3d4e5f6' })).rejects.toMatchObject({
    status: 404,
    message: 'Requested entity was not found.',
  })
})

const settings = ['filters', 'forwardingAddresses', 'sendAs', 'autoForwarding', 'vacation', 'imap', 'pop', 'language'].map(
  (name) => `settings/${name}`,
)

test('scopes: what each may read', async () => {
  await using gmail = await startGmail()
  const { id } = gmail.mailbox.add('Subject: a\r\n\r\n')
  const history = `history?startHistoryId=${gmail.mailbox.history.current()}`
  const metadata = [
    'profile',
    'messages',
    `messages/${id}?format=metadata`,
    `messages/${id}?format=minimal`,
    history,
    'labels',
    'labels/INBOX',
  ]
  const readonly = [...settings, 'drafts', `messages/${id}?format=raw`, `messages/${id}`, 'messages?q=in:inbox']
  for (const path of [...metadata, ...readonly]) expect((await gmail.call(path)).status, path).toBe(200)
  for (const path of metadata) expect((await gmail.call(path, [scope('metadata')])).status, path).toBe(200)
  for (const path of readonly) expect((await gmail.call(path, [scope('metadata')])).status, path).toBe(403)
  for (const path of settings) expect((await gmail.call(path, [scope('settings.basic')])).status, path).toBe(200)
  expect(await gmail.call('messages', [scope('settings.basic')])).toMatchObject({
    status: 403,
    reason: 'insufficientPermissions',
  })
  expect(await gmail.call('messages?q=in:inbox', [scope('metadata')])).toMatchObject({
    message: "Metadata scope does not support 'q' parameter",
  })
  // Both together are no more than the narrower one.
  expect(await gmail.call(`messages/${id}?format=raw`, [scope('metadata'), scope('readonly')])).toMatchObject({
    status: 403,
    message: "Metadata scope doesn't allow format RAW",
  })
  expect(await gmail.call('profile', ['https://www.googleapis.com/auth/drive.readonly'])).toMatchObject({ status: 403 })
  expect(gmail.started.google.violations).toEqual([])
})

test('a page token is good for its own query alone, and until it is expired', async () => {
  await using gmail = await startGmail()
  for (let index = 0; index < 9; index += 1) gmail.mailbox.add(`Subject: ${index}\r\n\r\n`)
  const token = encodeURIComponent(String((await gmail.call('messages?maxResults=2')).json.nextPageToken))
  const status = async (path: string) => (await gmail.call(`${path}pageToken=${token}`)).status
  expect(await status('messages?maxResults=4&fields=messages(id)&')).toBe(200)
  expect(await status('messages?includeSpamTrash=true&')).toBe(400)
  expect(await status('messages?labelIds=INBOX&')).toBe(400)
  expect(await status('drafts?')).toBe(400)
  gmail.started.google.expirePageTokens()
  expect(await status('messages?')).toBe(400)
})

test('a message that is listed and then gone, and raw data that is no base64url', async () => {
  await using gmail = await startGmail()
  const { mailbox } = gmail
  const once = mailbox.add('Subject: gone\r\n\r\n', { faults: { gone: 'once' } })
  const always = mailbox.add('Subject: gone\r\n\r\n', { faults: { gone: 'always' } })
  const spoilt = mailbox.add('Subject: spoilt\r\n\r\nbody', { faults: { badRaw: 1 } })
  const list = async () => ((await gmail.call('messages')).json.messages as { id: string }[]).map(({ id }) => id)
  expect(await list()).toEqual([spoilt.id, always.id, once.id])
  for (const { id } of [once, always])
    expect(await gmail.call(`messages/${id}?format=raw`)).toMatchObject({ status: 404, reason: 'notFound' })
  expect(await list()).toEqual([spoilt.id, always.id])
  const raw = async () => String((await gmail.call(`messages/${spoilt.id}?format=raw`)).json.raw)
  expect(await raw()).toMatch(/[^\w=-]/)
  expect(Buffer.from(await raw(), 'base64url').toString()).toBe('Subject: spoilt\r\n\r\nbody')
})

test('faults strike Gmail too, in its envelope', async () => {
  await using gmail = await startGmail()
  const { google } = gmail.started
  google.addFault({ match: { host: 'gmail.googleapis.com', pathPattern: /labels/ }, do: { status: 503, reason: 'backendError' } })
  const { json } = await gmail.call('labels')
  expect(json).toMatchObject({ error: { code: 503, errors: [{ reason: 'backendError' }], status: 'UNAVAILABLE' } })
  expect((await gmail.call('labels')).status).toBe(200)
  const { id } = gmail.mailbox.add({ size: 2_000_000, seed: 1, headers: 'Subject: large' })
  google.addFault({ match: { host: 'gmail.googleapis.com' }, do: { truncatedJson: true } })
  await expect(gmail.call(`messages/${id}?format=raw`)).rejects.toThrow(SyntaxError)
  google.addFault({ match: { host: 'gmail.googleapis.com' }, do: { cutAfter: 100_000 } })
  await expect(gmail.call(`messages/${id}?format=raw`)).rejects.toThrow()
  expect((await gmail.call(`messages/${id}?format=raw`)).status).toBe(200)
  expect(google.errors).toEqual([])
})

test('people without a mailbox have no Gmail; changing anything is a violation; batch is not offered', async () => {
  const model = createDriveModel()
  const other = model.addPerson('other@example.com', 'Other')
  await using gmail = await startGmail({ model })
  expect(await gmail.call('profile', undefined, other.email)).toMatchObject({ status: 400, reason: 'failedPrecondition' })
  const { google, get } = gmail.started
  const authorization = `Bearer ${google.issueTokens([scope('modify')]).accessToken}`
  for (const path of ['batch/gmail/v1', 'gmail/v1/users/me/messages/batchModify']) {
    expect((await get(google.endpoints.gmail + path, { method: 'POST', headers: { authorization } })).status).toBe(404)
  }
  expect(google.violations).toHaveLength(2)
  expect((await get(`${google.endpoints.gmail}gmail/v1/users/me/profile`)).status).toBe(401)
  await using bare = await start({ model })
  const without = `${bare.google.endpoints.gmail}gmail/v1/users/me/profile`
  const token = bare.google.issueTokens([scope('readonly')]).accessToken
  const response = await bare.get(without, { headers: { authorization: `Bearer ${token}` } })
  expect(await response.json()).toMatchObject({ error: { code: 400, status: 'FAILED_PRECONDITION' } })
})
