import { type Json, sendJson, sendRedirect } from '../../serving/reply.ts'
import type { OneDriveItem } from '../drive/items.ts'
import { deltaCall } from './delta.ts'
import { type DrivePath, findByPath, parseDrivePath } from './drive-path.ts'
import { driveResource } from './drive-resource.ts'
import { isReachable } from './find-drive.ts'
import { accessDenied, GraphError, invalidRequest, itemNotFound } from './graph-error.ts'
import type { DriveCall } from './graph-service.ts'
import { childrenPage, sharedWithMePage } from './item-lists.ts'
import { itemResource, tagsOf } from './item-resource.ts'
import { odataQuery, type QueryRules } from './odata-query.ts'
import { permissionsPage } from './permission-resource.ts'
import { driveFields, driveItemFields, permissionFields } from './resource-fields.ts'
import { resourceUnits } from './throttle.ts'

const ofItems: Omit<QueryRules, 'takes'> = { type: 'microsoft.graph.driveItem', fields: driveItemFields }

/** Answers one call below a drive. `rest` is what follows the drive's address. */
export async function answerDrive(call: Omit<DriveCall, 'query'>, rest: string): Promise<void> {
  const { exchange, service, drive } = call
  const { log, url } = exchange
  const path = parseDrivePath(rest)
  const enter = (name: string, units: number) => {
    log.call = name
    return service.throttle.enter(log, units)
  }
  const query = (takes: readonly string[], rules: Omit<QueryRules, 'takes'> = ofItems) =>
    odataQuery(url.searchParams, { ...rules, takes })
  const json = (value: Json, headers: Record<string, string>) =>
    sendJson(exchange, 200, value, { ...headers, 'Content-Type': 'application/json;odata.metadata=minimal' })
  if (path.tail === 'drive') {
    const headers = enter('drive.get', resourceUnits.item)
    const { select } = query(['$select'], { type: 'microsoft.graph.drive', fields: driveFields })
    return json(driveResource(drive, select), headers)
  }
  if (path.tail === 'sharedWithMe') {
    const headers = enter('drive.sharedWithMe', resourceUnits.list)
    return json(sharedWithMePage({ ...call, query: query(['$select', '$top', '$skiptoken', 'allowexternal']) }), headers)
  }
  const item = itemOf(call, path)
  switch (path.tail) {
    case 'item': {
      const headers = enter('driveItem.get', resourceUnits.item)
      const { select } = query(['$select'])
      return json(
        { '@odata.context': `${service.roots.graph}v1.0/$metadata#driveItem`, ...itemResource({ service, drive }, item, select) },
        headers,
      )
    }
    case 'children': {
      const headers = enter('driveItem.children', resourceUnits.list)
      if (item.kind !== 'folder' && item.kind !== 'package') throw invalidRequest('The item has no children.')
      return json(childrenPage({ ...call, query: query(['$select', '$top', '$skiptoken', '$orderby']) }, item.id), headers)
    }
    case 'delta': {
      // As seen: https://github.com/OneDrive/onedrive-api-docs/issues/842; lifted since, says https://github.com/microsoftgraph/microsoft-graph-docs/pull/13035
      if (item.id !== drive.rootId && drive.kind === 'business' && !service.settings.businessFolderDelta)
        throw new GraphError(501, 'notSupported', 'view.delta can only be called on the root.')
      const asked = { ...call, query: query(['$select', '$top', 'token']) }
      const delta = deltaCall(asked, item.id, path.token)
      const headers = enter('driveItem.delta', delta.withToken ? resourceUnits.deltaWithToken : resourceUnits.deltaWithoutToken)
      return json(delta.answer(), headers)
    }
    case 'permissions': {
      const headers = enter('driveItem.permissions', resourceUnits.permissions)
      const { select } = query(['$select'], { type: 'microsoft.graph.permission', fields: permissionFields })
      return json(permissionsPage({ service, drive }, item, select), headers)
    }
    case 'content': {
      const headers = enter('driveItem.content', resourceUnits.download)
      return sendContent({ ...call, query: query([]) }, item, headers)
    }
  }
}

function itemOf({ drive, service }: Omit<DriveCall, 'query'>, path: DrivePath): OneDriveItem {
  const start = drive.get(path.start === 'root' ? drive.rootId : decodeURIComponent(path.start ?? ''))
  const item = start === undefined ? undefined : findByPath(drive, start, path.names)
  if (item === undefined || !isReachable(service, drive, item.id)) throw itemNotFound()
  return item
}

/** 302 to an address that carries its own authority: https://learn.microsoft.com/graph/api/driveitem-get-content */
async function sendContent(
  { exchange, service, drive }: DriveCall,
  item: OneDriveItem,
  headers: Record<string, string>,
): Promise<void> {
  if (item.kind !== 'file')
    throw new GraphError(
      400,
      'notSupported',
      `You cannot get content for a ${item.kind === 'nothing' ? 'placeholder' : item.kind}.`,
    )
  if (item.malware) throw new GraphError(403, 'malwareDetected', 'Malware was detected in the requested resource.')
  if (item.blocked) throw accessDenied('Downloading this file is blocked by a policy.')
  const known = exchange.headers['if-none-match']
  if (known !== undefined && tagsOf({ service, drive }, item).some((tag) => known.includes(tag))) {
    exchange.outlet.head(304, headers)
    return exchange.outlet.end()
  }
  await sendRedirect(exchange, service.roots[drive.kind] + service.links.make(drive, item))
}
