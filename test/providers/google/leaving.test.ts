import { describe, expect, test } from 'vitest'
import type { ListedItem, Remembered } from '../../../src/core/leaving.ts'
import { driveDependents } from '../../../src/providers/google/drive/sharing.ts'
import { calendarLines } from '../../../src/providers/google/leaving-calendars.ts'
import { type Forwarding, forwardingLines } from '../../../src/providers/google/leaving-forwarding.ts'
import { mailLines } from '../../../src/providers/google/leaving-mail.ts'

const standing = (address: string) =>
  address === 'me@example.ac.jp' ? 'own' : address.endsWith('@example.ac.jp') ? 'organisation' : 'elsewhere'
const off: Forwarding = { seen: 'now', all: undefined, unconfirmed: [], filters: [] }
const to = (address: string): Forwarding => ({ ...off, all: { to: address } })
const lives = {
  days: 180,
  text: { en: 'No error goes to senders.', ja: '送信者にエラーは返りません。' },
  page: 'https://example.ac.jp/mail',
}
const ends = { days: 0, text: { en: 'Mail is refused.', ja: '受信を拒否します。' } }

describe('forwarding', () => {
  test.each([
    ['off, the organisation says nothing', off, undefined, 'to-do', 'reaches nobody'],
    ['off, it would go on', off, lives, 'to-do', 'for 180 days after the last day'],
    ['off, it would end with the account', off, ends, 'look', 'It ends with the account'],
    ['on, to itself', to('me@example.ac.jp'), lives, 'to-do', 'this very account'],
    ['on, to a colleague or another address there', to('lab@example.ac.jp'), lives, 'look', 'same organisation'],
    ['on, elsewhere, and it goes on', to('me@example.org'), lives, 'done', 'to me@example.org'],
    ['on, elsewhere, nobody knows for how long', to('me@example.org'), undefined, 'look', 'your organisation’s decision'],
    ['on, elsewhere, and it ends', to('me@example.org'), ends, 'look', 'Mail is refused'],
    ['on, to nobody knows where', { ...off, all: { to: undefined } }, lives, 'look', 'does not name'],
    ['not known', undefined, lives, 'unknown', 'Nobody is signed in'],
  ] as const)('%s', (_, known, forwarding, state, says) => {
    const [line] = forwardingLines(known, { standing, forwarding })
    expect(line?.state).toBe(state)
    expect(line?.why.en).toContain(says)
  })

  test('where it has to be set by hand, that is said, with the page; and so is the organisation’s', () => {
    const [line] = forwardingLines(off, { standing, forwarding: lives })
    expect(line?.next.map(({ page }) => page)).toEqual([
      'https://mail.google.com/mail/u/0/#settings/fwdandpop',
      'https://support.google.com/mail/answer/10957',
      lives.page,
    ])
    expect(line?.next[0]?.text?.en).toContain('does not let a program of yours do it')
  })

  test('filters and addresses that were never confirmed are lines of their own; what was saved says when', () => {
    const known: Forwarding = {
      seen: Date.UTC(2027, 1, 3),
      all: undefined,
      unconfirmed: ['x@example.org'],
      filters: ['me@example.ac.jp'],
    }
    const lines = forwardingLines(known, { standing, forwarding: undefined })
    expect(lines.map(({ about, state }) => [about, state])).toEqual([
      ['mail-forwarding', 'to-do'],
      ['mail-forwarding-filter', 'to-do'],
      ['mail-forwarding-address', 'look'],
    ])
    expect(lines[0]?.why.en).toContain('As saved on 2027-02-03')
    expect(lines[0]?.why.ja).toContain('2027-02-03 に保存した設定')
  })
})

const remember = (items: readonly ListedItem[]): Remembered => ({
  listed: () => 1,
  item: (_, id) => items.find((one) => one.id === id),
  items: () => items,
})

