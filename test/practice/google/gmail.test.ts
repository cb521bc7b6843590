import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { methodParameters, schemas } from '../../../src/practice/google/gmail/gmail-tables.ts'
import { mailOfLines } from '../../../src/practice/google/gmail/mail-case.ts'
import { readMail } from '../../../src/practice/google/gmail/mail-content.ts'
import { createMailbox } from '../../../src/practice/google/gmail/mailbox.ts'
import { apis, deriveTables } from './derive-tables.ts'
import { scope, startGmail } from './gmail-start.ts'

const mail = (subject: string) =>
  `From: a@example.org\r\nSubject: ${subject}\r\nDate: Fri, 01 Mar 2024 10:00:00 +0000\r\n\r\n${subject}\r\n`

test('the tables of parameters and fields are those of the installed googleapis', () => {
  const derived = deriveTables(apis.gmail)
  expect(methodParameters).toEqual(derived.parameters)
  expect(schemas).toEqual(derived.schemas)
  expect(Object.keys(derived.schemas)).toContain('MessagePart')
  for (const [name, parameters] of Object.entries(derived.parameters)) expect(parameters, name).toContain('userId')
})

test('the official library lists newest first, page by page, each message once', async () => {
  await using gmail = await startGmail()
  const { mailbox } = gmail
  for (let index = 0; index < 25; index += 1)
    mailbox.add(mail(`no ${index}`), { internalDate: 1_700_000_000_000 + (index % 5) * 1000 })
  mailbox.trash(mailbox.add(mail('away')).id)
  mailbox.spam(mailbox.add(mail('junk')).id)
  const library = gmail.library()
  const pages: number[] = []
  const ids: string[] = []
  let pageToken: string | undefined
  do {
    const { data } = await library.users.messages.list({
      userId: 'me',
      maxResults: 10,
      ...(pageToken === undefined ? {} : { pageToken }),
    })
    pages.push(data.messages?.length ?? 0)
    for (const { id, threadId, ...rest } of data.messages ?? []) {
      ids.push(id ?? '')
      expect(threadId).toBe(id)
      expect(rest).toEqual({})
    }
    pageToken = data.nextPageToken ?? undefined
    // New mail at the front moves nothing that is still to come.
    if (pages.length === 1) mailbox.add(mail('new'))
  } while (pageToken !== undefined)
  expect(pages).toEqual([10, 10, 5])
  expect(new Set(ids).size).toBe(25)
  const dates = ids.map((id) => mailbox.get(id)?.internalDate ?? 0)
  expect(dates).toEqual(dates.toSorted((a, b) => b - a))
  const all = await library.users.messages.list({ userId: 'me', includeSpamTrash: true, maxResults: 500 })
  expect(all.data.messages).toHaveLength(28)
  const trash = await library.users.messages.list({ userId: 'me', labelIds: ['TRASH'], includeSpamTrash: true })
  expect(trash.data.messages).toHaveLength(1)
  const none = await library.users.messages.list({ userId: 'me', labelIds: ['TRASH'] })
  expect(none.data).toEqual({ resultSizeEstimate: 0 })
  expect(gmail.started.google.violations).toEqual([])
  expect(gmail.started.google.errors).toEqual([])
})

test('short pages are allowed, and the listing goes on', async () => {
  await using gmail = await startGmail()
  for (let index = 0; index < 20; index += 1) gmail.mailbox.add(mail(`${index}`))
  gmail.mailbox.quirks.shortPageEvery = 1
  const first = await gmail.call('messages?maxResults=10')
  expect(first.json.messages).toHaveLength(5)
  expect(first.json.nextPageToken).toBeTypeOf('string')
})

test('labelIds are joined by AND, q is understood as far as it is documented here', async () => {
  await using gmail = await startGmail()
  const { mailbox } = gmail
  const label = mailbox.addLabel('Work/Plans')
  const both = mailbox.add(`Message-ID: <x@y>\r\n\r\nboth`, { labelIds: ['INBOX', label.id], internalDate: 1_600_000_000_000 })
  const inbox = mailbox.add(mail('inbox'), { internalDate: 1_500_000_000_000 })
  const chat = mailbox.addChat('a@example.org', 'hello')
  const ids = async (query: string) =>
    ((await gmail.call(`messages?${query}`)).json.messages as { id: string }[] | undefined)?.map(({ id }) => id) ?? []
  expect(await ids(`labelIds=INBOX&labelIds=${label.id}`)).toEqual([both.id])
  expect(await ids('q=-in:chats')).toEqual([both.id, inbox.id])
  expect(await ids('q=is:chat')).toEqual([chat.id])
  expect(await ids('q=label:work-plans')).toEqual([both.id])
  expect(await ids('q=before:1550000000')).toEqual([inbox.id])
  expect(await ids('q=rfc822msgid:x@y')).toEqual([both.id])
})

