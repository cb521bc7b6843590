import { drive } from '../../src/providers/google/drive/source.ts'
import { gmail } from '../../src/providers/google/gmail/source.ts'
import { budgets as google } from '../../src/providers/google/limits.ts'
import { budgets as microsoft } from '../../src/providers/microsoft/limits.ts'
import { onedrive } from '../../src/providers/microsoft/onedrive/source.ts'
import { budgets as zoom } from '../../src/providers/zoom/limits.ts'
import { recordings } from '../../src/providers/zoom/recordings/source.ts'
import type { SimulatedSource, World } from './simulate.ts'

/** Numbers by chance that a seed repeats (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Dice = () => number
const between = (dice: Dice, least: number, most: number) => least * (most / least) ** dice()
/** Sizes about `median` bytes, with a long tail. */
const spread = (dice: Dice, median: number, sigma: number) => {
  const normal = Math.sqrt(-2 * Math.log(1 - dice())) * Math.cos(2 * Math.PI * dice())
  return Math.max(200, Math.round(median * Math.exp(sigma * normal)))
}

interface Shape {
  readonly of: 'gmail' | 'drive' | 'onedrive' | 'zoom'
  readonly size: (dice: Dice) => number
  readonly sized: boolean
  /** How listings happen to name them; default by chance. */
  readonly order?: 'large last' | 'small last'
}

const kB = 1000
const MB = 1000 * kB

export const shapes: Readonly<Record<string, readonly Shape[]>> = {
  'a mailbox of plain mail': [{ of: 'gmail', size: (dice) => spread(dice, 6 * kB, 0.8), sized: false }],
  'a mailbox of newsletters': [{ of: 'gmail', size: (dice) => spread(dice, 80 * kB, 0.4), sized: false }],
  'a mailbox with large attachments': [
    { of: 'gmail', size: (dice) => (dice() < 0.15 ? spread(dice, 3 * MB, 0.8) : spread(dice, 10 * kB, 0.8)), sized: false },
  ],
  'a drive of many small files': [{ of: 'drive', size: (dice) => spread(dice, 15 * kB, 1), sized: true }],
  'a drive of documents that are exported': [{ of: 'drive', size: (dice) => spread(dice, 60 * kB, 1), sized: false }],
  'a drive of photos': [{ of: 'drive', size: (dice) => between(dice, 2 * MB, 8 * MB), sized: true }],
  'a drive of few large files': [{ of: 'drive', size: (dice) => between(dice, 150 * MB, 900 * MB), sized: true }],
  'a drive of everything': [{ of: 'drive', size: (dice) => Math.min(2000 * MB, spread(dice, 100 * kB, 2.3)), sized: true }],
  'a OneDrive of small files': [{ of: 'onedrive', size: (dice) => spread(dice, 40 * kB, 1.2), sized: true }],
  'a OneDrive of everything': [{ of: 'onedrive', size: (dice) => Math.min(1000 * MB, spread(dice, 300 * kB, 2)), sized: true }],
  'a drive whose large files come last': [
    {
      of: 'drive',
      size: (dice) => (dice() < 0.02 ? between(dice, 20 * MB, 300 * MB) : spread(dice, 20 * kB, 1)),
      sized: true,
      order: 'large last',
    },
  ],
  'a OneDrive whose small files come last': [
    {
      of: 'onedrive',
      size: (dice) => (dice() < 0.02 ? between(dice, 20 * MB, 300 * MB) : spread(dice, 20 * kB, 1)),
      sized: true,
      order: 'small last',
    },
  ],
  recordings: [
    { of: 'zoom', size: (dice) => (dice() < 0.5 ? spread(dice, 30 * kB, 1) : between(dice, 30 * MB, 600 * MB)), sized: true },
  ],
  'a mailbox and a drive at once': [
    { of: 'gmail', size: (dice) => spread(dice, 25 * kB, 1), sized: false },
    { of: 'drive', size: (dice) => between(dice, 1 * MB, 9 * MB), sized: true },
  ],
}

const kinds = {
  gmail: { type: gmail, budgets: google },
  drive: { type: drive, budgets: google },
  onedrive: { type: onedrive, budgets: microsoft },
  zoom: { type: recordings, budgets: zoom },
} as const

/** A world of one shape, everything else by chance; of a size that takes about 15 to 45 minutes. */
export function worldOf(name: string, seed: number): World {
  const dice = chance(seed * 7919 + name.length)
  const latencyMs = between(dice, 40, 900)
  const bandwidth = between(dice, 600 * kB, 25 * MB)
  const sources = shapes[name]!.map(({ of, size, sized, order }, index): SimulatedSource => {
    const { type, budgets } = kinds[of]
    const quotaShare = between(dice, 0.35, 1.8)
    const mean = Array.from({ length: 4000 }, () => size(dice)).reduce((sum, one) => sum + one, 0) / 4000
    // Only for how much to make; the forecast sees nothing of it.
    const perItem = Math.max(
      ...type.cost.part.map(({ budget, units }) => {
        const found = budgets.find(({ id }) => id === budget)!
        return Math.max(units / (found.unitsPerSecond * quotaShare), latencyMs / 1000 / found.concurrency)
      }),
      mean / (bandwidth / shapes[name]!.length),
    )
    const seconds = between(dice, 900, 2700)
    const count = Math.min(60_000, Math.max(12, Math.round(seconds / perItem)))
    const sizes = Array.from({ length: count }, () => size(dice))
    if (order !== undefined) sizes.sort((a, b) => (order === 'large last' ? a - b : b - a))
    return { name: `x/${of}${index}`, type, budgets, quotaShare, sizes, sized }
  })
  return { latencyMs, bandwidth, sources, window: dice() < 0.5 ? 'clock' : 'sliding' }
}
