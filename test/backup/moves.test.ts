import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Bench, createBench } from './bench-archive.ts'
import { createWorld, type World } from './fake-source.ts'

let bench: Bench
beforeEach(async () => {
  bench = await createBench()
})
afterEach(() => bench.dispose())

const at = (path: string) => join(bench.root, 'data/home/files', path)
const files = () => Object.fromEntries(Object.entries(bench.tree()).filter(([path]) => !path.endsWith('/')))

/** Two runs with a change in between; what is there is the same file as before, and nothing is downloaded again. */
async function afterChange(world: World, change: () => void) {
  expect((await bench.run(world)).status).toBe(0)
  const before = world.fetches.length
  change()
  const run = await bench.run(world)
  expect(run.status).toBe(0)
  expect(world.fetches).toHaveLength(before)
  await bench.checkSound()
  expect(bench.left('moving')).toEqual([])
  expect(run.of('notice')).toEqual([])
  return run
}

describe('what moves at the source moves here', () => {
  test('a folder with 1,000 files: one rename', async () => {
    const world = createWorld({ pageSize: 1000 })
    world.folder('f', 'Before')
    for (let n = 0; n < 1000; n++) world.file(`${n}`, `${n}.txt`, 'f', `${n}`)
    let inodes = new Map<string, number>()
    const read = (folder: string) => new Map(readdirSync(at(folder)).map((name) => [name, bench.inode(`${folder}/${name}`)]))
    const run = await afterChange(world, () => {
      inodes = read('Before')
      world.move('f', undefined, 'After')
    })
    expect(run.of('moved')).toEqual([expect.objectContaining({ id: 'f', to: 'data/home/files/After' })])
    expect(existsSync(at('Before'))).toBe(false)
    expect(read('After')).toEqual(inodes)
  })

  test('two that swap their names', async () => {
    const world = createWorld()
    world.file('1', 'a', undefined, 'one')
    world.file('2', 'b', undefined, 'two')
    await afterChange(world, () => {
      world.move('1', undefined, 'b')
      world.move('2', undefined, 'a')
    })
    expect(files()).toEqual({ a: 'two', b: 'one' })
  })

  test('a round of three folders and what is in them', async () => {
    const world = createWorld()
    for (const id of ['a', 'b', 'c']) {
      world.folder(id, id.toUpperCase())
      world.file(`in ${id}`, 'file', id, id)
    }
    await afterChange(world, () => {
      world.move('a', undefined, 'B')
      world.move('b', undefined, 'C')
      world.move('c', undefined, 'A')
    })
    expect(files()).toEqual({ 'A/file': 'c', 'B/file': 'a', 'C/file': 'b' })
  })

  test('a name that changes its letter case alone', async () => {
    const world = createWorld()
    world.folder('f', 'folder')
    world.file('1', 'readme', 'f', 'one')
    const run = await afterChange(world, () => {
      world.move('f', undefined, 'Folder')
      world.move('1', 'f', 'README')
    })
    expect(files()).toEqual({ 'Folder/README': 'one' })
    expect(run.of('moved')).toHaveLength(2)
  })

  test('a folder into one that moves itself', async () => {
    const world = createWorld()
    world.folder('a', 'A')
    world.folder('b', 'B')
    world.file('1', 'one', 'a', 'one')
    await afterChange(world, () => {
      world.move('a', 'b')
      world.move('b', undefined, 'Z')
    })
    expect(files()).toEqual({ 'Z/A/one': 'one' })
  })

  test('a folder into what was below it', async () => {
    const world = createWorld()
    world.folder('a', 'A')
    world.folder('b', 'B', 'a')
    world.file('1', 'one', 'a', 'one')
    world.file('2', 'two', 'b', 'two')
    await afterChange(world, () => {
      world.move('a', 'b')
      world.move('b', undefined)
    })
    expect(files()).toEqual({ 'B/A/one': 'one', 'B/two': 'two' })
  })

  test.each([
    ['before', 0],
    ['after', 1],
  ])('a file that takes the name of the folder it was in, listed %s that', async (_, order) => {
    const world = createWorld()
    if (order === 1) world.folder('f', 'x')
    world.file('1', 'one', 'f', 'one')
    world.file('2', 'two', 'f', 'two')
    if (order === 0) world.folder('f', 'x')
    await afterChange(world, () => {
      world.move('1', undefined, 'x')
      world.move('f', undefined, 'was x')
    })
    expect(files()).toEqual({ x: 'one', 'was x/two': 'two' })
  })

  test('a file that changed and moved is replaced where it is now', async () => {
    const world = createWorld()
    world.folder('f', 'F')
    world.file('1', 'one', undefined, 'one')
    world.file('2', 'two', undefined, 'two')
    await bench.run(world)
    world.file('1', 'uno', 'f', 'changed')
    expect((await bench.run(world)).status).toBe(0)
    expect(files()).toEqual({ 'F/uno': 'changed', two: 'two' })
    await bench.checkSound()
    expect(readdirSync(join(bench.root, '.holdall'))).not.toContain('strays')
  })

  test('twins by name move aside for the first in order, whoever came first', async () => {
    const world = createWorld()
    world.file('2', 'same', undefined, 'two')
    await bench.run(world)
    expect(files()).toEqual({ same: 'two' })
    world.file('1', 'SAME', undefined, 'one')
    expect((await bench.run(world)).status).toBe(0)
    expect(files().SAME).toBe('one')
    expect(Object.keys(files())).toHaveLength(2)
    expect(world.fetches).toHaveLength(2)
    await bench.checkSound()
  })
})

