import type { Budget } from '../../core/provider.ts'

/**
 * Drive allows one user of a project 325,000 units a minute, and the whole project 1,000,000:
 * https://developers.google.com/workspace/drive/api/guides/limits
 * Half of a user's share is taken by default, a sixth of the project's: a project may serve several people.
 */
const driveUnitsPerSecond = 2_700

const minute = 60_000

/**
 * Gmail allows one user of a project made since May 2026 6,000 units a minute (older projects 15,000, and most calls cost them less):
 * https://developers.google.com/workspace/gmail/api/reference/quota. A full backup needs every one of them, so the sum of what may be
 * spent at once and of what comes back in a minute stays just below, by two messages, since requests arrive a little later than they
 * were sent. More than a handful at once is refused for being at once: https://developers.google.com/workspace/gmail/api/guides/handle-errors
 */
const gmailUnitsPerMinute = 6_000
const gmailBurst = 120
/** An older project's 15,000 units are 3,000 messages at 5 each, where a new one pays 20 for a message. */
const gmailUnitsPerMinuteOfOld = 60_000
const gmail: Budget = {
  id: 'gmail',
  unitsPerSecond: (gmailUnitsPerMinute - gmailBurst - 40) / 60,
  most: gmailUnitsPerMinuteOfOld / 60,
  windowMs: minute,
  burst: gmailBurst,
  concurrency: 5,
}

export const budgets: readonly Budget[] = [
  { id: 'drive', unitsPerSecond: driveUnitsPerSecond, burst: driveUnitsPerSecond * 10, concurrency: 20 },
  // Export links go to the editors themselves, whose limits are not published; they answer 429 with a web page much sooner.
  { id: 'docs', unitsPerSecond: 1, burst: 2, concurrency: 2 },
  gmail,
  // People does not publish its limits; projects show 90 requests a minute for a user in the console, under the API's quotas.
  { id: 'people', unitsPerSecond: 1.2, windowMs: minute, burst: 15, concurrency: 2 },
  // 600 requests a minute for each user, in a sliding window: https://developers.google.com/workspace/calendar/api/guides/quota
  { id: 'calendar', unitsPerSecond: 9, windowMs: minute, burst: 30, concurrency: 4 },
  // 50,000 requests a day for the whole project, no limit of a minute stated: https://developers.google.com/workspace/tasks/limits
  { id: 'tasks', unitsPerSecond: 4, burst: 20, concurrency: 2, perDay: 50_000 },
]

/** Units of each kind of Drive request, from the table on https://developers.google.com/workspace/drive/api/guides/limits */
export const price = { read: 5, list: 100, download: 200 } as const

/**
 * Units of each kind of Gmail request in a project made since May 2026: https://developers.google.com/workspace/gmail/api/reference/quota.
 * Everything else that we ask (profile, labels, settings) costs one.
 */
export const gmailPrice = { message: 20, list: 5, history: 2, other: 1 } as const

/** What a request to Gmail costs. */
export function gmailPriceOf({ url }: { readonly url: URL }): { readonly budget: string; readonly cost: number } {
  const [, what = '', id] = /\/users\/[^/]+\/(\w+)(?:\/([^/]+))?/.exec(url.pathname) ?? []
  const messages = id === undefined ? gmailPrice.list : gmailPrice.message
  return { budget: 'gmail', cost: what === 'messages' ? messages : what === 'history' ? gmailPrice.history : gmailPrice.other }
}

/** What a request of the client library for Drive costs. */
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
