import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { oddNames } from '../../src/practice/google/odd-names.ts'
import type { FaultAction, FaultRule } from '../../src/practice/serving/faults.ts'
import type { Fault } from '../../src/practice/webdav/faults.ts'
import { checkBag, metadataOf, storedFiles } from './archive-check.ts'
import { type Cloud, startCloud } from './cloud.ts'
import { checkSummary } from './course.ts'
import { expectWhole, misdeeds } from './expect-whole.ts'
import { expectedFiles } from './expected.ts'
import { type Ended, run } from './program.ts'

// Many runs of the program after each other, on machines that may be busy.
vi.setConfig({ testTimeout: 180_000 })

/** What fails is given up soon. */
const impatient = 'limits: { retryFor: 1s, stall: 2s }'

async function driveWith(count: number): Promise<Cloud> {
  const cloud = await startCloud({ accounts: ['google'], settings: impatient })
  const folder = cloud.drive.addFolder('Papers')
  for (let n = 1; n <= count; n++) cloud.drive.addFile(`paper ${n}.txt`, `text of paper ${n}`, { parent: folder.id, ...time })
  return cloud
}

async function homeWith(count: number): Promise<Cloud> {
  const cloud = await startCloud({ accounts: ['home'], settings: impatient })
  for (let n = 1; n <= count; n++) cloud.home.put(`/papers/paper ${n}.txt`, `text of paper ${n}`)
  return cloud
}

const time = { modifiedTime: Date.UTC(2025, 1, 3, 4, 5, 6) }

/** Whatever stands there is what the source has, and the archive is a bag. */
async function expectNothingWrong(cloud: Cloud, ended: Ended): Promise<void> {
  expect(misdeeds(cloud)).toEqual([])
  const known = new Set(expectedFiles(cloud).map(({ sha256 }) => sha256))
  for (const { path: name, sha256 } of storedFiles(cloud.place.archive).values())
    expect([name, known.has(sha256)]).toEqual([name, true])
  // sha256sum takes a manifest without lines for none.
  if (storedFiles(cloud.place.archive).size > 0) await checkBag(cloud.place.archive)
  const [tally] = Object.values(checkSummary(ended.stdout))
  expect(tally).toBeDefined()
  expect(ended.stderr + ended.stdout).not.toMatch(/This is a fault of Holdall|"kind":"bug"/)
}

const list = { host: 'www.googleapis.com', pathPattern: /\/drive\/v3\/files$/ } as const

test('lists of Google that are none: exit 3 each time, said, nothing taken for empty, and then the run completes', async () => {
  const cloud = await driveWith(4)
  const notJson = { status: 200, body: '{"files":"none"}', contentType: 'application/json' }
  const faults: readonly (readonly [FaultAction, RegExp])[] = [
    [{ htmlPage: true }, /web page|HTML|form/i],
    [{ truncatedJson: true }, /form|cut off/],
    [notJson, /form/],
    [{ endlessRedirects: true }, /leads round in a circle/],
  ]
  for (const [fault, said] of faults) {
    const rule = cloud.google.addFault({ match: list, times: 99, do: fault })
    const ended = await run(cloud.place, ['backup', '--json'])
    expect(rule.struck()).toBeGreaterThan(0)
    expect(ended.status, ended.stderr + ended.stdout).toBe(3)
    expect(complaints(ended)).toMatch(said)
    await expectNothingWrong(cloud, ended)
    rule.remove()
  }
  expect((await expectWhole(cloud, ['google']))['google/drive']).toMatchObject({ items: 5, saved: 5 })
})

test('files of Google that are none: each is named as failed, none stands in the archive, and the next run completes', async () => {
  const cloud = await driveWith(6)
  const faults: readonly FaultAction[] = [
    { htmlPage: true },
    { lengthChange: -3 },
    { lengthChange: 3 },
    { wrongBytes: true },
    { endlessRedirects: true },
  ]
  const papers = [...cloud.drive.scan({ entry: 0, offset: 0 })]
    .map(([item]) => item)
    .filter(({ content }) => content !== undefined)
  const rules = faults.map((fault, n) => {
    const match: FaultRule['match'] = ({ path: at, query }) => at.endsWith(`/${papers[n]?.id}`) && query.get('alt') === 'media'
    return cloud.google.addFault({ match, times: 99, do: fault })
  })
  const ended = await run(cloud.place, ['backup', '--json'])
  for (const rule of rules) expect(rule.struck()).toBeGreaterThan(0)
  expect(ended.status, ended.stderr + ended.stdout).toBe(3)
  expect(checkSummary(ended.stdout)['google/drive']).toMatchObject({ failed: 5, saved: 2 })
  expect(storedFiles(cloud.place.archive).size).toBe(1)
  expect(complaints(ended)).toMatch(/circle/)
  await expectNothingWrong(cloud, ended)
  cloud.google.clearFaults()
  await expectWhole(cloud, ['google'])
})

