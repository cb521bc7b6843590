import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold, placeGroup, placeSiblings, portable, type Sibling } from '../../src/archive/names.ts'
import { checkWithSha256sum, withoutSha256sum } from './sha256sum.ts'

describe('portable', () => {
  test.each([
    'report.docx',
    'レポート 第3章.pdf',
    '.hidden',
    'archive.tar.gz',
    'a~b #1 (final), v2 [x] {y} & z; $5 ^ = + @ !.txt',
    'CONTRACT.txt',
    'COM10',
    'naïve café',
    'فارسی نام',
    '👩‍👩‍👧‍👦 family.jpg',
    '\u202eexe.txt',
    '-rf',
    '~user',
    'x'.repeat(120),
  ])('leaves %j as it is', (name) => {
    expect(portable(name)).toBe(name)
  })

  test.each([
    ['', '_'],
    ['   ', '_'],
    ['\u200d\ufe0f', '_'],
    ['.', '．'],
    ['..', '.．'],
    ['../../etc/passwd', '..／..／etc／passwd'],
    ['C:\\Windows', 'C：＼Windows'],
    ['What? "100%" <b>|*', 'What？ ＂100％＂ ＜b＞｜＊'],
    [' blank ', 'blank'],
    ['\u3000全角\u00a0', '全角'],
    ['Mr. ', 'Mr．'],
    ['nul\0 tab\t del\u007f c1\u0085', 'nul␀ tab␉ del␡ c1_'],
    ['line\u2028end', 'line␤end'],
    ['two\r\nlines', 'two␍␊lines'],
    ['con', 'con_'],
    ['NUL.txt', 'NUL_.txt'],
    ['aux .c', 'aux _.c'],
    ['COM1', 'COM1_'],
    ['com¹.log', 'com¹_.log'],
    ['COM0', 'COM0_'],
    ['CONIN$', 'CONIN$_'],
    ['re\u0301sume\u0301', 'résumé'],
    ['lone \ud800 and \udc00', 'lone \ufffd and \ufffd'],
    ['\uffff', '\ufffd'],
    [`${'x'.repeat(5000)}.docx`, `${'x'.repeat(115)}.docx`],
    ['デ'.repeat(200), 'デ'.repeat(40)], // 6 bytes each in form D, as HFS+ stores it
    [`${'é'.repeat(200)}.tar.gz`, `${'é'.repeat(77)}.tar.gz`],
    [`CON${' '.repeat(500)}x`, 'CON_'],
    ['.'.repeat(500), '_'],
  ])('%j becomes %j', (name, expected) => {
    expect(portable(name)).toBe(expected)
  })

  test('cuts between graphemes', () => {
    const family = '👩‍👩‍👧‍👦'
    expect(portable(`${family.repeat(30)}.jpg`)).toBe(`${family.repeat(9)}.jpg`)
  })

  test('cuts inside a grapheme that is too long by itself', () => {
    expect(portable(`e${'\u0323\u0301'.repeat(500)}`).length).toBeGreaterThan(100)
  })

  test('any name: every system can hold the result, and it stays what it is', () => {
    fc.assert(
      fc.property(nastyName, (name) => {
        const local = portable(name)
        expectPortable(local)
        expect(portable(local)).toBe(local)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('fold', () => {
  test('is one for every pair that differs in case or form only', () => {
    for (let code = 0; code <= 0x10ffff; code++) {
      if (code >= 0xd800 && code <= 0xdfff) continue
      const character = String.fromCodePoint(code)
      const key = fold(character)
      for (const other of [
        character.toUpperCase(),
        character.toLowerCase(),
        character.normalize('NFD'),
        character.normalize('NFC'),
      ]) {
        if (fold(other) !== key) expect.fail(`U+${code.toString(16)}: ${JSON.stringify([key, fold(other)])}`)
      }
      if (fold(key) !== key) expect.fail(`U+${code.toString(16)}: the fold of its fold differs`)
    }
  })

  test.each([
    ['a.TXT', 'A.txt'],
    ['ſ', 'S'],
    ['\u212a', 'k'], // the sign for kelvin
    ['\u212b', 'å'],
    ['ẞ', 'ß'],
    ['İ', 'i\u0307'],
    ['ǅ', 'ǆ'],
    ['ᾳ', 'ᾼ'],
    ['が', 'か\u3099'],
    ['straße', 'STRASSE'],
    ['Σίσυφος', 'ΣΊΣΥΦΟΣ'],
    ['a\u200db', 'ab'],
    ['ა', 'Ⴀ'],
  ])('%j is %j', (a, b) => {
    expect(fold(a)).toBe(fold(b))
  })

  test('full-width forms stay apart from what they look like', () => {
    expect(fold('a／b')).not.toBe(fold('a/b'))
    expect(fold('Ａ')).not.toBe(fold('A'))
  })
})

describe('placeSiblings', () => {
  const file = (id: string, name: string, living = true): Sibling => ({ id, name, living, folder: false })
  const folder = (id: string, name: string): Sibling => ({ id, name, living: true, folder: true })

  test('the smallest id takes the plain name, the others a suffix before the extension', () => {
    expect(placeSiblings([file('b', 'A.txt'), file('a', 'a.txt'), file('c', 'a.tar.gz')])).toEqual(
      new Map([
        ['a', 'a.txt'],
        ['b', 'A (3e23e816).txt'],
        ['c', 'a.tar.gz'],
      ]),
    )
  })

  test('the living go before the gone, folders before files; a folder has no extension', () => {
    const names = placeSiblings([file('a', 'x.d', false), file('b', 'x.d'), folder('c', 'x.d'), folder('d', 'X.d')])
    expect(names.get('c')).toBe('x.d')
    expect(names.get('b')).toBe('x (3e23e816).d')
    expect(names.get('a')).toBe('x (ca978112).d')
    expect(names.get('d')).toBe('X.d (18ac3e73)')
  })

  test('a sibling that has the suffixed name itself keeps it', () => {
    const names = placeSiblings([file('a', 'a.txt'), file('b', 'a.txt'), file('c', 'A (3e23e816).txt')])
    expect(names.get('c')).toBe('A (3e23e816).txt')
    expect(names.get('b')).toMatch(/^a \([0-9a-f]{16}\)\.txt$/)
  })

  test('long twins stay apart within the limit', () => {
    const names = placeSiblings([file('a', `${'x'.repeat(5000)}.txt`), file('b', `${'x'.repeat(4000)}.txt`)])
    expect(names.get('b')).toMatch(/^x{81} \([0-9a-f]{32}\)\.txt$/)
  })

  test('any set: portable, unique, independent of the order', () => {
    fc.assert(
      fc.property(siblings, fc.nat(), (set, seed) => {
        const names = placeSiblings(set)
        expect(names.size).toBe(set.length)
        for (const name of names.values()) {
          expectPortable(name)
          expect(portable(name)).toBe(name)
        }
        expect(new Set([...names.values()].map(fold)).size).toBe(set.length)
        expect(placeSiblings(shuffled(set, seed))).toEqual(names)
      }),
      { numRuns: 500 },
    )
  })

  test('one more sibling changes names of its own group only, except where it has the very name that another was given', () => {
    fc.assert(
      fc.property(siblings, (set) => {
        const [added, ...rest] = set
        if (added === undefined) return
        const key = fold(portable(added.name))
        const before = placeSiblings(rest)
        const after = placeSiblings(set)
        for (const { id, name } of rest) {
          if (fold(portable(name)) === key || fold(before.get(id) ?? '') === key) continue
          expect(after.get(id)).toBe(before.get(id))
        }
      }),
      { numRuns: 500 },
    )
  })

  test('placing group by group is the same', () => {
    const set = [file('b', 'A.txt'), file('a', 'a.txt'), file('c', 'c')]
    const keys = new Set(['A.TXT', 'C'])
    const group = set.slice(0, 2)
    expect([...placeGroup(group, (key) => keys.has(key))]).toEqual([...placeSiblings(set)].filter(([id]) => id !== 'c'))
  })
})

test.skipIf(withoutSha256sum)('sha256sum -c reads a manifest of such names', async () => {
  const root = await mkdtemp(join(tmpdir(), 'holdall-names-'))
  try {
    await mkdir(join(root, 'data'))
    const names = fc
      .sample(siblings, { numRuns: 40, seed: 7 })
      .flatMap((set, index) => [...placeSiblings(set).values()].map((name) => portable(`${index}${name}`)))
    const unique = [...new Map(names.map((name) => [fold(name), name])).values()]
    let manifest = ''
    for (const name of unique) {
      await writeFile(join(root, 'data', name), name)
      manifest += `${createHash('sha256').update(name).digest('hex')}  data/${name}\n`
    }
    expect((await readdir(join(root, 'data'))).sort()).toEqual([...unique].sort())
    await writeFile(join(root, 'manifest-sha256.txt'), manifest)
    const lines = await checkWithSha256sum(root, 'manifest-sha256.txt')
    expect(lines.filter((line) => line.endsWith(': OK'))).toHaveLength(unique.length)
  } finally {
    await rm(root, { recursive: true })
  }
})

const scripts = [
  'a',
  'A',
  'ß',
  'é',
  'e\u0301',
  'が',
  'か\u3099',
  'ガ',
  '漢',
  '神',
  'ى',
  'ש',
  'ก็',
  'हिन्दी',
  '👍🏽',
  '👩‍👩‍👧‍👦',
  'Σ',
  'ς',
  'ſ',
  'İ',
  'ı',
  '≮',
]
const troublesome = [
  '.',
  ' ',
  '/',
  '\\',
  ':',
  '%',
  '*',
  '?',
  '"',
  '<',
  '|',
  '\0',
  '\n',
  '\r',
  '\t',
  '\u007f',
  '\u0085',
  '\u00a0',
  '\u2028',
  '\u3000',
  '\ufeff',
  '\u200d',
  '\u202e',
  '\ufffe',
  '\ud800',
  '\udc00',
  '\u0301',
  '\u0338',
  '~',
  '#',
  '(',
  ')',
]
const words = ['CON', 'nul', 'COM1', 'LPT¹', '.txt', '.tar.gz', '..', '.part', ' (3e23e816)', 'CONIN$', '％', '_']
const nastyName = fc.oneof(
  fc.array(fc.constantFrom(...scripts, ...troublesome, ...words), { maxLength: 8 }).map((parts) => parts.join('')),
  fc
    .tuple(
      fc.constantFrom(...scripts, ...troublesome, ...words),
      fc.constantFrom(1, 39, 40, 80, 119, 120, 121, 240, 5000),
      fc.constantFrom('', '.txt', '.TXT', '.', ' ', '.tar.gz'),
    )
    .map(([part, times, ending]) => part.repeat(times).slice(0, 5000) + ending),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
)
const siblings: fc.Arbitrary<Sibling[]> = fc.uniqueArray(
  fc.record({
    id: fc.oneof(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), fc.string({ minLength: 1, maxLength: 10 })),
    name: fc.oneof(
      {
        weight: 3,
        arbitrary: fc.constantFrom(
          'a.txt',
          'A.TXT',
          'a',
          'a (3e23e816).txt',
          'a (3e23e816)',
          'A (CA978112).txt',
          'ß',
          'SS',
          'x'.repeat(200),
          'X'.repeat(300),
          `${'x'.repeat(200)}y`,
        ),
      },
      { weight: 2, arbitrary: nastyName },
    ),
    living: fc.boolean(),
    folder: fc.boolean(),
  }),
  { selector: ({ id }) => id, maxLength: 12 },
)

function expectPortable(local: string): void {
  expect(local).not.toBe('')
  expect(local).not.toMatch(/[<>:"/\\|?*%\u0000-\u001f\u007f-\u009f\u2028\u2029]/)
  expect(local).not.toMatch(/^\s|[\s.]$/u)
  expect(local.isWellFormed()).toBe(true)
  expect(local.normalize('NFC')).toBe(local)
  expect(local).not.toMatch(/^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\.|$)/i)
  expect(local.length).toBeLessThanOrEqual(120)
  expect(Buffer.byteLength(local)).toBeLessThanOrEqual(240)
  expect(Buffer.byteLength(local.normalize('NFD'))).toBeLessThanOrEqual(240)
}

function shuffled<T>(list: readonly T[], seed: number): T[] {
  return list
    .map((value, index) => ({ value, key: createHash('md5').update(`${seed} ${index}`).digest('hex') }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ value }) => value)
}
