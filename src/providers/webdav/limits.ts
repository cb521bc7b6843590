import type { Budget } from '../../core/provider.ts'

/**
 * No WebDAV standard states a rate. A PHP server holds one worker for each request, so listings stay at the few at once
 * that are polite to a private server; downloads are bounded by `limits.transfers` (default 8) before they reach this figure.
 * The rate is only a bound against a loop gone wild: how fast things go is decided by how many are under way at once.
 */
export const budgets = [
  { id: 'downloads', unitsPerSecond: 10_000, burst: 10_000, concurrency: 16 },
  { id: 'listings', unitsPerSecond: 10_000, burst: 10_000, concurrency: 4 },
] as const satisfies readonly Budget[]
