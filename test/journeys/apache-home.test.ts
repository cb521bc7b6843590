import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test, vi } from 'vitest'
import { generated } from '../../src/practice/content/generated.ts'
import { type Apache, hasApache, startApache } from '../apache.ts'
import { checkBag, metadataOf, sha256OfFile, storedFiles } from './archive-check.ts'
import { testCertificate } from './cloud.ts'
import { checkSummary } from './course.ts'
import { makePlace, type Place, run } from './program.ts'

// Many runs of the program after each other, on machines that may be busy.
vi.setConfig({ testTimeout: 180_000 })

const folders = ['papers', 'papers/2023', 'papers/2024 (old)', '写真', 'a b & c', 'ünïcode', 'hash # and plus +']
const perFolder = 45

/** Several hundred files with odd but possible names; a path below the folder → its bytes' number. */
function fill(root: string): Set<string> {
  const names = new Set<string>()
  let seed = 0
  for (const folder of folders) {
    mkdirSync(path.join(root, folder), { recursive: true })
    for (let n = 0; n < perFolder; n++) {
      const name = `${folder}/file ${n} ${['plain', 'ä', '日本', "it's", 'a+b', 'c;d', 'e&f', '[g]'][n % 8]}.bin`
      write(root, name, ++seed)
      names.add(name)
    }
  }
  return names
}

function write(root: string, name: string, seed: number): void {
  const file = path.join(root, name)
  writeFileSync(file, generated(200 + ((seed * 977) % 20_000), seed).bytes())
  const seconds = 1_700_000_000 + seed
  utimesSync(file, seconds, seconds)
}

/** The archive holds exactly these files of the folder, with their bytes and times. */
function expectEqual(place: Place, root: string, names: ReadonlySet<string>, left: ReadonlySet<string> = new Set()): void {
  const stored = storedFiles(place.archive)
  expect(new Set([...stored.keys()].map((name) => name.replace('data/home/files/', '')))).toEqual(new Set([...names, ...left]))
  for (const name of names) {
    const there = stored.get(`data/home/files/${name}`)
    expect({ name, sha256: there?.sha256 }).toEqual({ name, sha256: sha256OfFile(path.join(root, name)) })
    if (there !== undefined && !name.endsWith('again.bin')) expect(there.modified % 1000).toBe(0)
  }
}

const downloads = async (apache: Apache) => (await apache.requests()).filter((line) => line.startsWith('GET '))

test.skipIf(!hasApache()).for(['basic', 'digest'] as const)(
  'a home at Apache (%s): saved, kept in step, proven',
  async (auth) => {
    const root = mkdtempSync(path.join(tmpdir(), 'holdall-apache-files-'))
    onTestFinished(() => rmSync(root, { recursive: true, force: true }))
    chmodSync(root, 0o755)
    const names = fill(root)
    const tls = await testCertificate()
    const apache = await startApache({ auth, folder: root, tls })
    onTestFinished(() => apache.stop())
    const place = await makePlace()
    writeFileSync(path.join(place.folder, 'ca.pem'), tls.ca)
    const account = `  home: { provider: webdav, url: ${JSON.stringify(apache.url)}, username: ${JSON.stringify(apache.username)} }`
    await place.configure(`archive: ./archive\ntokens: file\nnetwork: { ca: ./ca.pem }\naccounts:\n${account}\n`)
    place.env.HOLDALL_HOME_PASSWORD = apache.password

    const backup = async () => {
      const before = (await downloads(apache)).length
      const ended = await run(place, ['backup', '--json'])
      expect(ended.status, ended.stdout + ended.stderr).toBe(0)
      await checkBag(place.archive)
      return { tally: checkSummary(ended.stdout)['home/files'], fetched: (await downloads(apache)).slice(before) }
    }
    const first = await backup()
    expect(first.tally).toMatchObject({ saved: names.size + folders.length, failed: 0, pending: 0 })
    expect(first.fetched).toHaveLength(names.size)
    expectEqual(place, root, names)

    // Nothing changed: nothing is fetched, and the bag stays as it was.
    const manifest = readFileSync(path.join(place.archive, 'manifest-sha256.txt'), 'utf8')
    expect((await backup()).fetched).toEqual([])
    expect(readFileSync(path.join(place.archive, 'manifest-sha256.txt'), 'utf8')).toBe(manifest)

    const pick = (text: string) => [...names].filter((name) => name.startsWith(text))
    const changed = pick('papers/2023').slice(0, 5)
    for (const [n, name] of changed.entries()) write(root, name, 5000 + n)
    const renamed = pick('写真').slice(0, 6)
    for (const [n, name] of renamed.entries()) {
      const to = n % 2 === 0 ? `写真/renamed ${n}.bin` : `a b & c/moved ${n}.bin`
      renameSync(path.join(root, name), path.join(root, to))
      names.delete(name)
      names.add(to)
    }
    renameSync(path.join(root, 'ünïcode'), path.join(root, 'another name'))
    for (const name of pick('ünïcode')) {
      names.delete(name)
      names.add(name.replace('ünïcode', 'another name'))
    }
    const deleted = new Set(pick('hash').slice(0, 7))
    for (const name of deleted) {
      rmSync(path.join(root, name))
      names.delete(name)
    }
    write(root, 'papers/new.bin', 9000)
    names.add('papers/new.bin')

    const second = await backup()
    // Changed, new, and what moved: without lasting ids that is known by its bytes alone.
    expect(second.fetched).toHaveLength(changed.length + 1 + renamed.length + perFolder)
    expectEqual(place, root, names, deleted)
    const gone = metadataOf(place.archive, 'home/files').filter((line) => line.goneAtSource !== undefined)
    expect(new Set(gone.filter(({ kind }) => kind === 'file').map((line) => line.path))).toEqual(deleted)

    expect((await backup()).fetched).toEqual([])
    const verified = await run(place, ['verify'])
    expect(verified.status, verified.stderr).toBe(0)
    for (const manifestName of ['manifest-sha256.txt', 'tagmanifest-sha256.txt'])
      await promisify(execFile)('sha256sum', ['--strict', '--quiet', '-c', manifestName], { cwd: place.archive })

    // And it is not for nothing: one other byte, and both say so.
    const victim = path.join(place.archive, 'data/home/files/papers/new.bin')
    const bytes = readFileSync(victim)
    bytes[100] = (bytes[100] ?? 0) ^ 1
    writeFileSync(victim, bytes)
    const damaged = await run(place, ['verify'])
    expect(damaged.status).toBe(3)
    expect(damaged.stdout + damaged.stderr).toContain('papers/new.bin')
    await expect(checkBag(place.archive)).rejects.toThrow(/1 computed checksum did NOT match/)
    expect((await backup()).fetched).toHaveLength(1)
    expectEqual(place, root, names, deleted)
  },
)
