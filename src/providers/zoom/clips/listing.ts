import { z } from 'zod'
import { Failure } from '../../../core/failure.ts'
import type { Page } from '../../../core/source.ts'
import { dayAfter, dayOf, monthsBetween, type Window } from '../recordings/windows.ts'
import { createTokenTrail } from '../token-trail.ts'
import type { ClipsApi } from './api.ts'
import { clipId, clipItem, isThrownAway, yearId, yearOf, yearPlace } from './item.ts'
import type { ClipList } from './schema.ts'

export interface ClipLister {
  readonly api: ClipsApi
  /** Our own clock, milliseconds since 1970. */
  readonly now: () => number
}

/** Clips came as a public beta in 2023 (https://support.zoom.us/hc/en-us/articles/17537185674893-Zoom-Clips-admin-guide); a year more costs twelve light calls. */
export const clipsBegan = '2022-01-01'

const state = z.object({
  /** The day on which it began: what goes on later than that begins anew. */
  day: z.string(),
  todo: z.array(z.object({ from: z.string(), to: z.string() })).min(1),
  token: z.string().optional(),
  /** Clips of the first window named so far. */
  counted: z.number(),
  /** The first window is asked for the second time, because Zoom had counted more than it named. */
  again: z.boolean().optional(),
  named: z.array(z.string()),
})
type State = z.infer<typeof state>

const resting = JSON.stringify({})
/** A page token that dies again and again within one window is no accident. */
const mostRestarts = 3

/**
 * All clips, month by month of their making, in each run: there are few, and no list tells what was deleted or cut. Without dates Zoom would list those of
 * today, and a range may be a month (https://developers.zoom.us/docs/api/clips/#tag/clips/GET/clips).
 */
export async function* listClips(
  { api, now: ours }: ClipLister,
  since: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<Page> {
  signal.throwIfAborted()
  const me = await api.me(signal)
  const now = me.now ?? ours()
  const day = dayOf(now)
  const resumed = readState(since)
  let startsOver = resumed?.day !== day
  let at: State | undefined =
    resumed?.day === day ? resumed : { day, todo: monthsBetween(clipsBegan, dayAfter(now)).map(asMoments), counted: 0, named: [] }
  const seen = new Set<string>()
  const trail = createTokenTrail()
  let restarts = 0
  while (at !== undefined) {
    const { todo, token, ...rest }: State = at
    let list: ClipList
    try {
      list = await api.list('CREATED_DATE', todo[0]!, token, signal)
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof Failure) || error.kind !== 'unlisted' || token === undefined || ++restarts > mostRestarts)
        throw error
      trail.begin()
      at = { ...rest, todo, counted: 0 }
      continue
    }
    if (trail.goesRound(list.next_page_token)) throw new Failure('unlisted', 'Zoom’s list of clips goes round in a circle')
    // The first moment of a month ends one window and begins the next.
    const fresh = list.data.filter((clip) => !isThrownAway(clip) && !seen.has(clip.clip_id) && seen.add(clip.clip_id))
    const named: Set<string> = new Set(rest.named)
    const items = fresh.flatMap((clip) => {
      const year = yearOf(clip, me.timezone)
      const place = named.has(year) ? [] : [yearPlace(year)]
      named.add(year)
      return [...place, clipItem(clip, me.timezone)]
    })
    const counted = rest.counted + list.data.length
    const missing = (list.total_records ?? 0) - counted
    let unread: Page['unread']
    if (list.next_page_token !== undefined) at = { ...rest, todo, token: list.next_page_token, counted, named: [...named] }
    else {
      trail.begin()
      const more = todo.slice(1)
      const { again, ...next } = rest
      if (missing > 0 && again !== true) at = { ...next, todo, counted: 0, again: true, named: [...named] }
      else {
        restarts = 0
        at = more.length === 0 ? undefined : { ...next, todo: more, counted: 0, named: [...named] }
        if (missing > 0) unread = [{ id: yearId(todo[0]!.from.slice(0, 4)), failure: fewer(list, counted, todo[0]!) }]
      }
    }
    yield {
      items,
      ...(startsOver && { startsOver }),
      ...(unread !== undefined && { unread }),
      cursor: at === undefined ? resting : JSON.stringify(at),
    }
    startsOver = false
  }
}

/**
 * The ids of everything that is there, by another road: by the day of the last change instead of that of the making, newest first. Throws a Failure of kind
 * `unlisted` where Zoom names fewer than it counts.
 */
export async function* recountClips({ api, now: ours }: ClipLister, signal: AbortSignal): AsyncGenerator<readonly string[]> {
  signal.throwIfAborted()
  const now = (await api.me(signal)).now ?? ours()
  for (const window of monthsBetween(clipsBegan, dayAfter(now)).reverse().map(asMoments)) {
    let counted = 0
    const trail = createTokenTrail()
    for (let token: string | undefined, more = true; more; more = token !== undefined) {
      const page = await api.list('MODIFIED_DATE', window, token, signal)
      counted += page.data.length
      yield page.data.filter((clip) => !isThrownAway(clip)).map(clipId)
      if (trail.goesRound(page.next_page_token)) throw new Failure('unlisted', 'Zoom’s list of clips goes round in a circle')
      token = page.next_page_token
      if (token === undefined && (page.total_records ?? 0) > counted) throw fewer(page, counted, window)
    }
  }
}

/** To the very moment at which the next window begins: moments have fractions, and the last second of a month is not over before. */
const asMoments = ({ from, to }: Window): Window => ({
  from: `${from}T00:00:00Z`,
  to: `${dayAfter(Date.parse(`${to}T00:00:00Z`))}T00:00:00Z`,
})

const fewer = ({ total_records }: ClipList, counted: number, { from, to }: Window) =>
  new Failure(
    'unlisted',
    `Zoom counts ${total_records} clips from ${from.slice(0, 10)} to ${to.slice(0, 10)}, but names ${counted}`,
    {
      hint: 'run the same command again later; if it stays so, compare with https://zoom.us/clips',
    },
  )

function readState(cursor: string | undefined): State | undefined {
  if (cursor === undefined) return undefined
  try {
    return state.safeParse(JSON.parse(cursor)).data
  } catch {
    return undefined
  }
}
