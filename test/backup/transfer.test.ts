import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Failure, type FailureKind } from '../../src/core/failure.ts'
import { type Bench, createBench, transient } from './bench-archive.ts'
import { brokenAfter, bytesOf, createWorld, type World } from './fake-source.ts'

const MB = 1024 * 1024
let bench: Bench
beforeEach(async () => {
  bench = await createBench()
})
afterEach(() => bench.dispose())

const fails =
  (kind: FailureKind, message = 'no', options = {}) =>
  () => {
    throw new Failure(kind, message, options)
  }
const onePart = (world: World, more: object = {}) =>
  world.put({ id: 'x', name: 'x.txt', parts: [{ key: 'file', ...more }] }, { file: 'the bytes' })
const summary = async (world: World) => (await bench.run(world)).sources['home/files']!

describe('while the listing goes on', () => {
  test('a file gets the time that a later page gives it while its bytes are on the way', async () => {
    const world = createWorld({ pageSize: 1 })
    const [before, after] = [Date.UTC(2024, 0, 1), Date.UTC(2025, 0, 1)]
    world.file('1', 'one.txt', undefined, 'one', { modified: before })
    world.order = () => ['1', '1']
    let begun = () => {}
    let go = () => {}
    const [underWay, listedAgain] = [new Promise<void>((done) => (begun = done)), new Promise<void>((done) => (go = done))]
    world.beforeChunk = async () => {
      begun()
      await listedAgain
    }
    world.beforePage = async (_, index) => {
      if (index !== 1) return
      await underWay
      world.change('1', { modified: after })
      setTimeout(go, 50)
    }
    expect((await bench.run(world)).status).toBe(0)
    expect(world.fetches).toHaveLength(1)
    expect(statSync(join(bench.root, 'data/home/files/one.txt')).mtimeMs).toBe(after)
  })

  test('transfers begin: a listing that waits for the first fetch ends', async () => {
    const world = createWorld({ pageSize: 1 })
    world.file('1', '1', undefined, 'one')
    world.file('2', '2', undefined, 'two')
    world.beforePage = async (_, index) => {
      if (index === 1) await until(() => world.fetches.length > 0)
    }
    expect((await bench.run(world)).status).toBe(0)
  })

  test('what waited for a parent that came late is taken too', async () => {
    const world = createWorld({ pageSize: 2 })
    world.file('child', 'child', 'parent', 'c')
    world.file('other', 'other', undefined, 'o')
    world.folder('parent', 'Parent')
    world.file('last', 'last', undefined, 'l')
    world.file('more', 'more', undefined, 'm')
    world.beforePage = async (_, index) => {
      if (index === 1) await until(() => world.fetches.some((one) => one.id === 'other'))
      // Only a second look finds the child: items with higher numbers have been taken already.
      if (index === 2) await until(() => world.fetches.some((one) => one.id === 'child'))
    }
    expect((await bench.run(world)).status).toBe(0)
    expect(bench.tree()).toEqual({ 'Parent/': '', 'Parent/child': 'c', other: 'o', last: 'l', more: 'm' })
  })

  test('a version that is listed while an older one downloads is taken in the same run', async () => {
    const world = createWorld({ pageSize: 1 })
    world.file('1', '1', undefined, 'old')
    world.file('2', '2', undefined, 'two')
    let started = false
    world.answers.set('1', (ordinary, _, attempt) => {
      const content = ordinary()
      if (attempt > 0) return content
      started = true
      return {
        ...content,
        bytes: (async function* () {
          await until(() => bench.item('1')!.version === 'new')
          yield* content.bytes
        })(),
      }
    })
    const original = world.source.list
    world.source = {
      ...world.source,
      async *list(stream, since, known, signal) {
        let pages = 0
        for await (const page of original(stream, since, known, signal)) {
          if (++pages === 2) {
            await until(() => started)
            world.file('1', '1', undefined, 'newer', { version: 'new' })
            yield { ...page, items: [...page.items, world.things.get('1')!.item] }
          } else yield page
        }
      },
    }
    const run = await bench.run(world)
    expect(run.status).toBe(0)
    expect(bench.tree()).toEqual({ 1: 'newer', 2: 'two' })
    expect(world.fetches.filter((one) => one.id === '1')).toHaveLength(2)
    await bench.checkSound()
  })

  test('no more than so many downloads at once for an account, over its sources', async () => {
    const worlds = { 'home/files': createWorld(), 'home/mail': createWorld(), 'work/files': createWorld() }
    let [home, work] = [0, 0]
    const most = { home: 0, work: 0 }
    for (const [name, world] of Object.entries(worlds)) {
      for (let n = 0; n < 12; n++) world.file(`${n}`, `${n}`, undefined, name)
      world.beforeChunk = async () => {
        if (name.startsWith('home')) most.home = Math.max(most.home, ++home)
        else most.work = Math.max(most.work, ++work)
        await new Promise((resolve) => setTimeout(resolve, 5))
        if (name.startsWith('home')) home--
        else work--
      }
    }
    expect((await bench.run(worlds, { transfers: 3 })).status).toBe(0)
    expect(most).toEqual({ home: 3, work: 3 })
  })
})

