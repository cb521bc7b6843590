import { expect, test } from 'vitest'
import { Failure } from '../../src/core/failure.ts'
import { withCommand } from '../../src/signin/authorization-failure.ts'

test.each([
  [undefined, 'sign in again: holdall connect uni'],
  ['sign in again', 'sign in again: holdall connect uni'],
  ['sign in again in the browser and give it', 'sign in again (holdall connect uni) in the browser and give it'],
  ['sign in again, and use the newest address only', 'sign in again (holdall connect uni), and use the newest address only'],
  ['ask your administrator', 'ask your administrator; then sign in again: holdall connect uni'],
  ['sign in first: holdall connect uni', 'sign in first: holdall connect uni'],
])('the command stands where it can be read: %s', (hint, said) => {
  expect(withCommand(new Failure('signin', 'x', hint === undefined ? {} : { hint }), 'uni').hint).toBe(said)
})

test('what is no question of signing in stays as it is', () => {
  const failure = new Failure('transient', 'x', { hint: 'sign in again' })
  expect(withCommand(failure, 'uni')).toBe(failure)
})
