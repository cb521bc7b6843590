import type { Budget } from '../../core/provider.ts'

/**
 * SharePoint and OneDrive for work and school allow a user 3,000 requests in 5 minutes, and an app in a small tenant 1,250 resource units a minute for all
 * of its users together (6,250 in the largest):
 * https://learn.microsoft.com/sharepoint/dev/general-development/how-to-avoid-getting-throttled-or-blocked-in-sharepoint-online
 * Graph's calls and the downloads together stay below four fifths of a user's requests and half of the smallest tenant's units: others of the
 * organisation may use the same app. Nothing is published for personal accounts.
 *
 * One budget for both: a download from a pre-signed address is a resource unit of the app on that page, and, once a limit is exceeded, SharePoint throttles
 * "any further requests from that client", so whichever of them is refused, all wait. Of the places there are more than files that are brought at once
 * (limits.transfers, 8 unless set otherwise), so that long downloads leave some to the listing.
 */
const graph: Budget = { id: 'graph', unitsPerSecond: 7.5, burst: 150, concurrency: 24 }

/**
 * OneNote allows an app 120 requests a minute and 400 an hour for each user, five at once: https://learn.microsoft.com/graph/throttling-limits#onenote-service-limits.
 * One bucket keeps both: at most 40 + 60 × 0.1 in a minute and 40 + 3600 × 0.1 = 400 in an hour.
 */
const onenote: Budget = { id: 'onenote', unitsPerSecond: 0.1, burst: 40, concurrency: 5 }

/**
 * OneNote's 429 does not say for how long (https://learn.microsoft.com/graph/throttling-limits#onenote-service-limits), and where nothing is said the waits are to
 * grow (https://learn.microsoft.com/graph/throttling#best-practices-to-handle-throttling): from the shorter one of its two windows to the longer one.
 */
export const notesRest = { first: 60_000, longest: 3_600_000 } as const

/** The first serves what names no other: who signed in. */
export const budgets: readonly Budget[] = [graph, onenote]

/** Resource units of each kind of request, from the table "Resource units" on the page above. */
export const price = { item: 1, delta: 1, download: 1, list: 2, permissions: 5 } as const

/** What a request to Graph's drives costs. */
export function graphPriceOf({ url }: { readonly url: URL }): { readonly budget: string; readonly cost: number } {
  const path = decoded(url.pathname).toLowerCase()
  const expand = url.searchParams.get('$expand') ?? ''
  if (/\/permissions(\/|$)/.test(path) || /\bpermissions\b/i.test(expand)) return { budget: 'graph', cost: price.permissions }
  if (/\/delta(\(.*\))?$/.test(path)) {
    // The first page of a delta, without a token, reads the folder as a listing does.
    const token = url.searchParams.get('token') ?? url.searchParams.get('$skiptoken') ?? url.searchParams.get('$deltatoken')
    return { budget: 'graph', cost: token === null && !/\(token=/.test(path) ? price.list : price.delta }
  }
  return { budget: 'graph', cost: /\/(children|drives|sharedwithme|search\(.*\))$/.test(path) ? price.list : price.item }
}

/** A link that an answer gave may hold a `%` that begins nothing. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** What a request to OneNote costs: each the same. */
export const onenotePriceOf = (): { readonly budget: string } => ({ budget: 'onenote' })
