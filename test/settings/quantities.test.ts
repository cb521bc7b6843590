import { expect, test } from 'vitest'
import { parseRate } from '../../src/settings/definition.ts'
import { parseBytes, parseDuration } from '../../src/settings/quantities.ts'

test.each([
  ['20M', 20 * 1024 ** 2],
  ['20m', 20 * 1024 ** 2],
  ['1.5G', 1.5 * 1024 ** 3],
  ['512KiB', 512 * 1024],
  ['512Ki', 512 * 1024],
  ['20MB', 20_000_000],
  ['20 MB/s', 20_000_000],
  ['65536', 65_536],
  ['65536B', 65_536],
  ['2T', 2 * 1024 ** 4],
  ['20Mbit', undefined],
  ['20Mb/s ', 20_000_000],
  ['M', undefined],
  ['-1M', undefined],
  ['1e6', undefined],
  ['1,5M', undefined],
  ['5iB', undefined],
  ['', undefined],
  ['off', undefined],
])('%s is %s bytes', (text, bytes) => expect(parseBytes(text)).toBe(bytes))

test('a rate that would starve every connection is none', () => {
  expect(parseRate('0')).toBeUndefined()
  expect(parseRate('1023')).toBeUndefined()
  expect(parseRate('1K')).toBe(1024)
})

test.each([
  ['60s', 60_000],
  ['60', 60_000],
  ['1h30m', 5_400_000],
  ['500ms', 500],
  ['0.5h', 1_800_000],
  ['2d', 172_800_000],
  ['0', 0],
  ['soon', undefined],
  ['1 h', undefined],
  ['-5s', undefined],
  ['5sx', undefined],
  ['', undefined],
])('%s is %s ms', (text, time) => expect(parseDuration(text)).toBe(time))
