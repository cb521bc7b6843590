import { expect, test, vi } from 'vitest'
import { startCloud } from './cloud.ts'
import { expectWhole } from './expect-whole.ts'
import { run } from './program.ts'

vi.setConfig({ testTimeout: 60_000 })

interface Remote {
  readonly listed: number
  readonly missing: number
  readonly newer: number
  readonly gone: number
  readonly unsaved: number
  readonly complete: boolean
}

function remoteOf(stdout: string): Record<string, Remote> {
  const summary = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as { details: { remote: Record<string, Remote> } }
  return summary.details.remote
}

test('verify --remote names what is missing or newer there, by both roads, and changes nothing', async () => {
  const cloud = await startCloud()
  const { place, home, drive } = cloud
  const folder = drive.addFolder('Papers')
  for (let n = 0; n < 6; n++) drive.addFile(`on drive ${n}.txt`, `text ${n}`, { parent: folder.id })
  for (let n = 0; n < 6; n++) home.put(`/papers/at home ${n}.txt`, `text ${n}`)
  await expectWhole(cloud, ['google', 'home'])
  const same = await run(place, ['verify', '--remote', '--json'])
  expect(same.status, same.stderr).toBe(0)
  for (const source of ['google/drive', 'home/files'])
    expect(remoteOf(same.stdout)[source]).toMatchObject({ missing: 0, newer: 0, gone: 0, unsaved: 0, complete: true })
  expect(remoteOf(same.stdout)['home/files']?.listed).toBeGreaterThanOrEqual(7)
  expect(remoteOf(same.stdout)['google/drive']?.listed).toBeGreaterThanOrEqual(6)

  const changed = drive.addFile('new on drive.txt', 'new', { parent: folder.id })
  home.put('/papers/new at home.txt', 'new')
  home.put('/papers/at home 2.txt', 'changed since')
  home.remove('/papers/at home 5.txt')
  expect(changed.id).not.toBe('')
  for (let time = 0; time < 2; time++) {
    const told = await run(place, ['verify', '--remote', '--quick'])
    expect(told.status, told.stderr).toBe(3)
    expect(told.stdout).toContain('missing: google/drive/My Drive/Papers/new on drive.txt\n')
    expect(told.stdout).toContain('missing: home/files/papers/new at home.txt\n')
    expect(told.stdout).toContain('newer: home/files/papers/at home 2.txt\n')
    expect(told.stdout).toMatch(/google\/drive: \d+ entries listed again: 1 missing in the archive\. Next: holdall backup/)
    expect(told.stdout).toMatch(/home\/files: \d+ entries listed again: 1 missing in the archive, 1 newer there\./)
    expect(told.stdout).toContain('everything is as it was saved')
  }
  const json = await run(place, ['verify', 'home', '--remote', '--json'])
  expect(Object.keys(remoteOf(json.stdout))).toEqual(['home/files'])
  expect(json.stdout).toMatch(/"event":"item".*new at home\.txt.*"state":"pending"/)
  await expectWholeAgain()

  async function expectWholeAgain() {
    const status = await run(place, ['backup', '--json'])
    expect(status.status, status.stderr).toBe(0)
    const after = await run(place, ['verify', '--remote'])
    expect(after.status, after.stdout + after.stderr).toBe(0)
    expect(after.stdout).toContain('google/drive')
    expect(after.stdout).toContain('nothing is missing or newer there')
  }
})

test('what the change log forgot comes by the other road', async () => {
  const cloud = await startCloud({ accounts: ['google'] })
  const { place, drive } = cloud
  for (let n = 0; n < 4; n++) drive.addFile(`on drive ${n}.txt`, `text ${n}`)
  await expectWhole(cloud, ['google'])
  const { DatabaseSync } = await import('node:sqlite')
  const db = new DatabaseSync(`${place.archive}/.holdall/journal.db`)
  const id = db.prepare("SELECT id FROM item WHERE name = 'on drive 2.txt'").get()?.id
  db.exec(
    "DELETE FROM entry WHERE item IN (SELECT n FROM item WHERE name = 'on drive 2.txt'); DELETE FROM item WHERE name = 'on drive 2.txt'",
  )
  db.close()
  const told = await run(place, ['verify', '--remote'])
  expect(told.status).toBe(3)
  expect(told.stdout).toContain(`missing: ${id}\n`)
})

test('an account that cannot be opened is exit 4, and the other is listed all the same; one that cannot be listed is exit 3', async () => {
  const cloud = await startCloud({ settings: 'limits: { retryFor: 1s }' })
  const { place, home, drive, google, webdav } = cloud
  drive.addFile('a.txt', 'a')
  home.put('/b.txt', 'b')
  await expectWhole(cloud, ['google', 'home'])
  webdav.faults.add({ match: { method: 'PROPFIND' }, times: 99, do: { status: 500 } })
  const unlisted = await run(place, ['verify', '--remote', '--quick'])
  expect(unlisted.status, unlisted.stderr).toBe(3)
  expect(unlisted.stdout).toMatch(/home\/files: not listed: the server failed/)
  webdav.faults.clear()
  await run(place, ['disconnect', 'google', '--yes'])
  google.endSignIns()
  const ended = await run(place, ['verify', '--remote', '--quick'])
  expect(ended.status, ended.stderr).toBe(4)
  expect(ended.stdout).toMatch(/google\/drive: not listed: /)
  expect(ended.stdout).toMatch(/home\/files: .*nothing is missing or newer there/)
})
