import { z } from 'zod'
import { Failure } from '../../core/failure.ts'
import type { LeaveLine, LeavingRequest } from '../../core/leaving.ts'
import type { Connection } from '../../core/provider.ts'
import { answerOf } from './answer.ts'
import { price } from './limits.ts'
import { sameScopes, scopes } from './scopes.ts'

/** https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/users/{userId}/meetings */
const meetings = z.object({
  next_page_token: z.string().optional(),
  meetings: z
    .array(
      z.object({
        id: z.union([z.number(), z.string()]),
        topic: z.string().default(''),
        /** 2 once; 3 recurring without a time; 8 recurring. */
        type: z.number().optional(),
        start_time: z.string().optional(),
      }),
    )
    .default([]),
})

interface Series {
  readonly topic: string
  /** The last one, milliseconds since 1970; undefined: no fixed time. */
  last: number | undefined
}

const about = 'scheduled-meetings'
const what = { en: 'Scheduled Zoom meetings', ja: '予約した Zoom ミーティング' } as const
const page = 'https://zoom.us/meeting'
/** The largest page. */
const pageSize = '300'
/** Of which a person hears one by one. */
const named = 50

/**
 * Meetings to come of which the person is the host. Zoom deletes them with their host unless an administrator transfers them meanwhile (`transfer_meeting` at
 * https://developers.zoom.us/docs/api/users/#tag/users/DELETE/users/{userId}).
 */
export async function* leaving({ connection, granted, ends, signal }: LeavingRequest): AsyncIterable<LeaveLine> {
  const [right] = scopes.scheduled
  if (connection === undefined || !sameScopes(right).some((one) => granted.includes(one))) {
    yield connection === undefined ? unseen() : unseen({ right, account: connection.account })
    return
  }
  const series = await comingMeetings(connection, signal)
  const after = [...series.values()].filter(({ last }) => last === undefined || ends === undefined || last > ends)
  if (after.length === 0) {
    yield {
      section: 'services',
      about,
      state: 'done',
      what,
      why:
        series.size === 0
          ? { en: 'You have none to come.', ja: '今後の予定はありません。' }
          : { en: 'Those to come are all over before the last day.', ja: '今後の予定は、すべて最終日までに終わります。' },
      next: [],
    }
    return
  }
  for (const meeting of after.slice(0, named)) yield oneMeeting(meeting)
  if (after.length > named) yield oneMeeting({ topic: `+${after.length - named}`, last: undefined })
}

async function comingMeetings(connection: Connection, signal: AbortSignal): Promise<ReadonlyMap<string, Series>> {
  const found = new Map<string, Series>()
  const seen = new Set<string>()
  for (let token: string | undefined; ; ) {
    const url = new URL('users/me/meetings', connection.endpoints.api)
    url.searchParams.set('type', 'upcoming')
    url.searchParams.set('page_size', pageSize)
    if (token !== undefined) url.searchParams.set('next_page_token', token)
    const answer = await connection.transport.send({
      method: 'GET',
      url: url.href,
      headers: { accept: 'application/json' },
      budget: 'calls',
      cost: price.medium,
      signal,
    })
    const list = await answerOf('the list of scheduled meetings', answer, meetings)
    for (const { id, topic, start_time: start } of list.meetings) {
      const time = Date.parse(start ?? '')
      const last = Number.isNaN(time) ? undefined : time
      const known = found.get(String(id))
      if (known === undefined) found.set(String(id), { topic, last })
      else known.last = known.last === undefined || last === undefined ? undefined : Math.max(known.last, last)
    }
    token = list.next_page_token
    if (token === undefined || token === '') return found
    if (seen.has(token)) throw new Failure('unlisted', 'Zoom’s list of scheduled meetings goes round in a circle')
    seen.add(token)
  }
}

function oneMeeting({ topic, last }: Series): LeaveLine {
  const when = last === undefined ? undefined : new Date(last).toISOString().replace('T', ' ').slice(0, 16)
  return {
    section: 'services',
    about: 'scheduled-meeting',
    state: 'to-do',
    what: { en: `The Zoom meeting ${topic}`, ja: `Zoom ミーティング「${topic}」` },
    why: {
      en: `You are its host (${when === undefined ? 'no fixed time' : `until ${when} UTC`}): it is deleted with your account, and its link ends.`,
      ja: `主催者はあなたです（${when === undefined ? '日時の指定なし' : `${when} UTC まで`}）。アカウントとともに削除され、リンクも使えなくなります。`,
    },
    next: [
      {
        text: {
          en: 'let somebody who stays schedule it anew and send the new link, or ask the administrator to transfer it',
          ja: '残る人に新しく予約してもらい、新しいリンクを送るか、管理者に移行を依頼してください',
        },
        page,
      },
    ],
    facts: { topic, until: last === undefined ? null : new Date(last).toISOString() },
  }
}

/** The app decides which rights a sign-in has: https://developers.zoom.us/docs/integrations/oauth-scopes-granular/ */
const grant = ({ right, account }: Missing): LeaveLine['next'] => [
  {
    text: {
      en: `to have them listed here, add ${right} to the app at https://marketplace.zoom.us (Manage, your app, Scopes), then sign in again`,
      ja: `ここに一覧を表示するには、https://marketplace.zoom.us（「管理」→ あなたのアプリ →「Scopes」）でアプリに ${right} を加えてから、もう一度サインインしてください`,
    },
    command: `holdall connect ${account}`,
  },
]

interface Missing {
  readonly right: string
  readonly account: string
}

const unseen = (missing?: Missing): LeaveLine => ({
  section: 'services',
  about,
  state: 'unknown',
  what,
  why: {
    en: `${missing === undefined ? 'Nobody is signed in to look for them' : `The sign-in has no right to see them (${missing.right})`}. Meetings of which you are the host are deleted with your account.`,
    ja: `${missing === undefined ? 'サインインしていないため、確認できません。' : `サインインに、確認するための権限（${missing.right}）がありません。`}あなたが主催者のミーティングは、アカウントとともに削除されます。`,
  },
  next: [
    {
      text: {
        en: 'look at Meetings > Upcoming on the web, and let somebody who stays schedule anew what goes on',
        ja: 'ウェブの「ミーティング」>「今後のミーティング」を見て、続けるものは残る人に予約し直してもらってください',
      },
      page,
    },
    ...(missing === undefined ? [] : grant(missing)),
  ],
})