describe('a download that is cut off', () => {
  test('goes on where it was, at the version that it had', async () => {
    const world = createWorld()
    world.file('x', 'x.bin', undefined, bytesOf(3 * MB))
    world.answers.set('x', (ordinary, _, attempt) => (attempt < 3 ? brokenAfter(ordinary(), 700_000, transient()) : ordinary()))
    const run = await bench.run(world)
    expect(run.status).toBe(0)
    expect(world.fetches.map(({ from }) => from)).toEqual([0, 700_000, 1_400_000, 2_100_000])
    expect(new Set(world.fetches.slice(1).map(({ version }) => version)).size).toBe(1)
    expect(run.of('retry').map(({ attempt }) => attempt)).toEqual([1, 2, 3])
    await bench.checkSound()
  })

  test('starts again where the server sends from the beginning', async () => {
    const world = createWorld()
    world.file('x', 'x.bin', undefined, bytesOf(2 * MB))
    world.answers.set('x', (ordinary, _, attempt) => {
      if (attempt === 0) return brokenAfter(ordinary(), MB, transient())
      return { ...ordinary(), ...wholeOf(world, 'x') }
    })
    expect((await bench.run(world)).status).toBe(0)
    expect(world.fetches.map(({ from }) => from)).toEqual([0, MB])
    await bench.checkSound()
  })

  test('is not gone on with when what comes is of another version', async () => {
    const world = createWorld({ features: { checksums: [] } })
    world.file('x', 'x.bin', undefined, bytesOf(2 * MB))
    world.answers.set('x', (ordinary, _, attempt) => {
      if (attempt === 0) return brokenAfter(ordinary(), MB, transient())
      return attempt === 1 ? { ...ordinary(), version: '"another"' } : ordinary()
    })
    expect((await bench.run(world)).status).toBe(0)
    expect(world.fetches.map(({ from }) => from)).toEqual([0, MB, 0])
    expect(world.open.now).toBe(0)
    await bench.checkSound()
  })

  test('is given up after a while without progress, and tried again by the next run', async () => {
    const world = createWorld()
    world.file('x', 'x.bin', undefined, 'bytes')
    world.answers.set('x', fails('transient', 'the server answered 503'))
    const began = bench.clock.now()
    const first = await bench.run(world, { retryForMs: 60_000 })
    expect(first.status).toBe(3)
    expect(first.sources['home/files']).toMatchObject({ failed: 1, items: 1 })
    expect(bench.item('x')).toMatchObject({ reason: 'the server answered 503', failure: 'transient' })
    expect(bench.clock.now() - began).toBeLessThan(62_000)
    expect(world.fetches.length).toBeGreaterThan(3)
    world.answers.clear()
    expect((await bench.run(world)).status).toBe(0)
    expect(bench.tree()).toEqual({ 'x.bin': 'bytes' })
  })

  test('waits for as long as the provider says', async () => {
    const world = createWorld()
    world.file('x', 'x', undefined, 'bytes')
    world.answers.set('x', (ordinary, _, attempt) => {
      if (attempt === 0) throw new Failure('throttled', 'slow down', { retryAfter: bench.clock.now() + 7000 })
      return ordinary()
    })
    expect((await bench.run(world)).status).toBe(0)
    expect(Math.round(bench.clock.slept[0]! / 100)).toBe(70)
  })
})

