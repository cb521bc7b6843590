import { type Exchange, type Handler, sendHtml, sendJson } from '../serving/reply.ts'
import type { Api, ApiCall, ApiRoute } from './api.ts'
import { envelopeOf, refusal } from './api-error.ts'
import { apiParameters } from './api-parameters.ts'
import type { ApiQuota } from './api-quota.ts'
import { authenticate } from './drive-api.ts'
import { DriveError } from './drive-error.ts'
import { standardParameters } from './drive-tables.ts'
import { parseFields, select } from './fields.ts'
import type { Grants } from './grants.ts'
import type { Person } from './items.ts'
import type { PageTokens } from './page-tokens.ts'

export interface ApiHostOptions<Model> {
  readonly api: Api<Model>
  /** undefined: the API's `absent` is the answer to everything. */
  readonly model: Model | undefined
  readonly grants: Grants
  readonly person: (email: string) => Person | undefined
  readonly quota: ApiQuota
  readonly pageTokens: PageTokens
  readonly now: () => number
  readonly roots: { readonly photos: string }
}

/** Serves one API. Only reading: anything that would change something is a violation. */
export function createApiHost<Model>({ api, model, grants, person, quota, ...rest }: ApiHostOptions<Model>): Handler {
  const run = async (exchange: Exchange): Promise<void> => {
    const { method, url, log } = exchange
    const route = api.routes.find((candidate) => candidate.method === method && candidate.path.test(url.pathname))
    if (route === undefined) {
      if (method !== 'GET') exchange.violation('a request that could change something')
      return sendHtml(exchange, 404, '<h1>404</h1><p>The requested URL was not found on this server.</p>')
    }
    log.call = `${api.name}.${route.call}`
    log.units = route.units
    const caller = authenticate(exchange, grants, person)
    if (!route.scopes.some((scope) => caller.scopes.includes(scope))) throw insufficient(api, route)
    const leave = quota.enter(caller.person.email, route.units)
    try {
      if (model === undefined) throw api.absent()
      const call = callOf(api, route, exchange, { model, ...caller, ...rest })
      const answer = await route.answer(call)
      if (answer !== undefined) await sendJson(exchange, 200, select(answer, call.selection) ?? {})
    } finally {
      leave()
    }
  }
  return async (exchange) => {
    try {
      await run(exchange)
    } catch (error) {
      if (!(error instanceof DriveError)) throw error
      await sendJson(exchange, error.code, envelopeOf(error, api.envelope), error.details.headers)
    }
  }
}

function insufficient<Model>(api: Api<Model>, route: ApiRoute<Model>): DriveError {
  return refusal(403, 'insufficientPermissions', 'Request had insufficient authentication scopes.', {
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
        domain: 'googleapis.com',
        metadata: { service: api.host, method: route.call },
      },
    ],
  })
}

type Around<Model> = Pick<ApiCall<Model>, 'model' | 'person' | 'scopes' | 'roots'> &
  Pick<ApiHostOptions<Model>, 'pageTokens' | 'now'>

function callOf<Model>(api: Api<Model>, route: ApiRoute<Model>, exchange: Exchange, around: Around<Model>): ApiCall<Model> {
  const { pageTokens, now, ...given } = around
  const { searchParams, pathname } = exchange.url
  const parts = route.path.exec(pathname)?.slice(1) ?? []
  const path = Object.fromEntries(route.inPath.map((name, index) => [name, decoded(parts[index] ?? '')]))
  const parameters = apiParameters(route, searchParams)
  const fields = parameters.text('fields')
  /** All that must be the same on the next page. */
  const query = (free: readonly string[]): string => {
    const bound = [...searchParams].filter(
      ([name]) => name !== 'pageToken' && !free.includes(name) && !standardParameters.includes(name),
    )
    return JSON.stringify([api.name, route.call, given.person.email, path, bound.sort()])
  }
  return {
    ...given,
    exchange,
    now: now(),
    path,
    parameters,
    selection: fields === undefined || fields === '' ? 'all' : parseFields(fields, route.schema, api.schemas),
    position(free = []) {
      const token = parameters.text('pageToken')
      return token === undefined ? undefined : pageTokens.read(token, query(free))
    },
    nextPageToken: (position, free = []) => pageTokens.make(query(free), position),
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw refusal(400, 'badRequest', 'Bad Request')
  }
}
