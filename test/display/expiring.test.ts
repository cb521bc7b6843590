import { expect, test } from 'vitest'
import { expiringText } from '../../src/display/expiring.ts'
import { wordsOf } from '../../src/language/words.ts'

const at = (date: string) => Date.parse(date)

test('says how many, when, and which go soonest', () => {
  const text = expiringText(
    [
      {
        source: 'zoom/recordings',
        items: 1200,
        first: at('2026-12-01'),
        last: at('2026-12-20'),
        examples: ['2026/Lecture/film\u001b[2J.mp4'],
      },
      { source: 'work/recordings', items: 1, first: at('2026-12-02'), last: at('2026-12-02'), examples: [] },
    ],
    wordsOf('en'),
  )
  expect(text).toBe(
    'zoom/recordings: 1,200 items that are not saved yet will be removed by the service itself between 2026-12-01 and 2026-12-20 (its retention rules); a backup takes them first\n' +
      '  2026/Lecture/film[2J.mp4\n' +
      'work/recordings: 1 item that is not saved yet will be removed by the service itself on 2026-12-02 (its retention rules); a backup takes them first\n',
  )
  expect(expiringText([], wordsOf('en'))).toBe('')
})
