import type { Budget } from '../../core/provider.ts'

/**
 * Zoom's limits belong to the whole account (a university's, say), for all of its people and apps together:
 * https://developers.zoom.us/docs/api/rate-limits/. On the smallest plan that has cloud recordings they are 30 light, 20 medium and 10 heavy calls a
 * second; a free account has 4, 2 and 1. Two calls a second, one after the other, stay far below each of them. Downloads are no calls, and no limit of theirs
 * is published: four at a time, and small ones not faster than a person's browser would load a page.
 */
export const budgets: readonly Budget[] = [
  // The smallest plan with cloud recordings has 30,000 heavy calls a day for the whole account.
  { id: 'calls', unitsPerSecond: 2, burst: 1, concurrency: 2, perDay: 30_000 },
  { id: 'downloads', unitsPerSecond: 10, burst: 10, concurrency: 4 },
]

/** Units of the budget `downloads` for a download that begins with a light call of the API: on a free account four of them a second are allowed. */
export const downloadByCall = 3

/**
 * Units of the budget `calls` by the label that the reference gives each call (https://developers.zoom.us/docs/api/): with these, even the limits of a
 * free account hold.
 */
export const price = { light: 1, medium: 1, heavy: 2 } as const