test('lists of a WebDAV home that are none: exit 3 each time, said, and then the run completes', async () => {
  const cloud = await homeWith(4)
  const faults: readonly (readonly [Fault, RegExp])[] = [
    [{ html: true }, /page|HTML|list/i],
    [{ cut: 2, unit: 'responses' }, /cut|broke|ended|closed|lost/i],
    [{ cut: 2, unit: 'responses', quietly: true }, /cut|ended|XML|complete/i],
  ]
  for (const [fault, said] of faults) {
    const rule = cloud.webdav.faults.add({ match: { method: 'PROPFIND', path: '/papers' }, times: 99, do: fault })
    const ended = await run(cloud.place, ['backup', '--json'])
    expect(rule.hits).toBeGreaterThan(0)
    expect(ended.status, ended.stderr + ended.stdout).toBe(3)
    expect(complaints(ended)).toMatch(said)
    await expectNothingWrong(cloud, ended)
    cloud.webdav.faults.clear()
  }
  expect((await expectWhole(cloud, ['home']))['home/files']).toMatchObject({ items: 5, gone: 0 })
})

test('files of a WebDAV home that are none: each is named as failed, none stands in the archive, and the next run completes', async () => {
  const cloud = await homeWith(5)
  const faults: readonly Fault[] = [{ html: true }, { cut: 0 }, { cut: 5, quietly: true }, { stall: 0 }]
  for (const [n, fault] of faults.entries())
    cloud.webdav.faults.add({ match: { method: 'GET', path: `/papers/paper ${n + 1}.txt` }, times: 99, do: fault })
  const ended = await run(cloud.place, ['backup', '--json'])
  expect(ended.status, ended.stderr + ended.stdout).toBe(3)
  expect(checkSummary(ended.stdout)['home/files']).toMatchObject({ failed: 4, saved: 2 })
  expect(storedFiles(cloud.place.archive).size).toBe(1)
  expect(complaints(ended)).toMatch(/web page/)
  await expectNothingWrong(cloud, ended)
  cloud.webdav.faults.clear()
  await expectWhole(cloud, ['home'])
})

/** The messages of what failed, without the words of anything else. */
function complaints({ stdout }: Ended): string {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { event: string; state?: string; message?: string; reason?: string })
    .filter(({ event, state }) => event === 'failed' || state === 'failed')
    .map(({ message, reason }) => `${message ?? ''} ${reason ?? ''}`)
    .join('\n')
}

