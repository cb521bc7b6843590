import { Failure } from '../../../core/failure.ts'
import type { Item } from '../../../core/item.ts'
import type { Json } from '../../../core/json.ts'
import type { Content } from '../../../core/source.ts'
import { isMissingRight } from '../errors.ts'
import { createTokenTrail } from '../token-trail.ts'
import type { FetchParts } from './fetch.ts'
import type { ParticipantList } from './schema.ts'

/** Why there is no list of participants, as it stands in the file. */
const reasons = {
  off: 'left out by the settings',
  right: 'the sign-in does not include the right to read who took part',
  none: 'Zoom gives none for this meeting: it keeps them for a year, and for some plans not at all',
} as const

/** Makes `meeting.json`: what the listing said of the meeting itself, then who took part, as far as Zoom tells. */
export function createMeetingJson({ api, settings }: Pick<FetchParts, 'api' | 'settings'>) {
  let allowed = true

  return async (item: Item, signal: AbortSignal): Promise<Content> => {
    const { removedOn: _, ...lasting } = item.details
    const { uuid, kind } = lasting
    if (typeof uuid !== 'string') throw new Failure('bug', 'the meeting of meeting.json is not known')
    const webinar = kind === 'webinar'
    const ask = (token: string | undefined) => api.participants(webinar ? 'webinar' : 'meeting', uuid, token, signal)
    const first = !settings.participants ? 'off' : !allowed ? 'right' : await begin(() => ask(undefined))
    return { bytes: write(lasting, first, ask), from: 0 }
  }

  /** Only the first page shows whether there is a list; what breaks later breaks the download. */
  async function begin(ask: () => Promise<ParticipantList>): Promise<ParticipantList | keyof typeof reasons> {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      if (isMissingRight(error)) {
        allowed = false
        return 'right'
      }
      if (error.kind === 'gone' || error.kind === 'forbidden' || error.kind === 'bug') return 'none'
      throw error
    }
  }
}

async function* write(
  details: Item['details'],
  first: ParticipantList | keyof typeof reasons,
  ask: (token: string) => Promise<ParticipantList>,
): AsyncGenerator<Uint8Array> {
  const head = JSON.stringify(details, undefined, 2).slice(0, -2)
  if (typeof first === 'string') {
    yield Buffer.from(`${head},\n  "participantsMissing": ${JSON.stringify(reasons[first])}\n}\n`)
    return
  }
  yield Buffer.from(`${head},\n  "participants": [`)
  let comma = ''
  const trail = createTokenTrail()
  for (let page: ParticipantList = first; ; ) {
    for (const participant of page.participants) {
      yield Buffer.from(`${comma}\n    ${JSON.stringify(plain(participant))}`)
      comma = ','
    }
    const token = page.next_page_token
    if (token === undefined) break
    if (trail.goesRound(token)) throw new Failure('corrupt', 'Zoom’s list of participants goes round in a circle')
    page = await ask(token)
  }
  yield Buffer.from('\n  ]\n}\n')
}

/** Under the names that the file's other fields have. */
const plain = (one: ParticipantList['participants'][number]): Json => ({
  id: one.id,
  name: one.name,
  email: one.user_email,
  joined: one.join_time,
  left: one.leave_time,
  seconds: one.duration,
  status: one.status,
  ofThisAccount: one.internal_user,
})
