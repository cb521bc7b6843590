import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Item } from '../../../../src/core/item.ts'
import { mailDetails } from '../../../../src/core/mail.ts'
import type { Content, Page, Source } from '../../../../src/core/source.ts'
import { mailCases } from '../../../../src/practice/google/gmail/odd-mail.ts'
import { drain, failureOf } from '../../../contracts/content.ts'
import { never, nothingKnown } from '../../../contracts/listed.ts'
import { swift } from '../swift-pages.ts'
import { type ConnectedMail, connectMail } from './mail-harness.ts'

let at: ConnectedMail
beforeEach(async () => {
  at = await connectMail({ budgets: swift, pageSize: 20 })
})
afterEach(async () => {
  expect(at.practice.violations).toEqual([])
  expect(at.practice.errors).toEqual([])
  await at.close()
})

const messages = { id: 'messages', title: '' }
const settings = { id: 'settings', title: '' }
const list = async (source: Source, since?: string, stream = messages): Promise<Page[]> => {
  const pages: Page[] = []
  for await (const page of source.list(stream, since, nothingKnown, never)) pages.push(page)
  return pages
}
const itemsOf = (pages: readonly Page[]) =>
  new Map(pages.flatMap(({ items }) => items.map((item): [string, Item] => [item.id, item])))
const patchesOf = (pages: readonly Page[]) =>
  new Map(pages.flatMap(({ patches = [] }) => patches.map(({ id, details }) => [id, details] as const)))
const goneOf = (pages: readonly Page[]) => pages.flatMap(({ gone = [] }) => gone)
const calls = () => {
  const found: Record<string, number> = {}
  for (const { call } of at.practice.requests) if (call !== undefined) found[call] = (found[call] ?? 0) + 1
  return found
}
const get = (source: Source, item: Item, signal = never) => source.fetch(item, item.parts[0]!, { from: 0, signal })
const itemOf = (id: string): Item => ({ id, kind: 'file', version: '1', parts: [{ key: 'eml' }], details: {} })
const take = async (source: Source, id: string): Promise<{ bytes: Buffer; learned: NonNullable<Content['learned']> }> => {
  const content = await get(source, itemOf(id))
  const bytes = await drain(content)
  return { bytes, learned: content.learned! }
}
const mail = (subject: string, body = 'Hello.') => Buffer.from(`From: a@b.example\r\nSubject: ${subject}\r\n\r\n${body}\r\n`)

describe('the odd mailbox', () => {
  test.each(mailCases.filter(({ name }) => !/404|base64url/i.test(name)).map((one) => [one.name, one] as const))(
    '%s: byte for byte, with a place',
    async (_, one) => {
      const { id } = one.add(at.mailbox)
      const { bytes, learned } = await take(at.open(), id)
      expect(Buffer.compare(bytes, at.mailbox.bytes(id))).toBe(0)
      expect(learned.name).toContain(id)
      expect(learned.partName).toBe(learned.name)
      expect(learned.path!.length).toBeGreaterThan(0)
      expect(mailDetails.safeParse(learned.details).error).toBeUndefined()
      expect(JSON.parse(JSON.stringify(learned))).toEqual(learned)
    },
  )

  test.each([
    ['several scripts', /読書室 · مصباح/],
    ['ISO-2022-JP', /[ぁ-ん一-龥]/],
  ])('%s: the subject is readable', async (name, subject) => {
    const one = mailCases.find((found) => found.name.includes(name))
    const { learned } = await take(at.open(), one!.add(at.mailbox).id)
    expect(learned.name).toMatch(subject)
  })

  test('content that is not base64url is corrupt, says where, and comes when Gmail has mended it', async () => {
    const { id } = at.mailbox.add(mail('x', 'y'.repeat(300)), { faults: { badRaw: 2 } })
    for (let time = 0; time < 2; time++) {
      const failure = await failureOf(take(at.open(), id))
      expect(failure.kind).toBe('corrupt')
      expect(failure.message).toMatch(/character \d+/)
    }
    expect((await take(at.open(), id)).bytes.toString()).toContain('yyy')
  })

  test('listed and then 404 is gone', async () => {
    const { id } = at.mailbox.add(mail('x'), { faults: { gone: 'once' } })
    const source = at.open()
    expect([...itemsOf(await list(source)).keys()]).toEqual([id])
    expect((await failureOf(take(source, id))).kind).toBe('gone')
  })
})

