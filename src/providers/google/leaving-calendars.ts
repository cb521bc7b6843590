import { z } from 'zod'
import { Failure } from '../../core/failure.ts'
import type { Localised } from '../../core/language.ts'
import type { LeaveLine, LeaveStep, LeavingRequest, Remembered } from '../../core/leaving.ts'
import { createCalendarApi } from './calendar/api.ts'
import { identify } from './calendar/item.ts'
import { type CalendarSharing, maySeeSharing, readSharing, sharingRight } from './calendar/sharing.ts'

/** https://developers.google.com/workspace/calendar/api/v3/reference/calendarList; `dataOwner` stands with secondary calendars alone. */
const listed = z.object({ primary: z.boolean().optional(), accessRole: z.string().optional(), dataOwner: z.string().optional() })

/** Calendars of which a person hears one by one, and people of one calendar. */
const named = { calendars: 50, people: 8 } as const

/** With its owner's account a secondary calendar is deleted, and whoever owns it can make another its owner before: */
const transferPage = 'https://support.google.com/calendar/answer/78739'

type Asked = Pick<LeavingRequest, 'connection' | 'granted' | 'remembered' | 'standing' | 'signal'>

/** Who shares it; why that is not known. */
type Known = CalendarSharing | 'signed-out' | 'no-right' | 'refused'

/** Calendars as the last backup listed them, and, where the sign-in may see it, with whom each is shared now. */
export async function* calendarLines(request: Asked): AsyncIterable<LeaveLine> {
  const { remembered, standing } = request
  if (remembered.listed('calendar') === undefined) {
    yield neverListed
    return
  }
  const all = [...calendarsIn(remembered)]
  const first = all.find(({ primary }) => primary === true)
  // The first calendar is called by the person's address: https://developers.google.com/workspace/calendar/api/concepts/events-calendars
  const isOwn = (address: string) => standing(address) === 'own' || address === first?.calendar
  const sharing = createSharing(request, isOwn)
  const own = all.filter(
    ({ primary, accessRole, dataOwner }) =>
      primary !== true && accessRole === 'owner' && (dataOwner === undefined || isOwn(dataOwner)),
  )
  for (const { name, calendar, dataOwner } of own.slice(0, named.calendars))
    yield ownCalendar(name, dataOwner !== undefined, await sharing(calendar))
  if (own.length > named.calendars) yield ownCalendar(`+${own.length - named.calendars}`, false, 'refused')
  if (first !== undefined) yield events(await sharing(first.calendar))
  const others = all.length - own.length - (first === undefined ? 0 : 1)
  if (others > 0) yield ofOthers(others)
}

function* calendarsIn(remembered: Remembered) {
  for (const { id, name, details } of remembered.items('calendar')) {
    const what = identify(id)
    if (what?.kind === 'calendar')
      yield { calendar: what.calendar, name: name ?? what.calendar, ...listed.catch({}).parse(details) }
  }
}

function createSharing(
  { connection, granted, signal }: Asked,
  isOwn: (address: string) => boolean,
): (calendar: string) => Promise<Known> {
  if (connection === undefined) return async () => 'signed-out'
  if (!maySeeSharing(granted)) return async () => 'no-right'
  const api = createCalendarApi(connection)
  return async (calendar) => {
    try {
      return await readSharing(api, calendar, isOwn, signal)
    } catch (error) {
      // Of this calendar alone: it was deleted meanwhile, or somebody else manages it now.
      if (error instanceof Failure && error.stops === 'item' && (error.kind === 'gone' || error.kind === 'forbidden'))
        return 'refused'
      throw error
    }
  }
}

const unknown: Readonly<Record<Extract<Known, string>, Localised>> = {
  'signed-out': {
    en: 'With whom it is shared is not known: nobody is signed in.',
    ja: 'サインインしていないため、誰と共有しているかはわかりません。',
  },
  'no-right': {
    en: `With whom it is shared is not known: the sign-in has no right to see that (${sharingRight.split('/').at(-1)}), which a backup does not need.`,
    ja: `誰と共有しているかはわかりません。サインインに、共有設定を見る権限（${sharingRight.split('/').at(-1)}）がありません（バックアップには不要な権限です）。`,
  },
  refused: {
    en: 'With whom it is shared could not be seen.',
    ja: '誰と共有しているかは確認できませんでした。',
  },
}

/** How the program is let see it, and how a person sees it. */
const seeIt: Readonly<Record<Extract<Known, string>, readonly LeaveStep[]>> = {
  'signed-out': [],
  'no-right': [
    {
      text: {
        en: 'to have them named here: put `options: { calendar: { sharing: true } }` under the account in holdall.yaml (in an app of your own, add that right to its list too), then holdall connect once more',
        ja: '共有相手をここに表示するには、holdall.yaml のアカウントに `options: { calendar: { sharing: true } }` を加え（ご自身のアプリの場合は、アプリの権限の一覧にも加え）、もう一度 holdall connect を実行してください',
      },
    },
  ],
  refused: [],
}

const settingsPage: LeaveStep = {
  text: {
    en: 'look yourself: Google Calendar, the calendar’s Settings and sharing, "Shared with"',
    ja: 'ご自分で確認する場合は、Google カレンダーでそのカレンダーの「設定と共有」の「共有する相手」をご覧ください',
  },
  page: 'https://calendar.google.com/calendar/r/settings',
}

