import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import { checkBag, storedFiles } from '../journeys/archive-check.ts'
import { type Cloud, startCloud } from '../journeys/cloud.ts'
import { type Ended, type Place, run } from '../journeys/program.ts'

/** The summary of a copy, from --json. */
export interface Copied {
  readonly to: string
  readonly files: number
  readonly bytes: number
  readonly copied: number
  readonly copiedBytes: number
  readonly there: number
  readonly moved: number
  readonly setAside: number
  readonly damaged: number
}

export function copiedOf({ stdout }: Ended): Copied {
  const line = stdout.trimEnd().split('\n').at(-1) ?? ''
  return (JSON.parse(line) as { readonly details: Copied }).details
}

/** Where a test puts the second copy. */
export const copyOf = (place: Place) => path.join(place.folder, 'usb disk', 'copy')

export async function copyTo(place: Place, to: string, ...options: readonly string[]): Promise<Copied> {
  const ended = await run(place, ['copy', to, '--json', ...options])
  expect(ended.status, ended.stdout.slice(-2000) + ended.stderr).toBe(0)
  return copiedOf(ended)
}

const folders = (archive: string) =>
  readdirSync(path.join(archive, 'data'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.relative(archive, path.join(entry.parentPath, entry.name)))
    .toSorted()

/** The copy is a valid bag with the same files, times and folders as the archive, and the program finds nothing wrong with it. */
export async function expectSame(place: Place, to: string): Promise<void> {
  expect(storedFiles(to)).toEqual(storedFiles(place.archive))
  expect(folders(to)).toEqual(folders(place.archive))
  await checkBag(to)
  const verified = await run(place, ['verify', '--archive', to])
  expect(verified.status, verified.stdout + verified.stderr).toBe(0)
  expect(verified.stdout).toContain('everything is as it was saved')
}

/** An account at each of two services, with a few of everything. */
export async function filledCloud(): Promise<Cloud> {
  const cloud = await startCloud()
  const { home, drive } = cloud
  const folder = drive.addFolder('Papers')
  for (let n = 0; n < 10; n++) drive.addFile(`on drive ${n}.txt`, `text ${n}`, n % 2 === 0 ? { parent: folder.id } : undefined)
  drive.addFolder('Empty')
  drive.addEditorFile('essay', 'document')
  for (let n = 0; n < 10; n++) home.put(`/papers/at home ${n}.txt`, `text ${n}`)
  home.put('/レポート/が.txt', 'ja')
  home.put('/nothing', '')
  home.put('/large.bin', { size: 3_000_000, seed: 1 })
  return cloud
}

export const backUp = async ({ place }: Cloud) => {
  const ended = await run(place, ['backup'])
  expect(ended.status, ended.stderr).toBe(0)
}

/** Flips a bit and leaves length and time as they were, as a failing disk does. */
export function rot(file: string): void {
  const { atime, mtime } = statSync(file)
  const bytes = readFileSync(file)
  bytes[bytes.length >> 1]! ^= 1
  writeFileSync(file, bytes)
  utimesSync(file, atime, mtime)
}
