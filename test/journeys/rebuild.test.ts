import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { checkBag, metadataOf, type StoredFile, storedFiles } from './archive-check.ts'
import { type Cloud, startCloud } from './cloud.ts'
import { expectWhole } from './expect-whole.ts'
import { createGoogleAccount } from './google-account.ts'
import { run, start, waitFor } from './program.ts'
import { timesFetched } from './refetched.ts'
import { smallMicrosoft, smallZoom } from './small-accounts.ts'

vi.setConfig({ testTimeout: 120_000 })

const journalOf = (cloud: Cloud) => path.join(cloud.place.archive, '.holdall/journal.db')
const inArchive = (cloud: Cloud, file: string) => path.join(cloud.place.archive, file)

/** What was fetched by a run, as `SOURCE ID`. */
async function backup(cloud: Cloud, status = 0) {
  cloud.forget()
  const ended = await run(cloud.place, ['backup', '--json'])
  expect(ended.status, ended.stderr + ended.stdout.slice(-3000)).toBe(status)
  expect(cloud.misdeeds()).toEqual([])
  return { ...ended, fetched: [...timesFetched(cloud).keys()].toSorted() }
}

async function verified(cloud: Cloud) {
  const { status, stdout, stderr } = await run(cloud.place, ['verify', '--json'])
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly event: string; readonly path: string; readonly message: string })
  const named = events.flatMap(({ event, path: where, message }) => (event === 'damaged' ? [`${where}: ${message}`] : []))
  return { status, named, stderr }
}

function forgetJournal(cloud: Cloud): void {
  for (const name of readdirSync(inArchive(cloud, '.holdall')))
    if (name.startsWith('journal.db')) rmSync(inArchive(cloud, `.holdall/${name}`))
}
const forgetAll = (cloud: Cloud) => rmSync(inArchive(cloud, '.holdall'), { recursive: true })

/** Accounts with one of each kind of source, Drive's oddities and what vanished among it. */
async function everything(): Promise<{ cloud: Cloud; vanish(): void }> {
  const { model, notes, files } = smallMicrosoft()
  const zoom = smallZoom()
  const account = createGoogleAccount({ seed: 5, messages: 12 })
  const cloud = await startCloud({
    ...account.cloud,
    sources: ['drive', 'gmail', 'contacts', 'calendar', 'tasks'],
    accounts: ['google', 'home', 'microsoft', 'zoom'],
    microsoft: { model, notes },
    zoom: { model: zoom.model, from: zoom.from },
  })
  const { drive, home } = cloud
  const folder = drive.addFolder('Papers')
  const inner = drive.addFolder('Inner', { parent: folder.id })
  drive.addFolder('Empty')
  for (const name of ['same.txt', 'same.txt', 'Same.TXT', 'a/b: c?.txt', '..'])
    drive.addFile(name, `of ${name}`, { parent: inner.id })
  drive.addEditorFile('essay', 'document')
  drive.addEditorFile('a form', 'form')
  const going = [...Array(6).keys()].map((n) => drive.addFile(`drive ${n}.txt`, `drive ${n}`).id)
  for (let n = 0; n < 6; n++) home.put(`/papers/home ${n}.txt`, `home ${n}`)
  home.put('/レポート.txt', 'ja')
  return {
    cloud,
    vanish() {
      drive.remove(going[0]!)
      home.remove('/papers/home 0.txt')
      model.remove(files[0]!.id)
    },
  }
}

/** Everything under data/, besides what differs each time it is made. */
const contents = (cloud: Cloud): Record<string, StoredFile> => Object.fromEntries(storedFiles(cloud.place.archive))
const sources = [
  'google/drive',
  'google/gmail',
  'google/contacts',
  'google/calendar',
  'google/tasks',
  'home/files',
  'microsoft/onedrive',
  'microsoft/onenote',
  'zoom/recordings',
]
/** Every line of metadata, of what is no item too. */
const lines = (cloud: Cloud): Set<string> =>
  new Set(
    sources.flatMap((source) =>
      [source, `${source}.places`]
        .filter((name) => existsSync(inArchive(cloud, `metadata/${name}.jsonl`)))
        .flatMap((name) =>
          metadataOf(cloud.place.archive, name)
            // The labels of what is left out come with a later log of changes, or not at all.
            .filter(({ state }) => state !== 'excluded')
            .map((line) => `${name} ${JSON.stringify(line)}`),
        ),
    ),
  )
