import { Failure } from '../../../core/failure.ts'
import { createTokenTrail } from '../token-trail.ts'
import { meetingIds } from './item.ts'
import type { Lister } from './listing.ts'
import { firstDay } from './plan.ts'
import { dayAfter, monthsBetween, type Window } from './windows.ts'

/**
 * The ids of everything that is there, by another road: from the newest to the oldest, in windows cut at the middle of each month, so that a meeting at
 * the edge of one window lies within another; each held against the number of meetings that Zoom states (`total_records`). Throws a Failure of kind
 * `unlisted` where Zoom names fewer. Goes back to the account's first day, or the one that the settings choose.
 */
export async function* recountRecordings(
  lister: Lister,
  signal: AbortSignal,
  /** Only these days; default: all. */
  asked?: readonly Window[],
): AsyncGenerator<readonly string[]> {
  signal.throwIfAborted()
  const { api, settings } = lister
  const me = await api.me(signal)
  const now = me.now ?? lister.now()
  const start = settings.from === 'beginning' ? firstDay(me) : settings.from
  const days = asked === undefined ? [{ from: start, to: dayAfter(now) }] : spans(asked)
  const windows = days.flatMap(({ from, to }) => (to < start ? [] : middleToMiddle(from < start ? start : from, to)))
  for (const window of windows.reverse()) {
    let counted = 0
    const trail = createTokenTrail()
    for (let token: string | undefined, more = true; more; more = token !== undefined) {
      const page = await api.list(window, token, signal)
      counted += page.meetings.length
      yield page.meetings.flatMap((meeting) => meetingIds(meeting, { trash: false, zone: me.timezone }))
      if (trail.goesRound(page.next_page_token)) throw new Failure('unlisted', 'Zoom’s list of recordings goes round in a circle')
      token = page.next_page_token
      if (token === undefined && (page.total_records ?? 0) > counted) {
        throw new Failure(
          'unlisted',
          `Zoom counts ${page.total_records} meetings from ${window.from} to ${window.to}, but names ${counted}`,
          {
            hint: 'run holdall backup again later',
          },
        )
      }
    }
  }
}

/** Days without a gap between them as one, in their order. */
export function spans(windows: readonly Window[]): Window[] {
  const all: Window[] = []
  for (const { from, to } of [...windows].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const open = all.at(-1)
    if (open !== undefined && from <= dayAfter(Date.parse(open.to)))
      all[all.length - 1] = { from: open.from, to: to > open.to ? to : open.to }
    else all.push({ from, to })
  }
  return all
}

/** From the 16th of a month to the 15th of the next; the first and the last cut. */
export function middleToMiddle(from: string, to: string): Window[] {
  const windows: Window[] = []
  for (const month of monthsBetween(from, to)) {
    const [middle, after] = [`${month.from.slice(0, 8)}15`, `${month.from.slice(0, 8)}16`]
    const open = windows.at(-1)
    const first = { from: open?.from ?? month.from, to: middle < month.to ? middle : month.to }
    if (month.from <= middle) windows.splice(-1, open === undefined ? 0 : 1, first)
    if (after <= month.to) windows.push({ from: after > month.from ? after : month.from, to: month.to })
  }
  return windows
}