test('raw is the exact bytes; minimal, metadata and full have what the documentation says', async () => {
  await using gmail = await startGmail()
  const { mailbox } = gmail
  const bytes = Buffer.from([...Buffer.from(mail('bytes')), 0, 255, 254, 0x3e, 0x3f, 10, 13])
  const contents = Array.from({ length: 8 }, (_, cut) => bytes.subarray(0, bytes.length - cut))
  const messages = contents.map((content) => mailbox.add(content, { internalDate: 1_234_567_890_123 }))
  const library = gmail.library()
  let padded = 0
  for (const [index, { id }] of messages.entries()) {
    const { data } = await library.users.messages.get({ userId: 'me', id, format: 'raw' })
    expect(Buffer.from(data.raw ?? '', 'base64url')).toEqual(contents[index])
    expect(data.raw).toMatch(/^[\w-]+=*$/)
    padded += data.raw?.endsWith('=') ? 1 : 0
    expect(data).toMatchObject({ id, threadId: id, labelIds: ['INBOX'], internalDate: '1234567890123' })
    expect(data.historyId).toMatch(/^\d+$/)
    expect(Math.abs((data.sizeEstimate ?? 0) - contents[index]!.length)).toBeLessThan(64)
  }
  expect(padded).toBeGreaterThan(0)
  expect(padded).toBeLessThan(6)
  const id = messages[0]?.id ?? ''
  const { data: minimal } = await library.users.messages.get({ userId: 'me', id, format: 'minimal' })
  expect(Object.keys(minimal).sort()).toEqual([
    'historyId',
    'id',
    'internalDate',
    'labelIds',
    'sizeEstimate',
    'snippet',
    'threadId',
  ])
  const { data: metadata } = await library.users.messages.get({
    userId: 'me',
    id,
    format: 'metadata',
    metadataHeaders: ['subject', 'Date'],
  })
  expect(metadata.payload?.headers).toEqual([
    { name: 'Subject', value: 'bytes' },
    { name: 'Date', value: 'Fri, 01 Mar 2024 10:00:00 +0000' },
  ])
  const { data: full } = await library.users.messages.get({ userId: 'me', id })
  expect(full.raw).toBeUndefined()
  expect(full.payload).toMatchObject({ mimeType: 'text/plain', body: { size: 14 } })
  const { data: some } = await library.users.messages.get({ userId: 'me', id, format: 'raw', fields: 'id,raw,labelIds' })
  expect(Object.keys(some).sort()).toEqual(['id', 'labelIds', 'raw'])
})

test.for(['gzip', 'identity'])('a message of 50 MB is sent while it is made, the same each time (%s)', async (coding) => {
  await using gmail = await startGmail()
  const content = mailOfLines('2022-01-01', 'Large', 7, 641_000)
  expect(content.size).toBeGreaterThan(49_900_000)
  const { id } = gmail.mailbox.add(content)
  const hash = createHash('sha256')
  let size = 0
  for (const piece of readMail(content)) {
    hash.update(piece)
    size += piece.byteLength
  }
  expect(size).toBe(content.size)
  const { google, get } = gmail.started
  const { accessToken } = google.issueTokens([scope('readonly')])
  const response = await get(`${google.endpoints.gmail}gmail/v1/users/me/messages/${id}?format=raw&fields=id,raw,internalDate`, {
    headers: { authorization: `Bearer ${accessToken}`, 'accept-encoding': coding },
  })
  expect(response.headers.get('content-encoding')).toBe(coding === 'gzip' ? 'gzip' : null)
  const json = JSON.parse(await text(Readable.fromWeb(response.body!))) as { id: string; raw: string; internalDate: string }
  expect(Object.keys(json)).toEqual(['id', 'raw', 'internalDate'])
  expect(createHash('sha256').update(Buffer.from(json.raw, 'base64url')).digest('hex')).toBe(hash.digest('hex'))
  expect(google.errors).toEqual([])
})

