import { expect, it } from 'vitest'
import { checkIdentity } from '../../src/signin/identity.ts'

const ann = { subject: '1', name: 'ann@example.org' }

it('an account takes the first identity, and the same again under a new address', () => {
  checkIdentity('google', undefined, ann)
  checkIdentity('google', ann, { subject: '1', name: 'ann.new@example.org' })
})

it('an account refuses another identity, names both, and says what to do', () => {
  const refused = () => checkIdentity('google', ann, { subject: '2', name: 'ben@example.org' })
  expect(refused).toThrowError(
    expect.objectContaining({
      kind: 'settings',
      consequence: expect.objectContaining({ status: 2 }),
      message: expect.stringMatching(/ann@example\.org.*ben@example\.org/),
      hint: expect.stringMatching(/account name of its own.*holdall disconnect google/),
    }),
  )
  expect(() => checkIdentity('google', ann, { subject: '2', name: ann.name })).toThrow(/another user of the same name/)
})
