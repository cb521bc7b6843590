import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { node } from './program.ts'

/** The same seed each time, with accounts at all providers, edits and kills: what a few rounds find is found on every day. `npm run robustness` plays many, of another seed each time. */
const seed = 10

test('a few rounds of edits, faults and kills leave an archive that is right', { timeout: 180_000 }, async () => {
  const { stdout } = await promisify(execFile)(node, [
    new URL('main.ts', import.meta.url).pathname,
    ...['--rounds', '4', '--chain', '2', '--seed', String(seed)],
  ]).catch((error: { stdout: string; stderr: string }) => {
    throw new Error(`${error.stdout}\n${error.stderr}`)
  })
  expect(stdout).toMatch(/^4 rounds right, 0 chains wrong/m)
  const [, processes, killed, interrupted] = /(\d+) processes: (\d+) killed, (\d+) interrupted/.exec(stdout)!.map(Number)
  expect(processes).toBeGreaterThanOrEqual(4)
  expect(killed! + interrupted!).toBeGreaterThan(0)
  expect(Number(/at least (\d+) \(wanted: 3\)/.exec(stdout)?.[1])).toBeGreaterThanOrEqual(3)
  expect(Number(/at least (\d+) \(wanted: 50\)/.exec(stdout)?.[1])).toBeGreaterThanOrEqual(50)
  expect(Number(/(\d+) bouts of edits/.exec(stdout)?.[1])).toBeGreaterThan(0)
  expect(stdout).toMatch(/^2 archives equal a fresh copy/m)
})
