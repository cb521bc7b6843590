import { bearerOf, type Exchange, type Handler, type Json, sendJson } from '../../serving/reply.ts'
import type { OneDriveModel } from '../drive/one-drive-model.ts'
import { driveResource } from './drive-resource.ts'
import { answerDrive } from './drive-routes.ts'
import { findDrive } from './find-drive.ts'
import { accessDenied, GraphError, graphErrorBody, invalidRequest, itemNotFound, noSegment } from './graph-error.ts'
import { type GraphCaller, type GraphMount, type GraphService, seeDecoration } from './graph-service.ts'
import { odataQuery } from './odata-query.ts'
import { driveFields, userFields } from './resource-fields.ts'
import { resourceUnits } from './throttle.ts'
import { userResource } from './user-resource.ts'

/** Delegated permissions that let a call pass: https://learn.microsoft.com/graph/permissions-reference */
const forOwnFiles = [
  'Files.Read',
  'Files.ReadWrite',
  'Files.Read.All',
  'Files.ReadWrite.All',
  'Sites.Read.All',
  'Sites.ReadWrite.All',
]
const forAllFiles = ['Files.Read.All', 'Files.ReadWrite.All', 'Sites.Read.All', 'Sites.ReadWrite.All']
const forUser = ['User.Read', 'User.ReadWrite', 'User.Read.All']

/** graph.microsoft.com: reading only, anything that would change something is a violation. */
export function createGraphHost(service: GraphService, onenote: GraphMount): Handler {
  const run = async (exchange: Exchange): Promise<void> => {
    const caller = authenticate(exchange, service)
    const { url, method } = exchange
    const path = /^\/v1\.0\/(.*)$/.exec(url.pathname)?.[1]
    if (path === undefined) throw invalidRequest('Invalid version.')
    if (onenote.owns(url.pathname)) return onenote.handle(exchange)
    if (method !== 'GET') {
      exchange.violation('a request that could change something')
      throw new GraphError(405, 'invalidRequest', 'The HTTP method is not allowed here.')
    }
    seeDecoration(service, exchange)
    const asCaller = { ...service, model: ownDrive(service, caller) }
    const drive = /^(me\/drive|drives\/([^/]+))(\/.*)?$/.exec(path)
    if (drive !== null)
      return answerInDrive(asCaller, exchange, caller, { base: `v1.0/${drive[1]}`, id: drive[2], rest: drive[3] ?? '' })
    if (path === 'me/drives') return listDrives(asCaller, exchange, caller)
    if (path === 'me') return whoAmI(exchange, caller)
    throw noSegment(path.split('/').find((part) => part !== 'me') ?? path)
  }

  const answerInDrive = async (
    service: GraphService,
    exchange: Exchange,
    { scopes }: GraphCaller,
    { base, id, rest }: { base: string; id: string | undefined; rest: string },
  ): Promise<void> => {
    needs(scopes, forOwnFiles, accessDenied)
    const drive = id === undefined ? service.model : findDrive(service, decodeURIComponent(id))
    if (drive === undefined) {
      if (!/^(b!|[0-9a-f]{15,16}$)/i.test(decodeURIComponent(id ?? '')))
        throw invalidRequest('The provided drive id appears to be malformed, or does not represent a valid drive.')
      throw itemNotFound()
    }
    if (drive !== service.model) needs(scopes, forAllFiles, accessDenied)
    await answerDrive({ exchange, service, drive, base }, rest)
  }

  const listDrives = (service: GraphService, exchange: Exchange, { scopes }: GraphCaller): Promise<void> => {
    needs(scopes, forOwnFiles, accessDenied)
    exchange.log.call = 'drives.list'
    const headers = service.throttle.enter(exchange.log, resourceUnits.list)
    const { select } = odataQuery(exchange.url.searchParams, {
      takes: ['$select', '$top'],
      type: 'microsoft.graph.drive',
      fields: driveFields,
    })
    return sendJson(exchange, 200, { value: [driveResource(service.model, select)] }, headers)
  }

  const whoAmI = (exchange: Exchange, { scopes, account }: GraphCaller): Promise<void> => {
    needs(
      scopes,
      forUser,
      () => new GraphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'),
    )
    exchange.log.call = 'me.get'
    const headers = service.throttle.enter(exchange.log, resourceUnits.item)
    const { select } = odataQuery(exchange.url.searchParams, {
      takes: ['$select'],
      type: 'microsoft.graph.user',
      fields: userFields,
    })
    const value: Json = {
      '@odata.context': `${service.roots.graph}v1.0/$metadata#users/$entity`,
      ...userResource(account, select),
    }
    return sendJson(exchange, 200, value, headers)
  }

  return async (exchange) => {
    try {
      await run(exchange)
    } catch (error) {
      if (error instanceof URIError)
        return sendGraphError(exchange, invalidRequest('The address is not well encoded.'), service.now())
      if (!(error instanceof GraphError)) throw error
      await sendGraphError(exchange, error, service.now())
    }
  }
}

export function sendGraphError(exchange: Exchange, error: GraphError, now: number): Promise<void> {
  const clientRequestId = String(exchange.headers['client-request-id'] ?? '00000000-0000-0000-0000-000000000000')
  return sendJson(exchange, error.status, graphErrorBody(error, now, clientRequestId), error.details.headers)
}

function ownDrive({ drives, model }: GraphService, { account }: GraphCaller): OneDriveModel {
  return drives().find((drive) => drive.account.oid === account.oid) ?? model
}

function needs(scopes: readonly string[], any: readonly string[], refused: () => GraphError): void {
  if (!any.some((scope) => scopes.includes(scope))) throw refused()
}

/** https://learn.microsoft.com/entra/identity-platform/claims-challenge */
function authenticate(exchange: Exchange, { grants, now }: GraphService): GraphCaller {
  const challenge =
    'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"'
  const refused = (message: string, more = '') =>
    new GraphError(401, 'InvalidAuthenticationToken', message, { headers: { 'WWW-Authenticate': challenge + more } })
  const token = bearerOf(exchange)
  if (token === undefined) throw refused('Access token is empty.')
  const access = grants.access(token)
  if (access === undefined) throw refused('CompactToken parsing failed with error code: 80049217')
  if (access.expiresAt <= now()) throw refused('Lifetime validation failed, the token is expired.')
  const lacking = grants.lackingClaims(access)
  if (lacking !== undefined) {
    const claims = Buffer.from(lacking).toString('base64')
    throw refused('Continuous access evaluation resulted in challenge.', `, error="insufficient_claims", claims="${claims}"`)
  }
  return { account: access.account, scopes: access.scopes }
}
