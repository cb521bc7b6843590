import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Page, Source } from '../../../src/core/source.ts'
import { files } from '../../../src/providers/webdav/files/source.ts'
import { type Bench, createBench } from '../../backup/bench-archive.ts'
import type { World } from '../../backup/fake-source.ts'
import { practiceHarness } from './practice-harness.ts'

let bench: Bench
let harness: Awaited<ReturnType<typeof practiceHarness>>
beforeEach(async () => {
  bench = await createBench()
  harness = await practiceHarness('basic', { folderEtags: true })
})
afterEach(async () => {
  await harness.close()
  await bench.dispose()
})

/** A run that is interrupted when its listings have handed over so many pages. */
function run(pages = Number.POSITIVE_INFINITY) {
  const source = harness.open()
  let left = pages
  async function* list(...asked: Parameters<Source['list']>): AsyncIterable<Page> {
    for await (const page of source.list(...asked)) {
      yield page
      if (--left === 0) bench.interrupt()
    }
  }
  return bench.run({ source: { ...source, list }, features: files.features } as World)
}

test.each([
  { cuts: [1], what: 'the listing that vouched for the folder was cut off' },
  { cuts: [1, 2], what: 'the one that went on was cut off as well' },
  { cuts: [1, 4], what: 'the one after the one that went on was cut off as well' },
])('what went from a folder after $what is found gone', async ({ cuts }) => {
  const { model } = harness.server
  for (let n = 0; n < 6; n++) model.put(`/a/${n}.txt`, `a ${n}`)
  for (let n = 0; n < 6; n++) model.put(`/work/inner/${n}.txt`, `work ${n}`)
  model.put('/work/inner/old.txt', 'old')
  model.put('/work/other/old.txt', 'old as well')
  model.put('/work/other/stays.txt', 'stays')
  expect((await run()).status).toBe(0)
  model.put('/a/new.txt', 'new')
  const [first, second] = cuts
  // `a` is to be walked, `work` is as it was.
  expect((await run(first)).status).toBe(130)
  model.remove('/work/inner/old.txt')
  model.remove('/work/other/old.txt')
  if (second !== undefined) expect((await run(second)).status).toBe(130)
  expect((await run()).status).toBe(0)
  for (const id of ['work/inner/old.txt', 'work/other/old.txt']) expect([id, bench.item(id)!.vanished]).not.toEqual([id, null])
  expect(bench.item('work/other/stays.txt')!.vanished).toBeNull()
  await bench.checkSound()
})
