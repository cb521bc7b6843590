import path from 'node:path'
import type { Course, CourseAccount } from './course.ts'
import type { Place } from './program.ts'
import { type CutPoint, cutBefore } from './strace.ts'

const mebibyte = 1024 * 1024

/** `source`: the only one that is taken, where it is chance how far the others come until then. */
export type Point = readonly [what: string, cut: (place: Place, account: CourseAccount) => CutPoint, source?: string]

const wal = (place: Place) => [path.join(place.archive, '.holdall/journal.db-wal')]

/** Into the journal's log: the transactions of pages, intents and *saved* in their order. */
export const journalWrite = (when: number): Point => [
  `in a transaction of the journal, write ${when}`,
  (place) => ({ calls: 'pwrite64', paths: wal(place), when }),
]
export const journalSync = (when: number): Point => [
  `before sync ${when} of the journal`,
  (place) => ({ calls: 'fdatasync,fsync', paths: wal(place), when }),
]
export const rename = (when: number): Point => [`before rename ${when}`, () => ({ calls: 'rename,renameat,renameat2', when })]
export const folderSync = (when: number): Point => [
  `between rename and saved, sync ${when} of a folder`,
  (place, account) => ({
    calls: 'fsync',
    paths: account.folders().map((folder) => path.join(place.archive, folder)),
    when,
  }),
]
export const dated = (when: number): Point => [`between bytes and their sync, file ${when}`, () => ({ calls: 'utimensat', when })]
export const dataSync = (when: number): Point => [`before sync ${when} of a thread`, () => ({ calls: 'fdatasync', when })]

/** Points that are struck one after the other, each in a run that goes on from the one before; then everything must come out right. */
export type Stretch = readonly [what: string, change: (course: Course) => Promise<void> | void, points: readonly Point[]]

/** Strikes them all. Returns those that were not reached: which thread does what is a matter of chance. */
export async function strikePoints(course: Course, stretches: readonly Stretch[]): Promise<string[]> {
  const { figures } = course
  const missed: string[] = []
  for (const [stretch, change, points] of stretches) {
    await change(course)
    course.changed()
    for (const [point, cut, source] of points) {
      const what = `${stretch}: killed ${point}`
      const under = cutBefore(cut(course.place(), course.account))
      const outcome = await course.cutRun(what, { under, ...(source !== undefined && { sources: [source] }) })
      if (outcome === 'ended') missed.push(what)
    }
    await course.finish(stretch)
  }
  process.stderr.write(
    `chosen points: ${figures.kills} kills survived in ${figures.finished} backups; fetched twice: ` +
      `${(figures.refetched / mebibyte / figures.kills).toFixed(1)} MiB, ${(figures.messages / figures.kills).toFixed(1)} messages a kill\n` +
      missed.map((what) => `not reached: ${what}\n`).join(''),
  )
  return missed
}