describe('bytes that are not right', () => {
  const wrong: [string, object, Parameters<World['answers']['set']>[1], RegExp][] = [
    ['fewer than the listing said', { size: 99 }, (ordinary) => without(ordinary(), 'size'), /9 bytes arrived where 99/],
    ['fewer than the answer said', {}, (ordinary) => ({ ...ordinary(), size: 10 }), /9 bytes arrived where 10/],
    ['more than announced', {}, (ordinary) => ({ ...ordinary(), size: 8 }), /more bytes arrive than the 8/],
    [
      'of another checksum than listed',
      { checksums: [{ algorithm: 'md5', value: 'a'.repeat(32) }] },
      (ordinary) => ordinary(),
      /md5/,
    ],
    [
      'of another checksum than the answer states',
      {},
      (ordinary) => ({ ...ordinary(), checksums: [{ algorithm: 'sha1', value: 'a'.repeat(40) }] }),
      /sha1/,
    ],
    ['a web page instead of a document', { format: 'pdf' }, (ordinary) => ordinary(), /./],
    ['no office file', { format: 'zip' }, (ordinary) => ordinary(), /./],
  ]
  test.each(wrong)('%s: asked for three times, then failed', async (_, part, answer, message) => {
    const world = createWorld()
    onePart(world, part)
    world.answers.set('x', answer)
    const run = await bench.run(world)
    expect(run.status).toBe(3)
    expect(run.sources['home/files']).toMatchObject({ failed: 1 })
    expect(bench.item('x')!.reason).toMatch(message)
    expect(bench.item('x')!.failure).toBe('corrupt')
    expect(world.fetches.map(({ from }) => from)).toEqual([0, 0, 0])
    expect(bench.files()).toEqual([])
    expect(bench.left('drafts')).toEqual([])
    expect(world.open.now).toBe(0)
    await bench.checkSound()
  })

  test('once wrong and then right are saved', async () => {
    const world = createWorld()
    world.file('x', 'x.bin', undefined, bytesOf(2 * MB))
    world.answers.set('x', (ordinary, _, attempt) => (attempt === 0 ? flipped(ordinary()) : ordinary()))
    expect((await bench.run(world)).status).toBe(0)
    expect(world.fetches.map(({ from }) => from)).toEqual([0, 0])
    await bench.checkSound()
  })

  test('are found by a checksum that only the answer states, in a download that goes on in a later run', async () => {
    const world = createWorld({ features: { checksums: [] } })
    const bytes = bytesOf(3 * MB)
    world.file('x', 'x.bin', undefined, bytes)
    const sha1 = createHash('sha1').update(bytes).digest('hex')
    world.answers.set('x', (ordinary, _, attempt) => {
      const content = { ...ordinary(), checksums: [{ algorithm: 'sha1' as const, value: sha1 }] }
      if (attempt === 0) return { ...flipped(content), bytes: stopAfter(flipped(content).bytes, 2 * MB, bench.interrupt) }
      return content
    })
    expect((await bench.run(world)).status).toBe(130)
    const second = await bench.run(world)
    expect(second.status).toBe(0)
    expect(world.fetches.map(({ from }) => from)).toEqual([0, 2 * MB, 0])
    await bench.checkSound()
  })
})