describe('what a message teaches', () => {
  test('place, time, labels, flags, thread and headers', async () => {
    const label = at.mailbox.addLabel('Work/日本')
    const { id, threadId } = at.mailbox.add(mail('Hello'), {
      labelIds: ['INBOX', 'UNREAD', 'STARRED', label.id],
      internalDate: Date.UTC(2020, 0, 31, 23, 59),
    })
    const { learned } = await take(at.open(), id)
    expect(learned).toMatchObject({
      name: `2020-01-31 2359 Hello ${id}.eml`,
      path: ['2020', '01'],
      modified: Date.UTC(2020, 0, 31, 23, 59),
      details: {
        labels: ['Inbox', 'Starred', 'Work/日本'],
        labelIds: expect.arrayContaining(['INBOX', 'UNREAD', label.id]),
        flags: { seen: false, flagged: true, draft: false, trashed: false },
        thread: threadId,
        received: Date.UTC(2020, 0, 31, 23, 59),
        sizeEstimate: expect.any(Number),
        headers: { from: 'a@b.example', subject: 'Hello' },
      },
    })
  })

  test('a label made while the run goes on has its name', async () => {
    const source = at.open()
    await list(source)
    const label = at.mailbox.addLabel('Brand new')
    const { id } = at.mailbox.add(mail('Hello'), { labelIds: [label.id] })
    expect((await take(source, id)).learned.details).toMatchObject({ labels: ['Brand new'] })
  })

  test('labels that changed between the download and its entry are those of the log', async () => {
    const { id } = at.mailbox.add(mail('Hello'))
    const source = at.open()
    const cursor = (await list(source)).at(-1)!.cursor
    const { learned } = await take(source, id)
    at.mailbox.setLabels(id, ['STARRED'])
    await list(source, cursor)
    expect(learned.details).toMatchObject({ labels: ['Starred'], flags: { flagged: true } })
  })
})

