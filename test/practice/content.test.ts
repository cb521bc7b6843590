import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { fromBuffer } from 'yauzl'
import { generated, generatedDigest } from '../../src/practice/content/generated.ts'
import { docx, pptx, xlsx } from '../../src/practice/content/office.ts'
import { pdf } from '../../src/practice/content/pdf.ts'
import { jpeg, png, svg } from '../../src/practice/content/picture.ts'
import { text, texts } from '../../src/practice/content/text.ts'
import { zip } from '../../src/practice/content/zip.ts'

/** Entries by name, read by a zip reader that is not ours. */
function unzip(bytes: Uint8Array): Promise<Map<string, string>> {
  return new Promise((resolve, reject) => {
    fromBuffer(Buffer.from(bytes), { lazyEntries: true }, (error, file) => {
      if (error) return reject(error)
      const entries = new Map<string, string>()
      file.on('entry', (entry) => {
        file.openReadStream(entry, (failed, stream) => {
          if (failed) return reject(failed)
          const pieces: Buffer[] = []
          stream.on('data', (piece: Buffer) => pieces.push(piece))
          stream.on('error', reject)
          stream.on('end', () => {
            const whole = Buffer.concat(pieces)
            if (crc32(whole) !== entry.crc32) return reject(new Error(`CRC of ${entry.fileName}`))
            entries.set(entry.fileName, whole.toString())
            file.readEntry()
          })
        })
      })
      file.on('error', reject)
      file.on('end', () => resolve(entries))
      file.readEntry()
    })
  })
}

const office = [
  ['docx', docx(['<a> & "b"', texts.hindi]), 'word/document.xml', '&#60;a&#62;'],
  ['xlsx', xlsx([['a', '読書室']]), 'xl/worksheets/sheet1.xml', '読書室'],
  ['pptx', pptx(['one', 'two']), 'ppt/slides/slide2.xml', 'two'],
] as const

