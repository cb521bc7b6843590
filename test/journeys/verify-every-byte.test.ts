import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createFilter } from '../../src/backup/filter.ts'
import { identityMark } from '../../src/journal/marks.ts'
import { wordsOf } from '../../src/language/words.ts'
import { makeReport } from '../../src/report/make-report.ts'
import { writeReport } from '../../src/report/write-report.ts'
import { everyFate } from './verify-every-fate.ts'
import { verifyIn } from './verify-in-process.ts'

vi.setConfig({ testTimeout: 60_000 })

/** Every file of the bag; not the journal, whose pages SQLite changes as it likes. */
const bagFiles = (root: string): string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const file = path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/')
    return entry.isFile() && !file.startsWith('.holdall/') ? [file] : []
  })

/** Flips a bit of the byte at `at`, looks, and puts it back as it was. */
async function named(root: string, home: string, file: string, at: number, bit: number): Promise<string[]> {
  const whole = path.join(root, file)
  const bytes = readFileSync(whole)
  const other = Buffer.from(bytes)
  other[at] = (bytes[at] ?? 0) ^ (1 << bit)
  writeFileSync(whole, other)
  const { status, named: lines } = await verifyIn(root, home)
  expect({ file, at, status }).toEqual({ file, at, status: 3 })
  writeFileSync(whole, bytes)
  return lines
}

test('one byte flipped in each file of the bag, whichever it is: its first, its middle and its last are found, and the file is named', async () => {
  const { bench, world } = await everyFate()
  const { root } = bench
  const home = mkdtempSync(path.join(tmpdir(), 'holdall-every-byte-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  // A folder that no account has, for there to be lines of places, and somebody whose data these are.
  world.file('deep', 'deep.txt', 'nowhere', 'its folder is not shown', { fallback: 'elsewhere' })
  world.put({ id: 'elsewhere', kind: 'place', name: 'Elsewhere' })
  bench.journal.setMark(identityMark('home'), JSON.stringify({ subject: 'a1', name: 'student' }))
  await bench.run(world, { filter: createFilter({ include: [], exclude: ['left.txt', 'kept.txt'] }), retryForMs: 0 })
  const words = wordsOf('en')
  await writeReport(
    root,
    makeReport({ journal: bench.journal, accounts: [], software: 'test', now: bench.clock.now(), words }),
    words,
  )
  bench.journal.close()
  const journal = path.join(root, '.holdall/journal.db')
  const before = readFileSync(journal)
  expect(await verifyIn(root, home)).toEqual({ status: 0, named: [] })

  const files = bagFiles(root).filter((file) => readFileSync(path.join(root, file)).length > 0)
  for (const kind of [
    ...[
      'bagit.txt',
      'bag-info.txt',
      'README.html',
      'report.html',
      'report.json',
      'manifest-sha256.txt',
      'tagmanifest-sha256.txt',
    ],
    ...['metadata/home/files.jsonl', 'metadata/home/files.places.jsonl', 'metadata/home/account.json'],
    ...['data/home/files/folder/unchanged.txt', 'data/home/files/folder/vanished.txt', 'data/home/files/folder/kept.txt'],
  ])
    expect(files).toContain(kind)
  for (const file of files) {
    const { length } = readFileSync(path.join(root, file))
    for (const [index, at] of [0, length >> 1, length - 1].entries()) {
      // What verify notes for the next backup would make the next look another one.
      writeFileSync(journal, before)
      const bit = [0, 5, 7][index] ?? 0
      const lines = await named(root, home, file, at, bit)
      // A digit in the tag manifest does not say whether it is the one or the file that it stands for: either is named.
      if (file !== 'tagmanifest-sha256.txt') expect(lines.join('\n')).toContain(file)
      else expect(lines).not.toEqual([])
    }
  }
  writeFileSync(journal, before)
  expect(await verifyIn(root, home)).toEqual({ status: 0, named: [] })
})
