import { expect, test } from 'vitest'
import { groupReasons, type UnsavedItem } from '../../src/report/group-reasons.ts'

interface Named extends UnsavedItem {
  readonly name: string
}

const limits = { examples: 2, reasons: 3, otherwise: 'for other reasons' }
const item = (name: string, state: Named['state'], reason: string, more: Partial<Named> = {}): Named => ({
  name,
  state,
  reason,
  ...more,
})

test('what can be mended stands first, the larger group before the smaller', () => {
  const groups = groupReasons(
    [item('a', 'excluded', 'x'), item('b', 'failed', 'rare'), item('c', 'failed', 'often'), item('d', 'failed', 'often')],
    limits,
    ({ name }) => name,
  )
  expect(groups.map(({ state, reason, count, examples }) => [state, reason, count, examples])).toEqual([
    ['failed', 'often', 2, ['c', 'd']],
    ['failed', 'rare', 1, ['b']],
    ['excluded', 'x', 1, ['a']],
  ])
})

test('tells reasons apart by state, class and hint', () => {
  const groups = groupReasons(
    [item('a', 'failed', 'x'), item('b', 'failed', 'x', { hint: 'h' }), item('c', 'unexportable', 'x', { class: 'no-export' })],
    limits,
    ({ name }) => name,
  )
  expect(groups).toHaveLength(3)
})

test('a million items with a reason of their own each are few groups, and every one is counted', () => {
  let asked = 0
  function* many(): Iterable<Named> {
    for (let at = 0; at < 1_000_000; at++) yield item(`n${at}`, at % 2 === 0 ? 'failed' : 'pending', `because of ${at}`)
  }
  const groups = groupReasons(many(), limits, ({ name }) => {
    asked++
    return name
  })
  expect(groups.map(({ state, reason, count, examples }) => [state, reason, count, examples.length])).toEqual([
    ['failed', 'because of 0', 1, 1],
    ['failed', 'because of 2', 1, 1],
    ['failed', 'for other reasons', 499_998, 2],
    ['pending', 'because of 1', 1, 1],
    ['pending', 'for other reasons', 499_999, 2],
  ])
  expect(asked).toBe(7)
})
