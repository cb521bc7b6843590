import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { storedFiles } from './archive-check.ts'
import { startCloud } from './cloud.ts'
import { expectWhole } from './expect-whole.ts'
import { run, start, waitFor } from './program.ts'
import { below, pick, type Random, seeded } from './random.ts'
import { inJournal, verifyIn } from './verify-in-process.ts'

vi.setConfig({ testTimeout: 120_000 })

const rounds = Number(process.env.HOLDALL_ROUNDS ?? 20)
const firstSeed = Number(process.env.HOLDALL_SEED ?? 1)

/** One thing that goes wrong in an archive, and what verify must name for it; undefined: there is nothing to do it to. */
type Damage = (archive: string, random: Random) => readonly RegExp[] | undefined

const payload = (archive: string) => [...storedFiles(archive).values()].map((file) => file.path).toSorted()
const tagFiles = (archive: string) =>
  readFileSync(path.join(archive, 'tagmanifest-sha256.txt'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.slice(66))
const literal = (text: string) => new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))

/** What sha256sum says of the manifest: the paths that are not as it lists them. */
function sumsWrong(archive: string, manifest: string): string[] {
  try {
    execFileSync('sha256sum', ['--quiet', '-c', manifest], { cwd: archive, encoding: 'utf8', stdio: 'pipe' })
    return []
  } catch (error) {
    const { stdout } = error as { stdout: string }
    return [...stdout.matchAll(/^(.*): FAILED/gm)].map((match) => match[1] ?? '')
  }
}

function flip(file: string, random: Random): boolean {
  const bytes = readFileSync(file)
  if (bytes.length === 0) return false
  const at = below(random, bytes.length)
  bytes[at] = (bytes[at] ?? 0) ^ (1 << below(random, 8))
  writeFileSync(file, bytes)
  return true
}

