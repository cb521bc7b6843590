import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLabelTable } from '../../../../src/providers/google/gmail/label-table.ts'

test('says of each message what a plain map says, in the same order, whatever its id looks like', () => {
  const id = fc.oneof(
    // Few of them, so that many meet again; the whole range; and what is no id of today.
    fc.integer({ min: 0, max: 40 }).map((n) => (0x15a1_0000_0000_0000n + BigInt(n)).toString(16).padStart(16, '0')),
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((n) => n.toString(16).padStart(16, '0')),
    fc.constantFrom('1', 'ffffffffffffffff', '15A1000000000000', '__proto__', '', '0'.repeat(17)),
  )
  const label = fc.option(fc.constantFrom('INBOX', 'UNREAD', 'Label_1', 'Label_2', '__proto__'), { nil: undefined })
  fc.assert(
    fc.property(fc.array(fc.tuple(id, label), { maxLength: 5000, size: 'max' }), (calls) => {
      const table = createLabelTable()
      const plain = new Map<string, string[]>()
      for (const [message, name] of calls) {
        const had = plain.get(message) ?? []
        plain.set(message, name === undefined || had.includes(name) ? had : [...had, name])
        if (name === undefined) table.add(message)
        else table.label(message, name)
      }
      const seen = new Map(table.entries())
      expect(seen.size).toBe(plain.size)
      for (const [message, labels] of plain) expect(seen.get(message)).toEqual(labels)
    }),
    { numRuns: 60 },
  )
})

test('200,000 messages with three labels each, fast and small', () => {
  const table = createLabelTable()
  const idOf = (n: number) => (0x15a1_0000_0000_0000n + BigInt(n) * 0x1_0003_70fbn).toString(16)
  const ids = Array.from({ length: 200_000 }, (_, n) => idOf(n))
  const before = process.memoryUsage().arrayBuffers
  const began = performance.now()
  for (const id of ids) table.add(id)
  for (const label of ['INBOX', 'UNREAD', 'Label_7']) for (const id of ids) table.label(id, label)
  expect(performance.now() - began).toBeLessThan(3000)
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20e6)
  let at = 0
  for (const [id, labels] of table.entries()) {
    if (id !== ids[at] || labels.length !== 3) throw new Error(`${id} in place of ${ids[at]}`)
    at += 1
  }
  expect(at).toBe(200_000)
})
