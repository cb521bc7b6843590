import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { portable } from '../../../../src/archive/names.ts'
import { mailPlace } from '../../../../src/providers/google/gmail/file-name.ts'

const id = '18c0ffee18c0ffee'
const received = Date.UTC(2026, 2, 9, 7, 5, 59)

describe('where a message is saved', () => {
  test('by the month and minute in UTC', () => {
    expect(mailPlace({ id, received, subject: 'Hello' })).toEqual({
      path: ['2026', '03'],
      name: `2026-03-09 0705 Hello ${id}.eml`,
      modified: received,
    })
  })

  test.each([undefined, '', '   '])('without a subject (%j)', (subject) => {
    expect(mailPlace({ id, received, subject }).name).toBe(`2026-03-09 0705 (no subject) ${id}.eml`)
  })

  test.each([undefined, Number.NaN, 1e300, -62_200_000_000_000, 253_402_300_800_000, Number.MAX_SAFE_INTEGER])(
    'a date of %s is none',
    (nonsense) => {
      expect(mailPlace({ id, received: nonsense, subject: 'Hello' })).toEqual({
        path: ['no date'],
        name: `no date Hello ${id}.eml`,
      })
    },
  )

  test('before 1970', () => {
    expect(mailPlace({ id, received: -1, subject: 'Hello' })).toMatchObject({ path: ['1969', '12'], modified: -1 })
  })

  test('whatever the subject, the archive keeps the id whole, and the extension', () => {
    const subject = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: fc.constantFrom('?', '/', ':', '%', '日', '🎓', 'e\u0301', 'ﬁ', ' '), maxLength: 300 }),
    )
    fc.assert(
      fc.property(subject, (text) => {
        const { name } = mailPlace({ id, received, subject: text })
        expect(portable(name)).toMatch(new RegExp(` ${id}\\.eml$`))
        expect(portable(name)).toMatch(/^2026-03-09 0705 /)
      }),
      { numRuns: 1_000 },
    )
  })

  test('a long subject ends in an ellipsis, between characters', () => {
    const { name } = mailPlace({ id, received, subject: '👩‍👩‍👧‍👦'.repeat(40) })
    expect(name).toMatch(new RegExp(`^2026-03-09 0705 (👩‍👩‍👧‍👦)+… ${id}\\.eml$`))
  })
})
