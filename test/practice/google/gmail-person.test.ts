import { expect, test } from 'vitest'
import { readMail } from '../../../src/practice/google/gmail/mail-content.ts'
import { createMailbox } from '../../../src/practice/google/gmail/mailbox.ts'
import { fillPracticeMailbox, mailCases } from '../../../src/practice/google/gmail/person-mail.ts'
import { createDriveModel } from '../../../src/practice/google/model.ts'
import { startGmail } from './gmail-start.ts'

test('the practice mailbox lists and downloads through the official library, with every odd case in it', async () => {
  const model = createDriveModel()
  const mailbox = createMailbox({ email: model.me.email })
  const { cases, registrations, receipts, labels } = fillPracticeMailbox(mailbox)
  await using gmail = await startGmail({ model, mailbox })
  const library = gmail.library()
  const { data: profile } = await library.users.getProfile({ userId: 'me' })
  const ids: string[] = []
  let pageToken: string | undefined
  do {
    const { data } = await library.users.messages.list({
      userId: 'me',
      maxResults: 100,
      includeSpamTrash: true,
      ...(pageToken === undefined ? {} : { pageToken }),
    })
    for (const { id } of data.messages ?? []) ids.push(id ?? '')
    pageToken = data.nextPageToken ?? undefined
  } while (pageToken !== undefined)
  expect(ids).toHaveLength(profile.messagesTotal ?? 0)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.length).toBeGreaterThan(240)
  const odd: string[] = []
  for (const id of ids) {
    const expected = mailbox.get(id)!
    const answer = await library.users.messages.get({ userId: 'me', id, format: 'raw' }).catch(() => undefined)
    const raw = answer?.data.raw ?? ''
    const same = Buffer.from(raw, 'base64url').equals(Buffer.concat([...readMail(expected.content)]))
    if (!same) odd.push([...cases].find(([, known]) => known === id)?.[0] ?? id)
  }
  expect(odd.sort()).toEqual(['listed and then 404', 'raw that is not base64url once'])
  expect(registrations).toHaveLength(10)
  expect(receipts.length).toBeGreaterThan(60)
  expect([...labels.keys()]).toEqual(
    expect.arrayContaining(['Work/Plans', 'Work.Plans', '大学/研究室/卒業論文', 'Receipts', 'Empty']),
  )
  const names = new Set(mailCases.map(({ name }) => name))
  expect(names.size).toBe(mailCases.length)
  const { data: filters } = await library.users.settings.filters.list({ userId: 'me' })
  expect(filters.filter?.filter(({ action }) => action?.forward !== undefined)).toHaveLength(1)
  expect((await library.users.settings.getAutoForwarding({ userId: 'me' })).data).toMatchObject({ enabled: true })
  expect((await library.users.settings.sendAs.list({ userId: 'me' })).data.sendAs).toHaveLength(2)
  expect((await library.users.drafts.list({ userId: 'me' })).data.drafts).toHaveLength(1)
  expect(gmail.started.google.violations).toEqual([])
  expect(gmail.started.google.errors).toEqual([])
})

test('the odd cases are as odd as their names say', () => {
  const mailbox = createMailbox({ email: 'hana@example.ac.jp' })
  const { cases } = fillPracticeMailbox(mailbox)
  const bytes = (name: string) => mailbox.bytes(cases.get(name) ?? name)
  expect(bytes('raw 8-bit subject').includes(Buffer.from([0x8e, 0xca, 0x90, 0x5e]))).toBe(true)
  expect(bytes('raw ISO-2022-JP subject').toString('latin1')).toContain('\r\nSubject: \x1b$B')
  expect(bytes('bare LF').toString()).toMatch(/[^\r]\n/)
  expect(bytes('lines starting with "From "').toString()).toMatch(/\r\n\r\nFrom .*\r\n>From /)
  expect(bytes('missing date').toString()).not.toMatch(/^date:/im)
  expect(bytes('24 MB').length).toBeGreaterThan(24_000_000)
  expect(bytes('24 MB').toString('latin1', bytes('24 MB').length - 90)).toMatch(/\r\n--big--\r\n$/)
  expect(bytes('24 MB').equals(bytes('another of 24 MB'))).toBe(false)
  expect(bytes('without headers').toString()).toMatch(/^\r\n/)
  const twin = bytes('byte-equal duplicates')
  expect([...mailbox.scan()].filter(({ content }) => content instanceof Uint8Array && twin.equals(content))).toHaveLength(2)
  expect(mailbox.get(cases.get('chat') ?? '')?.labelIds).toEqual(['CHAT'])
  expect(mailbox.get(cases.get('draft') ?? '')?.labelIds).toEqual(['DRAFT'])
  expect(mailbox.get(cases.get('archived, with no label at all') ?? '')?.labelIds).toEqual([])
  const again = createMailbox({ email: 'hana@example.ac.jp' })
  expect([...fillPracticeMailbox(again).cases]).toEqual([...cases])
  expect([...again.scan()].every(({ id }) => again.bytes(id).equals(mailbox.bytes(id)))).toBe(true)
})