/** Who they are, in a sentence; undefined: nobody. */
function sharers({ people, open }: CalendarSharing): Localised | undefined {
  const more = people.length - named.people
  const names = [...people.slice(0, named.people), ...(more > 0 ? [`+${more}`] : [])]
  const en = [...names, ...open.map((one) => (one === 'public' ? 'everyone (it is public)' : `all of ${one}`))]
  const ja = [...names, ...open.map((one) => (one === 'public' ? 'すべての人（一般公開）' : `${one} の全員`))]
  return en.length === 0 ? undefined : { en: en.join(', '), ja: ja.join('、') }
}

const factsOf = (known: Known) =>
  typeof known === 'string' ? { sharing: known } : { sharedWith: [...known.people], open: [...known.open] }

function ownCalendar(name: string, certain: boolean, known: Known): LeaveLine {
  const line = {
    section: 'services',
    about: 'calendar-owned',
    what: { en: `The calendar ${name}`, ja: `カレンダー「${name}」` },
    facts: { name, ...factsOf(known) },
  } as const
  const ends: Localised = certain
    ? {
        en: 'You own it: it is deleted with your account, for everyone.',
        ja: '所有者はあなたです。アカウントとともに削除され、誰も使えなくなります。',
      }
    : {
        en: 'You manage it; if you own it, it is deleted with your account, for everyone who uses it.',
        ja: 'あなたが管理しています。所有者であれば、アカウントとともに削除され、利用している全員が使えなくなります。',
      }
  if (typeof known === 'string')
    return { ...line, state: 'look', why: both(ends, unknown[known]), next: [...seeIt[known], settingsPage, handOver] }
  const who = sharers(known)
  if (who === undefined)
    return {
      ...line,
      state: 'done',
      why: both(ends, {
        en: 'It is shared with nobody, and the archive has its events.',
        ja: '誰とも共有しておらず、予定はアーカイブにあります。',
      }),
      next: [],
    }
  return {
    ...line,
    state: 'to-do',
    why: both(ends, { en: `It is shared with ${who.en}.`, ja: `共有相手: ${who.ja}。` }),
    next: [handOver],
  }
}

const both = (a: Localised, b: Localised): Localised => ({ en: `${a.en} ${b.en}`, ja: `${a.ja}${b.ja}` })

const handOver: LeaveStep = {
  text: {
    en: 'if others use it, make one of them its owner (Settings and sharing > Shared with > Transfer ownership), who has to accept',
    ja: 'ほかの人が使っている場合は、そのうちの一人を所有者にしてください（「設定と共有」>「共有する相手」>「オーナー権限の譲渡」。相手の承諾が必要です）',
  },
  page: transferPage,
}

/** The first calendar cannot be given to another; its meetings can, one by one. */
function events(known: Known): LeaveLine {
  const who = typeof known === 'string' ? undefined : sharers(known)
  const shared: Localised =
    typeof known === 'string'
      ? unknown[known]
      : who === undefined
        ? { en: 'The calendar is shared with nobody.', ja: 'カレンダーは誰とも共有していません。' }
        : {
            en: `The calendar is shared with ${who.en}, who lose sight of it.`,
            ja: `カレンダーの共有相手（${who.ja}）は見られなくなります。`,
          }
  return {
    section: 'services',
    about: 'calendar-events',
    state: 'look',
    what: { en: 'Your own calendar, and meetings that you organise', ja: '自分のカレンダーと、主催する予定' },
    why: both(
      {
        en: 'Your own calendar ends with the account (the archive has its events): nobody can change or move a meeting that you organise after that.',
        ja: '自分のカレンダーはアカウントとともに終わります（予定はアーカイブにあります）。主催している予定は、その後誰も変更できません。',
      },
      shared,
    ),
    next: [
      {
        text: {
          en: 'give each meeting that goes on to somebody else: open it, Options > Change owner',
          ja: '続ける予定は、予定を開いて「オプション」>「所有者を変更」でほかの人に譲ってください',
        },
        page: transferPage,
      },
    ],
    facts: factsOf(known),
  }
}

const ofOthers = (others: number): LeaveLine => ({
  section: 'services',
  about: 'calendars-of-others',
  state: 'done',
  what: { en: 'Calendars of others', ja: 'ほかの人のカレンダー' },
  why: {
    en: `${others === 1 ? 'One calendar' : `${others} calendars`} in your list ${others === 1 ? 'belongs' : 'belong'} to others and ${others === 1 ? 'stays' : 'stay'} with them; you lose sight of ${others === 1 ? 'it' : 'them'} when your account ends.`,
    ja: `一覧にある ${others} 件のカレンダーはほかの人のもので、あとに残ります。アカウントの終了後は見られなくなります。`,
  },
  next: [],
})

const neverListed: LeaveLine = {
  section: 'services',
  about: 'calendars',
  state: 'unknown',
  what: { en: 'Your calendars', ja: '自分のカレンダー' },
  why: {
    en: 'They were not listed to their end yet. Those that you own are deleted with your account, for everyone.',
    ja: 'まだ一覧を最後まで取得していません。所有しているカレンダーは、アカウントとともに削除され、誰も使えなくなります。',
  },
  next: [{ command: 'holdall backup' }],
}
