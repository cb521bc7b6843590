import { type FileKind, fileKinds, kindOf } from '../archive/file-kinds.ts'
import type { SavedPart } from '../journal/report.ts'

export interface Measured {
  readonly files: number
  readonly bytes: number
}

export interface FileCounts extends Measured {
  /** Oldest first, what has no believable year at the end (null). */
  readonly years: readonly ({ readonly year: number | null } & Measured)[]
  /** Largest first. */
  readonly kinds: readonly ({ readonly kind: FileKind } & Measured)[]
}

/** Years that a file of an online account can come from; clocks set wrong give others, which would stretch a chart to nothing. */
const believable = { from: 1970, to: 2100 }

type Sums<Key> = Map<Key, { files: number; bytes: number }>

/** Saved files by year and by kind, one by one: what is kept is a number for each year and kind. */
export function countFiles(parts: Iterable<SavedPart>): FileCounts {
  const years: Sums<number | null> = new Map()
  const kinds: Sums<FileKind> = new Map()
  for (const { name, bytes, modified } of parts) {
    add(years, yearOf(modified), { files: 1, bytes })
    add(kinds, kindOf(name), { files: 1, bytes })
  }
  return ordered(years, kinds)
}

/** Several sources together. */
export function sumFiles(counts: readonly FileCounts[]): FileCounts {
  const years: Sums<number | null> = new Map()
  const kinds: Sums<FileKind> = new Map()
  for (const one of counts) {
    for (const { year, ...measured } of one.years) add(years, year, measured)
    for (const { kind, ...measured } of one.kinds) add(kinds, kind, measured)
  }
  return ordered(years, kinds)
}

function ordered(years: Sums<number | null>, kinds: Sums<FileKind>): FileCounts {
  const all = [...kinds.values()]
  return {
    files: all.reduce((sum, one) => sum + one.files, 0),
    bytes: all.reduce((sum, one) => sum + one.bytes, 0),
    years: [...years]
      .sort(([a], [b]) => (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY))
      .map(([year, sums]) => ({ year, ...sums })),
    kinds: [...kinds]
      .sort(([a, one], [b, other]) => other.bytes - one.bytes || fileKinds.indexOf(a) - fileKinds.indexOf(b))
      .map(([kind, sums]) => ({ kind, ...sums })),
  }
}

function yearOf(modified: number | null): number | null {
  const year = modified === null ? Number.NaN : new Date(modified).getUTCFullYear()
  return year >= believable.from && year <= believable.to ? year : null
}

function add<Key>(sums: Sums<Key>, key: Key, { files, bytes }: Measured): void {
  const sum = sums.get(key)
  if (sum === undefined) sums.set(key, { files, bytes })
  else {
    sum.files += files
    sum.bytes += bytes
  }
}
