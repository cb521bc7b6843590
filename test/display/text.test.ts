import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bar } from '../../src/display/bar.ts'
import { formatBytes, formatCount } from '../../src/display/bytes.ts'
import { clean } from '../../src/display/clean.ts'
import { chooseColor, createColors } from '../../src/display/colors.ts'
import { table } from '../../src/display/table.ts'
import { cut, cutFront, pad, widestOf, widthOf } from '../../src/display/width.ts'
import { formats } from '../../src/language/formats.ts'

test.each([
  [0, '0 B'],
  [1, '1 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [1500, '1.5 kB'],
  [99_949, '99.9 kB'],
  [99_951, '100 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [1_500_000_000, '1.5 GB'],
  [2e15, '2.0 PB'],
  [5e18, '5000 PB'],
  [-1500, '-1.5 kB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})

test('counts have separators', () => {
  expect(formatCount(1_234_567)).toBe('1,234,567')
})

test.each([
  [0, '0 s'],
  [-5, '0 s'],
  [499, '0 s'],
  [59_499, '59 s'],
  [59_500, '1 min'],
  [200_000, '3 min 20 s'],
  [3_599_400, '59 min 59 s'],
  [3_599_600, '1 h'],
  [7_500_000, '2 h 5 min'],
  [86_399_000, '1 d'],
  [273_600_000, '3 d 4 h'],
])('%d ms are %s', (ms, text) => {
  expect(formats.en.duration(ms)).toBe(text)
})

test.each([
  ['plain', 'plain'],
  ['\u001b[31mred\u001b[0m', '[31mred[0m'],
  ['\u009b2Jx', '2Jx'],
  ['a\r\n\tb\u2028c', 'a b c'],
  ['exe\u202egnp.doc\u2066x\u2069', 'exegnp.docx'],
  ['\ud800 lone', '\ufffd lone'],
  ['日本語 e\u0301 👨‍👩‍👧‍👦', '日本語 e\u0301 👨‍👩‍👧‍👦'],
])('%j is printed as %j', (text, printed) => {
  expect(clean(text)).toBe(printed)
})

test.each([
  ['abc', 3, 'abc'],
  ['abcdef', 5, 'ab...'],
  ['abcdef', 2, '..'],
  ['abcdef', 0, ''],
  ['デスクトップ', 12, 'デスクトップ'],
  ['デスクトップ', 11, 'デスクト...'],
  ['デスクトップ', 10, 'デスク...'],
  ['e\u0301e\u0301e\u0301e\u0301e\u0301', 4, 'e\u0301...'],
  ['👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 5, '👨‍👩‍👧‍👦...'],
])('%s in %d columns is %s', (text, columns, short) => {
  expect(cut(text, columns)).toBe(short)
})

test('a path is cut at its front', () => {
  expect(cutFront('drive/folder/file.txt', 12)).toBe('.../file.txt')
  expect(cutFront('書類/第一章.docx', 12)).toBe('...一章.docx')
  expect(cutFront('書類/第一章.docx', 11)).toBe('...章.docx')
  expect(cutFront('short', 12)).toBe('short')
})

test('cutting never passes the columns, whatever the text and however it is measured', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.nat(30), (text, columns) => {
      const line = clean(text)
      for (const measure of [widthOf, widestOf]) {
        expect(measure(cut(line, columns, measure))).toBeLessThanOrEqual(columns)
        expect(measure(cutFront(line, columns, measure))).toBeLessThanOrEqual(columns)
      }
      expect(widestOf(line)).toBeGreaterThanOrEqual(widthOf(line))
    }),
  )
})

test('padding counts columns, not characters', () => {
  expect(pad('日本', 6)).toBe('日本  ')
  expect(pad('e\u0301', 3, 'right')).toBe('  e\u0301')
  expect(pad('too long', 3)).toBe('too long')
})

test('the widest drawing counts ambiguous characters and the parts of joined emoji', () => {
  expect([widthOf('★①'), widestOf('★①')]).toEqual([2, 4])
  expect([widthOf('👨‍👩‍👧‍👦'), widestOf('👨‍👩‍👧‍👦')]).toEqual([2, 8])
})

test('a bar is full only at the end, and holds what it is given', () => {
  expect(bar(0, 10)).toBe('[--------]')
  expect(bar(0.5, 10)).toBe('[####----]')
  expect(bar(0.9999, 10)).toBe('[#######-]')
  expect(bar(1, 10)).toBe('[########]')
  expect(bar(Number.NaN, 10)).toBe('[--------]')
  expect(bar(7, 4)).toBe('[##]')
})

test('a table is straight with wide characters, numbers to the right, no blanks at line ends', () => {
  const text = table(
    ['source', 'items', 'bytes', 'note'],
    [
      ['google/drive', '1,234', '1.5 GB', 'a'],
      ['研究室/書類', '7', '12 B', ''],
    ],
  )
  expect(text).toBe(
    ['source        items   bytes  note', 'google/drive  1,234  1.5 GB  a', '研究室/書類       7    12 B', ''].join('\n'),
  )
  expect(table(['a'], [])).toBe('')
})

test('a table that is too wide loses text, not numbers', () => {
  const text = table(['path', 'bytes'], [['My Drive/a very long name that goes on and on.txt', '123,456,789']], 40)
  expect(text.split('\n')[1]).toBe('My Drive/a very long nam...  123,456,789')
  for (const line of text.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(40)
})

test.each<[string, boolean, Record<string, string>, boolean, boolean]>([
  ['terminal', false, {}, true, true],
  ['pipe', false, {}, false, false],
  ['--no-color beats FORCE_COLOR', true, { FORCE_COLOR: '1' }, true, false],
  ['NO_COLOR', false, { NO_COLOR: '1' }, true, false],
  ['empty NO_COLOR', false, { NO_COLOR: '' }, true, true],
  ['FORCE_COLOR beats NO_COLOR', false, { NO_COLOR: '1', FORCE_COLOR: '1' }, false, true],
  ['FORCE_COLOR=0', false, { FORCE_COLOR: '0' }, true, false],
  ['dumb', false, { TERM: 'dumb' }, true, false],
  ['CI', false, { CI: '1' }, true, false],
])('colours: %s', (_, noColor, env, isTTY, expected) => {
  expect(chooseColor({ noColor, env, stream: { isTTY } })).toBe(expected)
})

test('without colours the text stays as it is', () => {
  expect(createColors(false).red('x')).toBe('x')
  expect(createColors(true).red('x')).toBe('\u001b[31mx\u001b[39m')
})
