import path from 'node:path'
import { expect, test } from 'vitest'
import { startCourse } from './course.ts'
import { createMixedAccount } from './mixed-account.ts'
import type { Place } from './program.ts'
import { mostForKill } from './refetched.ts'
import { hasStrace } from './strace.ts'
import { dataSync, dated, folderSync, journalSync, journalWrite, rename, type Stretch, strikePoints } from './strike-points.ts'

const seed = Number(process.env.HOLDALL_CRASH_SEED ?? 20_260_301)

const beside = (place: Place, ...names: string[]) => names.map((name) => path.join(place.archive, '.holdall/sealing', name))

const stretches: readonly Stretch[] = [
  ['an empty archive: listing', (course) => course.afresh(), [journalWrite(2), journalSync(4)]],
  ['an empty archive: saving', (course) => course.afresh(), [dataSync(5), rename(5), folderSync(1)]],
  ['changes', (course) => course.account.change(), [dated(2), journalWrite(8), rename(1)]],
  [
    'moves alone',
    (course) => course.account.rearrange(),
    [rename(1), journalSync(7), ['before an old place is given up', () => ({ calls: 'unlink,unlinkat', when: 2 })]],
  ],
  [
    'sealing',
    (course) => course.account.change(),
    [
      [
        'while the manifest is written',
        (place) => ({ calls: 'write,pwrite64,writev', paths: beside(place, 'manifest-sha256.txt'), when: 1 }),
      ],
      [
        'before the tag manifest is renamed',
        (place) => ({ calls: 'rename', paths: beside(place, 'tagmanifest-sha256.txt'), when: 1 }),
      ],
      ['before the seal is called whole', (place) => ({ calls: 'rmdir', paths: beside(place, ''), when: 1 })],
    ],
  ],
]

test.runIf(hasStrace())('killed at chosen system calls, the next run goes on', { timeout: 240_000 }, async () => {
  const course = await startCourse(createMixedAccount({ seed }))
  const missed = await strikePoints(course, stretches)
  expect(course.figures.mostForKill).toBeLessThan(mostForKill)
  // A point that is never reached tests nothing.
  expect(missed.length, missed.join('\n')).toBeLessThan(3)
})
