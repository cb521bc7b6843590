import { expect, test } from 'vitest'
import { zoom } from '../../../src/providers/zoom/provider.ts'

test.each<[string, RegExp, RegExp]>([
  ['Whiteboards', /right to change the account, which Holdall never asks for/, /Export/],
  ['Team Chat (messages and files in them)', /rights to what others wrote/, /Copy/],
  ['Zoom Docs, notes, polls, attendance reports', /no export of documents/, /print/],
  ['Clips, unless the settings name them', /sources: \[recordings, clips\]/, /Download/],
])('%s: why they are not taken, and how they are by hand', (what, why, how) => {
  const told = zoom.notTaken?.find((one) => one.what.en === what)
  expect(told?.howByHand.en).toMatch(why)
  expect(told?.howByHand.en).toMatch(how)
  expect(told?.howByHand.ja).toMatch(/[ぁ-ん]/)
  expect(told?.page).toMatch(/^https:/)
})
