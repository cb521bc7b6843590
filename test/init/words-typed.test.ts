import { expect, test } from 'vitest'
import { widthOf } from '../../src/display/width.ts'
import { pathTyped, pickMany, pickOne, pickYes } from '../../src/init/picks.ts'
import { wrap } from '../../src/init/wrap.ts'

test.each([
  ['1', 0],
  ['３', 2],
  ['', 1],
  ['0', undefined],
  ['4', undefined],
  ['1 2', undefined],
  ['one', undefined],
])('one of three: %j', (typed, picked) => {
  expect(pickOne(typed, 3, 1)).toBe(picked)
})

test.each([
  ['1 3', [0, 2]],
  ['3,1', [0, 2]],
  ['３、１', [0, 2]],
  ['2 2', [1]],
  ['', [0]],
  ['1 4', undefined],
  ['all', undefined],
])('some of three: %j', (typed, picked) => {
  expect(pickMany(typed, 3, [0])).toEqual(picked)
})

test.each([
  ['Y', true],
  ['はい', true],
  ['ｎ', false],
  ['いいえ', false],
  ['', false],
  ['perhaps', undefined],
])('yes or no: %j', (typed, picked) => {
  expect(pickYes(typed, false)).toBe(picked)
})

test('a path with quotes around it', () => {
  expect(pathTyped(' "/a b/c" ')).toBe('/a b/c')
  expect(pathTyped("'C:\\x'")).toBe('C:\\x')
  expect(pathTyped('it"s')).toBe('it"s')
})

test('lines are filled, break between words and Japanese characters, and never before a closing sign', () => {
  const text = 'Google では、プログラムは「アプリ」を通じてのみアクセスできます。そこで、ご自身のアプリを作ります。'
  for (let columns = 20; columns <= 80; columns++) {
    const lines = wrap(text, columns, '  - ')
    expect(
      lines
        .map((line) => line.slice(4))
        .join('')
        .replaceAll(' ', ''),
    ).toBe(text.replaceAll(' ', ''))
    for (const line of lines) {
      expect(widthOf(line), line).toBeLessThanOrEqual(columns)
      expect(line.trim()).not.toMatch(/^[、。」]|「$/)
    }
  }
  // An address that is longer stays whole, to be copied.
  expect(wrap('see https://console.cloud.google.com/apis now', 20)).toEqual([
    'see',
    'https://console.cloud.google.com/apis',
    'now',
  ])
})
