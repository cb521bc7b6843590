import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspectContent } from '../../src/archive/inspect/inspect-content.ts'
import type { Format } from '../../src/core/item.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdall-inspect-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function inspect(format: Format, content: string | Uint8Array): Promise<void> {
  const file = join(folder, 'draft')
  await writeFile(file, content)
  await inspectContent(file, format)
}

interface Stored {
  readonly name: string
  readonly text: string
  readonly method?: number
  readonly flags?: number
}

/** A ZIP file, put together by hand from PKWARE's APPNOTE. */
function zip(entries: readonly Stored[]): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, text, method = 8, flags = 0x800 } of entries) {
    const raw = Buffer.from(text)
    const data = method === 8 ? deflateRawSync(raw) : raw
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(flags, 2)
    fields.writeUInt16LE(method, 4)
    fields.writeUInt32LE(crc32(raw), 10)
    fields.writeUInt32LE(data.length, 14)
    fields.writeUInt32LE(raw.length, 18)
    fields.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.from(name), data])
    const more = Buffer.alloc(14)
    more.writeUInt32LE(offset, 10)
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, more, Buffer.from(name)]))
    locals.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06', 'latin1'), end])
}

function box(type: string, content: Buffer | number): Buffer {
  const body = typeof content === 'number' ? Buffer.alloc(content) : content
  const header = Buffer.alloc(8)
  header.writeUInt32BE(body.length + 8)
  header.write(type, 4, 'latin1')
  return Buffer.concat([header, body])
}

const latin1 = (text: string) => Buffer.from(text, 'latin1')
const office = zip([
  { name: '[Content_Types].xml', text: '<Types/>' },
  { name: 'word/', text: '', method: 0 },
  { name: 'word/文書.xml', text: 'x'.repeat(300_000) },
  { name: 'stored', text: 'abc', method: 0 },
])
const fragment = [box('moof', 9), box('mdat', 9)]