const differing = (one: Set<string>, other: Set<string>) =>
  [...[...one].filter((line) => !other.has(line)), ...[...other].filter((line) => !one.has(line))].toSorted().slice(0, 4)

test('a journal that somebody deleted, or all of .holdall, or that is no database: nothing is downloaded again, and the archive stays what it was', async () => {
  const { cloud, vanish } = await everything()
  await backup(cloud)
  vanish()
  await backup(cloud)
  const before = contents(cloud)
  const linesBefore = lines(cloud)
  const garbage = Buffer.from('this is no database at all '.repeat(400))
  const good = readFileSync(journalOf(cloud))
  const losses: Record<string, () => void> = {
    'journal.db deleted': () => forgetJournal(cloud),
    '.holdall deleted': () => forgetAll(cloud),
    'garbage in its place': () => writeFileSync(journalOf(cloud), garbage),
    'zero bytes': () => writeFileSync(journalOf(cloud), ''),
    'its second half overwritten': () =>
      writeFileSync(journalOf(cloud), Buffer.concat([good.subarray(0, 4096), Buffer.alloc(good.length - 4096, 7)])),
  }
  for (const [loss, lose] of Object.entries(losses)) {
    lose()
    const again = await backup(cloud)
    expect({ loss, fetched: again.fetched }).toEqual({ loss, fetched: [] })
    expect(again.stdout).toMatch(/the journal of this archive \(\.holdall\/journal\.db\) is (missing|empty|damaged: )/)
    expect(again.stdout).toMatch(/the journal was made anew: \d+ items; \d+ files are there and right, 0 are not/)
    expect(contents(cloud)).toEqual(before)
    expect(differing(linesBefore, lines(cloud))).toEqual([])
    expect(existsSync(inArchive(cloud, '.holdall/strays'))).toBe(false)
    await checkBag(cloud.place.archive)
  }
  expect(await verified(cloud)).toMatchObject({ status: 0, named: [] })
  expect((await backup(cloud)).fetched).toEqual([])
  // Neither was deleted.
  const kept = readdirSync(inArchive(cloud, '.holdall')).filter(
    (name) => name.startsWith('journal.db.damaged-') && !/-(wal|shm|journal)$/.test(name),
  )
  expect(kept.map((name) => readFileSync(inArchive(cloud, `.holdall/${name}`)).length).toSorted()).toEqual(
    [0, garbage.length, good.length].toSorted(),
  )
})

/** A Drive and a home of a dozen files, saved. */
async function small(): Promise<Cloud> {
  const cloud = await startCloud()
  const folder = cloud.drive.addFolder('Papers')
  for (let n = 0; n < 5; n++) cloud.drive.addFile(`drive ${n}.txt`, `drive ${n}`, { parent: folder.id })
  for (let n = 0; n < 6; n++) cloud.home.put(`/papers/home ${n}.txt`, `home ${n}`)
  await expectWhole(cloud, ['google', 'home'])
  return cloud
}
const onDrive = (cloud: Cloud) =>
  metadataOf(cloud.place.archive, 'google/drive').filter(({ path: where }) => /drive \d\.txt$/.test(where))
const edit = (cloud: Cloud, file: string, change: (text: string) => string) =>
  writeFileSync(inArchive(cloud, file), change(readFileSync(inArchive(cloud, file), 'utf8')))

