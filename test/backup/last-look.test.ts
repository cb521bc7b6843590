import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Bench, createBench } from './bench-archive.ts'
import { createWorld } from './fake-source.ts'

let bench: Bench
beforeEach(async () => {
  bench = await createBench()
})
afterEach(() => bench.dispose())

test('a look that began while downloads were under way is not the last one: what they reveal is taken in the same run', async () => {
  const world = createWorld({ pageSize: 2 })
  world.file('page', 'page.html', undefined, 'page')
  world.file('quick', 'quick.txt', undefined, 'quick')
  world.folder('late', 'Late')
  let quick = () => {}
  const quickCame = new Promise<void>((resolve) => {
    quick = resolve
  })
  let flushed = () => {}
  const afterAWhile = new Promise<void>((resolve) => {
    flushed = resolve
  })
  const { contents } = world.things.get('page')!
  world.things.set('page', {
    ...world.things.get('page')!,
    contents: new Map([...contents, ['more:picture', Buffer.from('picture')]]),
  })
  world.answers.set('page', (ordinary, { part }) => ({
    ...ordinary(),
    ...(part === 'file' && { more: [{ key: 'more:picture', name: 'picture.png' }] }),
  }))
  world.beforeChunk = async (id) => {
    if (id === 'quick') {
      // Time enough for a second look, which begins while the page is still on its way.
      bench.clock.ahead += 10_000
      quick()
    }
    if (id === 'page') await afterAWhile
  }
  world.beforePage = async (_, index) => {
    if (index !== 1) return
    await quickCame
    // The quick file waits to be committed by then: the second look sees to that first, and meanwhile the listing ends.
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  setTimeout(flushed, 600)
  const run = await bench.run(world)
  expect(run.sources['home/files']).toMatchObject({ pending: 0, failed: 0 })
  expect(run.status).toBe(0)
  expect(Object.keys(bench.tree()).sort()).toEqual(['Late/', 'page.html', 'picture.png', 'quick.txt'])
})

test('what came with the content of an older version bears the names that the newer content gives it', async () => {
  const world = createWorld({ features: { checksums: [] } })
  world.file('page', 'old.html', undefined, 'page')
  const page = world.things.get('page')!
  world.things.set('page', { ...page, contents: new Map([...page.contents, ['more:picture', Buffer.from('picture')]]) })
  world.answers.set('page', (ordinary, { part }, attempt) => ({
    ...ordinary(),
    ...(part === 'file' && { more: [{ key: 'more:picture', name: attempt < 2 ? 'old picture.png' : 'new picture.png' }] }),
  }))
  world.beforeChunk = (_id, _offset, signal) => {
    bench.interrupt()
    signal.throwIfAborted()
  }
  expect((await bench.run(world)).status).toBe(130)
  world.change('page', { name: 'new.html', version: '2' })
  // It is taken as it was known, and before it is here the listing names its newer version.
  const soon = async (isSo: () => boolean) => {
    while (!isSo()) await new Promise((resolve) => setImmediate(resolve))
  }
  world.beforePage = () => soon(() => world.fetches.length === 2)
  world.beforeChunk = () => soon(() => bench.item('page')?.version === '2')
  expect((await bench.run(world)).status).toBe(0)
  expect(world.fetches.filter(({ part }) => part === 'file')).toHaveLength(3)
  expect(Object.keys(bench.tree()).sort()).toEqual(['new picture.png', 'new.html'])
  await bench.checkSound()
})
