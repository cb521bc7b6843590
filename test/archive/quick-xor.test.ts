import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openDraft } from '../../src/archive/draft.ts'
import { createQuickXor } from '../../src/archive/quick-xor.ts'

const quickXor = (...chunks: Uint8Array[]): string => {
  const hash = createQuickXor()
  for (const chunk of chunks) hash.update(chunk)
  return hash.digest()
}
const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64')

/** The definition word for word, on one large number: https://learn.microsoft.com/onedrive/developer/code-snippets/quickxorhash */
function byDefinition(bytes: Uint8Array): string {
  const mask = (1n << 160n) - 1n
  let state = 0n
  bytes.forEach((byte, index) => {
    const spread = BigInt(byte) << BigInt((index * 11) % 160)
    state ^= (spread & mask) ^ (spread >> 160n)
  })
  state ^= BigInt(bytes.length) << 96n
  return Buffer.from(state.toString(16).padStart(40, '0'), 'hex').reverse().toString('hex')
}

describe('QuickXorHash', () => {
  test.each([
    ['', 'AAAAAAAAAAAAAAAAAAAAAAAAAAA='],
    ['Sg==', 'SgAAAAAAAAAAAAAAAQAAAAAAAAA='],
    ['jRRDVA==', 'jaDAEKgAAAAAAAAABAAAAAAAAAA='],
    ['2fuxhBJXtpWFe8dOfdGeHw==', 'O9tHLAghgSvYohKFyMMxnNCHaHg='],
    ['T6LYJIfDh81JrAK309H2JMJTXis=', 'zBTHrspn3mEcohlJdIUAbjGNaNg='],
  ])('of %j is %s', (input, expected) => {
    const bytes = Buffer.from(input, 'base64')
    expect(base64(quickXor(bytes))).toBe(expected)
    expect(base64(byDefinition(bytes))).toBe(expected)
  })

  test('is the same in whatever pieces the bytes come, wherever in memory they lie', () => {
    const bytes = fc.uint8Array({ maxLength: 2000 })
    const cuts = fc.array(fc.nat(2000), { maxLength: 8 })
    fc.assert(
      fc.property(bytes, cuts, fc.nat(3), (whole, at, offset) => {
        const moved = new Uint8Array(whole.length + 4).subarray(offset, offset + whole.length)
        moved.set(whole)
        const places = [0, ...at.map((place) => Math.min(place, whole.length)).sort((a, b) => a - b), whole.length]
        const chunks = places.slice(1).map((end, index) => moved.subarray(places[index], end))
        expect(quickXor(...chunks)).toBe(byDefinition(whole))
      }),
      { numRuns: 300 },
    )
  })

  test('can be asked in the middle', () => {
    const hash = createQuickXor()
    hash.update(Buffer.from('one'))
    expect(hash.digest()).toBe(quickXor(Buffer.from('one')))
    hash.update(Buffer.from(' and two'))
    expect(hash.digest()).toBe(quickXor(Buffer.from('one and two')))
  })

  test.each([5, 700_000])('checks a draft of %i bytes, also one that goes on', async (length) => {
    const folder = await mkdtemp(join(tmpdir(), 'holdall-quickxor-'))
    try {
      const bytes = Buffer.alloc(length, 'abcdefg')
      const right = [{ algorithm: 'quickxor', value: quickXor(bytes) }] as const
      const wrong = [{ algorithm: 'quickxor', value: quickXor(bytes.subarray(1)) }] as const
      const draft = await openDraft(join(folder, 'draft'), 0, 'quickxor')
      await draft.append(bytes.subarray(0, 3))
      await draft.append(bytes.subarray(3))
      await expect(draft.finish({ checksums: wrong })).rejects.toMatchObject({ kind: 'corrupt' })
      expect((await draft.finish({ checksums: right })).checksum).toEqual(right[0])
      await draft.close()
      const again = await openDraft(join(folder, 'draft'), length, undefined)
      await again.compute('quickxor')
      expect((await again.finish({ checksums: right })).checksum).toEqual(right[0])
      await expect(again.finish({ checksums: wrong })).rejects.toMatchObject({ kind: 'corrupt' })
      await again.close()
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
