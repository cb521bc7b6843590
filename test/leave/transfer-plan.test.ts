import { describe, expect, test } from 'vitest'
import { Failure } from '../../src/core/failure.ts'
import { readTransferPlan, transferPlanText } from '../../src/leave/transfer/transfer-plan.ts'

const refusal = (text: string): string => {
  try {
    readTransferPlan(text, 'plan.yaml')
  } catch (error) {
    if (error instanceof Failure && error.kind === 'settings') return error.message
    throw error
  }
  throw new Error('it was taken')
}

test('what is written is what is read', () => {
  const plan = {
    account: 'google',
    entries: [
      { id: 'a1', name: 'Notes: "odd" # name\n', to: 'x@example.ac.jp' },
      { id: 'b2', name: '- list', to: 'y@example.ac.jp' },
      { id: 'c3', name: '東京', to: 'x@example.ac.jp' },
    ],
  }
  const text = transferPlanText(plan, ['A comment\nof two lines'])
  expect(text.startsWith('# A comment of two lines\n')).toBe(true)
  const read = readTransferPlan(text, 'plan.yaml')
  expect(read.account).toBe('google')
  expect(read.entries.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(plan.entries)
})

describe('a plan with a mistake is not carried out in part', () => {
  const good = 'account: google\ngive:\n  - to: x@example.ac.jp\n    files:\n      - { id: a1, name: A }\n'
  test.each([
    ['no address', good.replace('x@example.ac.jp', 'x'), 'give.0.to'],
    ['an unknown key', `${good}all: true\n`, 'all'],
    ['no files', 'account: google\ngive: []\n', 'give'],
    ['a file twice', good.replace('{ id: a1, name: A }', '{ id: a1, name: A }\n      - { id: a1, name: A }'), '"A" ×2'],
    ['an id that is a path', good.replace('a1', '"../x"'), 'give.0.files.0.id'],
    ['no name', good.replace(', name: A', ''), 'name'],
    ['no YAML', 'account: [', 'YAML, 1'],
    ['aliases', 'account: google\ngive: &a\n  - *a\n', ''],
    ['nothing', '', ''],
  ])('%s', (_, text, says) => {
    expect(refusal(text)).toContain(says)
    expect(refusal(text)).toContain('nothing was changed')
  })
})
