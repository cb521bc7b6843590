import { describe, expect, test } from 'vitest'
import { drain, expectSoon, failureOf, hash, pattern } from './content.ts'
import type { Suite } from './suite.ts'

/** The bytes of a part. */
export function fetchingContract(suite: Suite): void {
  const { list, get, withFault, withFeature } = suite
  const { features } = suite.subject
  describe('fetching', () => {
    const big = pattern(3_000_001, 7)
    const plantBig = async () => {
      await suite.harness.world.addFile(['big.bin'], big)
      return (await list()).at('big.bin')
    }

    test('0 bytes, and many', async () => {
      await suite.harness.world.addFile(['nothing.bin'], new Uint8Array(0))
      const item = await plantBig()
      const listed = await list()
      const empty = await get(listed.at('nothing.bin'))
      expect(empty.from).toBe(0)
      expect((await drain(empty)).byteLength).toBe(0)
      const content = await get(item)
      expect(content.from).toBe(0)
      if (content.size !== undefined) expect(content.size).toBe(big.byteLength)
      expect(Buffer.compare(await drain(content), big)).toBe(0)
    })

    withFeature(features.resumable, 'goes on where it was cut off, and only there', async () => {
      const item = await plantBig()
      const { version, ...first } = await get(item)
      await first.bytes[Symbol.asyncIterator]().return?.()
      expect(version).toBeTypeOf('string')
      for (const from of [1, 1_234_567, big.byteLength - 1]) {
        const content = await get(item, { from, version: version! })
        expect(content.from).toBe(from)
        expect(content.version).toBe(version)
        if (content.size !== undefined) expect(content.size).toBe(big.byteLength)
        expect(Buffer.compare(await drain(content), big.subarray(from))).toBe(0)
      }
    })

    withFeature(features.resumable, 'never joins what was there before a change with what came after', async () => {
      const item = await plantBig()
      const { version, ...first } = await get(item)
      await first.bytes[Symbol.asyncIterator]().return?.()
      const other = pattern(3_000_001, 8)
      await suite.harness.world.changeFile(['big.bin'], other)
      const outcome = await get(item, { from: 1_000_000, version: version! }).then(
        (content) => ({ content }),
        (error: unknown) => ({ error }),
      )
      if ('error' in outcome) expect(outcome.error).toMatchObject({ name: 'Failure', kind: 'changed' })
      else {
        expect(outcome.content.from).toBe(0)
        expect(outcome.content.version).not.toBe(version)
        expect(Buffer.compare(await drain(outcome.content), other)).toBe(0)
      }
    })

    withFault('no-range', 'takes everything from the start where a range is ignored', async () => {
      const item = await plantBig()
      const { version, ...first } = await get(item)
      await first.bytes[Symbol.asyncIterator]().return?.()
      await suite.harness.inject({ kind: 'no-range', on: 'fetch' })
      const content = await get(item, { from: 1000, ...(version === undefined ? {} : { version }) })
      expect(content.from).toBe(0)
      expect(Buffer.compare(await drain(content), big)).toBe(0)
    })

    test('what vanished since the listing is gone', async () => {
      const item = await plantBig()
      await suite.harness.world.remove(['big.bin'])
      expect((await failureOf(get(item))).kind).toBe('gone')
    })

    withFault('cut', 'a body that is cut off is never taken for the whole', async () => {
      const item = await plantBig()
      await suite.harness.inject({ kind: 'cut', on: 'fetch', bytes: 500_000 })
      const outcome = await get(item)
        .then(drain)
        .then(
          (bytes) => bytes.byteLength,
          (error: unknown) => error,
        )
      // Either the error arrives, or fewer bytes than the stated size, which whoever saves them compares.
      if (typeof outcome === 'number') expect(outcome).toBeLessThan(item.parts[0]!.size ?? Number.POSITIVE_INFINITY)
      else expect(outcome).toMatchObject({ name: 'Failure', kind: 'transient' })
      await suite.harness.heal()
      expect(Buffer.compare(await drain(await get(item)), big)).toBe(0)
    })

    withFault('garble', 'wrong bytes contradict a checksum, where there is one', async () => {
      const item = await plantBig()
      await suite.harness.inject({ kind: 'garble', on: 'fetch' })
      const content = await get(item)
      const bytes = await drain(content)
      expect(Buffer.compare(bytes, big)).not.toBe(0)
      const checksums = [...(item.parts[0]!.checksums ?? []), ...(content.checksums ?? [])]
      if (features.checksums.length > 0) expect(checksums.length).toBeGreaterThan(0)
      for (const { algorithm, value } of checksums)
        if (hash(algorithm, bytes) !== undefined) expect(hash(algorithm, bytes)).not.toBe(value)
    })

    withFault('html', 'a web page is refused where it was not asked for', async () => {
      const item = await plantBig()
      await suite.harness.inject({ kind: 'html', on: 'fetch' })
      expect((await failureOf(get(item).then(drain))).kind).toBe('corrupt')
    })

    withFault('stall', 'ends within a second of the signal while nothing comes', async () => {
      const item = await plantBig()
      await suite.harness.inject({ kind: 'stall', on: 'fetch', bytes: 1000 })
      const stop = new AbortController()
      const work = get(item, { signal: stop.signal }).then(drain)
      work.catch(() => {})
      await new Promise((resolve) => setTimeout(resolve, 200))
      await expectSoon(work, stop)
    })
  })
}