describe('listing again', () => {
  const fill = (count: number) => Array.from({ length: count }, (_, index) => at.mailbox.add(mail(`m${index}`)).id)

  test('without news: one call of history, one of labels, nothing else', async () => {
    fill(45)
    const cursor = (await list(at.open())).at(-1)!.cursor
    at.practice.resetLog()
    const again = at.open()
    const pages = await list(again, cursor)
    await list(again, (await list(at.open(), undefined, settings)).at(-1)!.cursor, settings)
    expect(pages).toHaveLength(1)
    expect(pages[0]).toMatchObject({ items: [], patches: [], gone: [] })
    expect(pages[0]!.startsOver).toBeUndefined()
    at.practice.resetLog()
    const rerun = at.open()
    await list(rerun, pages[0]!.cursor)
    await list(rerun, 'settings 1', settings)
    const made = calls()
    expect(made['gmail.users.history.list']).toBe(1)
    expect(made['gmail.users.messages.get']).toBeUndefined()
    expect(made['gmail.users.messages.list']).toBeUndefined()
    expect(made['gmail.users.labels.list']).toBe(1)
    expect(at.practice.requests.length).toBeLessThanOrEqual(13)
  })

  test('new, deleted and relabelled messages', async () => {
    const [first = '', second = '', third = ''] = fill(45)
    const cursor = (await list(at.open())).at(-1)!.cursor
    const fresh = at.mailbox.add(mail('fresh')).id
    at.mailbox.remove(first)
    at.mailbox.setLabels(second, ['STARRED'])
    at.practice.resetLog()
    const pages = await list(at.open(), cursor)
    expect([...itemsOf(pages).keys()]).toEqual([fresh])
    expect(goneOf(pages)).toEqual([first])
    expect(patchesOf(pages).get(second)).toMatchObject({ labels: ['Starred'], flags: { flagged: true } })
    expect(patchesOf(pages).has(third)).toBe(false)
    expect(calls()['gmail.users.messages.get']).toBeUndefined()
  })

  test('labels that the log does not tell are asked for: an archived message has none', async () => {
    const [first = ''] = fill(3)
    const cursor = (await list(at.open())).at(-1)!.cursor
    at.mailbox.setLabels(first, [])
    expect(patchesOf(await list(at.open(), cursor)).get(first)).toMatchObject({ labels: [], labelIds: [] })
    expect(calls()['gmail.users.messages.get']).toBe(1)
  })

  test('an edited draft is a message that went and one that came', async () => {
    const draft = at.mailbox.addDraft(mail('draft'))
    const cursor = (await list(at.open())).at(-1)!.cursor
    const edited = at.mailbox.editDraft(draft.draftId!, mail('edited'))
    const pages = await list(at.open(), cursor)
    expect(goneOf(pages)).toEqual([draft.id])
    expect([...itemsOf(pages).keys()]).toEqual([edited.id])
  })

  test('many changes come in pages, and each can be gone on from', async () => {
    fill(5)
    const cursor = (await list(at.open())).at(-1)!.cursor
    const fresh = fill(70)
    const pages = await list(at.open(), cursor)
    expect(pages.length).toBeGreaterThanOrEqual(3)
    for (const [index, page] of pages.slice(0, -1).entries()) {
      const rest = await list(at.open(), page.cursor)
      const before = itemsOf(pages.slice(0, index + 1))
      expect([...before.keys(), ...itemsOf(rest).keys()].sort()).toEqual([...fresh].sort())
    }
  })

  test('pages of the log that are no longer taken: the log begins again, not the listing', async () => {
    fill(5)
    const cursor = (await list(at.open())).at(-1)!.cursor
    const fresh = fill(70)
    const [first] = await list(at.open(), cursor)
    at.practice.expirePageTokens()
    const pages = await list(at.open(), first!.cursor)
    expect(pages.some(({ startsOver }) => startsOver)).toBe(false)
    expect([...itemsOf(pages).keys()].sort()).toEqual([...fresh].sort())
  })

  test('a history id that is too old: everything is listed and every label told, nothing downloaded', async () => {
    const all = fill(45)
    const label = at.mailbox.addLabel('Work')
    const cursor = (await list(at.open())).at(-1)!.cursor
    at.mailbox.setLabels(all[7]!, ['INBOX', label.id])
    at.mailbox.setLabels(all[8]!, [])
    at.mailbox.remove(all[9]!)
    at.mailbox.history.forget()
    at.practice.resetLog()
    const pages = await list(at.open(), cursor)
    expect(pages.map(({ startsOver }) => startsOver === true)).toEqual(pages.map((_, index) => index === 0))
    expect([...itemsOf(pages).keys()].sort()).toEqual(all.filter((id) => id !== all[9]).sort())
    expect(patchesOf(pages).get(all[7]!)).toMatchObject({ labels: ['Inbox', 'Work'] })
    expect(patchesOf(pages).get(all[8]!)).toMatchObject({ labels: [] })
    expect(patchesOf(pages).get(all[0]!)).toMatchObject({ labels: ['Inbox'] })
    expect(calls()['gmail.users.messages.get']).toBeUndefined()
  })

  test('the very first listing asks for no labels, since nothing has been downloaded; the log tells what changes meanwhile', async () => {
    const all = fill(45)
    const listed = async (source: Source, since?: string, stopAfter = Number.POSITIVE_INFINITY): Promise<Page[]> => {
      const pages: Page[] = []
      for await (const page of source.list(messages, since, { ...nothingKnown, holdsContent: () => false }, never)) {
        pages.push(page)
        if (pages.length === stopAfter) break
      }
      return pages
    }
    at.practice.resetLog()
    const begun = await listed(at.open(), undefined, 1)
    at.mailbox.setLabels(all[7]!, ['STARRED'])
    const rest = await listed(at.open(), begun.at(-1)!.cursor)
    // Three pages of ids, and one each of what was sent, what lies in the trash and in spam.
    expect(calls()['gmail.users.messages.list']).toBe(6)
    expect([...patchesOf([...begun, ...rest])]).toEqual([[all[7]!, expect.objectContaining({ labels: ['Starred'] })]])
    expect(itemsOf([...begun, ...rest]).size).toBe(45)
  })

  test('the very first listing names what was sent and the newest page as what goes first; a later one does not say', async () => {
    const ids = Array.from({ length: 600 }, (_, n) => at.mailbox.add(Buffer.from(`Subject: ${n}\r\n\r\n`)).id)
    at.mailbox.setLabels(ids[3]!, ['SENT'])
    const ranksOf = async (holdsContent: boolean) => {
      const ranks = new Map<string, number | undefined>()
      for await (const page of at.open().list(messages, undefined, { ...nothingKnown, holdsContent: () => holdsContent }, never))
        for (const { id, rank } of page.items) ranks.set(id, rank ?? ranks.get(id))
      return ranks
    }
    const first = await ranksOf(false)
    const pages = [...new Set(first.values())]
    expect(first.get(ids[3]!)).toBe(-1)
    expect(first.get(ids[599]!)).toBe(-2)
    expect(first.get(ids[0]!)).toBeUndefined()
    expect(pages.toSorted()).toEqual([-1, -2, undefined])
    expect([...first.values()].filter((rank) => rank === -1)).toHaveLength(1)
    expect(new Set((await ranksOf(true)).values())).toEqual(new Set([undefined]))
  })

  test('a renamed label is told of every message under it, though the log knows nothing of it', async () => {
    const label = at.mailbox.addLabel('Work')
    const { id } = at.mailbox.add(mail('x'), { labelIds: [label.id] })
    const cursor = (await list(at.open())).at(-1)!.cursor
    at.mailbox.renameLabel(label.id, 'Job')
    const pages = await list(at.open(), cursor)
    expect(patchesOf(pages).get(id)).toMatchObject({ labels: ['Job'] })
    expect(pages.some(({ startsOver }) => startsOver)).toBe(false)
    at.practice.resetLog()
    await list(at.open(), pages.at(-1)!.cursor)
    expect(calls()['gmail.users.messages.list']).toBeUndefined()
  })

  test('what came while the first listing went on is in it', async () => {
    fill(45)
    const source = at.open()
    const pages: Page[] = []
    let late: string | undefined
    for await (const page of source.list(messages, undefined, nothingKnown, never)) {
      pages.push(page)
      late ??= at.mailbox.add(mail('late'), { internalDate: 0 }).id
    }
    expect(itemsOf(pages).has(late!)).toBe(true)
    expect(itemsOf(pages).size).toBe(46)
  })
})

