import type { Budget } from '../../core/provider.ts'

/**
 * Drive allows one user of a project 325,000 units a minute, and the whole project 1,000,000:
 * https://developers.google.com/workspace/drive/api/guides/limits
 * Half of a user's share is taken by default, a sixth of the project's: a project may serve several people.
 */
const driveUnitsPerSecond = 2_700

export const budgets: readonly Budget[] = [
  { id: 'drive', unitsPerSecond: driveUnitsPerSecond, burst: driveUnitsPerSecond * 10, concurrency: 20 },
  // Export links go to the editors themselves, whose limits are not published; they answer 429 with a web page much sooner.
  { id: 'docs', unitsPerSecond: 1, burst: 2, concurrency: 2 },
]

/** Units of each kind of Drive request, from the table on https://developers.google.com/workspace/drive/api/guides/limits */
export const price = { read: 5, list: 100, download: 200 } as const

/** What a request of the client library costs. */
export function priceOf({ method, url }: { readonly method: string; readonly url: URL }): {
  readonly budget: string
  readonly cost: number
} {
  const path = url.pathname.replace(/^.*\/drive\/v3\//, '')
  if (method === 'GET' && /^(files|changes|drives)\/?$/.test(path)) return { budget: 'drive', cost: price.list }
  if (/\/(export|download)$/.test(path) || url.searchParams.get('alt') === 'media')
    return { budget: 'drive', cost: price.download }
  return { budget: 'drive', cost: price.read }
}