describe('an item that its provider does not give', () => {
  test('gone at the download is gone', async () => {
    const world = createWorld()
    world.file('x', 'x', undefined, 'x')
    world.answers.set('x', fails('gone'))
    expect(await summary(world)).toMatchObject({ gone: 1, items: 1 })
    expect(bench.left('drafts')).toEqual([])
  })

  test('refused at the download is unexportable, with a link file and the reason', async () => {
    const world = createWorld()
    world.file('x', 'Form', undefined, 'x', { link: 'https://forms.example/x' })
    world.answers.set('x', fails('unexportable', 'it cannot be exported', { reason: 'no-export' }))
    const run = await bench.run(world)
    expect(run.status).toBe(0)
    expect(run.sources['home/files']).toMatchObject({ unexportable: 1, items: 1 })
    expect(bench.item('x')!.reason).toBe('it cannot be exported')
    expect(bench.tree()).toEqual({ 'Form.url': '[InternetShortcut]\r\nURL=https://forms.example/x\r\n' })
    await bench.checkSound()
    // Not asked for again for as long as the version is the same, however it is listed.
    await bench.run(world, { shape: 'other' })
    expect(world.fetches).toHaveLength(1)
    world.answers.clear()
    world.file('x', 'Form', undefined, 'now it is given', { link: 'https://forms.example/x' })
    expect((await bench.run(world)).sources['home/files']).toMatchObject({ saved: 1, unexportable: 0 })
    expect(bench.tree()).toMatchObject({ Form: 'now it is given' })
    await bench.checkSound()
  })

  test.each(['download-forbidden', 'password-protected'] as const)(
    'what was %s is asked for once in each run, and comes when the block is lifted, though no listing tells',
    async (reason) => {
      const world = createWorld()
      const link = { key: 'link', name: 'Form.url' }
      world.file('x', 'Form', undefined, 'the form', { link: 'https://forms.example/x' })
      world.answers.set('x', fails('unexportable', 'its owner forbids it', { reason }))
      for (const asked of [1, 2, 3]) {
        const run = await bench.run(world, asked === 3 ? { shape: 'other' } : {})
        expect(run.status).toBe(0)
        expect(run.sources['home/files']).toMatchObject({ unexportable: 1, items: 1, pending: 0 })
        expect(world.fetches).toHaveLength(asked)
        expect(bench.item('x')!.reason).toBe('its owner forbids it')
        expect(bench.files('data/home/files')).toEqual([link.name])
        await bench.checkSound()
      }
      world.answers.clear()
      expect(await summary(world)).toMatchObject({ saved: 1, unexportable: 0, items: 1 })
      expect(bench.tree()).toMatchObject({ Form: 'the form' })
      expect(bench.item('x')!.unexportable).toBeNull()
      await bench.checkSound()
      expect(await summary(world)).toMatchObject({ unchanged: 1, items: 1 })
      expect(world.fetches).toHaveLength(4)
    },
  )

  test('of very many that were forbidden a part is asked for in turn, and all when one of them is given', async () => {
    const world = createWorld()
    const ids = Array.from({ length: 250 }, (_, n) => `x${n}`)
    for (const id of ids) {
      world.file(id, id, undefined, id)
      world.answers.set(id, fails('unexportable', 'not on this device', { reason: 'download-forbidden' }))
    }
    expect(await summary(world)).toMatchObject({ unexportable: 250 })
    const askedIn = async (settings = {}) => {
      const before = world.fetches.length
      const run = await bench.run(world, settings)
      expect(run.status).toBe(0)
      return world.fetches.slice(before).map(({ id }) => id)
    }
    const second = await askedIn()
    const third = await askedIn()
    const fourth = await askedIn()
    expect([second, third, fourth].map((asked) => asked.length)).toEqual([100, 100, 100])
    expect(new Set([...second, ...third, ...fourth]).size).toBe(250)
    expect(await askedIn({ command: 'plan' })).toEqual([])
    world.answers.clear()
    // One is held back still.
    world.answers.set('x7', fails('unexportable', 'not on this device', { reason: 'download-forbidden' }))
    expect((await askedIn()).sort()).toEqual([...ids].sort())
    expect(bench.files()).toHaveLength(249)
    await bench.checkSound()
  })

  test('of an item that was given in part only what was forbidden is asked for again', async () => {
    const world = createWorld()
    const parts = [
      { key: 'docx', name: 'x.docx' },
      { key: 'pdf', name: 'x.pdf' },
    ]
    world.put({ id: 'x', name: 'x', parts }, { docx: 'docx', pdf: 'pdf' })
    world.answers.set('x/pdf', fails('unexportable', 'no', { reason: 'download-forbidden' }))
    expect(await summary(world)).toMatchObject({ unexportable: 1 })
    expect(await summary(world)).toMatchObject({ unexportable: 1, pending: 0, items: 1 })
    world.answers.clear()
    expect(await summary(world)).toMatchObject({ saved: 1, unexportable: 0 })
    expect(world.fetches.map(({ part }) => part)).toEqual(['docx', 'pdf', 'pdf', 'pdf'])
    expect(bench.tree()).toEqual({ 'x.docx': 'docx', 'x.pdf': 'pdf' })
    await bench.checkSound()
  })

  test('one of two parts refused: the other is kept, and the reason said', async () => {
    const world = createWorld()
    const parts = [
      { key: 'docx', name: 'x.docx' },
      { key: 'pdf', name: 'x.pdf' },
    ]
    world.put({ id: 'x', name: 'x', parts }, { docx: 'docx', pdf: 'pdf' })
    world.answers.set('x/pdf', fails('unexportable', 'too large', { reason: 'too-large' }))
    const run = await bench.run(world)
    expect(run.status).toBe(0)
    expect(run.sources['home/files']).toMatchObject({ unexportable: 1 })
    expect(bench.item('x')!.reason).toContain('pdf: too large')
    expect(bench.tree()).toEqual({ 'x.docx': 'docx' })
    expect((await bench.run(world)).sources['home/files']).toMatchObject({ unexportable: 1, items: 1 })
    expect(world.fetches).toHaveLength(2)
  })

  test('listed as unexportable gets its link file without a fetch; later given, it is taken', async () => {
    const world = createWorld()
    const unexportable = { reason: 'download-forbidden', message: 'its owner forbids it' } as const
    world.put({ id: 'x', name: 'x', link: 'https://x.example/', unexportable }, { file: 'now' })
    expect(await summary(world)).toMatchObject({ unexportable: 1 })
    expect(bench.files('data/home/files')).toEqual(['x.url'])
    expect(world.fetches).toEqual([])
    world.put({ id: 'x', name: 'x', link: 'https://x.example/', parts: [{ key: 'file' }] }, { file: 'now' })
    expect(await summary(world)).toMatchObject({ unexportable: 0, saved: 1 })
    expect(bench.tree()).toMatchObject({ x: 'now' })
  })

  test('excluded by its source, left out by the filter, or too large for the disk', async () => {
    const world = createWorld()
    world.file('trash', 'trash', undefined, 'x', { excluded: 'in the trash' })
    world.file('big', 'big', undefined, bytesOf(2000))
    world.file('ok', 'ok', undefined, 'ok')
    const run = await bench.run(world, {
      largestFile: 1000,
      filter: { refuses: (path) => (path === 'home/files/ok' ? 'left out by --exclude' : undefined) },
    })
    expect(run.sources['home/files']).toMatchObject({ excluded: 2, failed: 1, items: 3 })
    expect(run.status).toBe(3)
    expect(bench.item('big')).toMatchObject({ failure: 'disk' })
    const again = await bench.run(world)
    expect(again.sources['home/files']).toMatchObject({ excluded: 1, saved: 2 })
  })

  test('still processing there stays pending, exit 3, until it is ready', async () => {
    const world = createWorld()
    world.file('x', 'x', undefined, 'x', { waiting: 'still processing' })
    const run = await bench.run(world)
    expect(run.status).toBe(3)
    expect(run.sources['home/files']).toMatchObject({ pending: 1, items: 1 })
    expect(bench.item('x')!.reason).toBe('still processing')
    expect(world.fetches).toEqual([])
    world.file('x', 'x', undefined, 'x')
    expect((await bench.run(world)).status).toBe(0)
  })
})

