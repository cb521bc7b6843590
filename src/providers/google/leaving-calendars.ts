import { z } from 'zod'
import type { LeaveLine, Remembered } from '../../core/leaving.ts'
import { identify } from './calendar/item.ts'

/** https://developers.google.com/workspace/calendar/api/v3/reference/calendarList */
const listed = z.object({ primary: z.boolean().optional(), accessRole: z.string().optional() })

/** Calendars of which a person hears one by one. */
const named = 50

/**
 * Calendars as the last backup listed them. Who else sees one is not asked: that takes a right (calendar.acls.readonly) that no backup needs. With its owner's
 * account a secondary calendar is deleted: https://support.google.com/calendar/answer/78739
 */
export function* calendarLines(remembered: Remembered): Iterable<LeaveLine> {
  if (remembered.listed('calendar') === undefined) return
  let [others, own, primary] = [0, 0, false]
  for (const { id, name, details } of remembered.items('calendar')) {
    if (identify(id)?.kind !== 'calendar') continue
    const { primary: first, accessRole } = listed.catch({}).parse(details)
    if (first === true) primary = true
    else if (accessRole !== 'owner') others++
    else if (own++ < named) yield ownCalendar(name ?? id)
  }
  if (own > named) yield ownCalendar(`+${own - named}`)
  if (primary) yield events
  if (others > 0)
    yield {
      section: 'services',
      about: 'calendars-of-others',
      state: 'done',
      what: { en: 'Calendars of others', ja: 'ほかの人のカレンダー' },
      why: {
        en: `${others === 1 ? 'One calendar' : `${others} calendars`} in your list ${others === 1 ? 'belongs' : 'belong'} to others and ${others === 1 ? 'stays' : 'stay'} with them; you lose sight of ${others === 1 ? 'it' : 'them'} when your account ends.`,
        ja: `一覧にある ${others} 件のカレンダーはほかの人のもので、あとに残ります。アカウントの終了後は見られなくなります。`,
      },
      next: [],
    }
}

const ownCalendar = (name: string): LeaveLine => ({
  section: 'services',
  about: 'calendar-owned',
  state: 'look',
  what: { en: `The calendar ${name}`, ja: `カレンダー「${name}」` },
  why: {
    en: 'You manage it; if you own it, it is deleted with your account, for everyone who uses it. Who else sees it is not known here.',
    ja: 'あなたが管理しています。所有者であれば、アカウントとともに削除され、利用している全員が使えなくなります。ほかに誰が見ているかは、ここではわかりません。',
  },
  next: [
    {
      text: {
        en: 'if others use it, make one of them its owner (Settings and sharing > Shared with > Transfer ownership), who has to accept',
        ja: 'ほかの人が使っている場合は、そのうちの一人を所有者にしてください（「設定と共有」>「共有する相手」>「オーナー権限の譲渡」。相手の承諾が必要です）',
      },
      page: 'https://support.google.com/calendar/answer/78739',
    },
  ],
  facts: { name },
})

const events: LeaveLine = {
  section: 'services',
  about: 'calendar-events',
  state: 'look',
  what: { en: 'Meetings that you organise', ja: '自分が主催する予定' },
  why: {
    en: 'Your own calendar ends with the account (the archive has its events): nobody can change or move a meeting that you organise after that.',
    ja: '自分のカレンダーはアカウントとともに終わります（予定はアーカイブにあります）。主催している予定は、その後誰も変更できません。',
  },
  next: [
    {
      text: {
        en: 'give each meeting that goes on to somebody else: open it, Options > Change owner',
        ja: '続ける予定は、予定を開いて「オプション」>「所有者を変更」でほかの人に譲ってください',
      },
      page: 'https://support.google.com/calendar/answer/78739',
    },
  ],
}
