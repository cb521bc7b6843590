import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdall-many-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Of the heap for objects that live for more than a moment. 300,000 items as objects take several times as much. */
const heapMegabytes = 48

describe('a listing of very many items', () => {
  // Each new item once searched its whole folder: then a flat one does not end within the time that a test has.
  test.each([
    ['flat', 300_000],
    ['tree', 100_000],
  ])(
    '%s, %i, again too, fits a small memory',
    async (shape, items) => {
      const { stdout } = await promisify(execFile)(process.execPath, [
        `--max-old-space-size=${heapMegabytes}`,
        '--max-semi-space-size=4',
        join(import.meta.dirname, 'list-many.ts'),
        folder,
        String(items),
        shape,
      ])
      const runs = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
      expect(runs).toEqual([
        expect.objectContaining({ run: 'first', status: 0, items }),
        expect.objectContaining({ run: 'again', status: 0, items }),
      ])
    },
    120_000,
  )
})