describe('what comes with the content', () => {
  function mail(): World {
    const world = createWorld({ features: { sizes: false, checksums: [], resumable: false } })
    for (let n = 0; n < 3; n++) {
      world.put({ id: `m${n}`, version: '1', parts: [{ key: 'raw' }] }, { raw: `mail ${n}` })
      world.answers.set(`m${n}`, (ordinary) => ({
        ...ordinary(),
        learned: {
          name: `Subject ${n}`,
          path: ['2026', '04'],
          modified: Date.UTC(2026, 3, n + 1),
          details: { from: 'a@b.example' },
          partName: `Subject ${n}.eml`,
        },
      }))
    }
    return world
  }

  test('completes an item of which the listing had only the id', async () => {
    const world = mail()
    const run = await bench.run(world)
    expect(run.status).toBe(0)
    expect(bench.tree()).toEqual({
      '2026/': '',
      '2026/04/': '',
      '2026/04/Subject 0.eml': 'mail 0',
      '2026/04/Subject 1.eml': 'mail 1',
      '2026/04/Subject 2.eml': 'mail 2',
    })
    expect(JSON.parse(bench.item('m1')!.details)).toEqual({ from: 'a@b.example' })
    await bench.checkSound()
  })

  test('is kept when it is listed again with the id alone', async () => {
    const world = mail()
    await bench.run(world)
    const before = bench.tree()
    world.refuses = true
    world.change('m1', { details: { labels: ['INBOX'] } })
    const run = await bench.run(world)
    expect(run.status).toBe(0)
    expect(bench.tree()).toEqual(before)
    expect(run.of('moved')).toEqual([])
    expect(world.fetches).toHaveLength(3)
    expect(JSON.parse(bench.item('m1')!.details)).toEqual({ from: 'a@b.example', labels: ['INBOX'] })
  })

  test('further parts are taken as well', async () => {
    const world = createWorld()
    world.put({ id: 'x', name: 'Page', parts: [{ key: 'html', name: 'Page.html' }] }, { html: '<p>', 'more:1': 'picture' })
    world.answers.set('x/html', (ordinary) => ({ ...ordinary(), more: [{ key: '1', name: 'Page.png' }] }))
    const run = await bench.run(world)
    expect(run.status).toBe(0)
    expect(bench.tree()).toEqual({ 'Page.html': '<p>', 'Page.png': 'picture' })
    expect(run.sources['home/files']).toMatchObject({ items: 1, saved: 1 })
    world.refuses = true
    expect((await bench.run(world)).sources['home/files']).toMatchObject({ unchanged: 1 })
    expect(world.fetches).toHaveLength(2)
    await bench.checkSound()
  })

  test('parts of much the same long keys do not share a draft', async () => {
    const world = createWorld()
    const key = (n: number) => `https://graph.example/${'x'.repeat(100)}/${n}`
    const parts = [1, 2, 3].map((n) => ({ key: key(n), name: `${n}.png` }))
    world.put({ id: 'x', name: 'x', parts }, Object.fromEntries([1, 2, 3].map((n) => [key(n), `picture ${n}`])))
    expect((await bench.run(world)).status).toBe(0)
    expect(bench.tree()).toEqual({ '1.png': 'picture 1', '2.png': 'picture 2', '3.png': 'picture 3' })
    await bench.checkSound()
  })

  test('what the last attempt left is handed to the next, and the next run', async () => {
    const world = createWorld()
    world.file('x', 'x', undefined, bytesOf(2 * MB))
    world.answers.set('x', (ordinary, _, attempt) => {
      const content = { ...ordinary(), resume: `operation ${attempt}` }
      if (attempt === 0) return brokenAfter(content, MB, transient())
      return attempt === 1 ? { ...content, bytes: stopAfter(content.bytes, 512 * 1024, bench.interrupt) } : content
    })
    expect((await bench.run(world)).status).toBe(130)
    expect((await bench.run(world)).status).toBe(0)
    expect(world.fetches.map(({ resume }) => resume)).toEqual([undefined, 'operation 0', 'operation 1'])
  })
})

