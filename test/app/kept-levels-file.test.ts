import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keptLevelsFile } from '../../src/app/kept-levels-file.ts'

let folder = ''
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'holdall-levels-')), 'quotas')
})
afterEach(() => rmSync(join(folder, '..'), { recursive: true }))

test('what one process writes the next one reads, budget by budget and account by account', () => {
  const first = keptLevelsFile(folder, 'microsoft')
  expect(first.read('onenote')).toBeUndefined()
  first.write('onenote', { units: 3.5, at: 7 })
  first.write('other', { units: -1, at: 8 })
  const next = keptLevelsFile(folder, 'microsoft')
  expect([next.read('onenote'), next.read('other')]).toEqual([
    { units: 3.5, at: 7 },
    { units: -1, at: 8 },
  ])
  expect(keptLevelsFile(folder, 'work').read('onenote')).toBeUndefined()
  expect(readdirSync(folder)).toEqual(['microsoft.json'])
  if (process.platform !== 'win32') expect(statSync(join(folder, 'microsoft.json')).mode & 0o077).toBe(0)
})

test.each(['', 'nonsense', '[]', '{"onenote":{"units":"many"}}'])('a file like %j is none', (content) => {
  const levels = keptLevelsFile(folder, 'microsoft')
  levels.write('onenote', { units: 1, at: 1 })
  writeFileSync(join(folder, 'microsoft.json'), content)
  expect(levels.read('onenote')).toBeUndefined()
  levels.write('onenote', { units: 2, at: 2 })
  expect(levels.read('onenote')).toEqual({ units: 2, at: 2 })
})

test('a folder that cannot be written stops nothing', () => {
  writeFileSync(folder, 'a file stands where the folder should be')
  const levels = keptLevelsFile(folder, 'microsoft')
  levels.write('onenote', { units: 1, at: 1 })
  expect(levels.read('onenote')).toBeUndefined()
  chmodSync(folder, 0o600)
})
