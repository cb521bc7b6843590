import type { Archive } from '../archive/archive.ts'
import type { Clock } from '../core/clock.ts'
import type { Reporter } from '../core/events.ts'
import type { Journal } from '../journal/journal.ts'
import { newsMark } from '../journal/marks.ts'
import { createPaths } from '../journal/paths.ts'
import { recover } from './recover.ts'
import { createRelocation } from './relocate.ts'
import { type Unsealed, unsealedMark } from './seal.ts'

/** Finishes what a crash left half done, outside a run of `backup` (which does it by itself). */
export async function settleArchive({
  journal,
  archive,
  clock,
  emit,
}: {
  journal: Journal
  archive: Archive
  clock: Clock
  emit: Reporter
}): Promise<void> {
  const sourceNames = new Map(journal.sources().map(({ n, name }) => [n, name]))
  const paths = createPaths(journal, sourceNames)
  const run = {
    n: journal.lastRun()?.n ?? 0,
    journal,
    archive,
    clock,
    emit,
    changed: () => journal.setMark(unsealedMark, 'saved' satisfies Unsealed),
    news: (source: number) => journal.setMark(newsMark(source), 'yes'),
  }
  await recover(run, paths, createRelocation({ run, paths, sourceNames, writeDown: async () => {} }), false)
}