test('a redirect to another host never sees a password or a token: Google’s files come from there, a WebDAV home says where it leads', async () => {
  const cloud = await startCloud({ settings: impatient })
  const { home, drive, webdav, google } = cloud
  home.put('/papers/a.txt', 'text of a')
  drive.addFile('b.txt', 'text of b', time)
  google.settings.redirectMedia = 'always'
  webdav.quirks.crossHostRedirect = 'downloads'
  const files = await run(cloud.place, ['backup', '--json'])
  expect(files.status).toBe(3)
  expect(checkSummary(files.stdout)).toMatchObject({ 'google/drive': { saved: 1 }, 'home/files': { failed: 1 } })
  expect(complaints(files)).toMatch(/sends this on to another host \(https:/)
  expect(google.requests.some(({ host, status }) => host === 'storage' && status === 200)).toBe(true)

  webdav.quirks.crossHostRedirect = 'everything'
  const redirectTo = `${google.storage}elsewhere`
  google.addFault({ match: ({ path: at }) => /\/drive\/v3\/(files|changes)$/.test(at), times: 99, do: { redirectTo } })
  const lists = await run(cloud.place, ['backup', '--json'])
  expect(lists.status).toBe(3)
  expect(checkSummary(lists.stdout)).toMatchObject({ 'google/drive': { gone: 0, unchanged: 1 } })
  expect(misdeeds(cloud)).toEqual([])
  webdav.quirks.crossHostRedirect = 'nothing'
  google.clearFaults()
  await expectWhole(cloud, ['google', 'home'])
})

test('hostile names: all are saved, inside the archive, under names that every system can hold', async () => {
  const cloud = await startCloud()
  const { drive, home, place } = cloud
  const names = [...oddNames, '..', '../../../up.txt', '/', '\0', 'x'.repeat(5000), '..\\..\\up.txt']
  const inside = drive.addFolder('..')
  const deeper = drive.addFolder('../../../../../../tmp/holdall-escaped', { parent: inside.id })
  for (const [n, name] of names.entries()) {
    drive.addFile(name, `on Drive ${n}`, time)
    drive.addFile(name, `deeper ${n}`, { parent: deeper.id, ...time })
  }
  const atHome = names.filter((name) => name !== '.' && name !== '..' && !/[/\0]/.test(name))
  for (const [n, name] of new Set(atHome).entries()) home.put(`/box/${name}`, `at home ${n}`)
  writeFileSync(path.join(place.folder, 'up.txt'), 'untouched')

  const ended = await run(place, ['backup', '--json'])
  expect(ended.status, ended.stderr).toBe(0)
  const stored = [...storedFiles(place.archive).values()]
  expect(new Set(stored.map(({ sha256 }) => sha256))).toEqual(new Set(expectedContents(cloud)))
  expect(stored.length).toBe(2 * names.length + new Set(atHome).size)
  for (const { path: name } of stored) {
    for (const component of name.split('/')) {
      expect(component).not.toMatch(/[\0-\x1f\x7f\\:*?"<>|%]|^\.{1,2}$|^ |[ .]$/)
      expect(Buffer.byteLength(component)).toBeLessThanOrEqual(255)
    }
  }
  // The true names stand in the metadata.
  const lines = metadataOf(place.archive, 'google/drive')
  for (const name of names) expect(lines.some((line) => line.path.endsWith(name))).toBe(true)
  expect(storedFiles(place.folder).size).toBe(0)
  await checkBag(place.archive)
  expect((await run(place, ['verify'])).status).toBe(0)
  const again = checkSummary((await run(place, ['backup', '--json'])).stdout)
  expect(Object.values(again).map(({ saved }) => saved)).toEqual([0, 0])
})

const expectedContents = (cloud: Cloud) =>
  expectedFiles({ home: cloud.home })
    .map(({ sha256 }) => sha256)
    .concat(onDrive(cloud))

function onDrive({ drive }: Cloud): string[] {
  const found: string[] = []
  for (const [item] of drive.scan({ entry: 0, offset: 0 }))
    if (item.content instanceof Uint8Array) found.push(createHash('sha256').update(item.content).digest('hex'))
  return found
}

test('a folder that answers 503 takes nothing below it for gone', async () => {
  const cloud = await homeWith(3)
  const { home, webdav, place } = cloud
  home.put('/papers/old/deep/x.txt', 'x')
  home.put('/other/y.txt', 'y')
  await expectWhole(cloud, ['home'])
  webdav.faults.add({ match: { method: 'PROPFIND', path: '/papers' }, times: 999, do: { status: 503 } })
  home.put('/other/z.txt', 'z')
  home.remove('/other/y.txt')
  const ended = await run(place, ['backup', '--json'])
  expect(ended.status).toBe(3)
  expect(complaints(ended)).toMatch(/papers/)
  const gone = metadataOf(place.archive, 'home/files').filter((line) => line.goneAtSource !== undefined)
  expect(gone.map((line) => line.path)).toEqual(['other/y.txt'])
  expect([...storedFiles(place.archive).keys()].filter((name) => name.includes('/papers/'))).toHaveLength(4)
  webdav.faults.clear()
  await expectWhole(cloud, ['home'])
})

test('an account that suddenly lists nothing, or lacks most, marks nothing as gone', async () => {
  const cloud = await homeWith(20)
  const { home, place } = cloud
  home.put('/readme.txt', 'stays')
  await expectWhole(cloud, ['home'])
  const before = storedFiles(place.archive)
  for (const [what, left] of [
    ['lacks most', 1],
    ['lists nothing', 0],
  ] as const) {
    home.remove(left === 1 ? '/papers' : '/readme.txt')
    for (const attempt of ['at first', 'and again']) {
      const ended = await run(place, ['backup'])
      expect({ what, attempt, status: ended.status }, ended.stderr).toEqual({ what, attempt, status: 3 })
      expect(ended.stderr).toMatch(/gone|lacks|lists nothing|listed nothing/i)
      expect(metadataOf(place.archive, 'home/files').filter((line) => line.goneAtSource !== undefined)).toEqual([])
      expect(storedFiles(place.archive)).toEqual(before)
    }
  }
  expect((await run(place, ['verify'])).status).toBe(0)
  for (let n = 1; n <= 20; n++) home.put(`/papers/paper ${n}.txt`, `text of paper ${n}`)
  home.put('/readme.txt', 'stays')
  await expectWhole(cloud, ['home'])
})