describe('spam and trash', () => {
  test('are named and left out, unless they are asked for', async () => {
    const { id } = at.mailbox.add(mail('kept'))
    const spam = at.mailbox.add(mail('spam'), { labelIds: ['SPAM'] }).id
    const trash = at.mailbox.add(mail('trash'), { labelIds: ['TRASH'] }).id
    const items = itemsOf(await list(at.open()))
    expect(items.get(id)!.excluded).toBeUndefined()
    expect(items.get(spam)!.excluded).toBe('in spam')
    expect(items.get(trash)!.excluded).toBe('in the trash')
    const all = itemsOf(await list(at.open({ includeSpamTrash: true })))
    expect([...all.values()].map(({ excluded }) => excluded)).toEqual([undefined, undefined, undefined])
    expect(all.size).toBe(3)
  })

  test('a message that leaves them is taken, and one that comes in is named', async () => {
    const spam = at.mailbox.add(mail('no spam at all'), { labelIds: ['SPAM'] }).id
    const other = at.mailbox.add(mail('for the bin')).id
    const cursor = (await list(at.open())).at(-1)!.cursor
    at.mailbox.setLabels(spam, ['INBOX'])
    at.mailbox.trash(other)
    const fresh = at.mailbox.add(mail('spam'), { labelIds: ['SPAM'] }).id
    const pages = await list(at.open(), cursor)
    const items = itemsOf(pages)
    expect(items.get(spam)).toMatchObject({ version: '1' })
    expect(items.get(spam)!.excluded).toBeUndefined()
    expect(items.get(other)!.excluded).toBe('in the trash')
    expect(items.get(fresh)!.excluded).toBe('in spam')
    expect(patchesOf(pages).get(other)).toMatchObject({ flags: { trashed: true } })
  })
})