test('the history tells of everything that happens to messages, in order, filtered and paged', async () => {
  await using gmail = await startGmail()
  const { mailbox } = gmail
  const library = gmail.library()
  const { data: profile } = await library.users.getProfile({ userId: 'me' })
  const startHistoryId = profile.historyId ?? ''
  expect((await library.users.history.list({ userId: 'me', startHistoryId })).data).toEqual({ historyId: startHistoryId })
  const label = mailbox.addLabel('日本/東京')
  const message = mailbox.add(mail('one'))
  mailbox.setLabels(message.id, ['INBOX', 'STARRED', label.id])
  mailbox.trash(message.id)
  const draft = mailbox.addDraft(mail('draft'))
  const edited = mailbox.editDraft(draft.draftId ?? '', mail('draft, better'))
  mailbox.remove(message.id)
  expect(edited.id).not.toBe(draft.id)
  expect(edited.draftId).toBe(draft.draftId)
  const { data } = await library.users.history.list({ userId: 'me', startHistoryId })
  const told = (data.history ?? []).map(({ id, messages, ...detail }) => {
    expect(messages).toHaveLength(1)
    expect(Object.keys(detail)).toHaveLength(1)
    const [type, entries] = Object.entries(detail)[0] ?? []
    const [entry] = (entries ?? []) as { message?: { id?: string }; labelIds?: string[] }[]
    return [type, entry?.message?.id, entry?.labelIds]
  })
  expect(told).toEqual([
    ['messagesAdded', message.id, undefined],
    ['labelsAdded', message.id, ['STARRED', label.id]],
    ['labelsAdded', message.id, ['TRASH']],
    ['labelsRemoved', message.id, ['INBOX']],
    ['messagesAdded', draft.id, undefined],
    ['messagesDeleted', draft.id, undefined],
    ['messagesAdded', edited.id, undefined],
    ['messagesDeleted', message.id, undefined],
  ])
  const ids = (data.history ?? []).map(({ id }) => BigInt(id ?? 0))
  expect(ids).toEqual(ids.toSorted((a, b) => (a < b ? -1 : 1)))
  expect(data.historyId).toBe(String(ids.at(-1)))
  // The second page holds nothing that passes the filter, and still there is a third.
  const deleted: string[][] = []
  let pageToken: string | undefined
  do {
    const page = await library.users.history.list({
      userId: 'me',
      startHistoryId,
      historyTypes: ['messageDeleted'],
      maxResults: 3,
      ...(pageToken === undefined ? {} : { pageToken }),
    })
    deleted.push((page.data.history ?? []).map(({ messagesDeleted }) => messagesDeleted?.[0]?.message?.id ?? ''))
    pageToken = page.data.nextPageToken ?? undefined
  } while (pageToken !== undefined)
  expect(deleted).toEqual([[], [draft.id], [message.id]])
  const labelled = await library.users.history.list({ userId: 'me', startHistoryId, labelId: label.id })
  expect(labelled.data.history).toHaveLength(4)
  mailbox.history.forget()
  await expect(library.users.history.list({ userId: 'me', startHistoryId })).rejects.toMatchObject({ status: 404 })
  const { data: later } = await library.users.getProfile({ userId: 'me' })
  expect((await library.users.history.list({ userId: 'me', startHistoryId: later.historyId ?? '' })).status).toBe(200)
})

test('labels: system and user, nested, renamed without a trace in the history, with their counts', async () => {
  await using gmail = await startGmail()
  const { mailbox } = gmail
  const label = mailbox.addLabel('大学/研究室', { color: { textColor: '#ffffff', backgroundColor: '#4a86e8' } })
  const first = mailbox.add(mail('a'), { labelIds: [label.id, 'UNREAD'] })
  mailbox.add(mail('re a'), { labelIds: [label.id], after: first.id })
  const library = gmail.library([scope('metadata')])
  const before = (await library.users.getProfile({ userId: 'me' })).data
  expect(before).toMatchObject({ emailAddress: mailbox.email, messagesTotal: 2, threadsTotal: 1 })
  const { data: list } = await library.users.labels.list({ userId: 'me' })
  expect(list.labels?.find(({ id }) => id === 'INBOX')).toMatchObject({ type: 'system', name: 'INBOX' })
  expect(list.labels?.at(-1)).toEqual({ id: label.id, name: '大学/研究室', type: 'user' })
  const { data } = await library.users.labels.get({ userId: 'me', id: label.id })
  expect(data).toMatchObject({ messagesTotal: 2, messagesUnread: 1, threadsTotal: 1, threadsUnread: 1, color: label.color })
  expect((await library.users.labels.get({ userId: 'me', id: 'INBOX' })).data.messagesTotal).toBe(0)
  mailbox.renameLabel(label.id, 'Uni')
  expect((await library.users.labels.get({ userId: 'me', id: label.id })).data.name).toBe('Uni')
  const history = await library.users.history.list({ userId: 'me', startHistoryId: before.historyId ?? '' })
  expect(history.data.history).toBeUndefined()
  mailbox.removeLabel(label.id)
  expect(first.labelIds).toEqual(['UNREAD'])
})

test('two hundred thousand messages cost little and list in order', { timeout: 60_000 }, async () => {
  const mailbox = createMailbox({ email: 'hana@example.ac.jp' })
  const before = process.memoryUsage().heapUsed
  mailbox.addSynthetic(200_000)
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(150_000_000)
  let count = 0
  let last = Number.POSITIVE_INFINITY
  for (const { internalDate } of mailbox.scan()) {
    if (internalDate > last) throw new Error('out of order')
    last = internalDate
    count += 1
  }
  expect(count).toBe(200_000)
  const [newest] = mailbox.scan()
  const bytes = mailbox.bytes(newest!.id)
  expect(bytes.length).toBe(newest!.content instanceof Uint8Array ? -1 : newest!.content.size)
  expect(bytes.toString()).toContain('Subject: Message 199999\r\n')
  expect(mailbox.counts().labels.get('INBOX')?.messagesTotal).toBe(200_000)
  mailbox.remove(newest!.id)
  expect([...mailbox.scan()][0]?.number).toBe(199_999)
  // Pages begin where the last one ended.
  const [after] = mailbox.scan([mailbox.get([...mailbox.scan()][9]!.id)!.internalDate, 199_990])
  expect(after?.number).toBe(199_989)
})
