import { expect } from 'vitest'
import { checkBag, differences } from './archive-check.ts'
import type { Cloud } from './cloud.ts'
import { checkSummary, troubles } from './course.ts'
import { expectedFiles } from './expected.ts'
import { type Place, run } from './program.ts'

/** Backs up once more, and holds the archive against everything that the accounts have now: nothing was lost by what went wrong before. */
export async function expectWhole(cloud: Cloud, accounts: readonly ('google' | 'home')[], place: Place = cloud.place) {
  const ended = await run(place, ['backup', '--json'])
  expect(ended.status, troubles(ended)).toBe(0)
  const expected = expectedFiles({
    ...(accounts.includes('google') && { drive: cloud.drive }),
    ...(accounts.includes('home') && { home: cloud.home }),
  })
  expect(differences(place.archive, expected).wrong).toEqual([])
  await checkBag(place.archive)
  expect(misdeeds(cloud)).toEqual([])
  return checkSummary(ended.stdout)
}

/** What no client may do, seen by the servers; and faults of their own. */
export function misdeeds({ google, webdav }: Cloud): unknown[] {
  // Over TLS the first request says Basic at once: the server asked for Digest only afterwards.
  const violations = webdav.records.violations.filter(
    (line) => !line.endsWith('sent as Basic to a server that offers Digest only'),
  )
  return [...google.violations, ...google.errors, ...violations, ...webdav.records.errors]
}
