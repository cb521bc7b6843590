import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lineFeeds, type Passage } from '../../src/export/line-feeds.ts'
import { fromLine, mboxrd } from '../../src/export/mboxrd.ts'

/** What comes out when `text` goes in, in pieces of `size` bytes. */
function pass(passage: Passage, text: string, size: number): string {
  const bytes = Buffer.from(text, 'latin1')
  const out: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += size) out.push(passage.push(bytes.subarray(at, at + size)))
  out.push(passage.end())
  return Buffer.concat(out).toString('latin1')
}

const pieces = fc.array(
  fc.constantFrom(
    'From ',
    '>',
    'From',
    'F',
    'rom ',
    '\n',
    '\r',
    '\r\n',
    'content-length:',
    'Content-Length: 5',
    'Con',
    ' ',
    'x',
    ':',
  ),
  { maxLength: 30 },
)

describe('line ends', () => {
  test.each([
    ['a\r\nb\r\n', 'a\nb\n'],
    ['a\rb', 'a\rb'],
    ['a\r', 'a\r'],
    ['\r\r\n', '\r\n'],
    ['a\nb', 'a\nb'],
    ['', ''],
  ])('%j becomes %j', (before, after) => {
    for (const size of [1, 2, 100]) expect(pass(lineFeeds(), before, size)).toBe(after)
  })
  test('are the same however the bytes are cut', () => {
    fc.assert(
      fc.property(pieces, fc.integer({ min: 1, max: 60 }), (parts, size) => {
        const text = parts.join('')
        expect(pass(lineFeeds(), text, size)).toBe(text.replaceAll('\r\n', '\n'))
      }),
    )
  })
})

describe('mboxrd', () => {
  test.each([
    ['S: a\n\nFrom me\n', 'S: a\n\n>From me\n\n'],
    ['S: a\n\n>From me\n', 'S: a\n\n>>From me\n\n'],
    ['S: a\n\n> From me\nFrom:\nfrom me\n', 'S: a\n\n> From me\nFrom:\nfrom me\n\n'],
    ['From me\n\n', '>From me\n\n\n'],
    ['CONTENT-length: 4\n\nContent-Length: 4\n', 'X-CONTENT-length: 4\n\nContent-Length: 4\n\n'],
    ['S: a\n\nno end', 'S: a\n\nno end\n\n'],
    ['S: a\n\nFrom', 'S: a\n\nFrom\n\n'],
    ['', '\n'],
  ])('%j becomes %j', (before, after) => {
    for (const size of [1, 2, 3, 100]) expect(pass(mboxrd(), before, size)).toBe(after)
  })
  test('gives back what went in', () => {
    fc.assert(
      fc.property(pieces, fc.integer({ min: 1, max: 60 }), (parts, size) => {
        const text = `S: a\n\n${parts.join('').replaceAll('\r', '')}`
        const out = pass(mboxrd(), text, size)
        expect(out.split('\n').filter((line) => line.startsWith('From '))).toEqual([])
        expect(out.slice(0, -1).replace(/^>(>*From )/gm, '$1')).toBe(text.endsWith('\n') ? text : `${text}\n`)
      }),
    )
  })
  test('the line before a message has a fixed form', () => {
    expect(fromLine(Date.UTC(1970, 0, 1))).toBe('From MAILER-DAEMON Thu Jan  1 00:00:00 1970\n')
    expect(fromLine(Date.UTC(2025, 11, 31, 23, 59, 59))).toBe('From MAILER-DAEMON Wed Dec 31 23:59:59 2025\n')
    expect(fromLine(Number.NaN)).toBe('From MAILER-DAEMON Thu Jan  1 00:00:00 1970\n')
  })
})
