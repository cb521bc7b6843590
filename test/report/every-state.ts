import { createFilter } from '../../src/backup/filter.ts'
import { Failure } from '../../src/core/failure.ts'
import type { DisplayedTotal } from '../../src/core/source.ts'
import { type Bench, createBench } from '../backup/bench-archive.ts'
import { createWorld } from '../backup/fake-source.ts'

/** Names that want to be markup, to run, to turn round what stands beside them, to break a line, or to leave an attribute. */
export const hostileNames = [
  '<script>alert(1)</script>.txt',
  '"><img src=x onerror=alert(1)>.txt',
  "' onmouseover='alert(1)'.txt",
  'invoice\u202Efdp.exe',
  'two\nlines\u2028.txt',
  '\u0000\u001b[31mred\u009b.txt',
  '</style></title><h1>ha</h1>.txt',
  '&lt;b&gt; $' + '{alert(1)} `x`.txt',
  'שלום עולם.txt',
  'lone \ud800 surrogate.txt',
]

const day = (year: number) => Date.UTC(year, 4, 17)

/** Totals of a service that counts otherwise. */
export const shown: readonly DisplayedTotal[] = [
  {
    what: { en: 'Storage used', ja: '使用容量' },
    count: 5_000_000_000,
    unit: 'bytes',
    beside: 'bytes',
    because: [{ en: 'It counts <b>its trash</b> & more.', ja: 'ごみ箱も含まれます。' }],
  },
  { what: { en: 'Files there', ja: 'ファイル数' }, count: 7, unit: 'items', beside: 'items', because: [] },
  { what: { en: 'in the trash', ja: 'ごみ箱' }, count: 0, unit: 'bytes', because: [] },
]

/** An archive after two runs, with an item in each of the seven states. Dispose of the bench. */
export async function everyState(): Promise<Bench> {
  const bench = await createBench()
  const files = createWorld()
  files.folder('f', 'Papers')
  files.file('old', 'old.pdf', 'f', 'an old paper', { modified: day(2012) })
  files.file('table', 'table.xlsx', 'f', 'a table', { modified: day(2019) })
  files.file('undated', 'notes', 'f', 'no time')
  files.file('was', 'was here.txt', 'f', 'kept though gone', { modified: day(2020) })
  await bench.run({ 'home/files': files })
  files.remove('was')
  files.file('new', 'new.eml', undefined, 'new mail', { modified: day(2026) })
  for (const [at, name] of hostileNames.entries()) {
    files.file(`bad${at}`, name, undefined, 'x', {
      link: at % 2 === 0 ? 'javascript:alert(1)' : `https://files.example/open?id=${at}&x="><b>`,
    })
    files.answers.set(`bad${at}`, () => {
      throw new Failure('corrupt', `what came is <b>not</b> what was stated`, { hint: 'look at it <i>there</i>' })
    })
  }
  files.put({
    id: 'form',
    name: 'Questions',
    unexportable: { reason: 'no-export', message: 'the service offers no download of forms' },
    link: 'https://forms.example/1',
  })
  files.file('left', 'film.mov', undefined, 'left out', { modified: day(2021) })
  files.file('lost', 'lost.txt', undefined, 'lost')
  files.answers.set('lost', () => {
    throw new Failure('gone', 'it is not there any more')
  })
  files.file('later', 'later.mp4', undefined, 'processed still', { waiting: 'still processing there' })
  Object.assign(files.source, { displayed: async () => shown })
  await bench.run({ 'home/files': files }, { filter: createFilter({ include: [], exclude: ['*.mov'] }), retryForMs: 0 })
  return bench
}
