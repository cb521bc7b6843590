import { describe, expect, test } from 'vitest'
import { Failure } from '../../src/core/failure.ts'
import { readTransferPlan, transferPlanText } from '../../src/leave/transfer/transfer-plan.ts'

const refusal = (text: string): string => {
  try {
    readTransferPlan(text, 'plan.yaml')
  } catch (error) {
    if (error instanceof Failure && error.kind === 'settings') {
      // The Japanese says as much, in one language.
      const { message } = error.said('ja')
      expect(message).toContain('何も変更していません')
      expect(message).not.toMatch(/[a-z]{2,} [a-z]{2,} [a-z]{2,}/)
      return error.message
    }
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
    ['no address', good.replace('x@example.ac.jp', 'x'), 'line 3: give[1].to must be the mail address'],
    ['an unknown key', `${good}all: true\n`, 'line 6: all does not belong in a plan'],
    ['a misspelt key', good.replace('files:', 'fils:'), 'line 4: give[1].fils does not belong in a plan'],
    ['no files', 'account: google\ngive: []\n', 'line 2: give is empty'],
    [
      'a file twice',
      good.replace('{ id: a1, name: A }', '{ id: a1, name: A }\n      - { id: a1, name: A }'),
      '"A" stands in it twice',
    ],
    ['an id that is a path', good.replace('a1', '"../x"'), "line 5: give[1].files[1].id must be the file's id"],
    ['no name', good.replace(', name: A', ''), 'line 5: give[1].files[1].name is missing'],
    ['no YAML', 'account: [', 'line 1 cannot be read as YAML'],
    ['aliases', 'account: google\ngive: &a\n  - *a\n', 'references'],
    ['nothing', '', 'account, give'],
    ['a list where a word belongs', good.replace('google', '[a]'), 'line 1: account is missing, or is no text'],
    ['a word where a list belongs', 'account: google\ngive: all\n', 'line 2: give must be a list'],
  ])('%s', (_, text, says) => {
    expect(refusal(text)).toContain(says)
    expect(refusal(text)).toContain('nothing was changed')
  })
})
