import { bearerOf, type Exchange, type Handler, type Json, sendJson, sendRedirect } from '../serving/reply.ts'
import { type Answer, type ApiCall, Redirect } from './api-call.ts'
import { downloadClip } from './clips-download.ts'
import { listClips } from './clips-list.ts'
import type { Grants } from './grants.ts'
import { getMeeting } from './meeting-get.ts'
import { listMeetings } from './meetings-list.ts'
import type { Person, RecordingsModel } from './model.ts'
import type { PageTokens } from './page-tokens.ts'
import { participantsOf } from './participants.ts'
import { pathId } from './path-id.ts'
import type { RateLimits } from './rate-limits.ts'
import { getRecordings } from './recordings-get.ts'
import { listRecordings } from './recordings-list.ts'
import { type Roots, userResource } from './resources.ts'
import { type CallName, calls } from './scopes.ts'
import type { SignedLinks } from './signed-links.ts'
import { ZoomError } from './zoom-error.ts'

export interface ApiHostOptions {
  readonly model: RecordingsModel
  readonly grants: Grants
  readonly limits: RateLimits
  readonly pageTokens: PageTokens
  readonly now: () => number
  readonly roots: Roots & { readonly storage: string }
  readonly links: SignedLinks
  readonly settings: { readonly clipDownloads: boolean }
}

interface Route {
  readonly call: CallName
  readonly path: RegExp
  readonly parameters: readonly string[]
  readonly answer: Answer
}

const paging = ['page_size', 'next_page_token']

const routes: readonly Route[] = [
  { call: 'users.me', path: /^\/v2\/users\/([^/]+)$/, parameters: ['login_type'], answer: ({ person }) => userResource(person) },
  {
    call: 'recordings.list',
    path: /^\/v2\/users\/([^/]+)\/recordings$/,
    parameters: [...paging, 'mc', 'trash', 'trash_type', 'from', 'to', 'meeting_id', 'recording_source_type'],
    answer: listRecordings,
  },
  {
    call: 'recordings.get',
    path: /^\/v2\/meetings\/([^/]+)\/recordings$/,
    parameters: ['include_fields', 'ttl'],
    answer: getRecordings,
  },
  {
    call: 'meetings.list',
    path: /^\/v2\/users\/([^/]+)\/meetings$/,
    parameters: [...paging, 'type', 'page_number', 'from', 'to', 'timezone'],
    answer: listMeetings,
  },
  {
    call: 'meetings.get',
    path: /^\/v2\/meetings\/([^/]+)$/,
    parameters: ['occurrence_id', 'show_previous_occurrences'],
    answer: getMeeting,
  },
  {
    call: 'past_meetings.participants',
    path: /^\/v2\/past_meetings\/([^/]+)\/participants$/,
    parameters: paging,
    answer: participantsOf(false),
  },
  {
    call: 'past_webinars.participants',
    path: /^\/v2\/past_webinars\/([^/]+)\/participants$/,
    parameters: paging,
    answer: participantsOf(true),
  },
  {
    call: 'clips.list',
    path: /^\/v2\/clips$/,
    parameters: [...paging, 'user_id', 'search_key', 'date_filter_type', 'from', 'to', 'status'],
    answer: listClips,
  },
  { call: 'clips.download', path: /^\/v2\/clips\/([^/]+)\/download$/, parameters: [], answer: downloadClip },
]

/** api.zoom.us/v2: who asks, whether they may, whether not too often, then the answer. */
export function createApiHost(options: ApiHostOptions): Handler {
  const { model, grants, limits, pageTokens, now, roots, links, settings } = options
  const answerTo = (exchange: Exchange, headers: Record<string, string>): { value: Json | Redirect; tasks: (() => void)[] } => {
    const { url, method, log } = exchange
    const route = routes.find(({ path }) => path.test(url.pathname))
    if (method !== 'GET') {
      exchange.violation('a request that would change something')
      throw new ZoomError(405, 405, 'Request method is not supported.')
    }
    const { person, scopes } = authenticate(exchange, grants, [model.me, model.colleague], now())
    if (route === undefined) throw new ZoomError(404, 2300, 'This API endpoint is not recognized.')
    log.call = route.call
    const { label, scopes: needed } = calls[route.call]
    Object.assign(headers, limits.count(label))
    if (!needed.some((scope) => scopes.includes(scope))) throw missingScopes(needed, scopes)
    const id = idOf(route, url, [model.me, model.colleague])
    checkParameters(exchange, route)
    const tasks: (() => void)[] = []
    const afterwards: ApiCall['afterwards'] = (task) => tasks.push(task)
    const value = route.answer({
      id,
      query: url.searchParams,
      person,
      model,
      grants,
      pageTokens,
      now: now(),
      roots,
      links,
      clipDownloads: settings.clipDownloads,
      afterwards,
    })
    return { value, tasks }
  }
  return async (exchange) => {
    const headers: Record<string, string> = { 'x-zm-trackingid': 'v=2.0;clid=us02;rid=PRACTICE' }
    try {
      const { value, tasks } = answerTo(exchange, headers)
      await (value instanceof Redirect ? sendRedirect(exchange, value.location) : sendJson(exchange, 200, value, headers))
      for (const task of tasks) task()
    } catch (error) {
      if (!(error instanceof ZoomError)) throw error
      await sendJson(exchange, error.status, error.body, { ...headers, ...error.headers })
    }
  }
}

/** 124 both for a token that is none and for one that is too old: https://developers.zoom.us/docs/api/errors/ */
function authenticate(
  exchange: Exchange,
  grants: Grants,
  people: readonly Person[],
  now: number,
): { person: Person; scopes: readonly string[] } {
  const access = grants.access(bearerOf(exchange) ?? '')
  const person = people.find(({ id }) => id === access?.user)
  if (access === undefined || person === undefined || access.meeting !== undefined)
    throw new ZoomError(401, 124, 'Invalid access token.')
  if (access.expiresAt <= now) throw new ZoomError(401, 124, 'Access token is expired.')
  return { person, scopes: access.scopes }
}

/** The scopes of the kind that the app has: seen for granular ones as `does not contain scopes:[cloud_recording:read:list_user_recordings, …:admin].` */
function missingScopes(needed: readonly string[], given: readonly string[]): ZoomError {
  const classic = given.length > 0 && given.every((scope) => scope.replace(/:admin$/, '').split(':').length === 2)
  const named = needed.filter((scope) => (scope.replace(/:admin$/, '').split(':').length === 2) === classic)
  return new ZoomError(400, 4711, `Invalid access token, does not contain scopes:[${named.join(', ')}].`)
}

function idOf({ call, path }: Route, { pathname }: URL, [, colleague]: readonly Person[]): string {
  const id = pathId(path.exec(pathname)?.[1] ?? '', call)
  if (!pathname.startsWith('/v2/users/') || id === 'me') return id
  // "For user-level apps, pass the `me` value": https://developers.zoom.us/docs/api/using-zoom-apis/
  if (id === colleague?.id) throw new ZoomError(400, 1010, 'User does not belong to this account.')
  throw new ZoomError(404, 1001, `User does not exist: ${id}.`)
}

/** Zoom passes over parameters that it does not know; a client that sends one believes something that is not so. */
function checkParameters({ url, violation }: Exchange, { call, parameters }: Route): void {
  for (const name of new Set(url.searchParams.keys())) {
    if (!parameters.includes(name)) violation(`unknown parameter ${name} of ${call}`)
    if (url.searchParams.getAll(name).length > 1) violation(`parameter ${name} of ${call} more than once`)
  }
}
