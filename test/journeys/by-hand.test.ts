import { mkdirSync, readFileSync, rmSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { checkBag, storedFiles } from './archive-check.ts'
import { type Cloud, startCloud } from './cloud.ts'
import { expectWhole } from './expect-whole.ts'
import { run } from './program.ts'
import { timesFetched } from './refetched.ts'
import { verifyIn } from './verify-in-process.ts'

vi.setConfig({ testTimeout: 60_000 })

const inArchive = (cloud: Cloud, file: string) => path.join(cloud.place.archive, file)

async function saved(): Promise<Cloud> {
  const cloud = await startCloud({ accounts: ['home'] })
  for (let n = 0; n < 6; n++) cloud.home.put(`/papers/home ${n}.txt`, `home ${n}`)
  await expectWhole(cloud, ['home'])
  return cloud
}

async function tell(cloud: Cloud, ...args: string[]) {
  const { status, stdout, stderr } = await run(cloud.place, args)
  return { status, said: stdout + stderr, stdout, stderr }
}

const manifest = 'manifest-sha256.txt'
const linesOf = (cloud: Cloud, file: string) => readFileSync(inArchive(cloud, file), 'utf8').trimEnd().split('\n')
const write = (cloud: Cloud, file: string, text: string) => writeFileSync(inArchive(cloud, file), text)

/** What is done to a manifest, what verify says of it. Line ends of another system are no damage of the manifest, but of what the tag manifest vouches for. */
const broken: Readonly<Record<string, { readonly harm: (cloud: Cloud) => void; readonly named: RegExp }>> = {
  'its last line torn off': {
    harm: (cloud) => truncateSync(inArchive(cloud, manifest), readFileSync(inArchive(cloud, manifest)).length - 30),
    named: /manifest-sha256\.txt: line 6 is damaged or torn off|home 5\.txt: the manifest does not list it/,
  },
  empty: { harm: (cloud) => write(cloud, manifest, ''), named: /home 3\.txt: the manifest does not list it/ },
  missing: { harm: (cloud) => unlinkSync(inArchive(cloud, manifest)), named: /manifest-sha256\.txt: is missing/ },
  'no tag manifest': {
    harm: (cloud) => unlinkSync(inArchive(cloud, 'tagmanifest-sha256.txt')),
    named: /tagmanifest-sha256\.txt: is missing/,
  },
  'an empty tag manifest': {
    harm: (cloud) => write(cloud, 'tagmanifest-sha256.txt', ''),
    named: /bagit\.txt: tagmanifest-sha256\.txt does not list it/,
  },
  'a line twice': {
    harm: (cloud) => write(cloud, manifest, `${[...linesOf(cloud, manifest), linesOf(cloud, manifest)[0]].join('\n')}\n`),
    named: /home 0\.txt: the manifest lists it twice/,
  },
  'line ends of Windows': {
    harm: (cloud) =>
      write(
        cloud,
        manifest,
        linesOf(cloud, manifest)
          .map((line) => `${line}\r\n`)
          .join(''),
      ),
    named: /manifest-sha256\.txt: its bytes differ/,
  },
  'a path that leads out': {
    harm: (cloud) => write(cloud, manifest, `${linesOf(cloud, manifest).join('\n')}\n${'a'.repeat(64)}  data/../../outside\n`),
    named: /manifest-sha256\.txt: lists what is no file of the payload/,
  },
}

test('manifests that are half written, doubled or gone: verify says so, and what comes next seals anew; nothing of the payload is lost or fetched', async () => {
  const cloud = await saved()
  const before = storedFiles(cloud.place.archive)
  for (const [what, { harm, named }] of Object.entries(broken)) {
    harm(cloud)
    const found = await verifyIn(cloud.place.archive, cloud.place.home)
    expect({ what, ...found }).toMatchObject({ what, status: 3 })
    expect(found.named.join('\n'), what).toMatch(named)
    // It was found by verify; this is what the backup after it makes of it.
    cloud.forget()
    await expectWhole(cloud, ['home'])
    expect({ what, fetched: [...timesFetched(cloud).keys()] }).toEqual({ what, fetched: [] })
    expect(storedFiles(cloud.place.archive)).toEqual(before)
    expect({ what, ...(await verifyIn(cloud.place.archive, cloud.place.home)) }).toEqual({ what, status: 0, named: [] })
  }
})

test('a backup alone, too, says that a manifest is not what it was, and makes it anew', async () => {
  const cloud = await saved()
  const harms = ['its last line torn off', 'empty', 'missing', 'no tag manifest', 'an empty tag manifest', 'a line twice']
  for (const what of harms) {
    broken[what]!.harm(cloud)
    const { status, said } = await tell(cloud, 'backup')
    expect({ what, status }, said).toEqual({ what, status: 0 })
    expect(said, what).toMatch(/(tag)?manifest-sha256\.txt .*it is made anew/)
    await checkBag(cloud.place.archive)
  }
  expect((await tell(cloud, 'backup')).said).not.toContain('made anew')
})

test('files that somebody removed, changed or added in data/: each is named; the first two come again, the last stays what it is', async () => {
  const cloud = await saved()
  const at = (name: string) => inArchive(cloud, `data/home/files/papers/${name}`)
  unlinkSync(at('home 1.txt'))
  writeFileSync(at('home 2.txt'), 'homE 2')
  writeFileSync(at('mine.txt'), 'mine')
  mkdirSync(at('my folder'))
  writeFileSync(at('my folder/mine too.txt'), 'mine too')
  const found = await tell(cloud, 'verify')
  expect(found.status).toBe(3)
  expect(found.said).toMatch(/home 1\.txt: is missing/)
  expect(found.said).toMatch(/home 2\.txt: its bytes differ/)
  expect(found.said).toMatch(/papers\/mine\.txt: was not put here by a backup/)
  expect(found.said).toMatch(/my folder\/mine too\.txt: was not put here by a backup/)
  expect(found.said).not.toMatch(/home [0345]\.txt/)

  // Once more: it is not said that a run was cut off, nor that a file of ours is somebody else's.
  const once = await tell(cloud, 'verify')
  expect(once.status).toBe(3)
  expect(once.said).toMatch(/an earlier verify found damage/)
  expect(once.said).not.toContain('cut off')
  expect(once.said).toMatch(/home 2\.txt: was found damaged before, and is taken again by the next holdall backup/)
  expect((await tell(cloud, 'status')).said).not.toContain('cut off')

  cloud.forget()
  const { status, said } = await tell(cloud, 'backup')
  expect(status, said).toBe(0)
  expect([...timesFetched(cloud).keys()].toSorted()).toEqual(['home/files papers/home 1.txt', 'home/files papers/home 2.txt'])
  expect(readFileSync(at('mine.txt'), 'utf8')).toBe('mine')
  expect(readFileSync(at('my folder/mine too.txt'), 'utf8')).toBe('mine too')

  // Something of the same name comes at the source: what stood there is kept, and that is said.
  cloud.home.put('/papers/mine.txt', 'of the source')
  const taken = await tell(cloud, 'backup')
  expect(taken.status, taken.said).toBe(0)
  expect(readFileSync(at('mine.txt'), 'utf8')).toBe('of the source')
  const [, kept = ''] =
    /papers\/mine\.txt stood where a saved file belongs and is not one of ours: it was kept as (\S.*mine\.txt)/.exec(
      taken.said,
    ) ?? []
  expect(readFileSync(inArchive(cloud, kept), 'utf8')).toBe('mine')

  rmSync(at('my folder'), { recursive: true })
  expect((await tell(cloud, 'verify')).status).toBe(0)
  await expectWhole(cloud, ['home'])
})

test('a removed file that no verify has looked for is found by the next backup alone, which takes it again', async () => {
  const cloud = await saved()
  unlinkSync(inArchive(cloud, 'data/home/files/papers/home 1.txt'))
  cloud.forget()
  const { status, said } = await tell(cloud, 'backup')
  expect(status, said).toBe(0)
  expect(said).toMatch(/home 1\.txt: is missing; it is taken again/)
  expect([...timesFetched(cloud).keys()]).toEqual(['home/files papers/home 1.txt'])
  await expectWhole(cloud, ['home'])
})

test('the report says when the archive was last verified, and what that found', async () => {
  const cloud = await saved()
  const reported = () => JSON.parse(readFileSync(inArchive(cloud, 'report.json'), 'utf8')) as { readonly lastVerify?: object }
  const page = () => readFileSync(inArchive(cloud, 'report.html'), 'utf8')
  expect(reported().lastVerify).toBeUndefined()
  expect(page()).toContain('Holdall has not read it again since it was saved')
  expect((await tell(cloud, 'verify')).status).toBe(0)
  expect((await tell(cloud, 'report')).status).toBe(0)
  expect(reported().lastVerify).toMatchObject({ read: 'every-byte', sources: null, files: 6, damaged: 0 })
  expect(page()).toMatch(/Last verified: .*, 6 files, every byte read\. Everything was as it was saved\./)
  unlinkSync(inArchive(cloud, 'data/home/files/papers/home 1.txt'))
  expect((await tell(cloud, 'verify', '--quick', 'home')).status).toBe(3)
  expect((await tell(cloud, 'report')).status).toBe(3)
  expect(reported().lastVerify).toMatchObject({ read: 'sizes', sources: ['home/files'], damaged: 1 })
  expect(page()).toMatch(/by sizes and times\. Not as it was saved: 1 item;/)
})
