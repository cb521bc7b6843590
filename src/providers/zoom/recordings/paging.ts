import { Failure } from '../../../core/failure.ts'
import type { Unread } from '../../../core/source.ts'
import type { RecordingsApi } from './api.ts'
import type { WindowsState } from './cursor.ts'
import { yearId } from './item.ts'
import type { RecordingList } from './schema.ts'
import { coversWindow, dayIn, halves } from './windows.ts'

/** 'again': the page token died. 'nothing': Zoom takes no dates so far before the account's own beginning. */
export async function askPage(
  api: RecordingsApi,
  at: WindowsState,
  signal: AbortSignal,
): Promise<RecordingList | 'again' | 'nothing'> {
  const window = at.todo[0]!
  try {
    return await api.list(window, at.token, signal)
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof Failure)) throw error
    if (error.kind === 'unlisted' && at.token !== undefined) return 'again'
    if (error.kind === 'unlisted' && window.to < at.start) return 'nothing'
    throw error
  }
}

/** The same window from its first page. */
export const anew = ({ token: _, ...at }: WindowsState): WindowsState => ({ ...at, counted: 0 })

/** The state itself where the answer is about all of its window; else one with smaller windows. */
export function inWhole(at: WindowsState, list: RecordingList, today: string): WindowsState {
  const [window, ...rest] = at.todo
  if (coversWindow(window!, list, today)) return at
  // Before the account began there may be nothing, and the answer is about its first days instead.
  if (window!.to < at.start && (dayIn(list.from) ?? '') > window!.to) return at
  const smaller = halves(window!)
  if (smaller === undefined)
    throw new Failure('unlisted', `Zoom answered about other days than ${window!.from}, which it was asked about`)
  return anew({ ...at, todo: [...smaller, ...rest] })
}

/** Where it goes on after a page; `short` where Zoom has counted more meetings than it names, twice. */
export function afterPage(at: WindowsState, list: RecordingList): { next: WindowsState | undefined; short?: Unread } {
  const counted = at.counted + list.meetings.length
  if (list.next_page_token !== undefined) return { next: { ...at, token: list.next_page_token, counted } }
  const missing = (list.total_records ?? 0) - counted
  if (missing > 0 && at.again !== true) return { next: { ...anew(at), again: true } }
  const { again: _, ...rest } = anew(at)
  const [window, ...todo] = at.todo
  const next = todo.length === 0 ? undefined : { ...rest, todo }
  if (missing <= 0) return { next }
  const failure = new Failure(
    'unlisted',
    `Zoom counts ${list.total_records} meetings from ${window!.from} to ${window!.to}, but names ${counted}`,
    {
      hint: 'run the same command again later; if it stays so, compare with https://zoom.us/recording',
    },
  )
  return { next, short: { id: yearId(window!.from.slice(0, 4), false), failure } }
}

/** Meetings named in this window or the one before: windows that touch may both name one. */
export function createSeen() {
  let before = new Set<string>()
  let here = new Set<string>()
  return {
    /** Whether it is new. */
    add(uuid: string): boolean {
      if (here.has(uuid) || before.has(uuid)) return false
      here.add(uuid)
      return true
    },
    next(): void {
      before = here
      here = new Set()
    },
  }
}