describe('settings', () => {
  test('are files of JSON; what the rights do not allow is named', async () => {
    const [page] = await list(at.open(), undefined, settings)
    const items = itemsOf([page!])
    expect(page!.startsOver).toBe(true)
    expect([...items.values()].map(({ name }) => name).sort()).toEqual(
      [
        'auto-forwarding',
        'delegates',
        'filters',
        'forwarding-addresses',
        'imap',
        'labels',
        'language',
        'pop',
        'send-as',
        'vacation',
      ].map((name) => `${name}.json`),
    )
    expect(items.get('settings/delegates')).toMatchObject({ parts: [], unexportable: { reason: 'download-forbidden' } })
    for (const { id, path, parts } of items.values()) {
      expect(path).toEqual(['settings'])
      if (id !== 'settings/delegates') expect(JSON.parse(parts[0]!.inline!)).toBeTypeOf('object')
    }
  })

  test('the version follows the content, not the order of a list', async () => {
    at.mailbox.settings.filters = [
      { id: 'b', criteria: { from: 'x@y.example' }, action: { forward: 'me@home.example' } },
      { id: 'a', criteria: { subject: 's' }, action: { addLabelIds: ['STARRED'] } },
    ] as typeof at.mailbox.settings.filters
    const filters = async () => itemsOf(await list(at.open(), undefined, settings)).get('settings/filters')!
    const before = await filters()
    at.mailbox.settings.filters = [...at.mailbox.settings.filters].reverse()
    expect((await filters()).version).toBe(before.version)
    expect(before.details).toEqual({
      filters: 2,
      forwards: [{ to: 'me@home.example', filter: 'b', criteria: { from: 'x@y.example' } }],
    })
    at.mailbox.settings.filters = at.mailbox.settings.filters.slice(1)
    expect((await filters()).version).not.toBe(before.version)
  })
})

test('the closing count names every message, in spam and trash too', async () => {
  const label = at.mailbox.addLabel('Work')
  const all = [
    at.mailbox.add(mail('a'), { labelIds: [label.id] }),
    at.mailbox.add(mail('b'), { labelIds: [] }),
    at.mailbox.add(mail('c'), { labelIds: ['TRASH'] }),
  ].map(({ id }) => id)
  const named = new Set<string>()
  for await (const ids of at.open().recount!(never)) for (const id of ids) named.add(id)
  expect([...named].sort()).toEqual(all.sort())
})

test('an account without Gmail stops the source with a sentence', async () => {
  at.practice.addFault({
    match: { host: 'gmail.googleapis.com' },
    times: Number.POSITIVE_INFINITY,
    do: { status: 400, reason: 'failedPrecondition', message: 'Mail service not enabled' },
  })
  expect(await failureOf(list(at.open()))).toMatchObject({ kind: 'forbidden', stops: 'source' })
})
