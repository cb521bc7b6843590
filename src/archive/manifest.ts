import { hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Failure } from '../core/failure.ts'

/** One file that a manifest names: its path relative to the bag, `/` between components, and its SHA-256 in lower-case hexadecimal. */
export interface ManifestEntry {
  readonly path: string
  readonly sha256: string
}

/** What BagIt's readers and `sha256sum -c` do not agree about; no name that we made holds any of it (names.ts). */
const unreadable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029%\\]|^\s|\s$/u
const sha256 = /^[0-9a-f]{64}$/

/** A line as `sha256sum` writes it: two blanks. Throws a Failure of kind `bug` for what no manifest may hold. */
export function manifestLine(entry: ManifestEntry): string {
  const outside = entry.path.split('/').some((component) => component === '' || component === '.' || component === '..')
  if (outside || unreadable.test(entry.path))
    throw new Failure('bug', `a manifest cannot hold the path ${JSON.stringify(entry.path)}`)
  if (!sha256.test(entry.sha256)) throw new Failure('bug', `not a SHA-256: ${JSON.stringify(entry.sha256)}, of ${entry.path}`)
  return `${entry.sha256}  ${entry.path}\n`
}

/** A line longer than any path may be is no line. */
const longestLine = 64 * 1024

/**
 * Reads a manifest line by line, a few hundred kilobytes at a time. What is no entry (the last line, torn off by a crash; a damaged one) is handed to
 * `onBroken` with its number, counted from 1, and left out. Escapes are undone as RFC 8493 2.1.3 has them.
 */
export async function* readManifest(file: string, onBroken: (line: number) => void): AsyncIterable<ManifestEntry> {
  let number = 0
  let rest = ''
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 256 * 1024 }) as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n')
    rest = (lines.pop() ?? '').slice(0, longestLine)
    for (const line of lines) {
      number++
      const entry = parseLine(line)
      if (entry === undefined) onBroken(number)
      else yield entry
    }
  }
  if (rest !== '') onBroken(number + 1)
}

function parseLine(line: string): ManifestEntry | undefined {
  const [, checksum, path] = /^([0-9a-fA-F]{64})[ \t]+\*?([^\r]+)\r?$/.exec(line) ?? []
  if (checksum === undefined || path === undefined) return undefined
  return { sha256: checksum.toLowerCase(), path: path.replace(/%(0[AaDd]|25)/g, decodeURIComponent) }
}

/**
 * Finds a path given twice among millions: 8 bytes of a SHA-256 of each in one flat table, 16-32 MB for a million
 * (a set of strings takes ten times that). Two different paths look alike once in 30 million archives of that size.
 */
export function createPathSet() {
  let table = new Uint32Array(1 << 12)
  let size = 0

  const insert = (into: Uint32Array, high: number, low: number): boolean => {
    const slots = into.length / 2
    for (let slot = low % slots; ; slot = (slot + 1) % slots) {
      const [storedHigh, storedLow] = [into[slot * 2], into[slot * 2 + 1]]
      if (storedHigh === high && storedLow === low) return false
      if (storedHigh === 0 && storedLow === 0) {
        into[slot * 2] = high
        into[slot * 2 + 1] = low
        return true
      }
    }
  }

  return {
    /** False when it was there already. */
    add(path: string): boolean {
      const digest = hash('sha256', path)
      if (!insert(table, Number.parseInt(digest.slice(0, 8), 16), Number.parseInt(digest.slice(8, 16), 16) || 1)) return false
      size++
      if (size * 4 > table.length) {
        const larger = new Uint32Array(table.length * 2)
        for (let at = 0; at < table.length; at += 2) {
          const low = table[at + 1]
          if (low) insert(larger, table[at] ?? 0, low)
        }
        table = larger
      }
      return true
    },
  }
}
