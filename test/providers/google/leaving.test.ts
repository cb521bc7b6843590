import { describe, expect, onTestFinished, test } from 'vitest'
import type { LeaveLine, ListedItem, Remembered } from '../../../src/core/leaving.ts'
import type { SourceSettings } from '../../../src/core/source.ts'
import { createCalendarModel } from '../../../src/practice/google/calendar/calendar-model.ts'
import { createDriveModel } from '../../../src/practice/google/model.ts'
import { sharingOf } from '../../../src/providers/google/calendar/sharing.ts'
import { calendar } from '../../../src/providers/google/calendar/source.ts'
import { driveDependents } from '../../../src/providers/google/drive/sharing.ts'
import { calendarLines } from '../../../src/providers/google/leaving-calendars.ts'
import { type Forwarding, forwardingLines } from '../../../src/providers/google/leaving-forwarding.ts'
import { mailLines } from '../../../src/providers/google/leaving-mail.ts'
import { connect } from './connect.ts'

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
  const auto = (details: ListedItem['details']) => [
    { id: 'settings/auto-forwarding', name: undefined, parent: undefined, details },
  ]
  const state = async (remembered: Remembered) => (await ask(remembered))[0]?.state
  expect(await state(remember(auto({ forwards: [{ to: 'me@example.org', what: 'all mail' }] })))).toBe('done')
  expect(await state(remember(auto({})))).toBe('to-do')
  expect(await state(remember([]))).toBe('unknown')
  expect(await state({ ...remember(auto({})), listed: () => undefined })).toBe('unknown')
})

const calendarItem = (id: string, details: ListedItem['details']): ListedItem => ({
  id: `calendar/${encodeURIComponent(id)}`,
  name: id,
  parent: undefined,
  details,
})
const owned = (dataOwner?: string) => ({ accessRole: 'owner', ...(dataOwner !== undefined && { dataOwner }) })

async function calendars(items: readonly ListedItem[], more: Partial<Parameters<typeof calendarLines>[0]> = {}) {
  const lines: LeaveLine[] = []
  const { signal } = new AbortController()
  for await (const line of calendarLines({ granted: [], remembered: remember(items), standing, signal, ...more }))
    lines.push(line)
  return lines
}