test('what is not right is taken again, and nothing else; a stranger’s file stays', async () => {
  const cloud = await small()
  writeFileSync(inArchive(cloud, 'data/home/files/papers/home 1.txt'), 'homE 1')
  unlinkSync(inArchive(cloud, 'data/home/files/papers/home 2.txt'))
  renameSync(inArchive(cloud, 'data/google/drive/My Drive/Papers'), inArchive(cloud, 'data/google/drive/My Drive/Elsewhere'))
  writeFileSync(inArchive(cloud, 'data/home/files/papers/mine.txt'), 'mine')
  forgetJournal(cloud)
  const { fetched, stdout } = await backup(cloud)
  const drive = onDrive(cloud)
  expect(fetched).toEqual(
    [...drive.map(({ id }) => `google/drive ${id}`), 'home/files papers/home 1.txt', 'home/files papers/home 2.txt'].toSorted(),
  )
  expect(stdout).toMatch(/"damaged".*home 1\.txt.*its bytes differ from those that were saved; it is taken again/)
  expect(stdout).toMatch(/"damaged".*home 2\.txt.*is missing; it is taken again/)
  expect(stdout).toMatch(/4 files are there and right, 7 are not/)
  expect(readFileSync(inArchive(cloud, 'data/home/files/papers/mine.txt'), 'utf8')).toBe('mine')
  const { status, named } = await verified(cloud)
  expect(status).toBe(3)
  expect(named.map((line) => line.split(': ')[0]).toSorted()).toEqual([
    ...[0, 1, 2, 3, 4].map((n) => `data/google/drive/My Drive/Elsewhere/drive ${n}.txt`),
    'data/home/files/papers/mine.txt',
  ])
  for (const one of ['google/drive/My Drive/Elsewhere', 'home/files/papers/mine.txt'])
    rmSync(inArchive(cloud, `data/${one}`), { recursive: true })
  await expectWhole(cloud, ['google', 'home'])
})

test('metadata that are cut off, or edited: what cannot be read is listed anew, and the rest is kept', async () => {
  const cloud = await small()
  // Torn off in the midst of its last line; one line is none; one is there twice.
  edit(cloud, 'metadata/home/files.jsonl', (text) => {
    const [first = '', second = '', ...rest] = text.trimEnd().split('\n')
    return [first, first, '{"id":', ...rest, second].join('\n').slice(0, -40)
  })
  forgetAll(cloud)
  const { fetched, stdout } = await backup(cloud)
  expect(stdout).toMatch(/metadata\/home\/files\.jsonl: line 3 cannot be read/)
  expect(stdout).toMatch(
    /metadata\/home\/files\.jsonl: line \d+ cannot be read.*metadata\/home\/files\.jsonl: line \d+ cannot be read/s,
  )
  expect(fetched.filter((one) => one.startsWith('google'))).toEqual([])
  expect(fetched.length).toBeLessThanOrEqual(1)
  await expectWhole(cloud, ['google', 'home'])
})

