import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test, vi } from 'vitest'
import { accountsElsewhere as english } from '../../../src/language/en/accounts-elsewhere.ts'
import { accountsElsewhere as japanese } from '../../../src/language/ja/accounts-elsewhere.ts'
import { phrases, structureWeights } from '../../../src/leave/outside-accounts/features.ts'
import { findOutsideAccounts, type OutsideAccounts } from '../../../src/leave/outside-accounts/find-outside-accounts.ts'
import { createMailArchive, type Mail as Saved } from '../../export/mail-archive.ts'
import { mail } from './mail.ts'

const day = 24 * 60 * 60 * 1000
const noon = Date.UTC(2025, 3, 7, 12)

const saved: readonly Saved[] = [
  {
    id: 'bank',
    received: noon,
    raw: mail({
      from: 'みらい銀行 <info@mirai-bank.co.jp>',
      subject: 'ログインのお知らせ',
      text: '新しい端末からのログインがありました。https://www.mirai-bank.co.jp/',
    }),
  },
  {
    id: 'shop',
    received: noon + day,
    raw: mail({
      from: 'ほんや <order@honya.co.jp>',
      subject: 'ご注文ありがとうございます',
      text: 'ご注文番号: 2026-00123\n合計 2,480円(税込)',
    }),
  },
  {
    id: 'shop2',
    received: noon + 2 * day,
    raw: mail({ from: 'ほんや <touroku@honya.co.jp>', subject: '会員登録完了のお知らせ', text: '会員登録が完了しました。' }),
  },
  {
    id: 'app',
    received: noon,
    raw: mail({
      from: 'Google <no-reply@accounts.google.com>',
      subject: 'Security alert',
      text: 'Zotly was granted access to your Google Account',
    }),
  },
  {
    id: 'letter',
    received: noon,
    raw: mail({
      from: 'News <news@letters.example>',
      subject: "What's new this week",
      text: 'https://letters.example/',
      fields: ['List-Unsubscribe: <https://letters.example/u>'],
    }),
  },
  {
    id: 'forged',
    received: noon,
    raw: mail({
      from: 'Amazon.co.jp <info@tlkpwq.example>',
      subject: 'アカウント確認のお願い',
      text: 'アカウントを確認してください https://tlkpwq.example/',
    }),
  },
  {
    id: 'spam',
    received: noon,
    labels: ['Spam'],
    raw: mail({ from: 'Overpaper <no-reply@overpaper.example>', subject: 'Welcome to Overpaper', text: 'Thanks for signing up' }),
  },
  {
    id: 'sent',
    received: noon,
    labels: ['Sent'],
    raw: mail({ from: 'Hanako <noreply@elsewhere.example>', subject: 'Welcome to Elsewhere', text: 'Thanks for signing up' }),
  },
  { id: 'person', received: noon, raw: mail({ from: 'Taro <taro@example.org>', subject: 'Lunch', text: 'At noon?' }) },
]

const open: { dispose(): Promise<void> }[] = []
afterEach(async () => {
  vi.restoreAllMocks()
  for (const each of open.splice(0)) await each.dispose()
})

async function archiveOf(mails: readonly Saved[]) {
  const made = await createMailArchive(mails)
  open.push(made)
  const find = (more: Partial<Parameters<typeof findOutsideAccounts>[0]> = {}): Promise<OutsideAccounts> =>
    findOutsideAccounts({
      journal: made.journal,
      archive: made.archive,
      addresses: ['hanako@g.example-u.ac.jp'],
      signal: new AbortController().signal,
      ...more,
    })
  return { ...made, find }
}

test('a list by service, what matters most first, each with its evidence in the archive', async () => {
  const { find, root } = await archiveOf(saved)
  const told: [number, number][] = []
  const found = await find({ onProgress: (read, of) => told.push([read, of]) })
  expect(found).toMatchObject({ messages: 9, read: 9, unreadable: 0, unsaved: 0, sources: ['someone/mail'], doubtfulMessages: 2 })
  expect(told.at(-1)).toEqual([9, 9])
  expect(found.services.map(({ domain, confidence, category }) => [domain, confidence, category])).toEqual([
    ['mirai-bank.co.jp', 'certain', 'finance'],
    ['Zotly', 'certain', 'other'],
    ['honya.co.jp', 'certain', 'shop'],
    ['letters.example', 'possible', 'other'],
  ])
  const [bank, app, shop, letters] = found.services
  expect(bank?.advice).toEqual(['change-address', 'renew-second-factor'])
  expect(app).toMatchObject({
    named: true,
    signInWith: 'Google',
    kinds: { federated: 1 },
    advice: ['set-password', 'change-address'],
  })
  expect(shop).toMatchObject({
    name: 'ほんや',
    kinds: { registration: 1, receipt: 1 },
    messages: 2,
    firstSeen: noon + day,
    lastSeen: noon + 2 * day,
  })
  expect(shop?.evidence.map(({ kind, subject }) => [kind, subject])).toEqual([
    ['registration', '会員登録完了のお知らせ'],
    ['receipt', 'ご注文ありがとうございます'],
  ])
  for (const { path: file } of found.services.flatMap(({ evidence }) => evidence))
    expect(existsSync(path.join(root, file))).toBe(true)
  expect(letters?.advice).toEqual(['unsubscribe'])
  expect(found.doubtful.map(({ from, why }) => [from, why[0]]).toSorted()).toEqual([
    ['info@tlkpwq.example', 'brand-in-name'],
    ['no-reply@overpaper.example', 'spam-folder'],
  ])
})