test('out of the archive: on, off, and never saved are three things', async () => {
  const ask = (remembered: Remembered) =>
    mailLines({
      granted: [],
      sources: ['gmail'],
      remembered,
      standing,
      ends: undefined,
      forwarding: lives,
      signal: new AbortController().signal,
    })
  const auto = (details: ListedItem['details']) => [{ id: 'settings/auto-forwarding', name: undefined, details }]
  const state = async (remembered: Remembered) => (await ask(remembered))[0]?.state
  expect(await state(remember(auto({ forwards: [{ to: 'me@example.org', what: 'all mail' }] })))).toBe('done')
  expect(await state(remember(auto({})))).toBe('to-do')
  expect(await state(remember([]))).toBe('unknown')
  expect(await state({ ...remember(auto({})), listed: () => undefined })).toBe('unknown')
})

test('calendars: the own ones are named, those of others counted', () => {
  const item = (id: string, details: ListedItem['details']): ListedItem => ({ id: `calendar/${id}`, name: id, details })
  const lines = [
    ...calendarLines(
      remember([
        item('me', { primary: true, accessRole: 'owner' }),
        item('club', { accessRole: 'owner' }),
        item('theirs', { accessRole: 'reader' }),
        { id: 'event/club/1', name: 'no calendar', details: {} },
      ]),
    ),
  ]
  expect(lines.map(({ about, state }) => [about, state])).toEqual([
    ['calendar-owned', 'look'],
    ['calendar-events', 'look'],
    ['calendars-of-others', 'done'],
  ])
  expect(lines[0]?.what.en).toBe('The calendar club')
  expect(lines[2]?.why.en).toContain('One calendar in your list belongs')
  expect([...calendarLines({ ...remember([]), listed: () => undefined })]).toEqual([])
})

describe('files that others use', () => {
  const of = (details: Parameters<typeof driveDependents.of>[0]) => driveDependents.of(details, 'me@example.ac.jp')
  const user = (emailAddress: string, role: string) => ({ type: 'user', role, emailAddress })
  const owner = user('me@example.ac.jp', 'owner')
  test.each([
    ['not shared', { ownedByMe: true, shared: false, sharing: [owner] }],
    [
      'somebody else’s',
      { ownedByMe: false, shared: true, sharing: [user('a@example.ac.jp', 'owner'), user('me@example.ac.jp', 'writer')] },
    ],
    ['in the trash', { ownedByMe: true, trashed: true, sharing: [owner, user('a@example.ac.jp', 'writer')] }],
    ['a shared drive’s', { sharedDrive: '0A', sharing: [user('a@example.ac.jp', 'organizer')] }],
    [
      'of an account that was deleted',
      { ownedByMe: true, sharing: [owner, { ...user('a@example.ac.jp', 'writer'), deleted: true }] },
    ],
  ])('%s: nobody depends on it', (_, details) => expect(of(details)).toBeUndefined())

  test('people, groups, links', () => {
    expect(
      of({
        ownedByMe: true,
        sharing: [
          owner,
          user('a@example.ac.jp', 'writer'),
          user('b@example.org', 'commenter'),
          { type: 'group', role: 'writer', emailAddress: 'g@example.ac.jp' },
        ],
      }),
    ).toEqual({
      people: [
        { address: 'a@example.ac.jp', may: 'write' },
        { address: 'b@example.org', may: 'read' },
        { address: 'g@example.ac.jp', may: 'write', group: true },
      ],
    })
    expect(of({ ownedByMe: true, sharing: [owner, { type: 'anyone', role: 'reader' }] })).toEqual({ people: [], open: 'anyone' })
    expect(of({ ownedByMe: true, sharing: [owner, { type: 'domain', role: 'reader', domain: 'example.ac.jp' }] })).toEqual({
      people: [],
      open: 'organisation',
    })
    expect(of({ ownedByMe: true, shared: true })).toEqual({ people: [], unnamed: true })
  })
})