describe('items that need no fetch', () => {
  test('inline content is written as it is', async () => {
    const world = createWorld()
    world.put({ id: 'x', name: 'note.txt', parts: [{ key: 'text', inline: 'wörds' }] })
    expect(await summary(world)).toMatchObject({ saved: 1, bytes: 6 })
    expect(bench.tree()).toEqual({ 'note.txt': 'wörds' })
    expect(world.fetches).toEqual([])
    await bench.checkSound()
  })

  test('composed files follow the records, and are left alone where nothing changed', async () => {
    const world = createWorld()
    for (const name of ['Ada', 'Bob']) world.put({ id: name, kind: 'record', name })
    world.file('x', 'x', undefined, 'x')
    world.source.compose = async function* (rows) {
      yield {
        path: 'lists/all.txt',
        bytes: (async function* () {
          for await (const { item, files } of rows()) yield Buffer.from(`${item.name} ${[...files.values()]}\n`)
        })(),
      }
    }
    const first = await bench.run(world)
    expect(first.status).toBe(0)
    expect(first.sources['home/files']).toMatchObject({ items: 3, saved: 3 })
    expect(bench.tree()['lists/all.txt']).toBe('Ada \nBob \nx x\n')
    await bench.checkSound()
    const inode = bench.inode('lists/all.txt')
    await bench.run(world)
    expect(bench.inode('lists/all.txt')).toBe(inode)
    world.put({ id: 'Cy', kind: 'record', name: 'Cy' })
    await bench.run(world)
    expect(bench.tree()['lists/all.txt']).toContain('Cy')
    await bench.checkSound()
  })
})

