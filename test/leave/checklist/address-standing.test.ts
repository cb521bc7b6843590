import { expect, test } from 'vitest'
import { addressStanding, colleaguesOf } from '../../../src/leave/checklist/address-standing.ts'

test.each([
  ['hanako@g.example.ac.jp', 'own'],
  ['Hanako+forward@G.EXAMPLE.ac.jp', 'own'],
  // Another domain that the profile gives to the same members.
  ['hanako@edu.example.ac.jp', 'own'],
  ['jiro@g.example.ac.jp', 'organisation'],
  ['hanako@lab.example.ac.jp', 'organisation'],
  ['list@example.ac.jp', 'organisation'],
  ['hanako@example.com', 'elsewhere'],
  ['hanako@other.ac.jp', 'elsewhere'],
  ['hanako@notexample.ac.jp', 'elsewhere'],
  ['hanako@gmail.com', 'elsewhere'],
])('%s is %s', (address, standing) => {
  expect(addressStanding('hanako@g.example.ac.jp', ['g.example.ac.jp', 'edu.example.ac.jp'])(address)).toBe(standing)
})

test.each([
  ['ha.na.ko@gmail.com', 'own'],
  ['hanako+x@googlemail.com', 'own'],
  // Everybody has such an address: it is no organisation.
  ['jiro@gmail.com', 'elsewhere'],
  ['hanako@outlook.com', 'elsewhere'],
])('of a personal account: %s is %s', (address, standing) => {
  expect(addressStanding('hanako@gmail.com', [])(address)).toBe(standing)
})

test('where nobody is known, nothing is one’s own', () => {
  expect(addressStanding(undefined, [])('a@example.org')).toBe('elsewhere')
  expect(addressStanding(undefined, ['example.org'])('a@example.org')).toBe('organisation')
})

test('whom files may be proposed to', () => {
  const inside = colleaguesOf('hanako@g.example.ac.jp', { domain: ['edu.example.ac.jp'] })
  expect(['a@G.example.ac.jp', 'a@edu.example.ac.jp', 'a@example.ac.jp', 'a@example.org'].map(inside)).toEqual([
    true,
    true,
    false,
    false,
  ])
  expect(colleaguesOf('hanako@example.ac.jp', { transfer: { to: 'nobody' } })('jiro@example.ac.jp')).toBe(false)
})
