import { bearerOf, type Exchange, type Handler, type Json, sendHtml, sendJson } from '../serving/reply.ts'
import { listChanges, startPageToken } from './changes.ts'
import { type Call, type DriveService, parseResourceKeys } from './drive-call.ts'
import { DriveError, invalidParameter } from './drive-error.ts'
import { about, getDrive, listDrives, listPermissions } from './drives.ts'
import { downloadFile, exportFile, getFile, getMedia, getOperation } from './files-content.ts'
import { listFiles } from './files-list.ts'
import type { Grants } from './grants.ts'
import type { Person } from './items.ts'
import { checkedParameters } from './parameters.ts'
import { createPermission, updatePermission } from './permissions.ts'
import { callUnits, type Quota } from './quota.ts'
import { callScopes } from './scopes.ts'

interface Route {
  readonly method: string
  readonly path: RegExp
  readonly call: string
  /** Names of the parts of the path, in order; they may not stand in the query as well. */
  readonly inPath: readonly string[]
  /** Sends the answer itself, or returns the JSON to send. */
  answer(call: Call, id: string): Promise<void> | Promise<Json> | Json
}

const routes: readonly Route[] = [
  { method: 'GET', path: /^\/drive\/v3\/about$/, call: 'about.get', inPath: [], answer: about },
  {
    method: 'GET',
    path: /^\/drive\/v3\/changes\/startPageToken$/,
    call: 'changes.getStartPageToken',
    inPath: [],
    answer: startPageToken,
  },
  { method: 'GET', path: /^\/drive\/v3\/changes$/, call: 'changes.list', inPath: [], answer: listChanges },
  { method: 'GET', path: /^\/drive\/v3\/drives$/, call: 'drives.list', inPath: [], answer: listDrives },
  { method: 'GET', path: /^\/drive\/v3\/drives\/([^/]+)$/, call: 'drives.get', inPath: ['driveId'], answer: getDrive },
  { method: 'GET', path: /^\/drive\/v3\/files$/, call: 'files.list', inPath: [], answer: listFiles },
  { method: 'GET', path: /^\/drive\/v3\/files\/([^/]+)$/, call: 'files.get', inPath: ['fileId'], answer: getFile },
  { method: 'GET', path: /^\/drive\/v3\/files\/([^/]+)\/export$/, call: 'files.export', inPath: ['fileId'], answer: exportFile },
  {
    method: 'POST',
    path: /^\/drive\/v3\/files\/([^/]+)\/download$/,
    call: 'files.download',
    inPath: ['fileId'],
    answer: downloadFile,
  },
  {
    method: 'GET',
    path: /^\/drive\/v3\/files\/([^/]+)\/permissions$/,
    call: 'permissions.list',
    inPath: ['fileId'],
    answer: listPermissions,
  },
  {
    method: 'POST',
    path: /^\/drive\/v3\/files\/([^/]+)\/permissions$/,
    call: 'permissions.create',
    inPath: ['fileId'],
    answer: createPermission,
  },
  {
    method: 'PATCH',
    path: /^\/drive\/v3\/files\/([^/]+)\/permissions\/[^/]+$/,
    call: 'permissions.update',
    inPath: ['fileId', 'permissionId'],
    answer: updatePermission,
  },
  { method: 'GET', path: /^\/drive\/v3\/operations\/([^/]+)$/, call: 'operations.get', inPath: ['name'], answer: getOperation },
]

export interface DriveApiOptions {
  readonly service: DriveService
  readonly grants: Grants
  readonly quota: Quota
}

/** Who calls, by the bearer token. */
export interface Caller {
  readonly person: Person
  readonly scopes: readonly string[]
}

/** Throws 401 where there is no token, or it is none, or it has expired. */
export function authenticate(exchange: Exchange, grants: Grants, person: (email: string) => Person | undefined): Caller {
  const token = bearerOf(exchange)
  const access = token === undefined ? undefined : grants.access(token)
  const who = access === undefined ? undefined : person(access.user)
  if (access !== undefined && who !== undefined) return { person: who, scopes: access.scopes }
  const challenge = 'Bearer realm="https://accounts.google.com/"'
  const place = { location: 'Authorization', locationType: 'header', status: 'UNAUTHENTICATED' } as const
  if (token === undefined)
    throw new DriveError(401, 'required', 'Login Required.', { ...place, headers: { 'WWW-Authenticate': challenge } })
  throw new DriveError(401, 'authError', 'Invalid Credentials', {
    ...place,
    headers: { 'WWW-Authenticate': `${challenge}, error="invalid_token"` },
  })
}

/** Throws 403 where the token does not reach. */
export function checkScopes(call: string, scopes: readonly string[]): void {
  if (callScopes[call]?.some((scope) => scopes.includes(scope))) return
  throw new DriveError(403, 'insufficientPermissions', 'Request had insufficient authentication scopes.', {
    status: 'PERMISSION_DENIED',
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
        domain: 'googleapis.com',
        metadata: { service: 'drive.googleapis.com', method: call },
      },
    ],
  })
}

/** www.googleapis.com, as far as Drive v3 is concerned. Reading, and giving files away; anything else that would change something is a violation. */
export function createDriveApi({ service, grants, quota }: DriveApiOptions): Handler {
  const { model, roots } = service
  const run = async (exchange: Exchange): Promise<void> => {
    const { method, url, log } = exchange
    const path = url.pathname
    const route = routes.find((candidate) => candidate.method === method && candidate.path.test(path))
    if (route === undefined) {
      if (method !== 'GET') exchange.violation('a request that could change something')
      return sendHtml(exchange, 404, `<h1>404</h1><p>The requested URL was not found on this server.</p>`)
    }
    const media = route.call === 'files.get' && url.searchParams.get('alt') === 'media'
    const name = media ? 'files.get media' : route.call
    const units = callUnits[name] ?? 5
    log.call = name
    log.units = units
    const { person, scopes } = authenticate(exchange, grants, model.person)
    checkScopes(name, scopes)
    quota.spend(person.email, units)
    const parameters = checkedParameters(route.call, url.searchParams, route.inPath)
    if (!media && !['json', undefined].includes(parameters.text('alt'))) throw invalidParameter('alt')
    if (parameters.text('callback') !== undefined) throw invalidParameter('callback')
    const resourceKeys = parseResourceKeys(exchange.headers['x-goog-drive-resource-keys'])
    const call: Call = { service, exchange, person, parameters, resourceKeys, model, docs: roots.docs }
    const id = pathPart(route.path.exec(path)?.[1] ?? '')
    const answer = await (media ? getMedia(call, id) : route.answer(call, id))
    if (answer !== undefined) await sendJson(exchange, 200, answer)
  }
  return async (exchange) => {
    try {
      await run(exchange)
    } catch (error) {
      if (!(error instanceof DriveError)) throw error
      await sendJson(exchange, error.code, error.envelope(), error.details.headers)
    }
  }
}

function pathPart(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new DriveError(400, 'badRequest', 'Bad Request')
  }
}
