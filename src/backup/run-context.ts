import type { Archive } from '../archive/archive.ts'
import type { Clock } from '../core/clock.ts'
import type { Reporter } from '../core/events.ts'
import type { Journal } from '../journal/journal.ts'

/** What every stage of a run works with. */
export interface Run {
  /** The run's number in the journal. */
  readonly n: number
  readonly journal: Journal
  readonly archive: Archive
  readonly clock: Clock
  readonly emit: Reporter
  /** Something of a source is different now, so that it must be counted and its derived files made again; kept until that has been done. */
  news(source: number): void
  /** Something that the bag states is different now: it must be sealed again. */
  changed(): void
}
