import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { checkBag } from './archive-check.ts'
import { startCloud } from './cloud.ts'
import { expectWhole } from './expect-whole.ts'
import { run } from './program.ts'
import { failOn, hasStrace } from './strace.ts'

vi.setConfig({ testTimeout: 60_000 })

const tags = ['bagit.txt', 'bag-info.txt', 'manifest-sha256.txt', 'tagmanifest-sha256.txt', 'metadata/home/files.jsonl']
const traceable = hasStrace()

async function savedArchive() {
  const cloud = await startCloud({ accounts: ['home'] })
  for (let n = 0; n < 4; n++) cloud.home.put(`/f ${n}.txt`, `text ${n}`)
  expect((await run(cloud.place, ['backup'])).status).toBe(0)
  const at = (name: string) => path.join(cloud.place.archive, name)
  const seal = () => Object.fromEntries(tags.map((name) => [name, readFileSync(at(name), 'utf8')]))
  return { cloud, at, seal }
}

test.runIf(traceable).each([
  ['a manifest cannot be written', 'write,pwrite64,writev', '.holdall/sealing/manifest-sha256.txt'],
  ['metadata cannot be written', 'write,pwrite64,writev', '.holdall/sealing/metadata/home/files.jsonl'],
  ['the tag manifest cannot be made durable', 'fsync,fdatasync', '.holdall/sealing/tagmanifest-sha256.txt'],
])('%s: the file is named, exit 5, the old ones are whole, and the next run seals', async (_, calls, name) => {
  const { cloud, at, seal } = await savedArchive()
  const before = seal()
  cloud.home.put('/new.txt', 'new')
  const ended = await run(cloud.place, ['backup'], { under: failOn({ calls, paths: [at(name)] }) })
  expect(ended.status, ended.stderr).toBe(5)
  expect(ended.stderr).toContain(`the bag could not be sealed: the disk reported an input/output error: ${at(name)}`)
  expect(seal()).toEqual(before)
  // What was fetched is saved all the same.
  expect(readFileSync(at('data/home/files/new.txt'), 'utf8')).toBe('new')
  expect((await run(cloud.place, ['status'])).stdout).toContain('lag')
  await expectWhole(cloud, ['home'])
  expect(seal()['manifest-sha256.txt']).toContain('new.txt')
  await checkBag(cloud.place.archive)
})

test.runIf(traceable)(
  'a report that the disk does not give back does not keep the bag from being sealed, and is made anew',
  async () => {
    const { cloud, at } = await savedArchive()
    cloud.home.put('/new.txt', 'new')
    const under = failOn({ calls: 'read,pread64', paths: [at('report.html')] })
    const ended = await run(cloud.place, ['backup'], { under })
    expect(ended.status, ended.stderr).toBe(0)
    expect(existsSync(at('.holdall/sealing'))).toBe(false)
    await checkBag(cloud.place.archive)
  },
)

test.runIf(traceable)('a manifest that the disk does not give back is said, and made anew', async () => {
  const { cloud, at } = await savedArchive()
  const under = failOn({ calls: 'read,pread64', paths: [at('manifest-sha256.txt')] })
  const ended = await run(cloud.place, ['backup'], { under })
  expect(ended.status, ended.stderr).toBe(0)
  expect(ended.stderr).toContain('manifest-sha256.txt cannot be read: it is made anew, out of the journal')
  await checkBag(cloud.place.archive)
})
