import { expect, test } from 'vitest'
import { endingOf, endings, kindOf } from '../../src/archive/file-kinds.ts'
import { countFiles, sumFiles } from '../../src/report/count-files.ts'

const file = (name: string, bytes: number, modified: number | null = Date.UTC(2020, 5, 1)) => ({ name, bytes, modified })

test('counts by year and by kind', () => {
  const counts = countFiles([
    file('a.PDF', 5),
    file('b.pdf', 6, Date.UTC(2019, 11, 31, 23, 59)),
    file('c.mp4', 100, null),
    file('d', 1, Date.UTC(1601, 0, 1)),
    file('e.txt', 0, Date.UTC(9999, 0, 1)),
    file('f.txt', 2, Number.NaN),
  ])
  expect(counts).toEqual({
    files: 6,
    bytes: 114,
    years: [
      { year: 2019, files: 1, bytes: 6 },
      { year: 2020, files: 1, bytes: 5 },
      { year: null, files: 4, bytes: 103 },
    ],
    kinds: [
      { kind: 'video', files: 1, bytes: 100 },
      { kind: 'pdf', files: 2, bytes: 11 },
      { kind: 'text', files: 2, bytes: 2 },
      { kind: 'other', files: 1, bytes: 1 },
    ],
  })
})

test('several sources together are the same as all their files', () => {
  const [one, other] = [[file('a.pdf', 5), file('b.eml', 6, null)], [file('c.pdf', 7, Date.UTC(1999, 1, 1))]]
  expect(sumFiles([countFiles(one), countFiles(other)])).toEqual(countFiles([...one, ...other]))
  expect(sumFiles([])).toEqual({ files: 0, bytes: 0, years: [], kinds: [] })
})

test.each([
  ['a.tar.gz', 'gz', 'packed'],
  ['.bashrc', '', 'other'],
  ['folder.d/file', '', 'other'],
  ['data/x/.hidden', '', 'other'],
  ['A.JPEG', 'jpeg', 'pictures'],
  ['a.', '', 'other'],
  ['', '', 'other'],
  ['message.eml', 'eml', 'mail'],
  ['constructor', '', 'other'],
  ['a.constructor', 'constructor', 'other'],
])('%j ends with %j and is one of the %s', (name, ending, kind) => {
  expect([endingOf(name), kindOf(name)]).toEqual([ending, kind])
})

test('an ending stands for one kind', () => {
  const all = Object.values(endings).flat()
  expect(new Set(all).size).toBe(all.length)
})
