import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createBase64UrlDecoder } from '../../../../src/providers/google/gmail/base64url.ts'

function decode(pieces: readonly string[]): Buffer {
  const decoder = createBase64UrlDecoder()
  const out = pieces.map((piece) => Buffer.from(decoder.push(Buffer.from(piece, 'latin1'))))
  decoder.end()
  return Buffer.concat(out)
}

const pad = (text: string) => text.padEnd(Math.ceil(text.length / 4) * 4, '=')

/** The text cut at these places. */
function cut(text: string, places: readonly number[]): string[] {
  const at = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b)
  return [...at, text.length].map((end, index) => text.slice(index === 0 ? 0 : at[index - 1], end))
}

describe('base64url', () => {
  test('any bytes, cut anywhere, with padding or without', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.array(fc.nat(), { maxLength: 20 }),
        fc.boolean(),
        (bytes, places, padded) => {
          const text = Buffer.from(bytes).toString('base64url')
          expect(decode(cut(padded ? pad(text) : text, places))).toEqual(Buffer.from(bytes))
        },
      ),
    )
  })

  test('one wrong character anywhere, cut anywhere, is refused with its position', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 3, maxLength: 300 }),
        fc.nat(),
        fc.constantFrom('+', '/', ' ', '\n', '*', '\u00e9', '\u0000', '"'),
        fc.array(fc.nat(), { maxLength: 20 }),
        (bytes, place, wrong, places) => {
          const text = Buffer.from(bytes).toString('base64url')
          const at = place % text.length
          const bad = text.slice(0, at) + wrong + text.slice(at + 1)
          expect(() => decode(cut(bad, places))).toThrow(
            expect.objectContaining({
              name: 'Failure',
              kind: 'corrupt',
              message: expect.stringContaining(`character ${at + 1}`),
            }),
          )
        },
      ),
    )
  })

  test.each(['=', 'A=', 'A', 'AAAAA', 'AA=A', 'AA===', 'AAAA=', 'AA=', 'AAA=='])('%s is not whole', (text) => {
    for (const pieces of [[text], [...text]]) {
      expect(() => decode(pieces)).toThrow(expect.objectContaining({ kind: 'corrupt' }))
    }
  })

  test.each([
    ['', ''],
    ['QQ', 'A'],
    ['QQ==', 'A'],
    ['QUI=', 'AB'],
    ['-_-_', '\u00fb\u00ff\u00bf'],
  ])('%s', (text, plain) => {
    expect(decode([text]).toString('latin1')).toBe(plain)
    expect(decode([...text]).toString('latin1')).toBe(plain)
  })
})
