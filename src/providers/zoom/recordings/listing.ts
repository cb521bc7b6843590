import { Failure } from '../../../core/failure.ts'
import type { Known, Page, Unread } from '../../../core/source.ts'
import type { ZoomUser } from '../identify.ts'
import { createTokenTrail } from '../token-trail.ts'
import type { Addresses } from './addresses.ts'
import type { RecordingsApi } from './api.ts'
import { completeMeeting } from './complete-meeting.ts'
import { type ListingState, readCursor, type TrashState, type WindowsState, writeCursor } from './cursor.ts'
import {
  isUnfinished,
  type ListedFrom,
  listedVersion,
  meetingFolder,
  meetingId,
  meetingItems,
  participantsMayBeThere,
  removalOf,
  trashFolder,
  undated,
  withParticipants,
  yearId,
  yearOf,
  yearPlace,
} from './item.ts'
import { afterPage, anew, askPage, createSeen, inWhole } from './paging.ts'
import { createParticipantsRight, type Told } from './participants-right.ts'
import { firstDay, type ListingPlan, lookAgainDays, noteMeeting, planListing, type YearNotes } from './plan.ts'
import type { RecordedMeeting, RecordingList } from './schema.ts'
import type { RecordingSettings } from './settings.ts'
import { listTrash } from './trash.ts'
import { dayAfter, dayOf, monthsBetween, type Window } from './windows.ts'

export interface Lister {
  readonly api: RecordingsApi
  readonly addresses: Addresses
  readonly settings: RecordingSettings
  /** Our own clock, milliseconds since 1970. */
  readonly now: () => number
  /** What the listing of this run asks for; undefined: it goes on with one that began earlier, or has not begun. */
  asked?: { readonly windows: readonly Window[]; readonly everything: boolean } | undefined
}

/** Meetings that are asked for one by one before what they gave is handed on. */
const atOnce = 20
/** Meetings in a row on which Zoom breaks: fewer are theirs alone, with more of them it is Zoom that does not work. */
const mostBroken = 3
/** A page token that dies again and again within one window is no accident. */
const mostRestarts = 3

/**
 * The trash, where it is wanted, since it is emptied day by day; then the recordings window by window, page by page. A listing given the cursor of a page
 * goes on right after it. Of a trash that is not wanted nothing is asked, and what an earlier listing named of it is not gone for that.
 */
export async function* listRecordings(
  lister: Lister,
  since: string | undefined,
  journal: Known,
  signal: AbortSignal,
): AsyncGenerator<Page> {
  signal.throwIfAborted()
  const me = await lister.api.me(signal)
  // Our own clock may be wrong.
  const now = me.now ?? lister.now()
  const from: ListedFrom = { trash: false, zone: me.timezone }
  const known = readCursor(since)
  // Where a listing of what was saved begins without a cursor, nothing is made anew for a right that is missing now.
  const before: Told = known?.told ?? (journal.holdsContent?.() === true ? ['meeting', 'webinar'] : [])
  const right = createParticipantsRight(lister.api, lister.settings, before)
  let first: Pick<Page, 'startsOver' | 'unread' | 'note'> = {}
  let at: WindowsState | undefined
  lister.asked = undefined
  if (known?.step === 'windows' && known.from === lister.settings.from) at = upToDate(known, now)
  else {
    const { begun, windows, vouched, notes, note } = begin(lister.settings, me, now, earlierNotes(known))
    lister.asked = { windows, everything: vouched.length === 0 }
    const { trash } = lister.settings
    const resumed = trash && known?.step === 'trash' ? known : undefined
    let startsOver = resumed === undefined
    if (trash) {
      const anew: TrashState = { step: 'trash', type: 'meeting_recordings', notes: earlierNotes(known), told: [...before] }
      for await (const page of listTrash(lister, resumed ?? anew, me.timezone, signal)) {
        yield { ...page, ...(startsOver && { startsOver }) }
        startsOver = false
      }
    }
    // Also where it could not be listed last, so that the journal vouches for nothing in it.
    const passed = [...(trash ? [] : [trashFolder.id]), ...vouched.map((year) => yearId(year, false))]
    first = {
      ...(startsOver && { startsOver }),
      ...(passed.length > 0 && { unread: passed.map((id) => ({ id })) }),
      ...(note !== undefined && { note }),
    }
    at = begun
    if (at === undefined) yield { items: [], ...first, cursor: writeCursor({ step: 'rest', notes, told: [...before] }) }
  }
  const seen = createSeen()
  const trail = createTokenTrail()
  let restarts = 0
  let broken = 0
  while (at !== undefined) {
    const answer: RecordingList | 'again' | 'nothing' = await askPage(lister.api, at, signal)
    if (answer === 'again') {
      if (++restarts > mostRestarts) throw new Failure('unlisted', 'Zoom gives up its place in the listing again and again')
      at = anew(at)
      trail.begin()
      continue
    }
    const list: RecordingList = answer === 'nothing' ? { meetings: [] } : answer
    if (trail.goesRound(list.next_page_token)) throw new Failure('unlisted', 'Zoom’s list of recordings goes round in a circle')
    const whole = inWhole(at, list, dayOf(now))
    if (whole !== at) {
      at = whole
      trail.begin()
      continue
    }
    const fresh = list.meetings.filter(({ uuid }) => seen.add(uuid)).sort(soonestFirst)
    for (let index = 0; ; index += atOnce) {
      const { items, unread, ...taken } = await take(at, fresh.slice(index, index + atOnce))
      at = taken.at
      const last = index + atOnce >= fresh.length
      const { next, short } = last ? afterPage(at, list) : { next: at, short: undefined }
      const all = [...(first.unread ?? []), ...unread, ...(short === undefined ? [] : [short])]
      const cursor = writeCursor(next ?? { step: 'rest', notes: at.notes, told: at.told })
      yield { items, ...first, ...(all.length > 0 && { unread: all }), cursor }
      first = {}
      if (!last) continue
      if (next?.todo[0] !== at.todo[0]) {
        seen.next()
        restarts = 0
      }
      if (next?.token === undefined) trail.begin()
      at = next
      break
    }
  }

  /** What some meetings of a page bring. Those that the journal knows whole, just as they are listed, are not looked into. */
  async function take(before: WindowsState, meetings: readonly RecordedMeeting[]) {
    const named = new Set(before.named)
    let notes: YearNotes = before.notes
    const items: Page['items'][number][] = []
    const unread: Unread[] = []
    for (const listed of meetings) {
      const year = yearOf(listed, from)
      if (!named.has(year)) items.push(yearPlace(year, false))
      named.add(year)
      notes = noteMeeting(notes, year, listed)
      const version = listedVersion(listed, from, now)
      const id = meetingId(listed, from)
      const held = version === undefined ? undefined : journal.folderVersion(id)
      const renewable = held === version && participantsMayBeThere(listed, from, now)
      const same = held !== undefined && (held === version || held === withParticipants(version!))
      if (same && !(renewable && (await right.now(listed, signal)))) {
        lister.addresses.remember(listed)
        items.push(meetingFolder(listed, from, held))
        unread.push({ id })
        continue
      }
      const complete = await completeMeeting(lister.api, listed, signal)
      const failure = complete.unread?.failure
      broken = failure?.consequence.retry === true ? broken + 1 : 0
      if (failure !== undefined && broken >= mostBroken) throw failure
      lister.addresses.remember(complete.meeting)
      notes = noteMeeting(notes, year, complete.meeting)
      const settled = complete.unread === undefined && !isUnfinished(complete.meeting)
      items.push(...meetingItems(complete.meeting, from, settled ? version : undefined, await right.ever(listed, signal)))
      if (complete.unread !== undefined) unread.push(complete.unread)
    }
    const at: WindowsState = { ...before, named: [...named], notes: { ...notes }, told: [...right.told()] }
    return { items, unread, at }
  }
}

