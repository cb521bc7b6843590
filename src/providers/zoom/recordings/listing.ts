import { Failure } from '../../../core/failure.ts'
import type { Page, Unread } from '../../../core/source.ts'
import type { ZoomUser } from '../identify.ts'
import type { Addresses } from './addresses.ts'
import type { RecordingsApi } from './api.ts'
import { completeMeeting } from './complete-meeting.ts'
import { readCursor, type WindowsState, writeCursor } from './cursor.ts'
import { type ListedFrom, meetingItems, undated, yearId, yearOf, yearPlaces } from './item.ts'
import { noteMeeting, planListing, type YearNotes } from './plan.ts'
import type { RecordedMeeting, RecordingList } from './schema.ts'
import type { RecordingSettings } from './settings.ts'
import { coversWindow, dayOf, halves } from './windows.ts'

export interface Lister {
  readonly api: RecordingsApi
  readonly addresses: Addresses
  readonly settings: RecordingSettings
  /** Our own clock, milliseconds since 1970. */
  readonly now: () => number
}

/** Meetings that are asked for one by one before what they gave is handed on. */
const atOnce = 20
/** A page token that dies again and again within one window is no accident. */
const mostRestarts = 3

/** The recordings window by window, page by page; a listing given the cursor of a page goes on right after it. */
export async function* listRecordings(lister: Lister, since: string | undefined, signal: AbortSignal): AsyncGenerator<Page> {
  signal.throwIfAborted()
  const me = await lister.api.me(signal)
  // Our own clock may be wrong.
  const now = me.now ?? lister.now()
  const from: ListedFrom = { trash: false, zone: me.timezone }
  const known = readCursor(since)
  let first: Pick<Page, 'startsOver' | 'unread'> = {}
  let at: WindowsState | undefined
  if (known?.step === 'windows') at = known
  else {
    const { begun, vouched, notes } = begin(lister.settings, me, now, known?.step === 'rest' ? known.notes : {})
    first = { startsOver: true, ...(vouched.length > 0 && { unread: vouched.map((year) => ({ id: yearId(year, false) })) }) }
    at = begun
    if (at === undefined) yield { items: [], ...first, cursor: writeCursor({ step: 'rest', notes }) }
  }
  const seen = createSeen()
  let restarts = 0
  while (at !== undefined) {
    const answer: RecordingList | 'again' | 'nothing' = await ask(lister.api, at, signal)
    if (answer === 'again') {
      if (++restarts > mostRestarts) throw new Failure('unlisted', 'Zoom gives up its place in the listing again and again')
      at = anew(at)
      continue
    }
    const list: RecordingList = answer === 'nothing' ? { meetings: [] } : answer
    if (at.token !== undefined && list.next_page_token === at.token)
      throw new Failure('unlisted', 'Zoom’s list of recordings goes round in a circle')
    const whole = inWhole(at, list, dayOf(now))
    if (whole !== at) {
      at = whole
      continue
    }
    const fresh = list.meetings.filter(({ uuid }) => seen.add(uuid))
    const unread: Unread[] = []
    for (let index = 0; ; index += atOnce) {
      const meetings: RecordedMeeting[] = []
      for (const meeting of fresh.slice(index, index + atOnce)) {
        const complete = await completeMeeting(lister, meeting, signal)
        meetings.push(complete.meeting)
        if (complete.unread !== undefined) unread.push(complete.unread)
      }
      for (const meeting of meetings) lister.addresses.remember(meeting)
      const items = itemsOf(at, meetings, from)
      at = items.at
      if (index + atOnce < fresh.length) {
        yield { items: items.items, ...first, cursor: writeCursor(at) }
        first = {}
        continue
      }
      const { next, short } = afterPage(at, list)
      if (short !== undefined) unread.push(short)
      if (next?.todo[0] !== at.todo[0]) {
        seen.next()
        restarts = 0
      }
      const all = [...(first.unread ?? []), ...unread]
      const cursor = writeCursor(next ?? { step: 'rest', notes: at.notes })
      yield { items: items.items, ...first, ...(all.length > 0 && { unread: all }), cursor }
      first = {}
      at = next
      break
    }
  }
}

function begin(settings: RecordingSettings, me: ZoomUser, now: number, earlier: YearNotes) {
  const starts = [me.created_at, me.user_created_at].map((text) => Date.parse(text ?? '')).filter((time) => !Number.isNaN(time))
  const start = dayOf(starts.length === 0 ? now : Math.min(now, ...starts))
  const chosen = settings.from === 'beginning' ? {} : { from: settings.from }
  const plan = planListing({ now, start, ...chosen, notes: earlier })
  const asked = plan.asked.filter((year) => !plan.vouched.includes(year))
  const notes: YearNotes = { ...earlier, ...Object.fromEntries(asked.map((year) => [year, { asked: now }])) }
  const vouched = plan.vouched.length === 0 ? [] : [...plan.vouched, undated]
  const begun: WindowsState | undefined =
    plan.windows.length === 0
      ? undefined
      : { step: 'windows', todo: [...plan.windows], start, counted: 0, named: [], notes: { ...notes } }
  return { begun, vouched, notes: { ...notes } }
}

/** 'again': the page token died. 'nothing': Zoom takes no dates so far before the account's own beginning. */
async function ask(api: RecordingsApi, at: WindowsState, signal: AbortSignal): Promise<RecordingList | 'again' | 'nothing'> {
  const window = at.todo[0]!
  try {
    return await api.list(window, at.token, signal)
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof Failure)) throw error
    if (error.kind === 'unlisted' && at.token !== undefined) return 'again'
    if (error.kind === 'bug' && window.to < at.start) return 'nothing'
    throw error
  }
}

/** The same window from its first page. */
const anew = ({ token: _, ...at }: WindowsState): WindowsState => ({ ...at, counted: 0 })

/** The state itself where the answer is about all of its window; else one with smaller windows. */
function inWhole(at: WindowsState, list: RecordingList, today: string): WindowsState {
  const [window, ...rest] = at.todo
  if (coversWindow(window!, list, today)) return at
  const smaller = halves(window!)
  if (smaller === undefined)
    throw new Failure('unlisted', `Zoom answered about other days than ${window!.from}, which it was asked about`)
  return anew({ ...at, todo: [...smaller, ...rest] })
}

function itemsOf(at: WindowsState, meetings: readonly RecordedMeeting[], from: ListedFrom) {
  const named = new Set(at.named)
  let notes: YearNotes = at.notes
  const items = meetings.flatMap((meeting) => {
    const year = yearOf(meeting, from)
    notes = noteMeeting(notes, year, meeting)
    const places = named.has(year) ? [] : yearPlaces(year, false)
    named.add(year)
    return [...places, ...meetingItems(meeting, from)]
  })
  return { items, at: { ...at, named: [...named], notes: { ...notes } } satisfies WindowsState }
}

/** Where it goes on after a page; `short` where Zoom has counted more meetings than it names, twice. */
function afterPage(at: WindowsState, list: RecordingList): { next: WindowsState | undefined; short?: Unread } {
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
function createSeen() {
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