test('a rerun reads only what is new, and gives the same', async () => {
  const made = await archiveOf(saved)
  const before = await made.find()
  // Were they read again, they would be missing.
  const shelf = path.join(made.root, 'data/someone/mail')
  const files = readdirSync(shelf, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.eml'))
  for (const name of files) rmSync(path.join(shelf, name))
  expect(await made.find()).toEqual(before)
  expect(await made.find({ addresses: ['hanako@g.example-u.ac.jp', 'x@other.example'] })).toMatchObject({
    read: 1,
    unreadable: 8,
    services: [],
  })
})

test('what was remembered of other bytes, or is damaged, is not believed', async () => {
  const made = await archiveOf(saved)
  const before = await made.find()
  const file = path.join(made.root, '.holdall/outside-accounts.jsonl')
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, `${text.slice(0, text.length / 2)}\n{"rubbish"`)
  expect(await made.find()).toEqual(before)
  expect(readFileSync(file, 'utf8')).toBe(text)
  writeFileSync(file, text.replace('mirai-bank.co.jp', 'other-bank.co.jp').replace(/"[0-9a-f]{16}"/, '"0000000000000000"'))
  expect(await made.find()).toEqual(before)
})

test('no mail was ever backed up', async () => {
  const { find, root } = await archiveOf([])
  expect(await find()).toEqual({
    messages: 0,
    read: 0,
    unreadable: 0,
    unsaved: 0,
    sources: [],
    services: [],
    doubtful: [],
    doubtfulMessages: 0,
  })
  expect(existsSync(path.join(root, '.holdall/outside-accounts.jsonl'))).toBe(false)
})

test('a stop is heard, and leaves nothing half behind', async () => {
  const made = await archiveOf(Array.from({ length: 150 }, (_, at) => ({ ...saved[0]!, id: `m${at}` })))
  const control = new AbortController()
  const stopped = made.find({ signal: control.signal, onProgress: (read) => read > 0 && control.abort(new Error('stopped')) })
  await expect(stopped).rejects.toThrow('stopped')
  expect(readdirSync(path.join(made.root, '.holdall')).filter((name) => name.startsWith('outside-accounts'))).toEqual([])
})

test('nothing leaves the machine', async () => {
  const connect = vi.spyOn(net.Socket.prototype, 'connect')
  const fetched = vi.spyOn(globalThis, 'fetch')
  await (await archiveOf(saved)).find()
  expect(connect).not.toHaveBeenCalled()
  expect(fetched).not.toHaveBeenCalled()
})

/** Every module that the search needs, those of packages by name. */
function needs(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found
  found.add(file)
  if (!file.startsWith('/') && !/^[A-Z]:/.test(file)) return found
  for (const [, target = ''] of readFileSync(file, 'utf8').matchAll(/^(?:import|export)\s(?!type\b)[^'"]*?from\s*'([^']+)'/gms))
    needs(target.startsWith('.') ? path.resolve(path.dirname(file), target) : target, found)
  return found
}

test('the search has nothing to reach a network with', () => {
  const src = fileURLToPath(new URL('../../../src/', import.meta.url))
  const modules = [...needs(path.join(src, 'leave/outside-accounts/find-outside-accounts.ts'))]
  expect(modules.length).toBeGreaterThan(15)
  expect(modules.filter((name) => /\/src\/(http|signin|providers|app)\//.test(name))).toEqual([])
  const packages = modules.filter((name) => !path.isAbsolute(name))
  expect(packages.toSorted().filter((name) => !name.startsWith('node:'))).toEqual(['postal-mime', 'tldts', 'zod'])
  expect(packages.filter((name) => /node:(https?|http2|net|tls|dgram|dns|child_process|worker_threads)/.test(name))).toEqual([])
})

test('every feature has its words', () => {
  const names = [...new Set([...phrases.map(({ name }) => name), ...Object.keys(structureWeights)])].toSorted()
  expect(Object.keys(english.features).toSorted()).toEqual(names)
  expect(Object.keys(japanese.features).toSorted()).toEqual(names)
})