/** What Zoom removes by itself first, then the oldest. */
function soonestFirst(a: RecordedMeeting, b: RecordedMeeting): number {
  const key = (one: RecordedMeeting) => `${removalOf(one) ?? '9999-99-99'} ${one.start_time ?? ''}`
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0
}

/** A listing that goes on on another day also asks for what came in between. */
function upToDate(at: WindowsState, now: number): WindowsState {
  const day = dayOf(now)
  return at.day >= day ? at : { ...at, day, todo: [...at.todo, ...monthsBetween(at.day, dayAfter(now))] }
}

/** What was known of each year; of those in a listing that did not end, only that something stands in them. */
function earlierNotes(known: ListingState | undefined): YearNotes {
  if (known?.step === 'rest' || known?.step === 'trash') return known.notes
  if (known?.step !== 'windows') return {}
  return Object.fromEntries(Object.entries(known.notes).map(([year, note]) => [year, { ...note, open: true }]))
}

function begin(settings: RecordingSettings, me: ZoomUser, now: number, earlier: YearNotes) {
  const start = firstDay(me)
  if (settings.from !== 'beginning' && settings.from > dayAfter(now)) {
    throw new Failure('settings', `the first day whose recordings are wanted, ${settings.from}, is still to come`, {
      hint: 'correct options.recordings.from of this account in holdall.yaml',
      stops: 'source',
    })
  }
  const chosen = settings.from === 'beginning' ? {} : { from: settings.from }
  const plan = planListing({ now, start, ...chosen, notes: earlier })
  const asked = plan.asked.filter((year) => !plan.vouched.includes(year))
  const cut = settings.from === 'beginning' || settings.from.endsWith('-01-01') ? undefined : settings.from
  const noted = asked.map((year) => [year, { asked: now, ...(cut?.startsWith(year) && { from: cut }) }])
  const notes: YearNotes = { ...earlier, ...Object.fromEntries(noted) }
  const vouched = plan.vouched.length === 0 ? [] : [...plan.vouched, undated]
  const begun: WindowsState | undefined =
    plan.windows.length === 0
      ? undefined
      : {
          step: 'windows',
          todo: [...plan.windows],
          start,
          from: settings.from,
          day: dayOf(now),
          counted: 0,
          named: [],
          notes: { ...notes },
          told: [],
        }
  return { begun, windows: plan.windows, vouched, notes: { ...notes }, note: coverage(plan, settings) }
}

/** Which years a rerun asks for, and which not; undefined where it asks for all that the settings choose. */
function coverage({ asked, vouched }: ListingPlan, { from }: RecordingSettings): string | undefined {
  const passed = vouched.filter((year) => !asked.includes(year) && (from === 'beginning' || year >= from.slice(0, 4)))
  if (passed.length === 0) return undefined
  const looked = asked.length === 0 ? 'no year is asked for again' : `asked again: ${asRanges(asked)}`
  return `${looked}; not asked again: ${asRanges(passed)}, which were looked at less than ${lookAgainDays} days ago (what came there since, restored from the trash, say, is found by holdall verify --remote)`
}

/** `2013–2019, 2021`. */
function asRanges(years: readonly string[]): string {
  const ranges: [first: string, last: string][] = []
  for (const year of [...years].sort()) {
    const open = ranges.at(-1)
    if (open !== undefined && Number(year) - Number(open[1]) <= 1) open[1] = year
    else ranges.push([year, year])
  }
  return ranges.map(([first, last]) => (first === last ? first : `${first}–${last}`)).join(', ')
}
