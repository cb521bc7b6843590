import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createArchive } from '../../src/archive/archive.ts'
import { hashWhole } from '../../src/archive/running-hash.ts'
import { openLedger } from '../../src/copy/ledger.ts'
import { createWriter, draftName } from '../../src/copy/writer.ts'

const mebi = 1024 * 1024

async function make() {
  const folder = mkdtempSync(path.join(tmpdir(), 'holdall-writer-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const [from, to] = ['from', 'to'].map((name) => createArchive(path.join(folder, name), process.platform))
  await from!.prepare()
  await to!.prepare()
  mkdirSync(from!.absolute('data/a'))
  const ledger = openLedger(to!.absolute('.holdall/copy.db'), (name) => name.toLowerCase())
  onTestFinished(() => ledger.close())
  const writer = createWriter({
    from: from!,
    to: to!,
    ledger,
    readBack: true,
    signal: new AbortController().signal,
    setAside: () => undefined,
  })
  return { from: from!, to: to!, ledger, writer }
}

const bytes = Buffer.alloc(5 * mebi, 'some text ')
const file = { path: 'data/a/film.bin', sha256: hashWhole('sha256', bytes), bytes: bytes.length, modified: 1_600_000_000_000 }

test('what a draft has already is not read again: whole steps of it, the rest is', async () => {
  const { from, to, ledger, writer } = await make()
  // Had it been read anew, the first bytes would be wrong.
  const elsewhere = Buffer.from(bytes)
  elsewhere.fill('x', 0, mebi)
  writeFileSync(from.absolute(file.path), elsewhere)
  // The end of a draft may be anything after a crash.
  writeFileSync(to.draftFile(draftName(file)), Buffer.concat([bytes.subarray(0, 3 * mebi), Buffer.alloc(1000)]))
  const read: number[] = []
  expect(await writer.copy(file, (more) => read.push(more))).toBeUndefined()
  await writer.flush()
  expect(readFileSync(to.absolute(file.path)).equals(bytes)).toBe(true)
  expect(read[0]).toBe(3 * mebi)
  expect(read.reduce((sum, one) => sum + one)).toBe(bytes.length)
  expect(ledger.find(file.path)).toMatchObject({ sha256: file.sha256, bytes: bytes.length, modified: 1_600_000_000_000 })
})

test('a draft that is no beginning of the file is thrown away, and the file read once more', async () => {
  const { from, to, writer } = await make()
  writeFileSync(from.absolute(file.path), bytes)
  for (const draft of [Buffer.alloc(2 * mebi), Buffer.alloc(9 * mebi)]) {
    writeFileSync(to.draftFile(draftName(file)), draft)
    expect(await writer.copy(file, () => undefined)).toBeUndefined()
    await writer.flush()
    expect(readFileSync(to.absolute(file.path)).equals(bytes)).toBe(true)
  }
})

test('a file that is not as it was saved leaves nothing behind', async () => {
  const { from, to, writer } = await make()
  const damaged = Buffer.from(bytes)
  damaged[3 * mebi]! ^= 1
  writeFileSync(from.absolute(file.path), damaged)
  expect(await writer.copy(file, () => undefined)).toMatchObject({ damage: 'changed', path: file.path })
  await writer.flush()
  expect(await to.drafts()).toEqual([])
  expect(await to.kindOf(file.path)).toBeUndefined()
})