/** A segment index: ISO/IEC 14496-12, 8.16.3. */
function index(version: 0 | 1, sizes: readonly number[]): Buffer {
  const head = Buffer.alloc(version === 0 ? 24 : 32)
  head[0] = version
  head.writeUInt16BE(sizes.length, head.length - 2)
  const entries = sizes.map((size) => {
    const entry = Buffer.alloc(12)
    entry.writeUInt32BE(size)
    return entry
  })
  return box('sidx', Buffer.concat([head, ...entries]))
}
/** 34 bytes in the first, 115 in the second. */
const fragments = [box('ftyp', 8), box('moov', 9), index(0, [34, 115]), ...fragment, box('moof', 9)]
const film = Buffer.concat([box('ftyp', latin1('isom\0\0\x02\0')), box('moov', 100), box('mdat', 5000)])
const good: readonly [Format, string, string | Buffer][] = [
  ['zip', 'an office document', office],
  ['pdf', 'plain', '%PDF-1.7\n1 0 obj\n%%EOF\n'],
  ['pdf', 'with junk at both ends', `${'\n'.repeat(900)}%PDF-1.4\n${'x'.repeat(200_000)}\n%%EOF${'\0'.repeat(900)}`],
  ['png', 'plain', latin1('\x89PNG\r\n\x1a\n........\0\0\0\0IEND\xae\x42\x60\x82')],
  ['jpeg', 'plain', latin1('\xff\xd8\xff\xe0....\xff\xd9')],
  ['jpeg', 'with an appended preview', latin1(`\xff\xd8\xff\xe0....\xff\xd9${'x'.repeat(5000)}`)],
  ['svg', 'bare', '<svg xmlns="http://www.w3.org/2000/svg"><path/></svg>\n'],
  ['svg', 'with prologue', '\ufeff<?xml version="1.0"?>\n<!-- made by -->\n<!DOCTYPE svg PUBLIC "x">\n<svg width="1">\n</svg>'],
  ['html', 'a page', '<!DOCTYPE html>\n<html lang="ja"><body>日本語</body></html>\n'],
  ['html', 'an old page', '<html><head></head></html>'],
  ['text', 'empty', ''],
  ['text', 'any', 'a,b\n日本語\n'],
  ['text', 'about pages', 'see <html> for more'],
  ['text', 'a document that shows the source of a page', '\ufeff<!DOCTYPE html><html></html>'],
  ['text', 'in UTF-16', Buffer.from('\ufeffabc', 'utf16le')],
  ['json', 'an object', '{"a":[1,2]}\n'],
  ['json', 'long', `[${'"0123456789",'.repeat(1_500_000)}1]\n`],
  ['mp4', 'plain', film],
  ['mp4', 'the last box to the end', Buffer.concat([film, latin1('\0\0\0\0free'), Buffer.alloc(99)])],
  [
    'mp4',
    'a box with a long size',
    Buffer.concat([box('ftyp', 8), latin1('\0\0\0\x01mdat\0\0\0\0\0\0\0\x14abcd'), box('moov', 3)]),
  ],
  ['mp4', 'in fragments', Buffer.concat([box('ftyp', 8), box('moov', 9), box('moof', 9), box('mdat', 9), box('mfra', 9)])],
  ['mp4', 'in fragments, with an index of them', Buffer.concat([...fragments, box('mdat', 90)])],
  ['mp4', 'in fragments, with padding after them', Buffer.concat([box('ftyp', 8), box('moov', 9), ...fragment, box('free', 9)])],
  ['m4a', 'plain', Buffer.concat([box('ftyp', latin1('M4A \0\0\x02\0')), box('mdat', 5000), box('moov', 100)])],
  ['vtt', 'alone', 'WEBVTT'],
  ['vtt', 'with cues', 'WEBVTT\r\n\r\n1\r\n00:00:01.000 --> 00:00:02.000\r\n先生: はい\r\n'],
  ['vtt', 'with a byte order mark and a title', '\ufeffWEBVTT - lecture\n'],
  ['mp3', 'with a tag', 'ID3....'],
  ['mp3', 'bare', latin1('\xff\xfb\x90')],
]
const bad: readonly [Format, string, string | Buffer, RegExp][] = [
  ['zip', 'cut off', office.subarray(0, -30), /damaged ZIP/],
  ['zip', 'cut off in the middle', office.subarray(0, 100), /damaged ZIP/],
  ['zip', 'empty', zip([]), /holds nothing/],
  ['zip', 'an entry outside', zip([{ name: '../../evil', text: 'x' }]), /damaged ZIP.*\.\./],
  ['zip', 'encrypted', zip([{ name: 'x', text: 'x', flags: 0x801 }]), /encrypted/],
  ['zip', 'an unknown method', zip([{ name: 'x', text: 'x', method: 99 }]), /method 99/],
  ['zip', 'an error message', '{"error":{"code":500}}', /no ZIP file/],
  ['pdf', 'cut off', `%PDF-1.7\n${'x'.repeat(100_000)}`, /PDF file that was cut off/],
  ['pdf', 'cut off after an earlier end', `%PDF-1.7\n%%EOF\n${'x'.repeat(100_000)}`, /cut off/],
  ['pdf', 'something else', 'hello', /no PDF file/],
  ['png', 'cut off', latin1('\x89PNG\r\n\x1a\n.......'), /cut off/],
  ['png', 'a JPEG', latin1('\xff\xd8\xff\xe0....\xff\xd9'), /no PNG/],
  ['jpeg', 'cut off', latin1('\xff\xd8\xff\xe0....'), /cut off/],
  ['svg', 'cut off', '<svg xmlns="x"><path', /cut off/],
  ['svg', 'other XML', '<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>', /no SVG/],
  ['html', 'cut off', '<!DOCTYPE html><html><body>', /cut off/],
  ['html', 'JSON', '{"error":1}', /no web page/],
  ['text', 'bytes', 'abc\0def', /no text/],
  ['json', 'cut off', '{"a":[1,', /cut off/],
  ['json', 'long and cut off', `[${'"0123456789",'.repeat(1_500_000)}`, /cut off/],
  ['mp4', 'cut off', film.subarray(0, -1), /cut off/],
  ['mp4', 'cut off between boxes', Buffer.concat([box('ftyp', 8), box('mdat', 99)]), /table of contents/],
  ['mp4', 'cut off after its table of contents', Buffer.concat([box('ftyp', 8), box('moov', 99)]), /cut off/],
  [
    'mp4',
    'cut off within a fragment, between boxes',
    Buffer.concat([box('ftyp', 8), box('moov', 9), ...fragment, box('moof', 9)]),
    /cut off/,
  ],
  [
    'mp4',
    '…and padding there',
    Buffer.concat([box('ftyp', 8), box('moov', 9), box('mdat', 9), box('moof', 9), box('free', 9)]),
    /cut off/,
  ],
  [
    'mp4',
    'cut off between fragments that an index names',
    Buffer.concat(fragments.slice(0, -1)),
    /cut off: 123 bytes instead of 238/,
  ],
  ['mp4', '…in a wide index', Buffer.concat([box('ftyp', 8), box('moov', 9), index(1, [17, 200]), ...fragment]), /cut off/],
  ['mp4', 'something else', 'hello, this is no film at all', /no MP4/],
  ['mp4', 'cut off within the header of a box', Buffer.concat([film, latin1('\0\0\0')]), /cut off/],
  ['mp4', 'a box shorter than its header', Buffer.concat([film, latin1('\0\0\0\x04free')]), /no MP4/],
  ['mp4', 'zeros after the end', Buffer.concat([film, Buffer.alloc(64)]), /no MP4/],
  ['mp4', 'a long size that leads beyond the end', Buffer.concat([film, latin1('\0\0\0\x01mdat\0\0\0\x01\0\0\0\0')]), /cut off/],
  ['m4a', 'cut off', film.subarray(0, -1), /cut off/],
  ['m4a', 'an error message', '{"code":3301,"message":"This recording does not exist."}', /no MP4/],
  ['vtt', 'JSON', '{"status":false}', /no WebVTT/],
  ['vtt', 'another word', 'WEBVTTX\n', /no WebVTT/],
  ['vtt', 'bytes', 'WEBVTT\n\0\0', /no text/],
  ['mp3', 'something else', 'hello', /no MP3/],
]

