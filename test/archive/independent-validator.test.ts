import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { everyState } from '../report/every-state.ts'

/**
 * The Library of Congress' validator, which is of neither npm nor Debian: https://github.com/LibraryOfCongress/bagit-python. HOLDALL_TEST_BAGIT names the
 * folder that holds its module `bagit` (as `pip install --target FOLDER bagit` makes one); without it, one that python3 finds by itself is taken.
 */
const folder = process.env.HOLDALL_TEST_BAGIT
const env = { ...process.env, ...(folder !== undefined && { PYTHONPATH: folder }) }
const python = (...args: readonly string[]) => spawnSync('python3', args, { env, encoding: 'utf8' })

const installed = python('-c', 'import bagit; print(bagit.Bag)').status === 0
// Also in CI, whose programs come from Debian and npm alone: neither has it.
if (!installed && folder !== undefined)
  throw new Error(`HOLDALL_TEST_BAGIT names ${folder}, and python3 finds no module bagit there`)
if (!installed)
  process.stderr.write(
    '\nSKIPPED (in CI as well, for neither npm nor Debian has it): archives held against an independent BagIt validator, which needs Python’s bagit: pip install --target FOLDER bagit, HOLDALL_TEST_BAGIT=FOLDER\n\n',
  )

/** What the validator says of a bag: its exit status, and its last words. */
function validate(bag: string) {
  const { status, stdout, stderr } = python('-c', 'import bagit; bagit.main()', '--validate', bag)
  return { status, said: stdout + stderr }
}

/** A bit of one byte, somewhere in the middle. */
function flip(file: string): void {
  const bytes = readFileSync(file)
  const at = bytes.length >> 1
  bytes[at] = (bytes[at] ?? 0) ^ 1
  writeFileSync(file, bytes)
}

const file = 'data/home/files/Papers/old.pdf'
const damages: Readonly<Record<string, (bag: string) => void>> = {
  'one byte of the payload': (bag) => flip(path.join(bag, file)),
  'one byte of the manifest': (bag) => flip(path.join(bag, 'manifest-sha256.txt')),
  'one byte of the tag manifest': (bag) => flip(path.join(bag, 'tagmanifest-sha256.txt')),
  'one byte of the metadata': (bag) => flip(path.join(bag, 'metadata/home/files.jsonl')),
  'one byte of README.html': (bag) => flip(path.join(bag, 'README.html')),
  'a file that is missing': (bag) => unlinkSync(path.join(bag, file)),
  'a file that is cut off': (bag) => writeFileSync(path.join(bag, file), 'an'),
  'a file that grew': (bag) => appendFileSync(path.join(bag, file), 'x'),
  'a file more': (bag) => writeFileSync(path.join(bag, `${file}.more`), 'nobody knows it'),
}

describe.skipIf(!installed)('bagit-python', () => {
  test('takes an archive of hostile names and of every state for a valid bag, and each damage for none', async () => {
    const bench = await everyState()
    onTestFinished(() => bench.dispose())
    bench.journal.close()
    expect(validate(bench.root)).toMatchObject({ status: 0, said: expect.stringMatching(/is valid/) })
    const copy = mkdtempSync(path.join(tmpdir(), 'holdall-bagit-'))
    onTestFinished(() => rmSync(copy, { recursive: true, force: true }))
    for (const [damage, strike] of Object.entries(damages)) {
      rmSync(copy, { recursive: true, force: true })
      cpSync(bench.root, copy, { recursive: true, preserveTimestamps: true })
      strike(copy)
      expect({ damage, ...validate(copy) }).toMatchObject({
        damage,
        status: 1,
        said: expect.stringMatching(/is invalid|is not valid|ERROR/),
      })
    }
  })
})
