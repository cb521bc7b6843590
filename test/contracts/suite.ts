import { test } from 'vitest'
import type { Item } from '../../src/core/item.ts'
import type { Content } from '../../src/core/source.ts'
import type { Fault, SourceHarness, Subject } from './harness.ts'
import { type Listed, listAgain, listAll, never } from './listed.ts'
import { plant } from './plant.ts'

/** What each part of the contract works with. */
export interface Suite {
  readonly subject: Subject
  /** That of the test that runs. */
  readonly harness: SourceHarness
  list(): Promise<Listed>
  /** The suite's tree, without its folders where the service has none; gives the paths that a listing shows. */
  plant(): Promise<string[]>
  again(before: Listed): Promise<Listed>
  get(item: Item, options?: { from?: number; version?: string; signal?: AbortSignal }): Promise<Content>
  /** A test that needs the server to show a fault; says so where it cannot. */
  withFault(kind: Fault['kind'], title: string, work: () => Promise<void>): void
  withFeature(has: boolean, title: string, work: () => Promise<void>): void
  /** A test that needs the service to have these. */
  unlessLacking(needed: readonly ('folders' | 'changes')[], title: string, work: () => Promise<void>): void
}

export function createSuite(subject: Subject, current: () => SourceHarness): Suite {
  const { below = [] } = subject
  return {
    subject,
    get harness() {
      return current()
    },
    plant: () => plant(current().world, subject.lacks?.includes('folders') ? 'files alone' : 'with folders'),
    list: () => listAll(current().open(), below),
    again: (before) => listAgain(current().open(), before),
    get: (item, { from = 0, version, signal = never } = {}) =>
      current()
        .open()
        .fetch(item, item.parts[0]!, { from, signal, ...(version === undefined ? {} : { version }) }),
    withFault: (kind, title, work) =>
      subject.faults.includes(kind)
        ? test(title, work)
        : test.skip(`${title} [SKIPPED: this server cannot be told to show "${kind}"]`, work),
    withFeature: (has, title, work) => (has ? test(title, work) : test.skip(`${title} [skipped: not among the features]`, work)),
    unlessLacking: (needed, title, work) => {
      const missing = needed.filter((one) => subject.lacks?.includes(one))
      if (missing.length === 0) test(title, work)
      else test.skip(`${title} [skipped: the service has no ${missing.join(' and no ')}]`, work)
    },
  }
}