describe('office files', () => {
  it.each(office)('%s: each entry has its CRC, and the text is inside', async (_, bytes, part, inside) => {
    const entries = await unzip(bytes)
    expect([...entries.keys()].slice(0, 2)).toEqual(['[Content_Types].xml', '_rels/.rels'])
    expect(entries.get(part)).toContain(inside)
    for (const [, name = ''] of entries.get('[Content_Types].xml')?.matchAll(/PartName="\/([^"]+)"/g) ?? []) {
      expect(entries.has(name), name).toBe(true)
    }
  })

  it('are sound to python as well', () => {
    const folder = mkdtempSync(join(tmpdir(), 'holdall-content-'))
    try {
      for (const [kind, bytes] of office) {
        writeFileSync(join(folder, kind), bytes)
        const check = 'import sys,zipfile; sys.exit(zipfile.ZipFile(sys.argv[1]).testzip() or 0)'
        execFileSync('python3', ['-c', check, join(folder, kind)])
      }
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT') || process.env.CI === 'true') throw error
      console.warn('SKIPPED: python3 is not installed')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('differ in bytes by their stamp only', () => {
    expect(docx(['a'])).toEqual(docx(['a']))
    expect(docx(['a'], { stamp: '1' })).not.toEqual(docx(['a'], { stamp: '2' }))
    expect(zip([{ name: 'é', content: '' }])).toEqual(zip([{ name: 'é', content: '' }]))
  })
})

describe('pdf', () => {
  const file = Buffer.from(pdf([...Array(130).keys()].map((line) => `line ${line} (é) \\ 読`))).toString('latin1')

  it('begins and ends as it must', () => {
    expect(file.startsWith('%PDF-1.4\n')).toBe(true)
    expect(file.endsWith('%%EOF\n')).toBe(true)
    expect(file).toContain('/Count 3')
  })

  it('has each object where the table says, and the table where startxref says', () => {
    const table = Number(/startxref\n(\d+)\n/.exec(file)?.[1])
    expect(file.slice(table, table + 5)).toBe('xref\n')
    const offsets = [...file.slice(table).matchAll(/^(\d{10}) 00000 n $/gm)].map((row) => Number(row[1]))
    expect(offsets.length).toBe(10)
    for (const [index, offset] of offsets.entries()) expect(file.startsWith(`${index + 1} 0 obj\n`, offset)).toBe(true)
  })

  it('says the right length of each stream', () => {
    for (const [, length, body] of file.matchAll(/\/Length (\d+) >>\nstream\n([\s\S]*?)endstream/g)) {
      expect(body?.length).toBe(Number(length))
    }
  })
})

describe('pictures', () => {
  it('png: chunks with right CRCs, rows of the right length', () => {
    const file = Buffer.from(png(30, 20, 1, { stamp: 's' }))
    const kinds: string[] = []
    let rows = Buffer.alloc(0)
    for (let at = 8; at < file.length; ) {
      const length = file.readUInt32BE(at)
      const body = file.subarray(at + 4, at + 8 + length)
      expect(file.readUInt32BE(at + 8 + length)).toBe(crc32(body))
      kinds.push(body.toString('latin1', 0, 4))
      if (kinds.at(-1) === 'IDAT') rows = inflateSync(body.subarray(4))
      at += 12 + length
    }
    expect(kinds).toEqual(['IHDR', 'tEXt', 'IDAT', 'IEND'])
    expect(rows.length).toBe(20 * (1 + 30 * 3))
  })

  it('jpeg: from SOI to EOI, with its size inside', () => {
    const file = Buffer.from(jpeg(321, 203, 4))
    expect(file.readUInt16BE(0)).toBe(0xffd8)
    expect(file.readUInt16BE(file.length - 2)).toBe(0xffd9)
    const frame = file.indexOf(Buffer.from([0xff, 0xc0]))
    expect([file.readUInt16BE(frame + 7), file.readUInt16BE(frame + 5)]).toEqual([321, 203])
  })

  it('svg escapes its text', () => {
    expect(Buffer.from(svg('a<b')).toString()).toContain('a&#60;b')
  })
})

it('texts are UTF-8 and keep both Unicode forms apart', () => {
  expect(Buffer.from(text('japanese')).toString()).toBe(texts.japanese)
  expect(texts.japanese.normalize('NFC')).not.toBe(texts.japanese)
  expect(text('greek', { stamp: '1' })).not.toEqual(text('greek'))
})

describe('generated', () => {
  const size = 700_001
  const whole = Buffer.from(generated(size, 5).bytes())

  it.each([
    [0, size],
    [1, 2],
    [65_530, 65_552],
    [262_143, 524_289],
    [size - 1, size],
    [size, size],
    [600_000, 9_000_000],
  ])('gives the bytes from %i to %i without the others', (start, end) => {
    const wanted = whole.subarray(start, end)
    expect(Buffer.compare(generated(size, 5).bytes(start, end), wanted)).toBe(0)
    expect(Buffer.compare(Buffer.concat([...generated(size, 5).chunks(start, end)]), wanted)).toBe(0)
  })

  it('differs by seed, and no two blocks are equal', () => {
    expect(Buffer.compare(whole, generated(size, 6).bytes())).not.toBe(0)
    const blocks = new Set<string>()
    for (let at = 0; at < size; at += 65_536) blocks.add(whole.toString('hex', at, at + 65_536))
    expect(blocks.size).toBe(Math.ceil(size / 65_536))
  })

  it('streams what it is, and knows its digests', async () => {
    for (const algorithm of ['md5', 'sha1', 'sha256'] as const) {
      const hash = createHash(algorithm)
      for await (const chunk of generated(size, 5).stream()) hash.update(chunk)
      expect(generatedDigest(size, 5, algorithm)).toBe(hash.digest('hex'))
    }
    expect(generatedDigest(0, 1, 'md5')).toBe('d41d8cd98f00b204e9800998ecf8427e')
  })
})
