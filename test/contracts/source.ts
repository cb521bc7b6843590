import { afterEach, beforeEach, describe } from 'vitest'
import type { SourceHarness, Subject } from './harness.ts'
import { failureContract } from './source-failures.ts'
import { fetchingContract } from './source-fetching.ts'
import { listingContract } from './source-listing.ts'
import { createSuite } from './suite.ts'

export type { Fault, SourceHarness, SourceWorld, Subject, WorldPath } from './harness.ts'

/** The suite that every source adapter passes. What is skipped follows `features` and `faults`, never a name. */
export function sourceContract(name: string, subject: Subject): void {
  describe(`source contract: ${name}`, () => {
    let harness: SourceHarness
    beforeEach(async () => {
      harness = await subject.start()
    })
    afterEach(async () => {
      await harness.close()
    })
    const suite = createSuite(subject, () => harness)
    listingContract(suite)
    fetchingContract(suite)
    failureContract(suite)
  })
}
