import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Content } from '../../src/core/source.ts'
import { docx } from '../../src/practice/content/office.ts'
import { type Bench, createBench } from './bench-archive.ts'
import { createWorld, sha256, type World } from './fake-source.ts'

let bench: Bench
beforeEach(async () => {
  bench = await createBench()
})
afterEach(() => bench.dispose())

const why = 'the service changes such files when they come in'
const served = docx(['what the service really sends'])

/** A file of which size and checksum are stated for other bytes than those that come. */
function misstated(answer: (content: Content, attempt: number) => Content): World {
  const world = createWorld()
  world.file('x', 'x.docx', undefined, 'what was uploaded once')
  world.answers.set('x', (ordinary, _, attempt) => answer(ordinary(), attempt))
  return world
}

const sends = (content: Content, bytes: Uint8Array, doubtful: Content['doubtful']): Content => ({
  ...content,
  from: 0,
  size: bytes.length,
  bytes: (async function* () {
    yield bytes
  })(),
  ...(doubtful === undefined ? {} : { doubtful }),
})

describe('content of which the provider is known to state other bytes than it serves', () => {
  test('is taken when it comes twice alike, and what was stated is noted', async () => {
    const world = misstated((content) => sends(content, served, { why, size: 22 }))
    expect((await bench.run(world)).status).toBe(0)
    expect(world.fetches.map(({ from }) => from)).toEqual([0, 0])
    expect(bench.tree()).toEqual({ 'x.docx': Buffer.from(served).toString() })
    const row = bench.item('x')!
    expect(row.state).toBe('saved')
    expect(JSON.parse(row.details).statedOtherwise).toEqual({ why, size: 22, md5: expect.stringMatching(/^[0-9a-f]{32}$/) })
    await bench.checkSound()
  })

  test('is taken at once where the checksum is right, whatever size is stated', async () => {
    const world = misstated((content) => ({ ...content, size: 22, doubtful: { why, size: 1234 } }))
    expect((await bench.run(world)).status).toBe(0)
    expect(world.fetches).toHaveLength(1)
    expect(JSON.parse(bench.item('x')!.details).statedOtherwise).toBeUndefined()
  })

  test('the note outlives a listing that names the item again, until it is another version', async () => {
    const world = misstated((content) => sends(content, served, { why, size: 22 }))
    await bench.run(world)
    const noted = () => JSON.parse(bench.item('x')!.details).statedOtherwise
    const note = noted()
    expect(note).toMatchObject({ why })
    world.refuses = true
    world.change('x', { details: { starred: true } })
    await bench.run(world)
    expect(world.listings.at(-1)!.kind).toBe('full')
    expect(JSON.parse(bench.item('x')!.details)).toEqual({ starred: true, statedOtherwise: note })
    expect(world.fetches).toHaveLength(2)
    world.answers.clear()
    world.file('x', 'x.docx', undefined, 'replaced')
    await bench.run(world)
    expect(bench.tree()).toEqual({ 'x.docx': 'replaced' })
    expect(noted()).toBeUndefined()
  })

  test('needs the second look also where nothing but the size is stated', async () => {
    const world = misstated((content) => ({ ...sends(content, served, { why, size: 22 }), checksums: [] }))
    expect((await bench.run(world)).status).toBe(0)
    expect(world.fetches).toHaveLength(2)
    expect(JSON.parse(bench.item('x')!.details).statedOtherwise).toEqual({ why, size: 22 })
  })

  test.each([
    ['nothing', ''],
    ['an error in words', 'An error occurred. Try again later.'],
    ['an error in JSON', '{"error":{"code":"generalException"}}'],
  ])('is no document for coming twice alike: %s', async (_, text) => {
    const world = misstated((content) => sends(content, Buffer.from(text), { why, size: 22 }))
    const run = await bench.run(world)
    expect(run.status).toBe(3)
    expect(bench.item('x')).toMatchObject({ state: 'failed', failure: 'corrupt' })
    expect(bench.files()).toEqual([])
    world.answers.clear()
    world.answers.set('x', (ordinary) => sends(ordinary(), served, { why, size: 22 }))
    expect((await bench.run(world)).status).toBe(0)
    expect(bench.tree()).toEqual({ 'x.docx': Buffer.from(served).toString() })
  })

  test('is taken although it is protected and cannot be looked into', async () => {
    const locked = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)])
    const world = misstated((content) => sends(content, locked, { why, size: 22 }))
    // Rights management wraps other kinds as well, under the name that they had.
    world.file('y', 'minutes.pdf', undefined, 'as it was uploaded')
    world.answers.set('y', (ordinary) => sends(ordinary(), locked, { why, size: 18 }))
    expect((await bench.run(world)).status).toBe(0)
    expect(world.fetches).toHaveLength(4)
  })

  test('is taken when it comes twice alike without a length in the answer', async () => {
    const world = misstated((content) => {
      const { size: _, ...rest } = sends(content, served, { why, size: 22 })
      return rest
    })
    expect((await bench.run(world)).status).toBe(0)
    expect(world.fetches).toHaveLength(2)
    expect(JSON.parse(bench.item('x')!.details).statedOtherwise).toMatchObject({ why, size: 22 })
  })

  test('fails, after few tries, when other bytes come each time', async () => {
    const world = misstated((content, attempt) => sends(content, Buffer.from(`other bytes ${attempt}`), { why, size: 22 }))
    expect((await bench.run(world)).status).toBe(3)
    expect(world.fetches).toHaveLength(3)
    expect(bench.item('x')).toMatchObject({ state: 'failed', failure: 'corrupt' })
    expect(bench.files()).toEqual([])
  })

  test('is never taken when it is shorter than the answer said', async () => {
    const world = misstated((content) => ({ ...sends(content, served, { why, size: 22 }), size: served.length + 1 }))
    expect((await bench.run(world)).status).toBe(3)
    expect(bench.item('x')).toMatchObject({ state: 'failed', failure: 'corrupt' })
  })

  test('is damage where the source knows of no such thing', async () => {
    const world = misstated((content) => sends(content, served, undefined))
    expect((await bench.run(world)).status).toBe(3)
    expect(world.fetches).toHaveLength(3)
    expect(bench.item('x')).toMatchObject({ state: 'failed', failure: 'corrupt' })
  })

  test('has its own SHA-256 in the journal', async () => {
    const world = misstated((content) => sends(content, served, { why }))
    await bench.run(world)
    expect(bench.journal.entry(bench.item('x')!.n, 'file')!.sha256).toBe(sha256(served))
  })
})
