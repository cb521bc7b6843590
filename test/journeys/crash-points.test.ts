import path from 'node:path'
import { expect, test } from 'vitest'
import { type Course, startCourse } from './course.ts'
import { expectedFolders } from './expected.ts'
import type { MixedAccount } from './mixed-account.ts'
import type { Place } from './program.ts'
import { mostForKill } from './refetched.ts'
import { type CutPoint, cutBefore, hasStrace } from './strace.ts'

const seed = Number(process.env.HOLDALL_CRASH_SEED ?? 20_260_301)
const mebibyte = 1024 * 1024

type Point = readonly [what: string, cut: (place: Place, account: MixedAccount) => CutPoint]

const wal = (place: Place) => [path.join(place.archive, '.holdall/journal.db-wal')]
const beside = (place: Place, ...names: string[]) => names.map((name) => path.join(place.archive, '.holdall/sealing', name))

/** Into the journal's log: the transactions of pages, intents and *saved* in their order. */
const journalWrite = (when: number): Point => [
  `in a transaction of the journal, write ${when}`,
  (place) => ({ calls: 'pwrite64', paths: wal(place), when }),
]
const journalSync = (when: number): Point => [
  `before sync ${when} of the journal`,
  (place) => ({ calls: 'fdatasync,fsync', paths: wal(place), when }),
]
const rename = (when: number): Point => [`before rename ${when}`, () => ({ calls: 'rename,renameat,renameat2', when })]
const folderSync = (when: number): Point => [
  `between rename and saved, sync ${when} of a folder`,
  (place, account) => ({
    calls: 'fsync',
    paths: ['data/google/drive', ...expectedFolders(account)].map((folder) => path.join(place.archive, folder)),
    when,
  }),
]
const dated = (when: number): Point => [`between bytes and their sync, file ${when}`, () => ({ calls: 'utimensat', when })]
const dataSync = (when: number): Point => [`before sync ${when} of a thread`, () => ({ calls: 'fdatasync', when })]

/** Groups of points that are struck one after the other, each in a run that goes on from the one before; then everything must come out right. */
const stretches: readonly (readonly [
  what: string,
  change: (course: Course) => Promise<void> | void,
  points: readonly Point[],
])[] = [
  ['an empty archive: listing', (course) => course.afresh(), [journalWrite(2), journalSync(4), journalWrite(60)]],
  ['an empty archive: saving', (course) => course.afresh(), [dated(1), dataSync(5), rename(5), folderSync(1), rename(60)]],
  ['changes', (course) => course.account.change(), [dataSync(1), dated(2), journalWrite(8), rename(1), folderSync(1)]],
  [
    'moves alone',
    (course) => course.account.rearrange(),
    [
      rename(1),
      journalWrite(12),
      rename(2),
      journalSync(7),
      ['before an old place is given up', () => ({ calls: 'unlink,unlinkat', when: 2 })],
      folderSync(1),
    ],
  ],
  [
    'sealing',
    (course) => course.account.change(),
    [
      [
        'while the manifest is written',
        (place) => ({ calls: 'write,pwrite64,writev', paths: beside(place, 'manifest-sha256.txt'), when: 1 }),
      ],
      ['before the manifest is renamed', (place) => ({ calls: 'rename', paths: beside(place, 'manifest-sha256.txt'), when: 1 })],
      ['before README.html is renamed', (place) => ({ calls: 'rename', paths: beside(place, 'README.html'), when: 1 })],
      [
        'before the tag manifest is renamed',
        (place) => ({ calls: 'rename', paths: beside(place, 'tagmanifest-sha256.txt'), when: 1 }),
      ],
      ['before the seal is called whole', (place) => ({ calls: 'rmdir', paths: beside(place, ''), when: 1 })],
    ],
  ],
]

test.runIf(hasStrace())('killed at chosen system calls, the next run goes on', { timeout: 240_000 }, async () => {
  const course = await startCourse({ seed })
  const { figures } = course
  const missed: string[] = []
  for (const [stretch, change, points] of stretches) {
    await change(course)
    course.changed()
    for (const [point, cut] of points) {
      const what = `${stretch}: killed ${point}`
      const outcome = await course.cutRun(what, { under: cutBefore(cut(course.place(), course.account)) })
      if (outcome === 'ended') missed.push(what)
    }
    await course.finish(stretch)
  }
  process.stderr.write(
    `chosen points: ${figures.kills} kills survived in ${figures.finished} backups; fetched twice: ` +
      `${(figures.refetched / mebibyte / figures.kills).toFixed(1)} MiB a kill\n${missed.map((what) => `not reached: ${what}\n`).join('')}`,
  )
  expect(figures.mostForKill).toBeLessThan(mostForKill)
  // A point that is never reached tests nothing; which thread does what is a matter of chance.
  expect(missed.length, missed.join('\n')).toBeLessThan(3)
})
