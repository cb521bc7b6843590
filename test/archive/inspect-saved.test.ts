import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspectSaved } from '../../src/archive/inspect/inspect-saved.ts'
import { movie } from '../../src/practice/content/movie.ts'
import { docx, pptx, xlsx } from '../../src/practice/content/office.ts'
import { pdf } from '../../src/practice/content/pdf.ts'
import { jpeg, png, svg } from '../../src/practice/content/picture.ts'
import { wholeOf } from '../../src/practice/content/ranged.ts'
import { webvtt } from '../../src/practice/content/webvtt.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdall-open-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function look(name: string, content: string | Uint8Array) {
  const file = join(folder, 'saved')
  await writeFile(file, content)
  return inspectSaved(file, name)
}

const crlf = (...lines: readonly string[]) => lines.map((line) => `${line}\r\n`).join('')
const mail = crlf(
  'Received: from a',
  'Subject: hello',
  'Content-Type: multipart/mixed;',
  ' boundary="=_a (1)?"',
  '',
  '--=_a (1)?',
  '',
  'text '.repeat(20_000),
  '--=_a (1)?--',
)
const cards = crlf('BEGIN:VCARD', 'VERSION:4.0', 'FN:A', 'PHOTO:data:image/png;base64,AAAA', 'END:VCARD').repeat(2)
const calendar = crlf(
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'BEGIN:VEVENT',
  'SUMMARY:BEGIN:is a word too',
  'BEGIN:VALARM',
  'END:VALARM',
  'END:VEVENT',
  'END:VCALENDAR',
)
const riff = (form: string) => {
  const bytes = Buffer.alloc(64)
  bytes.write('RIFF', 0, 'latin1')
  bytes.writeUInt32LE(56, 4)
  bytes.write(form, 8, 'latin1')
  return bytes
}

/** A good one of each kind; `cut`: losing the end must be seen. */
const good: readonly { readonly name: string; readonly content: string | Uint8Array; readonly cut: boolean }[] = [
  { name: 'a.docx', content: docx(['one', 'two']), cut: true },
  { name: 'a.xlsx', content: xlsx([['a', '1']]), cut: true },
  { name: 'a.PPTX', content: pptx(['one']), cut: true },
  { name: 'a.pdf', content: pdf(['hello']), cut: true },
  { name: 'a.png', content: png(20, 20, 1), cut: true },
  { name: 'a.jpeg', content: jpeg(20, 20, 1), cut: true },
  { name: 'a.svg', content: svg('hello'), cut: true },
  { name: 'a.mp4', content: wholeOf(movie({ kind: 'video', seconds: 3, mediaBytes: 5000, seed: 1 })), cut: true },
  { name: 'a.vtt', content: webvtt([{ from: 0, to: 1000, text: 'hello' }]), cut: false },
  { name: 'a.eml', content: mail, cut: true },
  { name: 'plain.eml', content: crlf('Subject: hello', '', 'text'), cut: false },
  { name: 'a.vcf', content: cards, cut: true },
  { name: 'a.ics', content: calendar, cut: true },
  { name: 'a.json', content: '{"a":[1,2]}', cut: true },
  { name: 'a.jsonl', content: '{"a":1}\n{"b":"\u2028"}\n', cut: false },
  { name: 'a.gz', content: gzipSync('hello '.repeat(1000)), cut: true },
  { name: 'a.webp', content: riff('WEBP'), cut: true },
  { name: 'a.wav', content: riff('WAVE'), cut: true },
  { name: 'a.gif', content: Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1'), cut: true },
  { name: 'a.txt', content: 'ジョブ\n', cut: false },
  { name: 'page.html', content: '<p>no end', cut: false },
  { name: 'empty.txt', content: '', cut: false },
]

test.each(good)('$name opens', async ({ name, content }) => {
  expect(await look(name, content)).toBeUndefined()
})

test.each(good.filter(({ cut }) => cut))('$name without its end is told', async ({ name, content }) => {
  const bytes = Buffer.from(content)
  for (const part of [0.45, 0.9]) {
    const wrong = await look(name, bytes.subarray(0, Math.floor(bytes.length * part)))
    expect({ part, wrong }).toEqual({ part, wrong: expect.stringMatching(/^(a|no|JSON)/) })
  }
})

test.each(good.filter(({ name }) => !/txt|html|eml/.test(name)))(
  'something else under the name $name is told',
  async ({ name }) => {
    expect(await look(name, '<!doctype html><title>Sign in</title> {')).toEqual(expect.any(String))
    expect(await look(name, '')).toBe('nothing at all: 0 bytes')
  },
)

describe('what may be misunderstood', () => {
  test('kinds that nobody knows are not judged', async () => {
    for (const name of ['a.xyz', 'Makefile', 'a.sqlite', '.docx']) expect(await look(name, 'anything')).toBe('unknown')
  })

  test('a document with a password is said to be one', async () => {
    const bytes = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1000)])
    expect(await look('a.docx', bytes)).toMatch(/protected by a password/)
    expect(await look('a.doc', bytes)).toBeUndefined()
  })

  test('a picture of a phone has no table of contents of a film', async () => {
    const box = (type: string, size: number) => {
      const bytes = Buffer.alloc(size)
      bytes.writeUInt32BE(size, 0)
      bytes.write(type, 4, 'latin1')
      return bytes
    }
    const picture = Buffer.concat([box('ftyp', 24), box('meta', 100), box('mdat', 500)])
    expect(await look('a.heic', picture)).toBeUndefined()
    expect(await look('a.heic', picture.subarray(0, 300))).toBe('a picture that was cut off: 300 bytes instead of 624')
    expect(await look('a.mov', picture)).toBe('a film without its table of contents')
  })

  test('parts of mail, cards and calendars', async () => {
    expect(await look('a.eml', 'From me Thu Jan  1 00:00:00 1970\nSubject: x\n\ntext')).toBeUndefined()
    expect(await look('a.eml', 'no header here')).toBe('no mail message')
    expect(await look('a.vcf', crlf('BEGIN:VCARD', 'FN:A', 'END:VCARD'))).toMatch(/does not say its version/)
    expect(await look('a.vcf', crlf('BEGIN:VCARD', 'VERSION:3.0', 'BEGIN:VCARD'))).toMatch(/does not end/)
    expect(await look('a.ics', crlf('BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'END:VCALENDAR'))).toMatch(/VCALENDAR ends/)
    expect(await look('a.ics', crlf('BEGIN:VEVENT', 'END:VEVENT'))).toMatch(/^no calendar/)
    expect(await look('a.jsonl', '{"a":1}\n{"b"\n')).toBe('JSON lines of which line 2 is none')
  })
})
