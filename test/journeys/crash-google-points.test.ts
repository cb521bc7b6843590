import path from 'node:path'
import { expect, test } from 'vitest'
import { draftName } from '../../src/backup/recover.ts'
import { withJournal } from './archive-check.ts'
import { startCourse } from './course.ts'
import { createGoogleAccount } from './google-account.ts'
import type { Place } from './program.ts'
import { hasStrace } from './strace.ts'
import { dataSync, dated, folderSync, type Point, rename, type Stretch, strikePoints } from './strike-points.ts'

/** The draft of a derived file that was made once before. */
function draftOf(place: Place, source: string, file: string): string {
  const n = withJournal(place.archive, (journal) => journal.find(journal.findSource(source)!, `composed:${file}`)?.n)
  return path.join(place.archive, '.holdall/drafts', draftName(n!, 'composed'))
}

const composing = (source: string, file: string): Point => [
  `while ${file} is made`,
  (place) => ({ calls: 'write,pwrite64,writev,pwritev', paths: [draftOf(place, source, file)], when: 1 }),
  source,
]
const naming = (source: string, file: string): Point => [
  `before ${file} gets its name`,
  (place) => ({ calls: 'rename', paths: [draftOf(place, source, file)], when: 1 }),
  source,
]

const stretches: readonly Stretch[] = [
  ['an empty archive', (course) => course.afresh(), [dated(1), dataSync(2), rename(4), folderSync(1)]],
  [
    'changes',
    (course) => course.account.change(),
    [
      rename(1),
      naming('google/calendar', 'Student.ics'),
      composing('google/contacts', 'contacts.vcf'),
      naming('google/contacts', 'contacts.vcf'),
    ],
  ],
]

test.runIf(hasStrace())(
  'mail, contacts, calendars and tasks: killed at chosen system calls, the next run goes on',
  {
    timeout: 120_000,
  },
  async () => {
    const course = await startCourse(createGoogleAccount({ seed: 4711, messages: 60 }))
    const missed = await strikePoints(course, stretches)
    expect(course.figures.mostMessagesForKill).toBeLessThan(128)
    // A point that is never reached tests nothing.
    expect(missed.length, missed.join('\n')).toBeLessThan(2)
  },
)
