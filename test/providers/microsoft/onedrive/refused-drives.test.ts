import { afterEach, describe, expect, test } from 'vitest'
import type { FaultyRequest } from '../../../../src/practice/serving/faults.ts'
import { onedrive } from '../../../../src/providers/microsoft/onedrive/source.ts'
import { type Bench, createBench } from '../../../backup/bench-archive.ts'
import type { World } from '../../../backup/fake-source.ts'
import { type ConnectedOneDrive, connectOneDrive } from './connect-onedrive.ts'

const name = 'microsoft/onedrive'
const files = 12

let at: ConnectedOneDrive & { readonly bench: Bench }
const start = async () => {
  const connected = await connectOneDrive({ scopes: ['User.Read', 'Files.Read.All'] })
  at = { ...connected, bench: await createBench() }
  return Array.from({ length: files }, (_, number) => at.model.addFile(`own ${number}.txt`, `own ${number}`))
}
afterEach(async () => {
  expect(at.practice.errors).toEqual([])
  await at.close()
  await at.bench.dispose()
})

const run = () => {
  const settings = { shared: true }
  const world = { source: at.open(settings), features: onedrive.features } as World
  return at.bench.run({ [name]: world }, { shape: onedrive.shape(settings) })
}
const refuse = (part: string, status: number, code: string, message = 'No.') =>
  at.practice.faults.add({
    match: ({ host, path }: FaultyRequest) => host === 'graph.microsoft.com' && decodeURIComponent(path).includes(part),
    times: Number.POSITIVE_INFINITY,
    do: { status, body: JSON.stringify({ error: { code, message } }), contentType: 'application/json' },
  })

describe.each([
  [423, 'resourceLocked', 'No.'],
  [403, 'notAllowed', 'No.'],
  [404, 'itemNotFound', "User's mysite not found."],
])('what Microsoft refuses with %i %s %s', (status, code, message) => {
  test('in the drive of somebody who left stops what they shared, and nothing of the own drive', async () => {
    await start()
    const other = at.model.addOtherDrive('left@contoso.example')
    const folder = other.addFolder('Shared', { shared: true })
    other.addFile('theirs.txt', 'theirs', { parent: folder.id })
    at.model.addShortcut('From one who left', { drive: other, id: folder.id })
    refuse(other.driveId, status, code, message)
    const { status: ended, failures } = await run()
    expect(ended).toBe(3)
    expect(Object.keys(at.bench.tree(`data/${name}`)).filter((path) => path.startsWith('own '))).toHaveLength(files)
    expect([...failures.values()].map(({ stops }) => stops)).toEqual(['stream'])
  })

  test('of one file fails that file alone', async () => {
    const [, , third] = await start()
    refuse(third!.id, status, code, message)
    expect((await run()).status).toBe(3)
    expect(Object.keys(at.bench.tree(`data/${name}`))).toHaveLength(files - 1)
    expect(at.bench.item(third!.id, name)).toMatchObject({ state: 'failed', failure: 'forbidden' })
  })

  test('as a whole stops the source', async () => {
    await start()
    refuse('/root/delta', status, code, message)
    const { status: ended, failures } = await run()
    expect(ended).toBe(3)
    expect([...failures.values()].map(({ kind, stops }) => [kind, stops])).toEqual([['forbidden', 'source']])
  })
})
