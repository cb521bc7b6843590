import { afterEach, beforeEach, expect, test } from 'vitest'
import { ranged } from '../../../../src/practice/content/ranged.ts'
import { createRecordingsModel } from '../../../../src/practice/zoom/model.ts'
import { recordings } from '../../../../src/providers/zoom/recordings/source.ts'
import { type Bench, createBench } from '../../../backup/bench-archive.ts'
import { type Connected, connect, today } from '../connect.ts'

const day = 86_400_000
let at: Connected
let bench: Bench
let now = today
beforeEach(async () => {
  now = today
  bench = await createBench()
  at = await connect({
    model: createRecordingsModel(),
    now: () => now,
    renew: () => at.practice.issueTokens().accessToken,
  })
})
afterEach(async () => {
  const complaints = at.complaints()
  await bench.dispose()
  await at.close()
  expect(complaints).toEqual([])
})

function run() {
  const settings = { from: '2022-01-01' }
  const shape = recordings.shape(settings)
  const source = { name: 'zoom/recordings', account: 'zoom', features: recordings.features, source: at.open(settings), shape }
  return bench.run({}, { command: 'plan', sources: [source] })
}

/** A listing of 2024 looks into December 2023 as well; of 2023 it vouches by itself. */
test('a file that goes from a meeting of last December is found gone when its year is looked at again', async () => {
  const film = ranged(Buffer.from('film'))
  const meeting = at.model.addMeeting('Last lecture', { start: Date.parse('2023-12-20T10:00:00Z') })
  const files = (['active-speaker', 'shared-screen-with-speaker', 'gallery'] as const).map((view) =>
    at.model.addFile(meeting, view, film),
  )
  const other = at.model.addMeeting('Spring', { start: Date.parse('2024-03-03T10:00:00Z') })
  for (let n = 0; n < 3; n++) at.model.addFile(other, 'active-speaker', film)
  expect((await run()).status).toBe(0)
  const known = (index: number) => bench.item(`file/${files[index]!.key}`, 'zoom/recordings')
  const gone = () => files.map((_, index) => known(index)?.vanished !== null)
  expect(gone()).toEqual([false, false, false])
  at.model.removeFile(meeting.uuid, files[1]!.key)
  for (let again = 0; again < 3; again++) {
    now += day
    expect((await run()).status).toBe(0)
    // Not asked for, and not believed to be gone.
    expect(gone()).toEqual([false, false, false])
  }
  now += 7 * day
  expect((await run()).status).toBe(0)
  expect(gone()).toEqual([false, true, false])
})
