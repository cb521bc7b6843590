import { expect, test } from 'vitest'
import { checkBag } from './archive-check.ts'
import { makePlace, run } from './program.ts'

test('practising ends complete and verified, and once more with nothing new', { timeout: 240_000 }, async () => {
  const place = await makePlace()
  const practise = () => run(place, ['practice', '--keep', place.archive])
  const first = await practise()
  expect(first.status, first.stdout.slice(-3000)).toBe(0)
  expect(first.stdout).toContain('everything is as it was saved')
  for (const account of ['google', 'microsoft', 'zoom', 'home']) expect(first.stdout).toContain(`Signed in to ${account} as `)
  // Nothing to open by hand, and no address of a page for people.
  expect(first.stderr).not.toContain('your browser opens')
  await checkBag(place.archive)
  const second = await practise()
  expect(second.status, second.stdout.slice(-3000)).toBe(0)
  // The columns of the table: nothing was saved, so there is no column for it.
  const table = second.stdout.slice(second.stdout.indexOf('$ holdall backup'))
  expect(table.match(/^source .*$/m)?.[0]).not.toContain('saved')
})