describe('calendars', () => {
  test('the own ones are named, those of others counted, by who owns them and not by who may manage them', async () => {
    const lines = await calendars([
      calendarItem('me@example.ac.jp', { primary: true, accessRole: 'owner' }),
      calendarItem('club', owned('me@example.ac.jp')),
      calendarItem('older', owned()),
      calendarItem('managed', owned('boss@example.ac.jp')),
      calendarItem('theirs', { accessRole: 'reader' }),
      { id: 'event/club/1', name: 'no calendar', parent: undefined, details: {} },
    ])
    expect(lines.map(({ about, state, what }) => [about, state, what.en])).toEqual([
      ['calendar-owned', 'look', 'The calendar club'],
      ['calendar-owned', 'look', 'The calendar older'],
      ['calendar-events', 'look', 'Your own calendar, and meetings that you organise'],
      ['calendars-of-others', 'done', 'Calendars of others'],
    ])
    expect(lines[0]?.why.en).toContain('You own it')
    expect(lines[1]?.why.en).toContain('if you own it')
    expect(lines[3]?.why.en).toContain('2 calendars in your list belong')
    for (const line of lines.slice(0, 3)) expect(line.why.en).toContain('nobody is signed in')
  })

  test('the address of the first calendar is one’s own even where nothing else says so', async () => {
    const lines = await calendars(
      [calendarItem('me@example.ac.jp', { primary: true, accessRole: 'owner' }), calendarItem('club', owned('me@example.ac.jp'))],
      { standing: () => 'elsewhere' },
    )
    expect(lines[0]).toMatchObject({ about: 'calendar-owned', facts: { name: 'club' } })
  })

  test('never listed is a line too', async () => {
    const lines = await calendars([], { remembered: { ...remember([]), listed: () => undefined } })
    expect(lines.map(({ about, state }) => [about, state])).toEqual([['calendars', 'unknown']])
  })

  const readers = [
    'https://www.googleapis.com/auth/calendar.calendarlist.readonly',
    'https://www.googleapis.com/auth/calendar.events.readonly',
  ]
  async function practice(more: readonly string[]) {
    const model = createCalendarModel({ email: 'me@example.ac.jp' })
    const primary = model.addCalendar(model.email, { primary: true })
    const club = model.addCalendar('Club', { dataOwner: model.email })
    model.share(club, { role: 'writer', type: 'user', value: 'b@example.ac.jp' })
    model.share(club, { role: 'reader', type: 'group', value: 'all@example.ac.jp' })
    model.share(club, { role: 'freeBusyReader', type: 'domain', value: 'example.ac.jp' })
    model.share(club, { role: 'owner', type: 'user', value: 'c@example.org' })
    const seminar = model.addCalendar('Seminar', { dataOwner: model.email })
    model.share(seminar, { role: 'reader', type: 'default' })
    const alone = model.addCalendar('Alone', { dataOwner: model.email })
    const gone = model.addCalendar('Gone', { dataOwner: model.email, vanished: true })
    const lost = model.addCalendar('Lost', { dataOwner: model.email, accessRole: 'reader' })
    const scopes = ['openid', 'https://www.googleapis.com/auth/userinfo.email', ...readers, ...more]
    const connected = await connect({
      model: createDriveModel({ email: model.email }),
      calendar: model,
      scopes,
    })
    onTestFinished(() => connected.close())
    const items = [
      calendarItem(primary, { primary: true, accessRole: 'owner' }),
      ...[club, seminar, alone, gone, lost].map((id) => calendarItem(id, owned(model.email))),
    ].map((item, at) => ({ ...item, name: ['me', 'Club', 'Seminar', 'Alone', 'Gone', 'Lost'][at] }))
    return { model, primary, connected, lines: () => calendars(items, { connection: connected.connection(), granted: scopes }) }
  }

  test('with the right to see it, each is named with whom it is shared, and what happens to them', async () => {
    const { model, primary, lines, connected } = await practice(['https://www.googleapis.com/auth/calendar.acls.readonly'])
    const [club, seminar, alone, gone, lost, first] = await lines()
    expect(club).toMatchObject({
      state: 'to-do',
      facts: { sharedWith: ['c@example.org', 'b@example.ac.jp', 'all@example.ac.jp'] },
    })
    expect(club?.why.en).toBe(
      'You own it: it is deleted with your account, for everyone. It is shared with c@example.org, b@example.ac.jp, all@example.ac.jp.',
    )
    expect(club?.why.ja).toContain('共有相手: c@example.org、b@example.ac.jp、all@example.ac.jp。')
    expect(club?.next[0]?.page).toBe('https://support.google.com/calendar/answer/78739')
    expect(seminar).toMatchObject({ state: 'to-do', facts: { sharedWith: [], open: ['public'] } })
    expect(alone).toMatchObject({ state: 'done', next: [] })
    // One that cannot be asked about is not one that nobody uses.
    for (const line of [gone, lost]) expect(line).toMatchObject({ state: 'look', facts: { sharing: 'refused' } })
    expect(first).toMatchObject({ about: 'calendar-events', state: 'look', facts: { sharedWith: [] } })
    for (let at = 0; at < 300; at++) model.share(primary, { role: 'reader', type: 'user', value: `p${at}@example.ac.jp` })
    const many = (await lines()).at(-1)
    expect(many?.facts?.sharedWith).toHaveLength(300)
    expect(many?.why.en).toContain('+292')
    expect(connected.practice.violations).toEqual([])
  })

  test('without it nothing is asked; why, and how to give it, is said', async () => {
    const { lines, connected } = await practice([])
    const [club] = await lines()
    expect(club).toMatchObject({ state: 'look', facts: { sharing: 'no-right' } })
    expect(club?.why.en).toContain('calendar.acls.readonly')
    expect(club?.next[0]?.text?.en).toContain('options: { calendar: { sharing: true } }')
    expect(club?.next[0]?.text?.ja).toContain('options: { calendar: { sharing: true } }')
    expect(connected.practice.requests.filter(({ call }) => call === 'calendar.acl.list')).toEqual([])
  })

  test('the right is asked for where the settings say so, and not otherwise', () => {
    const scopes = (settings: SourceSettings) => calendar.scopes(calendar.settings.parse(settings) as SourceSettings)
    expect(scopes({})).toEqual(readers)
    expect(scopes({ sharing: true })).toEqual([...readers, 'https://www.googleapis.com/auth/calendar.acls.readonly'])
  })

  test('busy times alone, the calendar itself and the person share nothing; a domain and everyone do', () => {
    const rule = (role: string, type: string, value?: string) => ({
      role,
      scope: { type, ...(value !== undefined && { value }) },
    })
    const own = (address: string) => address === 'me'
    expect(
      sharingOf(
        [rule('owner', 'user', 'me'), rule('freeBusyReader', 'default'), rule('none', 'user', 'x'), rule('reader', 'group')],
        own,
      ),
    ).toEqual({ people: [], open: [] })
    expect(sharingOf([rule('reader', 'domain', 'a.jp'), rule('writer', 'default')], own)).toEqual({
      people: [],
      open: ['a.jp', 'public'],
    })
  })
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
