import { expect, test } from 'vitest'
import type { ChecklistLine } from '../../../src/leave/checklist/checklist.ts'
import { organisationLines } from '../../../src/leave/checklist/organisation-lines.ts'
import { outsideLines } from '../../../src/leave/checklist/outside-lines.ts'
import type { OutsideAccounts, OutsideService } from '../../../src/leave/outside-accounts/outside-accounts.ts'

const service: OutsideService = {
  domain: 'shop.example',
  name: 'A Shop',
  named: false,
  category: 'shop',
  kinds: { registration: 1, receipt: 20 },
  evidence: [
    {
      kind: 'registration',
      path: 'data/mail/welcome.eml',
      subject: 'Welcome',
      from: 'hello@shop.example',
      date: Date.UTC(2024, 3, 5),
      reasons: ['welcome'],
    },
  ],
  firstSeen: Date.UTC(2024, 3, 5),
  lastSeen: Date.UTC(2026, 8, 7),
  messages: 21,
  confidence: 'certain',
  advice: ['change-address', 'save-receipts'],
}
const found: OutsideAccounts = {
  messages: 100,
  read: 100,
  unreadable: 0,
  unsaved: 0,
  sources: ['mail/all'],
  services: [service],
  doubtful: [],
  doubtfulMessages: 0,
}
const summary = (lines: readonly ChecklistLine[]) => lines.map(({ about, state }) => [about, state])

test('a service is a line with its evidence and what to do; nothing of it is ever done, since no program sees it', () => {
  const lines = outsideLines(found)
  expect(summary(lines)).toEqual([
    ['accounts-elsewhere', 'look'],
    ['account-elsewhere', 'look'],
  ])
  expect(lines[0]?.why.en).toMatch(
    /^1 service found in 100 messages; each is listed below\. Found in the saved mail on this machine/,
  )
  expect(lines[1]?.what.en).toBe('A Shop (shop.example)')
  expect(lines[1]?.why.en).toBe(
    'certain, shop or booking: registration (1) and receipts and orders (20); last seen 2026-09-07; a message welcomes.',
  )
  expect(lines[1]?.why.ja).toMatch(/^確実、店・予約: 登録（1 通）/)
  expect(lines[1]?.next).toHaveLength(3)
  expect(lines[1]?.next.at(-1)).toMatchObject({ file: 'data/mail/welcome.eml', text: { en: 'the message “Welcome”' } })
  expect(lines[1]?.facts).toMatchObject({ domain: 'shop.example', confidence: 'certain', lastSeen: '2026-09-07T00:00:00.000Z' })
})

test('whose sign-in is used is said in the advice; a name that is no domain stands alone', () => {
  const [, line] = outsideLines({
    ...found,
    services: [
      {
        ...service,
        domain: 'An App',
        name: 'An App',
        named: true,
        signInWith: 'Somebody',
        advice: ['set-password'],
        lastSeen: 0,
        category: 'other',
      },
    ],
  })
  expect(line?.what.en).toBe('An App')
  expect(line?.next[0]?.text?.en).toContain('sign in once more with Somebody')
  expect(line?.why.en).not.toContain('last seen')
})

test('no mail, no service, mail that was not read: three things', () => {
  expect(outsideLines({ ...found, messages: 0, read: 0, sources: [], services: [] })).toMatchObject([{ state: 'unknown' }])
  expect(outsideLines({ ...found, services: [] })[0]?.why.en).toContain('shows no account elsewhere')
  expect(summary(outsideLines({ ...found, services: [], unsaved: 3, unreadable: 1 }))).toEqual([
    ['accounts-elsewhere', 'look'],
    ['mail-not-read', 'to-do'],
    ['mail-not-read', 'to-do'],
  ])
})

test('however many services there are, the list is bounded and says so', () => {
  const lines = outsideLines({ ...found, services: Array.from({ length: 1250 }, () => service) })
  expect(lines).toHaveLength(202)
  expect(lines.at(-1)?.why.en).toBe('1,050 further services are not shown.')
})

test('what may be forged is counted apart, with why', () => {
  const doubt = {
    path: 'data/mail/x.eml',
    subject: 'Urgent',
    from: 'x@shop-example.test',
    date: 0,
    kind: 'security' as const,
    why: ['threat' as const],
  }
  const line = outsideLines({ ...found, doubtful: [doubt], doubtfulMessages: 41 }).at(-1)
  expect(line).toMatchObject({ about: 'doubtful-messages', what: { en: '41 messages that may be forged' } })
  expect(line?.why.en).toContain('(it presses, threatens or promises as frauds do)')
})

const both = (text: string) => ({ en: text, ja: `「${text}」` })

test('what the organisation says, each with its page', () => {
  const page = 'https://example.ac.jp/leave'
  const lines = organisationLines({
    name: both('A University'),
    page,
    contact: { text: both('The help desk'), address: 'help@example.ac.jp' },
    salvage: { text: both('For a month, on request'), page },
    others: [{ title: both('Terminal'), text: both('Copy the home directory'), page }],
    changes: [{ date: '2026-04-01', text: both('The quota is smaller'), page }],
    accounts: [
      {
        account: 'mail',
        title: both('Cloud Mail'),
        notes: [{ text: both('Ends at midnight') }],
        transfer: { text: both('Inside alone') },
      },
    ],
  })
  expect(
    lines.map(({ about, account, what, why, next }) => [about, account, what.en, why.en, next.map((step) => step.page)]),
  ).toEqual([
    ['other-system', undefined, 'Terminal', 'Copy the home directory', [page]],
    ['account-note', 'mail', 'Cloud Mail', 'Ends at midnight', []],
    ['account-note', 'mail', 'Cloud Mail', 'Inside alone', []],
    ['salvage', undefined, 'What can still be had afterwards', 'For a month, on request', [page]],
    ['change', undefined, 'Changed on 2026-04-01', 'The quota is smaller', [page]],
    ['contact', undefined, 'Who helps', 'The help desk', [undefined]],
    ['organisation', undefined, 'A University', 'The page for those who leave.', [page]],
  ])
  expect(lines.every(({ state }) => state === 'look')).toBe(true)
  expect(organisationLines(undefined)).toMatchObject([{ state: 'unknown' }])
})