describe('inspectContent', () => {
  test.each(good)('believes %s: %s', async (format, _, content) => {
    await inspect(format, content)
  })

  test.each(bad)('refuses %s: %s', async (format, _, content, message) => {
    await expect(inspect(format, content)).rejects.toMatchObject({
      name: 'Failure',
      kind: 'corrupt',
      message: expect.stringMatching(message),
    })
  })

  test.each(['zip', 'pdf', 'json', 'png', 'jpeg', 'svg', 'mp4', 'm4a', 'mp3', 'text', 'vtt'] as const)(
    'says that a web page came instead of %s',
    async (format) => {
      for (const page of [
        '<!DOCTYPE html><title>Sign in</title>',
        '\n <HTML>\n<body>captive portal',
        '<!-- x --><html>',
        '<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html>',
      ]) {
        await expect(inspect(format, page)).rejects.toMatchObject({
          kind: 'corrupt',
          message: expect.stringMatching(/what arrived is a web page$/),
          hint: expect.stringMatching(/sign/),
        })
      }
    },
  )

  test.each(['zip', 'pdf', 'html', 'json', 'png', 'jpeg', 'svg', 'mp4', 'm4a', 'mp3', 'vtt'] as const)(
    'refuses an empty %s',
    async (format) => {
      await expect(inspect(format, '')).rejects.toMatchObject({
        kind: 'corrupt',
        message: expect.stringContaining('nothing at all'),
      })
    },
  )

  test('finds any flipped byte in the data of an entry', async () => {
    const small = zip([
      { name: 'a', text: 'the quick brown fox jumps over the lazy dog' },
      { name: 'b', text: 'stored', method: 0 },
    ])
    const data = [...Array(44).keys()].map((at) => 31 + at)
    for (const at of [...data, small.indexOf('stored')]) {
      const copy = Buffer.from(small)
      copy[at] = (copy[at] ?? 0) ^ 4
      await expect(inspect('zip', copy), `byte ${at}`).rejects.toMatchObject({ kind: 'corrupt' })
    }
  })

  test('refuses entries that share their bytes', async () => {
    const one = zip([{ name: 'a', text: 'x'.repeat(2_000_000) }])
    const start = one.indexOf('PK\x01\x02', 0, 'latin1')
    const directory = one.subarray(start, one.length - 22)
    const end = Buffer.from(one.subarray(one.length - 22))
    end.writeUInt16LE(50, 8)
    end.writeUInt16LE(50, 10)
    end.writeUInt32LE(directory.length * 50, 12)
    await expect(
      inspect('zip', Buffer.concat([one.subarray(0, start), ...Array<Buffer>(50).fill(directory), end])),
    ).rejects.toMatchObject({ message: expect.stringMatching(/overlap/) })
  })

  test('is not kept busy by comments without end', async () => {
    await expect(inspect('svg', '<!---->'.repeat(9000))).rejects.toMatchObject({ kind: 'corrupt' })
  })

  test('a file that is not there is no matter of its content', async () => {
    await expect(inspectContent(join(folder, 'none'), 'zip')).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