describe('what is gone', () => {
  test('stays, and gives its name to a living one', async () => {
    const world = createWorld()
    for (let n = 0; n < 5; n++) world.file(`other ${n}`, `other ${n}`, undefined, `${n}`)
    world.file('1', 'report.txt', undefined, 'old')
    await bench.run(world)
    world.remove('1')
    world.file('9', 'report.txt', undefined, 'new')
    const run = await bench.run(world)
    expect(run.status).toBe(0)
    expect(files()['report.txt']).toBe('new')
    expect(Object.entries(files()).filter(([name]) => name.startsWith('report'))).toEqual([
      [expect.stringMatching(/^report \([0-9a-f]{8}\)\.txt$/), 'old'],
      ['report.txt', 'new'],
    ])
    const line = readFileSync(join(bench.root, 'metadata/home/files.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text))
      .find(({ id }) => id === '1')
    expect(line).toMatchObject({ state: 'saved', goneAtSource: expect.any(String) })
    await bench.checkSound()
  })

  test('and replaced by a folder of the same name', async () => {
    const world = createWorld()
    for (let n = 0; n < 5; n++) world.file(`other ${n}`, `other ${n}`, undefined, `${n}`)
    world.file('1', 'thing', undefined, 'file')
    await bench.run(world)
    world.remove('1')
    world.folder('f', 'thing')
    world.file('2', 'inside', 'f', 'inside')
    expect((await bench.run(world)).status).toBe(0)
    expect(files()).toMatchObject({ 'thing/inside': 'inside' })
    expect(Object.keys(files()).filter((path) => /^thing \(/.test(path))).toHaveLength(1)
    await bench.checkSound()
  })

  test.each(['file to folder', 'folder to file'])('under one and the same id: %s', async (way) => {
    const world = createWorld({ features: { changeFeed: false, lastingIds: false } })
    for (let n = 0; n < 5; n++) world.file(`/other ${n}`, `other ${n}`, undefined, `${n}`)
    const asFile = () => world.file('/x', 'x', undefined, 'file')
    const asFolder = () => {
      world.folder('/x', 'x')
      world.file('/x/y', 'y', '/x', 'inside')
    }
    if (way === 'file to folder') asFile()
    else asFolder()
    expect((await bench.run(world)).status).toBe(0)
    if (way === 'folder to file') world.remove('/x/y')
    if (way === 'file to folder') asFolder()
    else asFile()
    expect((await bench.run(world)).status).toBe(0)
    expect(files()).toMatchObject(way === 'file to folder' ? { 'x/y': 'inside' } : { x: 'file' })
    await bench.checkSound()
    expect((await bench.run(world)).status).toBe(0)
    await bench.checkSound()
  })
})

describe('where ids do not last', () => {
  test('a file that vanished and a new one of the same bytes are one that moved', async () => {
    const world = createWorld({ features: { changeFeed: false, lastingIds: false, checksums: [] } })
    for (const name of ['a', 'b', 'c', 'd']) world.file(`/${name}`, name, undefined, `content of ${name}`)
    await bench.run(world)
    world.remove('/a')
    world.file('/z', 'z', undefined, 'content of a')
    const run = await bench.run(world)
    expect(run.status).toBe(0)
    expect(files()).toEqual({ b: 'content of b', c: 'content of c', d: 'content of d', z: 'content of a' })
    expect(run.sources['home/files']).toMatchObject({ items: 4, saved: 1, unchanged: 3 })
    await bench.checkSound()
  })

  test('a copy is no move, and an empty file no twin', async () => {
    const world = createWorld({ features: { changeFeed: false, lastingIds: false, checksums: [] } })
    for (const name of ['a', 'b', 'c', 'd']) world.file(`/${name}`, name, undefined, `content of ${name}`)
    world.file('/e', 'e', undefined, '')
    await bench.run(world)
    world.file('/copy', 'copy', undefined, 'content of a')
    world.remove('/e')
    world.file('/f', 'f', undefined, '')
    expect((await bench.run(world)).status).toBe(0)
    expect(Object.keys(files())).toEqual(['a', 'b', 'c', 'copy', 'd', 'e', 'f'])
    await bench.checkSound()
  })
})

describe('earlier versions', () => {
  const versions = () => {
    const root = join(bench.root, '.holdall/versions')
    if (!existsSync(root)) return []
    return readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => readFileSync(join(one.parentPath, one.name), 'utf8'))
  }

  test.each([false, true])('are kept where that is wished (%s)', async (keepVersions) => {
    const world = createWorld()
    world.file('1', 'one', undefined, 'first')
    await bench.run(world, { keepVersions })
    world.file('1', 'one', undefined, 'second')
    await bench.run(world, { keepVersions })
    world.file('1', 'uno', undefined, 'third')
    expect((await bench.run(world, { keepVersions })).status).toBe(0)
    expect(files()).toEqual({ uno: 'third' })
    expect(versions().sort()).toEqual(keepVersions ? ['first', 'second'] : [])
    await bench.checkSound()
  })
})

describe('the time of a file', () => {
  test('is the source’s, and follows it without a download', async () => {
    const world = createWorld()
    world.file('1', 'one', undefined, 'one', { modified: Date.UTC(2001, 1, 3) })
    await bench.run(world)
    expect(statSync(at('one')).mtimeMs).toBe(Date.UTC(2001, 1, 3))
    world.change('1', { modified: Date.UTC(2002, 1, 3) })
    await bench.run(world)
    expect(statSync(at('one')).mtimeMs).toBe(Date.UTC(2002, 1, 3))
    expect(world.fetches).toHaveLength(1)
  })

  test('of one that was removed here stops nothing', async () => {
    const world = createWorld()
    world.file('1', 'one', undefined, 'one', { modified: 1000 })
    world.file('2', 'two', undefined, 'two', { modified: 1000 })
    await bench.run(world)
    rmSync(at('one'))
    world.change('1', { modified: 2000 })
    world.change('2', { modified: 2000 })
    const run = await bench.run(world)
    expect(run.events.filter(({ event }) => event === 'failed')).toEqual([])
    expect(run.status).toBeLessThanOrEqual(3)
    expect(statSync(at('two')).mtimeMs).toBe(2000)
  })
})

describe('what people do in the archive by hand', () => {
  test('a file that was removed and then renamed at the source is taken again', async () => {
    const world = createWorld()
    world.file('1', 'one', undefined, 'one')
    await bench.run(world)
    rmSync(at('one'))
    world.move('1', undefined, 'uno')
    const run = await bench.run(world)
    expect(run.status === 0 || run.status === 3).toBe(true)
    await bench.run(world)
    expect(files()).toEqual({ uno: 'one' })
    await bench.checkSound()
  })

  test('a folder that was removed comes back with what is new in it', async () => {
    const world = createWorld()
    world.folder('f', 'F')
    world.folder('g', 'G', 'f')
    world.file('1', 'one', 'g', 'one')
    await bench.run(world)
    rmSync(at('F'), { recursive: true })
    world.file('2', 'two', 'g', 'two')
    expect((await bench.run(world)).status).toBe(0)
    expect(files()).toEqual({ 'F/G/one': 'one', 'F/G/two': 'two' })
  })

  test('a stranger’s file in the way is kept aside, and said', async () => {
    const world = createWorld()
    mkdirSync(at(''), { recursive: true })
    writeFileSync(at('one'), 'the stranger’s')
    world.file('1', 'one', undefined, 'ours')
    const run = await bench.run(world)
    expect(run.status).toBe(0)
    expect(files()).toEqual({ one: 'ours' })
    expect(run.of('notice')).toEqual([
      expect.objectContaining({ level: 'warning', message: expect.stringContaining('.holdall/strays') }),
    ])
    const kept = run.of('notice')[0]!.message.split('kept as ')[1]!
    expect(readFileSync(join(bench.root, kept), 'utf8')).toBe('the stranger’s')
    await bench.checkSound()
  })

  test('nor is one overwritten when a name changes its letter case', async () => {
    const world = createWorld()
    world.file('1', 'one', undefined, 'ours')
    await bench.run(world)
    if (existsSync(at('ONE'))) return // This disk does not tell them apart.
    writeFileSync(at('ONE'), 'the stranger’s')
    world.move('1', undefined, 'ONE')
    const run = await bench.run(world)
    expect(run.status).toBe(0)
    expect(files()).toEqual({ ONE: 'ours' })
    expect(run.of('notice')).toHaveLength(1)
  })

  test('a file that was touched is left alone', async () => {
    const world = createWorld()
    world.file('1', 'one', undefined, 'ours', { modified: 1000 })
    await bench.run(world)
    utimesSync(at('one'), 5, 5)
    expect((await bench.run(world)).status).toBe(0)
    expect(world.fetches).toHaveLength(1)
  })
})
