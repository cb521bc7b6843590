import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { harmless, readLog } from '../../src/support/log-lines.ts'
import { alias, scrub } from '../../src/support/scrub.ts'

const nobody = { secrets: [], names: [] }

test.each([
  ['GET https://dav.example.org/home/My%20diary.txt?x=1 answered 503', 'GET https://dav.example.org/… answered 503'],
  ['the page "My "secret" diary" is gone', 'the page "…" is gone'],
  ['/home/alice/My archive/data: no permission', '…: no permission'],
  ['no permission: C:\\Users\\Alice Smith\\x', 'no permission: …'],
  ['data/home/files/My diary.txt: is missing', '…: is missing'],
  ['set aside: data/home/files/My diary.txt (now .holdall/strays/x/My diary.txt)', 'set aside: … (now …)'],
  ['signed in as alice.smith@example.ac.jp, not bob@example.org', 'signed in as …@…, not …@…'],
  ['Authorization: Bearer abc.def', 'Authorization: Bearer …'],
  ['token 0123456789abcdef0123456789abcdef01 refused', 'token … refused'],
  ['the server answered 503 after 12 seconds', 'the server answered 503 after 12 seconds'],
])('%s', (text, scrubbed) => {
  expect(scrub(text, nobody)).toBe(scrubbed)
})

test('what is known of the person is struck out, in each way in which it may stand', () => {
  const known = { secrets: ['p"w ü'], names: ['alice', 'A (1)'] }
  expect(scrub(`${encodeURIComponent('p"w ü')} and p\\"w ü`, known)).toBe('… and …')
  expect(scrub('Alice met malice; A (1) too', known)).toBe('… met malice; … too')
})

test('an alias is the same for the same name, and shows the kind of file alone', () => {
  expect(alias('data/x/My diary.DOCX')).toMatch(/^#[0-9a-f]{8}\.docx$/)
  expect(alias('a')).toBe(alias('a'))
  expect(alias('a')).not.toBe(alias('b'))
  expect(alias('no. 1 of the very best')).toMatch(/^#[0-9a-f]{8}$/)
})

test('of an event only harmless fields stay, and its own names are no part of what is said', () => {
  const event = {
    event: 'item',
    time: '2026-01-01T00:00:00.000Z',
    source: 'home/files',
    id: '/papers/diary.txt',
    path: 'home/files/papers/diary.txt',
    state: 'failed',
    reason: 'diary.txt has 3 bytes instead of 5',
    details: { anything: 'else' },
  }
  const kept = harmless(event, nobody)
  expect(JSON.stringify(kept)).not.toMatch(/diary|papers|else/)
  expect(kept).toMatchObject({ event: 'item', source: 'home/files', state: 'failed', reason: '… has 3 bytes instead of 5' })
  const made = harmless(
    { event: 'notice', level: 'warning', source: 'a/contacts', message: 'contacts.vcf: photos/Alice.jpg is none' },
    nobody,
  )
  expect(made.message).toBe('contacts.vcf: …')
})

test('what is said to be a password or a token is none for anybody else', () => {
  for (const said of [
    'password=Canary-7',
    'passcode: Canary-7',
    'client_secret=Canary-7&x=1',
    'sig=Canary-7',
    'access_token = Canary-7',
  ])
    expect(scrub(`the server answered ${said}, twice`, nobody)).not.toContain('Canary')
  expect(scrub('the password is asked for again', nobody)).toBe('the password is asked for again')
})

test('a long log keeps its beginning and its end, and counts what was saved', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'holdall-log-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = path.join(folder, 'log.jsonl')
  const lines = Array.from({ length: 30_000 }, (_, n) =>
    JSON.stringify(n % 2 === 0 ? { event: 'item', state: 'saved', path: `p ${n}` } : { event: 'retry', attempt: n }),
  )
  writeFileSync(file, `${lines.join('\n')}\nno event\n{"event":"summary","status":3}`)
  const log = await readLog(file, nobody)
  expect(log).toMatchObject({ quiet: 15_000 })
  expect(log.lines).toHaveLength(5000)
  expect(log.leftOut).toBe(15_001 - 5000)
  expect(log.lines[0]).toEqual({ event: 'retry', attempt: 1 })
  expect(log.lines.at(-1)).toEqual({ event: 'summary', status: 3 })
})
