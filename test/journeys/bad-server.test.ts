import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { FaultRule as GoogleFault } from '../../src/practice/google/faults.ts'
import { oddNames } from '../../src/practice/google/odd-names.ts'
import type { FaultRule as WebdavFault } from '../../src/practice/webdav/faults.ts'
import { checkBag, metadataOf, storedFiles } from './archive-check.ts'
import { type Cloud, startCloud } from './cloud.ts'
import { checkSummary } from './course.ts'
import { expectWhole, misdeeds } from './expect-whole.ts'
import { expectedFiles } from './expected.ts'
import { type Ended, run } from './program.ts'

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
  await checkBag(cloud.place.archive)
  const [tally] = Object.values(checkSummary(ended.stdout))
  expect(tally).toBeDefined()
  expect(ended.stderr + ended.stdout).not.toMatch(/This is a fault of Holdall|"kind":"bug"/)
}

const list = { host: 'www.googleapis.com', pathPattern: /\/drive\/v3\/files$/ } as const
const media: GoogleFault['match'] = ({ query }) => query.get('alt') === 'media'

const googleFaults: readonly (readonly [string, GoogleFault, RegExp])[] = [
  ['a page for people instead of a list', { match: list, times: 99, do: { htmlPage: true } }, /HTML|page|sign in/i],
  ['JSON that ends in the middle', { match: list, times: 99, do: { truncatedJson: true } }, /cut off|JSON|ended|understood/i],
  [
    'JSON of another form',
    { match: list, times: 99, do: { status: 200, body: '{"files":"none"}', contentType: 'application/json' } },
    /understood|expected|form/i,
  ],
  ['a list that redirects in a circle', { match: list, do: { endlessRedirects: true } }, /circle|redirect/i],
  ['a page for people instead of a file', { match: media, times: 99, do: { htmlPage: true } }, /bytes|HTML|page|checksum|size/i],
  ['a file that is too short', { match: media, times: 99, do: { lengthChange: -3 } }, /bytes|size|length/i],
  ['a file that is too long', { match: media, times: 99, do: { lengthChange: 3 } }, /bytes|size|length/i],
  ['a file with other bytes', { match: media, times: 99, do: { wrongBytes: true } }, /checksum|md5|sha/i],
  ['a file that redirects in a circle', { match: media, do: { endlessRedirects: true } }, /circle|redirect/i],
]

test.for(googleFaults)('Google gives %s: exit 3, said, and the next run completes', async ([, fault, said]) => {
  const cloud = await driveWith(4)
  const rule = cloud.google.addFault(fault)
  const ended = await run(cloud.place, ['backup', '--json'])
  expect(rule.struck()).toBeGreaterThan(0)
  expect(ended.status, ended.stderr + ended.stdout).toBe(3)
  expect(complaints(ended)).toMatch(said)
  await expectNothingWrong(cloud, ended)
  rule.remove()
  await expectWhole(cloud, ['google'])
})

const webdavFaults: readonly (readonly [string, WebdavFault, RegExp])[] = [
  ['a page for people instead of a list', { match: { method: 'PROPFIND' }, times: 99, do: { html: true } }, /HTML|page|sign in/i],
  [
    'a list cut in the middle',
    { match: { method: 'PROPFIND', path: '/papers' }, times: 99, do: { cut: 2, unit: 'responses' } },
    /cut|broke|ended|closed|lost/i,
  ],
  [
    'a list that only looks whole',
    { match: { method: 'PROPFIND', path: '/papers' }, times: 99, do: { cut: 2, unit: 'responses', quietly: true } },
    /cut|ended|XML|complete/i,
  ],
  ['a page for people instead of a file', { match: { method: 'GET' }, times: 99, do: { html: true } }, /HTML|page|bytes|size/i],
  ['a file that is too short', { match: { method: 'GET' }, times: 99, do: { wrongLength: -3 } }, /bytes|size|length/i],
  ['a file that is too long', { match: { method: 'GET' }, times: 99, do: { wrongLength: 3 } }, /bytes|size|length/i],
  ['a file that is cut off', { match: { method: 'GET' }, times: 99, do: { cut: 5 } }, /cut|broke|ended|closed|lost/i],
  [
    'a file that falls silent',
    { match: { method: 'GET', path: '/papers/paper 1.txt' }, times: 99, do: { stall: 5 } },
    /silent|no byte|stall|without/i,
  ],
]

test.for(webdavFaults)('WebDAV gives %s: exit 3, said, and the next run completes', async ([, fault, said]) => {
  const cloud = await homeWith(4)
  const rule = cloud.webdav.faults.add(fault)
  const ended = await run(cloud.place, ['backup', '--json'])
  expect(rule.hits).toBeGreaterThan(0)
  expect(ended.status, ended.stderr + ended.stdout).toBe(3)
  expect(complaints(ended)).toMatch(said)
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

test('a redirect to another host is followed for a file without password or token, and never for a list', async () => {
  const cloud = await startCloud({ settings: impatient })
  const { home, drive, webdav, google } = cloud
  home.put('/papers/a.txt', 'text of a')
  drive.addFile('b.txt', 'text of b', time)
  google.settings.redirectMedia = 'always'
  webdav.quirks.crossHostRedirect = 'downloads'
  await expectWhole(cloud, ['google', 'home'])
  expect(google.requests.some(({ host, status }) => host === 'storage' && status === 200)).toBe(true)

  webdav.quirks.crossHostRedirect = 'everything'
  const away = google.addFault({ match: list, times: 99, do: { redirectTo: `${google.storage}elsewhere` } })
  const other = google.addFault({
    match: ({ path: at }) => /changes$/.test(at),
    times: 99,
    do: { redirectTo: `${google.storage}elsewhere` },
  })
  home.put('/papers/c.txt', 'text of c')
  drive.addFile('d.txt', 'text of d', time)
  const ended = await run(cloud.place, ['backup', '--json'])
  expect(ended.status).toBe(3)
  expect(misdeeds(cloud)).toEqual([])
  expect(checkSummary(ended.stdout)['google/drive']).toMatchObject({ gone: 0 })
  webdav.quirks.crossHostRedirect = 'nothing'
  away.remove()
  other.remove()
  const sources = await expectWhole(cloud, ['google', 'home'])
  expect(sources['google/drive']).toMatchObject({ saved: 1 })
  expect(sources['home/files']).toMatchObject({ saved: 1 })
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
      const ended = await run(place, ['backup', '--json'])
      expect({ what, attempt, status: ended.status }, ended.stdout).toEqual({ what, attempt, status: 3 })
      expect(metadataOf(place.archive, 'home/files').filter((line) => line.goneAtSource !== undefined)).toEqual([])
      expect(storedFiles(place.archive)).toEqual(before)
    }
    expect((await run(place, ['backup'])).stderr).toMatch(/nothing was marked as gone|lacks|lists nothing|listed nothing/i)
  }
  expect((await run(place, ['verify'])).status).toBe(0)
  for (let n = 1; n <= 20; n++) home.put(`/papers/paper ${n}.txt`, `text of paper ${n}`)
  home.put('/readme.txt', 'stays')
  await expectWhole(cloud, ['home'])
})
