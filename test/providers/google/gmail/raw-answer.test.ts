import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRawAnswerReader } from '../../../../src/providers/google/gmail/raw-answer.ts'

function read(text: string, places: readonly number[] = []) {
  const reader = createRawAnswerReader()
  const bytes = Buffer.from(text, 'utf8')
  const at = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b)
  const raw: Buffer[] = []
  for (const [index, end] of [...at, bytes.length].entries()) {
    for (const piece of reader.push(bytes.subarray(index === 0 ? 0 : at[index - 1], end))) raw.push(Buffer.from(piece))
  }
  return { raw: Buffer.concat(raw).toString('utf8'), ...reader.end() }
}
const refused = expect.objectContaining({ name: 'Failure', kind: 'corrupt' })

describe('the JSON of a message with its content', () => {
  test('any object, in any order, with any spaces, cut anywhere', () => {
    const key = fc.string({ maxLength: 8 }).filter((name) => name !== 'raw' && name !== '__proto__')
    fc.assert(
      fc.property(
        fc.dictionary(key, fc.jsonValue({ maxDepth: 3 }), { maxKeys: 6 }),
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.constantFrom('first', 'middle', 'last', 'missing'),
        fc.constantFrom(undefined, 1, '\t'),
        fc.array(fc.nat(), { maxLength: 40 }),
        (others, raw, place, indent, places) => {
          const entries = Object.entries(others)
          const index = place === 'first' ? 0 : place === 'middle' ? entries.length >> 1 : entries.length
          const all = place === 'missing' ? entries : entries.toSpliced(index, 0, ['raw', raw])
          const text = `{${indent === undefined ? '' : '\n'}${all
            .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value, undefined, indent)}`)
            .join(indent === undefined ? ',' : '\n,\r\n')}}`
          const answer = read(text, places)
          expect(answer.hasRaw).toBe(place !== 'missing')
          if (place !== 'missing') expect(answer.raw).toBe(raw.toWellFormed())
          expect(answer.fields).toEqual(JSON.parse(JSON.stringify(others)))
        },
      ),
      { numRuns: 500 },
    )
  })

  test('characters of the content may be escaped', () => {
    const text = '{"raw":"QQ\\u003d\\u003D\\/\\u005f","id":"a"}'
    for (let place = 0; place < text.length; place++) {
      expect(read(text, [place])).toEqual({ raw: 'QQ==/_', hasRaw: true, fields: { id: 'a' } })
    }
  })

  test('content that is no string is a field, which nobody takes for content', () => {
    expect(read('{"raw":null}')).toEqual({ raw: '', hasRaw: false, fields: { raw: null } })
  })

  test.each([
    '',
    '[]',
    '<html>',
    '{',
    '{"id":"a"',
    '{"id":"a",}',
    '{"id"}',
    '{"id":}',
    '{"id" "a"}',
    '{"raw":"QQ',
    '{"raw":"QQ"',
    '{"raw":"QQ\\u00"}',
    '{"raw":"QQ","raw":"QQ"}',
    '{"id":"a"}{}',
    '{"id":nonsense}',
    '{,}',
    '{"id":"a" "b":1}',
  ])('%s is refused', (text) => {
    expect(() => read(text)).toThrow(refused)
    expect(() => read(text, [1, 2, 3, 5, 8, 13])).toThrow(refused)
  })

  test('a field of endless length is refused before it fills the memory', () => {
    expect(() => read(`{"snippet":"${'a'.repeat(300_000)}"}`)).toThrow(refused)
  })
})