test('paths in metadata that lead out of the archive are not followed, and nothing there is touched', async () => {
  const cloud = await small()
  const outside = path.join(cloud.place.folder, 'outside')
  mkdirSync(outside)
  writeFileSync(path.join(outside, 'home 0.txt'), 'home 0')
  const hostile = [
    '../../../../outside/home 0.txt',
    'papers/../../../../../outside/home 0.txt',
    '/etc/passwd',
    'C:/x',
    'a\\..\\b',
    'link/home 0.txt',
  ]
  symlinkSync(outside, inArchive(cloud, 'data/home/files/link'))
  edit(cloud, 'metadata/home/files.jsonl', (text) =>
    text
      .split('\n')
      .map((line) =>
        line.includes('home 0.txt"')
          ? line.replaceAll(/data\/home\/files\/papers\/home 0\.txt/g, `data/home/files/${hostile[0]}`)
          : line,
      )
      .join('\n'),
  )
  const template = readFileSync(inArchive(cloud, 'metadata/home/files.jsonl'), 'utf8')
    .split('\n')
    .find((line) => line.includes('home 1.txt"'))
  for (const [n, where] of hostile.entries())
    appendFileSync(
      inArchive(cloud, 'metadata/home/files.jsonl'),
      `${template?.replaceAll('papers/home 1.txt', where.replaceAll('\\', '\\\\')).replace(/"id":"[^"]*"/, `"id":"hostile ${n}"`)}\n`,
    )
  forgetAll(cloud)
  const { stdout } = await backup(cloud)
  expect(stdout.match(/names what is not in data\/home\/files/g)?.length).toBe(6)
  expect(readdirSync(outside)).toEqual(['home 0.txt'])
  expect(readFileSync(path.join(outside, 'home 0.txt'), 'utf8')).toBe('home 0')
  expect(readFileSync(inArchive(cloud, 'manifest-sha256.txt'), 'utf8')).not.toMatch(/outside|passwd|link\//)
  rmSync(inArchive(cloud, 'data/home/files/link'))
  await expectWhole(cloud, ['google', 'home'])
})

test('an archive without its journal: what looks only says so, and makes nothing anew', async () => {
  const cloud = await small()
  const tell = async (...args: string[]) => {
    const { status, stdout, stderr } = await run(cloud.place, args)
    return { status, said: stdout + stderr }
  }
  forgetAll(cloud)
  for (const command of [
    ['status'],
    ['report'],
    ['copy', path.join(cloud.place.folder, 'copy')],
    ['export', 'mail', '--format', 'mbox', '--to', path.join(cloud.place.folder, 'mail')],
  ]) {
    const { status, said } = await tell(...command)
    expect({ command, status }, said).toEqual({ command, status: 5 })
    expect(said).toMatch(/the journal .* is missing; what was saved is still there/)
    expect(said).toContain('run holdall backup: it makes the journal anew')
  }
  const sound = await tell('verify')
  expect(sound.status).toBe(3)
  expect(sound.said).toMatch(/All 11 files, .*, are as the manifests have them; but the journal is lost\. Next: holdall backup/)
  writeFileSync(inArchive(cloud, 'data/home/files/papers/home 1.txt'), 'homE 1')
  const damaged = await tell('verify')
  expect(damaged.status).toBe(3)
  expect(damaged.said).toMatch(/home 1\.txt.*its bytes differ/)
  expect(existsSync(inArchive(cloud, '.holdall'))).toBe(false)
  // A plan makes it anew, and downloads nothing.
  cloud.forget()
  const plan = await tell('plan')
  expect(plan.status, plan.said).toBe(0)
  expect([...timesFetched(cloud).keys()]).toEqual([])
  expect(existsSync(journalOf(cloud))).toBe(true)
  expect((await backup(cloud)).fetched).toEqual(['home/files papers/home 1.txt'])
  await expectWhole(cloud, ['google', 'home'])
})

test('a bag of an earlier form, which says less of each item: only what nothing proves is downloaded again', async () => {
  const cloud = await small()
  cloud.drive.remove(onDrive(cloud)[0]!.id)
  await backup(cloud)
  const before = contents(cloud)
  for (const source of ['google/drive', 'home/files']) {
    edit(cloud, `metadata/${source}.jsonl`, (text) =>
      text
        .trimEnd()
        .split('\n')
        .map((line) => `${JSON.stringify({ ...JSON.parse(line), journal: undefined })}\n`)
        .join(''),
    )
    rmSync(inArchive(cloud, `metadata/${source}.places.jsonl`), { force: true })
  }
  // Such a bag is no damage while its journal is there.
  edit(cloud, 'tagmanifest-sha256.txt', (text) => text.replaceAll(/^.*metadata\/.*\n/gm, ''))
  const { named } = await verified(cloud)
  expect(named.filter((line) => !line.includes('tagmanifest-sha256.txt does not list it'))).toEqual([])
  forgetAll(cloud)
  const { fetched } = await backup(cloud)
  expect(fetched.filter((one) => one.startsWith('google/drive'))).toEqual([])
  expect(contents(cloud)).toEqual(before)
  await checkBag(cloud.place.archive)
  expect(await verified(cloud)).toMatchObject({ status: 0, named: [] })
  const gone = metadataOf(cloud.place.archive, 'google/drive').filter(({ goneAtSource }) => goneAtSource !== undefined)
  expect(gone.map(({ path: where }) => where)).toEqual(['My Drive/Papers/drive 0.txt'])
})

test('killed while the journal is being made anew, the next run begins again', async () => {
  const cloud = await startCloud({ accounts: ['home'] })
  for (let n = 0; n < 400; n++) cloud.home.put(`/f ${n}.bin`, { size: 200_000, seed: n })
  expect((await run(cloud.place, ['backup'])).status).toBe(0)
  const before = contents(cloud)
  forgetJournal(cloud)
  for (const signal of ['SIGKILL', 'SIGINT'] as const) {
    // What the one before left would be taken for this one's.
    rmSync(`${journalOf(cloud)}.rebuilding`, { force: true })
    const running = start(cloud.place, ['backup'])
    await waitFor(running, () => existsSync(`${journalOf(cloud)}.rebuilding`))
    running.kill(signal)
    expect((await running.ended).status).toBe(signal === 'SIGINT' ? 130 : null)
    expect(existsSync(journalOf(cloud))).toBe(false)
  }
  expect((await backup(cloud)).fetched).toEqual([])
  expect(contents(cloud)).toEqual(before)
  expect(await verified(cloud)).toMatchObject({ status: 0, named: [] })
})
