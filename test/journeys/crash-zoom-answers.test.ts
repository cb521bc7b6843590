import { expect, test } from 'vitest'
import type { FaultyRequest } from '../../src/practice/serving/faults.ts'
import type { RecordedFile } from '../../src/practice/zoom/recorded-file.ts'
import { startCourse } from './course.ts'
import { hasDraft, killBefore, killInside } from './kill-inside.ts'
import { createZoomAccount } from './zoom-account.ts'

const mebibyte = 1024 * 1024

test('killed inside answers of Zoom or between them, the next run goes on, whatever changed while the program was dead', {
  timeout: 240_000,
}, async () => {
  const course = await startCourse(createZoomAccount({ seed: 817 }))
  const { account, figures } = course
  const { model, large } = account
  const { zoom } = course.cloud
  const at = (path: RegExp) => (request: FaultyRequest) => path.test(decodeURIComponent(request.path))
  const isList = at(/\/users\/me\/recordings$/)
  const isFilm = ({ host, path }: FaultyRequest) => host === 'ssrweb.zoom.us' && path.includes(large.file.key.toUpperCase())
  const strike = async (what: string, { cut, remove }: ReturnType<typeof killInside>) => {
    expect(await course.cutRun(`killed ${what}`, { cut }), what).toBe('cut')
    remove()
  }
  const inside = (which: (request: FaultyRequest) => boolean, nth: number, bytes: number) =>
    killInside(zoom, which, nth, bytes, () => bytes < mebibyte || hasDraft(course.place(), bytes - mebibyte))
  const before = (which: (request: FaultyRequest) => boolean, nth: number) => killBefore(zoom, which, nth)
  const offsets = ({ key }: RecordedFile) =>
    zoom.requests
      .filter(({ host, path }) => host === 'ssrweb.zoom.us' && path.includes(key.toUpperCase()))
      .map(({ range }) => Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0))

  await strike('inside a window of the list', inside(isList, 6, 30))
  await strike('between two windows', before(isList, 3))
  await strike('inside a meeting', inside(at(/\/meetings\/.*\/recordings$/), 4, 100))
  await strike('inside a list of who took part', inside(at(/\/participants$/), 2, 60))
  // Between the address that the API gives and the one that it leads to.
  await strike(
    'before the storage is asked',
    before(({ host }) => host === 'ssrweb.zoom.us', 5),
  )

  // The large film, of which the signed address dies and the topic changes meanwhile: what a checkpoint has of it is not fetched again.
  await strike('inside the large film', inside(isFilm, 1, 36 * mebibyte))
  zoom.expireLinks()
  large.meeting.topic = 'Another topic'
  large.meeting.start += 3_600_000
  course.changed()
  // The last of all.
  await strike(
    'inside the closing count',
    inside((request) => isList(request) && request.query.get('from')?.endsWith('-16') === true, 2, 30),
  )
  const asked = offsets(large.file)
  expect(asked[0]).toBe(0)
  expect(asked.at(-1)).toBeGreaterThanOrEqual(32 * mebibyte)
  await course.finish('a first backup')

  account.change()
  account.cut(large.file)
  course.changed()
  await strike('inside a film that was cut', inside(isFilm, 1, 34 * mebibyte))
  // Cut once more: what came of the earlier cut is of no use.
  account.cut(large.file)
  course.changed()
  await course.finish('after it was cut twice')

  account.cut(large.file)
  course.changed()
  await strike('inside a film that vanishes', inside(isFilm, 1, 34 * mebibyte))
  model.remove(large.meeting.uuid)
  course.changed()
  await course.finish('after it vanished')
  process.stderr.write(
    `inside Zoom's answers: ${figures.kills} kills survived; fetched twice: ${(figures.refetched / mebibyte / figures.kills).toFixed(1)} MiB a kill\n`,
  )
})