const damages: Readonly<Record<string, Damage>> = {
  'a flipped bit in a file': (archive, random) => {
    const file = pick(random, payload(archive))
    return flip(path.join(archive, file), random) ? [literal(file)] : undefined
  },
  'a file cut off': (archive, random) => {
    const file = pick(random, payload(archive))
    const { length } = readFileSync(path.join(archive, file))
    if (length === 0) return undefined
    truncateSync(path.join(archive, file), below(random, length))
    return [literal(file)]
  },
  'a file that grew': (archive, random) => {
    const file = pick(random, payload(archive))
    appendFileSync(path.join(archive, file), 'x')
    return [literal(file)]
  },
  'a file deleted': (archive, random) => {
    const file = pick(random, payload(archive))
    unlinkSync(path.join(archive, file))
    return [new RegExp(`${literal(file).source}: is missing`)]
  },
  'a file added': (archive, random) => {
    const added = `${path.posix.dirname(pick(random, payload(archive)))}/added ${below(random, 1000)}.txt`
    writeFileSync(path.join(archive, added), 'not from any account')
    return [new RegExp(`${literal(added).source}: was not put here`)]
  },
  'two files swapped': (archive, random) => {
    const [one, other] = [pick(random, payload(archive)), pick(random, payload(archive))].map((file) => path.join(archive, file))
    if (one === undefined || other === undefined || readFileSync(one).equals(readFileSync(other))) return undefined
    renameSync(one, `${one}.tmp`)
    renameSync(other, one)
    renameSync(`${one}.tmp`, other)
    return [one, other].map((file) => literal(path.relative(archive, file)))
  },
  'a flipped bit in a file beside the payload': (archive, random) => {
    const file = pick(random, [...tagFiles(archive), 'bagit.txt', 'manifest-sha256.txt'])
    return flip(path.join(archive, file), random) ? [literal(file)] : undefined
  },
  'a file beside the payload deleted': (archive, random) => {
    const file = pick(random, [...tagFiles(archive), 'tagmanifest-sha256.txt'])
    unlinkSync(path.join(archive, file))
    return [new RegExp(`${literal(file).source}: is missing`)]
  },
  'a line of the manifest gone': (archive, random) => {
    const file = path.join(archive, 'manifest-sha256.txt')
    const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)
    const [lost = ''] = lines.splice(below(random, lines.length), 1)
    writeFileSync(file, lines.map((line) => `${line}\n`).join(''))
    return [new RegExp(`${literal(lost.slice(66)).source}: the manifest does not list it`)]
  },
  'a line of the metadata edited, and the tag manifest with it': (archive, random) => {
    const file = pick(
      random,
      tagFiles(archive).filter((name) => name.startsWith('metadata/')),
    )
    const lines = readFileSync(path.join(archive, file), 'utf8').split('\n').slice(0, -1)
    if (lines.length === 0) return undefined
    const at = below(random, lines.length)
    const line = JSON.parse(lines[at] ?? '') as { path: string; state: string }
    lines[at] = JSON.stringify({ ...line, state: line.state === 'saved' ? 'gone' : 'saved' })
    writeFileSync(path.join(archive, file), lines.map((one) => `${one}\n`).join(''))
    const sums = path.join(archive, 'tagmanifest-sha256.txt')
    const sum = execFileSync('sha256sum', [path.join(archive, file)], { encoding: 'utf8' }).slice(0, 64)
    const kept = readFileSync(sums, 'utf8').split('\n')
    writeFileSync(sums, kept.map((one) => (one.endsWith(`  ${file}`) ? `${sum}  ${file}` : one)).join('\n'))
    return [literal(line.path)]
  },
  'a row of the journal changed': (archive, random) =>
    inJournal(archive, (db) => {
      const rows = db.prepare("SELECT n, id, coalesce(name, id) AS name, state FROM item WHERE kind <> 'place'").all()
      const row = pick(random, rows)
      const n = Number(row.n)
      const change = pick(random, [
        () => db.prepare('UPDATE item SET state = ? WHERE n = ?').run(row.state === 'saved' ? 'excluded' : 'saved', n),
        () => db.prepare("UPDATE item SET reason = 'made up' WHERE n = ?").run(n),
        () => db.prepare('UPDATE item SET vanished = 1 WHERE n = ?').run(n),
        () => db.prepare(`UPDATE item SET details = '{"made":"up"}' WHERE n = ?`).run(n),
        () => db.prepare('DELETE FROM item WHERE n = ?').run(n),
      ])
      change()
      return [literal(String(row.name))]
    }),
  'a file’s row in the journal changed': (archive, random) =>
    inJournal(archive, (db) => {
      const rows = db
        .prepare("SELECT item, key, disk FROM entry WHERE disk IS NOT NULL AND sha256 IS NOT NULL AND key <> ''")
        .all()
      const { item, key, disk } = pick(random, rows)
      const where = 'WHERE item = ? AND key = ?'
      const change = pick(random, [
        `UPDATE entry SET sha256 = replace(sha256, substr(sha256, 1, 1), 'f') || '' ${where} AND substr(sha256, 1, 1) <> 'f'`,
        `UPDATE entry SET sha256 = NULL ${where}`,
        `UPDATE entry SET bytes = bytes + 1 ${where}`,
        `UPDATE entry SET disk = 'other' ${where}`,
        `DELETE FROM entry ${where}`,
      ])
      return db.prepare(change).run(item ?? null, key ?? null).changes === 0 ? undefined : [literal(String(disk))]
    }),
}

test(`${rounds} archives with one thing wrong each: verify names it, and whatever sha256sum names`, async () => {
  const cloud = await startCloud()
  const { place, home, drive } = cloud
  const folder = drive.addFolder('Papers')
  for (let n = 0; n < 12; n++)
    drive.addFile(`on drive ${n}.txt`, `text ${n} `.repeat(1 + n * 40), n % 2 === 0 ? { parent: folder.id } : {})
  drive.addEditorFile('essay', 'document')
  drive.addEditorFile('a form', 'form')
  for (let n = 0; n < 12; n++) home.put(`/papers ${n % 3}/at home ${n}.txt`, `text ${n}\n`.repeat(1 + n * 30))
  home.put('/large.bin', { size: 600_000, seed: 3 })
  home.put('/レポート.txt', 'ja')
  expect((await run(place, ['backup'])).status).toBe(0)
  expect(await verifyIn(place.archive, place.home)).toEqual({ status: 0, named: [] })

  const copy = path.join(tmpdir(), `holdall-damage-${process.pid}`)
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }))
  for (let round = 0; round < rounds; round++) {
    const seed = firstSeed + round
    const random = seeded(seed)
    rmSync(copy, { recursive: true, force: true })
    cpSync(place.archive, copy, { recursive: true, preserveTimestamps: true })
    const kinds = Object.keys(damages)
    const kind = kinds[round % kinds.length] ?? ''
    const expected = damages[kind]?.(copy, random)
    if (expected === undefined) continue
    const about = `seed ${seed}: ${kind}`
    const wrong = existsSync(path.join(copy, 'manifest-sha256.txt')) ? sumsWrong(copy, 'manifest-sha256.txt') : []
    const { status, named } = await verifyIn(copy, place.home)
    expect({ about, status, named }).toMatchObject({ about, status: 3 })
    for (const pattern of expected) expect(named.join('\n'), about).toMatch(pattern)
    for (const file of wrong) expect(named.join('\n'), `${about}: sha256sum`).toContain(file)
  }
})