describe('what stops more than an item', () => {
  test('a sign-in that ends stops the sources of its account, and no other', async () => {
    const worlds = { 'home/files': createWorld(), 'home/mail': createWorld({ pageSize: 1 }), 'work/files': createWorld() }
    for (const world of Object.values(worlds)) for (let n = 0; n < 6; n++) world.file(`${n}`, `${n}`, undefined, `${n}`)
    const ended = new Failure('signin', 'the sign-in has ended', { hint: 'holdall connect home' })
    worlds['home/files'].answers.set('3', () => {
      throw ended
    })
    worlds['home/mail'].beforePage = (_, index, signal) => index > 1 && until(() => signal.aborted)
    const run = await bench.run(worlds, { transfers: 1 })
    expect(run.status).toBe(4)
    expect(run.sources['work/files']).toMatchObject({ saved: 6 })
    const { pending, saved, failed } = run.sources['home/files']!
    expect({ left: pending + saved, failed }).toEqual({ left: 6, failed: 0 })
    expect(pending).toBeGreaterThan(0)
    expect(run.failures.get('home/mail')).toBe(ended)
    expect(run.of('failed').map(({ source }) => source)).toContain('home/files')
    await bench.checkSound()
    worlds['home/files'].answers.clear()
    worlds['home/mail'].beforePage = undefined
    expect((await bench.run(worlds)).status).toBe(0)
  })

  test('a disk that refuses stops the run, exit 5, and the next one goes on', async () => {
    const worlds = { 'home/files': createWorld(), 'work/files': createWorld() }
    for (const world of Object.values(worlds)) for (let n = 0; n < 30; n++) world.file(`${n}`, `${n}`, undefined, `${n}`)
    worlds['home/files'].answers.set('3', () => {
      throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })
    })
    worlds['work/files'].beforePage = (_stream, _index, signal) => until(() => signal.aborted)
    const run = await bench.run(worlds)
    expect(run.status).toBe(5)
    expect(run.sources['home/files']!.pending).toBeGreaterThan(0)
    await bench.checkSound()
    worlds['home/files'].answers.clear()
    worlds['work/files'].beforePage = undefined
    expect((await bench.run(worlds)).status).toBe(0)
    expect(bench.files()).toHaveLength(60)
  })

  test('twenty failures in a row stop the source; the rest stays pending', async () => {
    const worlds = { 'home/files': createWorld(), 'home/mail': createWorld() }
    for (let n = 0; n < 60; n++) {
      worlds['home/files'].file(`${n}`, `${n}`, undefined, `${n}`)
      worlds['home/files'].answers.set(`${n}`, fails('transient', 'the server answered 503'))
    }
    worlds['home/mail'].file('m', 'm', undefined, 'm')
    const run = await bench.run(worlds, { transfers: 1, retryForMs: 0 })
    expect(run.status).toBe(3)
    expect(run.sources['home/files']).toMatchObject({ failed: 20, pending: 40 })
    expect(run.failures.get('home/files')!.message).toContain('20 downloads in a row failed')
    expect(run.sources['home/mail']).toMatchObject({ saved: 1 })
  })

  test('failures of single items do not', async () => {
    const world = createWorld()
    for (let n = 0; n < 60; n++) {
      world.file(`${n}`, `${n}`, undefined, `${n}`)
      if (n % 2 === 0) world.answers.set(`${n}`, fails('transient', 'the server answered 503'))
    }
    expect((await bench.run(world, { transfers: 1, retryForMs: 0 })).sources['home/files']).toMatchObject({
      failed: 30,
      saved: 30,
    })
  })

  test('a daily cap stops the source and leaves its items pending', async () => {
    const world = createWorld()
    for (let n = 0; n < 10; n++) world.file(`${n}`, `${n}`, undefined, `${n}`)
    world.answers.set('5', fails('throttled', 'the day’s quota is used up', { stops: 'source' }))
    const run = await bench.run(world, { transfers: 1 })
    expect(run.status).toBe(3)
    expect(run.sources['home/files']).toMatchObject({ failed: 0, saved: 5, pending: 5 })
  })

  test('nothing that a run began is still under way when it has ended', async () => {
    const world = createWorld()
    for (let n = 0; n < 8; n++) world.file(`${n}`, `${n}`, undefined, bytesOf(3 * MB, n))
    const far = new Set<string>()
    world.answers.set('0', async () => {
      await until(() => far.size === 3)
      throw new Failure('signin', 'the sign-in has ended')
    })
    // Bodies that hear of the end late.
    world.beforeChunk = (id, offset) => {
      if (offset <= MB) return
      far.add(id)
      return new Promise((resolve) => setTimeout(resolve, 50))
    }
    expect((await bench.run(world)).status).toBe(4)
    expect(world.open).toEqual({ now: 0, most: 3 })
    expect(bench.left('drafts')).toHaveLength(3)
    world.answers.clear()
    world.beforeChunk = undefined
    world.fetches.length = 0
    expect((await bench.run(world)).status).toBe(0)
    expect(world.fetches.filter(({ from }) => from > MB)).toHaveLength(3)
  })
})

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('it did not come about within 10 s')
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

function without<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = value
  return rest
}

function wholeOf(world: World, id: string) {
  const bytes = world.things.get(id)!.contents.get('file')!
  return {
    from: 0,
    bytes: (async function* () {
      yield bytes
    })(),
  }
}

function flipped<T extends { bytes: AsyncIterable<Uint8Array> }>(content: T): T {
  return {
    ...content,
    bytes: (async function* () {
      for await (const chunk of content.bytes) yield chunk.map((byte, at) => (at === 0 ? byte ^ 1 : byte))
    })(),
  }
}

async function* stopAfter(bytes: AsyncIterable<Uint8Array>, length: number, stop: () => void): AsyncIterable<Uint8Array> {
  let passed = 0
  for await (const chunk of bytes) {
    yield chunk
    passed += chunk.length
    if (passed >= length) stop()
  }
}
