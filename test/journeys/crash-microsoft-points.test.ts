import path from 'node:path'
import { expect, test } from 'vitest'
import { draftName } from '../../src/backup/recover.ts'
import { withJournal } from './archive-check.ts'
import { startCourse } from './course.ts'
import { createMicrosoftAccount } from './microsoft-account.ts'
import type { Place } from './program.ts'
import { hasStrace } from './strace.ts'
import { dataSync, dated, folderSync, type Point, rename, type Stretch, strikePoints } from './strike-points.ts'

/** The draft of the list of all pages, which was made once before. */
function contentsDraft(place: Place): string {
  const n = withJournal(
    place.archive,
    (journal) => journal.find(journal.findSource('microsoft/onenote')!, 'composed:Contents.html')?.n,
  )
  return path.join(place.archive, '.holdall/drafts', draftName(n!, 'composed'))
}

const contents = (what: string, calls: string): Point => [
  what,
  (place) => ({ calls, paths: [contentsDraft(place)], when: 1 }),
  'microsoft/onenote',
]

const stretches: readonly Stretch[] = [
  ['an empty archive', (course) => course.afresh(), [dated(1), dataSync(2), rename(4), folderSync(1)]],
  [
    'changes',
    (course) => course.account.change(),
    [
      rename(1),
      contents('while the list of pages is made', 'write,pwrite64,writev,pwritev'),
      contents('before the list of pages gets its name', 'rename'),
    ],
  ],
  ['moves alone', (course) => course.account.rearrange(), [rename(1), rename(2), folderSync(1)]],
]

test.runIf(hasStrace())(
  'OneDrive and OneNote: killed at chosen system calls, the next run goes on',
  { timeout: 240_000 },
  async () => {
    const course = await startCourse(createMicrosoftAccount({ seed: 818, large: 1024 * 1024 }))
    const missed = await strikePoints(course, stretches)
    // A point that is never reached tests nothing.
    expect(missed.length, missed.join('\n')).toBeLessThan(3)
  },
)