test('whatever was damaged is right again after the next backup', async () => {
  const cloud = await startCloud()
  const { place, home, drive } = cloud
  for (let n = 0; n < 8; n++) drive.addFile(`on drive ${n}.txt`, `text ${n}`)
  for (let n = 0; n < 8; n++) home.put(`/papers/at home ${n}.txt`, `text ${n}`)
  await expectWhole(cloud, ['google', 'home'])
  for (const [index, [kind, damage]] of Object.entries(damages).entries()) {
    const expected = damage(place.archive, seeded(firstSeed + index))
    if (expected === undefined) continue
    const { status, named } = await verifyIn(place.archive, place.home)
    expect({ kind, status, named }).toMatchObject({ kind, status: 3 })
    // What nobody knows is nobody's to remove but the person's.
    for (const line of named) if (line.includes('was not put here')) rmSync(path.join(place.archive, line.split(': ')[0] ?? ''))
    await expectWhole(cloud, ['google', 'home'])
    expect({ kind, ...(await verifyIn(place.archive, place.home)) }).toEqual({ kind, status: 0, named: [] })
  }
})

test('a pass that was interrupted goes on where it stopped, and says what was read when', async () => {
  const cloud = await startCloud({ accounts: ['home'] })
  const { place, home } = cloud
  for (let n = 0; n < 40; n++) home.put(`/f ${String(n).padStart(2, '0')}.bin`, { size: 2000, seed: n })
  await expectWhole(cloud, ['home'])
  const { verifyArchive } = await import('../../src/verify/verify.ts')
  const { expectedFiles } = await import('../../src/verify/expected-files.ts')
  const { createPassMemory } = await import('../../src/verify/pass.ts')
  const { openJournal } = await import('../../src/journal/open.ts')
  // Stopped half-way, with a damaged file in the first half.
  flip(path.join(place.archive, 'data/home/files/f 03.bin'), seeded(1))
  const journal = openJournal(path.join(place.archive, '.holdall/journal.db'), { access: 'write' })
  const stop = new AbortController()
  const began = Date.UTC(2026, 0, 2, 3, 4)
  vi.useFakeTimers({ now: began, toFake: ['Date'] })
  const memory = createPassMemory(journal, undefined, Date.now())
  vi.useRealTimers()
  let looked = 0
  const signal = new Proxy(stop.signal, {
    get(target, key) {
      if (key === 'throwIfAborted' && ++looked > 200) stop.abort(new Error('stopped'))
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  await expect(
    verifyArchive({
      root: place.archive,
      expected: expectedFiles(journal, undefined),
      read: 'every-byte',
      atOnce: 4,
      emit: () => undefined,
      signal,
      passed: (so) => memory.remember(so),
    }),
  ).rejects.toThrow('stopped')
  // As if it had been a moment ago, for a pass of long ago counts for nothing.
  const note = JSON.parse(journal.mark('verify') ?? '') as { files: number; damaged: number }
  journal.setMark('verify', JSON.stringify({ ...note, began: Date.now() - 60_000 }))
  journal.close()
  expect(note).toMatchObject({ damaged: 1 })
  expect(note.files).toBeGreaterThan(4)
  expect(note.files).toBeLessThan(40)

  const ended = await run(place, ['verify', '--json'])
  expect(ended.status, ended.stderr).toBe(3)
  const summary = JSON.parse(ended.stdout.trimEnd().split('\n').at(-1) ?? '') as { details: Record<string, unknown> }
  expect(summary.details).toMatchObject({ files: 40, earlier: { damaged: 1, files: note.files } })
  // The next pass is a whole one, and finds it by itself.
  const again = await run(place, ['verify'])
  expect(again.status).toBe(3)
  expect(again.stderr).toContain('f 03.bin')
  expect(again.stdout).not.toContain('interrupted pass')
})

test('honest histories leave nothing that looks like damage', async () => {
  const cloud = await startCloud({ settings: 'limits: { retryFor: 1s }' })
  const { place, home, drive, webdav, google } = cloud
  for (let n = 0; n < 8; n++) home.put(`/papers/at home ${n}.txt`, `text ${n}`)
  for (let n = 0; n < 8; n++) drive.addFile(`on drive ${n}.txt`, `text ${n}`)
  const nothingWrong = async (about: string) => {
    expect({ about, ...(await verifyIn(place.archive, place.home)) }).toEqual({ about, status: 0, named: [] })
  }
  const faults = () => webdav.faults.add({ match: { method: 'GET' }, times: 40, do: { status: 503 } })
  faults()
  expect((await run(place, ['backup'])).status).toBe(3)
  await nothingWrong('files that failed')
  // What failed is pending again when this run begins, and the listing does not come to its end.
  webdav.faults.clear()
  webdav.faults.add({ match: { method: 'PROPFIND' }, times: 99, do: { status: 500 } })
  webdav.faults.add({ match: { method: 'GET' }, times: 99, do: { status: 500 } })
  expect((await run(place, ['backup'])).status).toBe(3)
  await nothingWrong('a listing that failed')
  webdav.faults.clear()
  expect((await run(place, ['backup', '--exclude', '*2.txt'])).status).toBe(0)
  await nothingWrong('a filter')
  for (let n = 8; n < 16; n++) home.put(`/papers/at home ${n}.txt`, `text ${n}`)
  for (const signal of ['SIGKILL', 'SIGINT', 'SIGKILL'] as const) {
    const held = webdav.faults.add({ match: { method: 'GET' }, times: 9, do: { delay: 3000 } })
    const running = start(place, ['backup'])
    await waitFor(running, () => held.hits > 1)
    running.kill(signal)
    await running.ended
    webdav.faults.clear()
    await nothingWrong(`a run ended by ${signal}`)
  }
  // What failed is tried again, and nothing else is new: interrupted meanwhile, it is pending now.
  home.put('/papers/fails.txt', 'fails')
  webdav.faults.add({ match: { method: 'GET', path: '/papers/fails.txt' }, times: 99, do: { status: 503 } })
  expect((await run(place, ['backup', 'home'])).status).toBe(3)
  webdav.faults.clear()
  const held = webdav.faults.add({ match: { method: 'GET' }, times: 9, do: { delay: 5000 } })
  const running = start(place, ['backup', 'home'])
  await waitFor(running, () => held.hits > 0)
  running.kill('SIGINT')
  expect((await running.ended).status).toBe(130)
  webdav.faults.clear()
  await nothingWrong('a failure that was about to be mended')
  home.move('/papers/at home 1.txt', '/moved.txt')
  home.put('/papers/at home 3.txt', 'changed')
  drive.addFile('new.txt', 'new')
  expect((await run(place, ['plan'])).status).toBe(0)
  await nothingWrong('a plan')
  google.endSignIns()
  await run(place, ['backup'])
  await nothingWrong('a sign-in that ended')
})

test('an index of the journal that says something else than its table is named', async () => {
  const cloud = await startCloud({ accounts: ['home'] })
  const { place, home } = cloud
  for (let n = 0; n < 5; n++) home.put(`/f ${n}.txt`, `text ${n}`)
  await expectWhole(cloud, ['home'])
  // The index is hidden while a row changes, and put back.
  const hidden = inJournal(place.archive, (db) => {
    db.enableDefensive(false)
    db.exec('PRAGMA writable_schema = ON')
    return db.prepare("DELETE FROM sqlite_schema WHERE name = 'item_twin' RETURNING *").get() ?? {}
  })
  inJournal(place.archive, (db) => db.exec("UPDATE item SET twin = 'changed' WHERE name = 'f 2.txt'"))
  inJournal(place.archive, (db) => {
    db.enableDefensive(false)
    db.exec('PRAGMA writable_schema = ON')
    const { type, name, tbl_name, rootpage, sql } = hidden
    db.prepare('INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)').run(type!, name!, tbl_name!, rootpage!, sql!)
  })
  const { status, named } = await verifyIn(place.archive, place.home)
  expect(status).toBe(3)
  expect(named.join('\n')).toMatch(/^\.holdall\/journal\.db: .*item_twin; move it away/m)
})

test('verify of nothing says so', async () => {
  const { place } = await startCloud({ accounts: ['home'] })
  const { status, stderr } = await run(place, ['verify'])
  expect(status).toBe(2)
  expect(stderr).toContain('nothing is saved yet')
  expect(existsSync(place.archive)).toBe(false)
})
