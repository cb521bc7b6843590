import type { Json } from '../../serving/reply.ts'
import type { OneDriveItem } from '../drive/items.ts'
import type { OneDriveModel } from '../drive/one-drive-model.ts'
import { badRequest } from './graph-error.ts'
import { type DriveCall, hidesShortcuts } from './graph-service.ts'
import { itemResource } from './item-resource.ts'

/** Without `$top` a page of children holds so many: https://learn.microsoft.com/graph/api/driveitem-list-children */
const childrenOfPage = 200

/** A page of a folder's children, in the store's order: whoever writes meanwhile makes it miss things, as the documentation warns. */
export function childrenPage(call: DriveCall, folderId: string): Json {
  const { drive, service, query } = call
  const order = query.text('$orderby')
  if (order !== undefined && !/^(name|size|lastModifiedDateTime)( (asc|desc))?$/.test(order))
    throw badRequest(`The order '${order}' is not supported.`)
  const skip = readSkip(query.text('$skiptoken'))
  const size = Math.min(query.top ?? childrenOfPage, service.settings.pageLimit)
  const value: Json[] = []
  let from = skip
  for (const [item, position] of drive.scanChildren(folderId, skip)) {
    if (item.kind === 'shortcut' && hidesShortcuts(call)) continue
    if (value.length === size)
      return { ...context(call), '@odata.nextLink': nextLink(call, `${from.entry}-${from.offset}`), value }
    value.push(itemResource({ service, drive }, item, query.select))
    from = position
  }
  return { ...context(call), value }
}

/** What others share with the person: the topmost of it, each pointing into the other's drive. https://learn.microsoft.com/graph/api/drive-sharedwithme */
export function sharedWithMePage(call: DriveCall): Json {
  const { service, query } = call
  const shared = [...everythingShared(service.drives().filter((drive) => drive !== service.model))]
  const { entry: from } = readSkip(query.text('$skiptoken'))
  const size = Math.min(query.top ?? childrenOfPage, service.settings.pageLimit)
  const value = shared.slice(from, from + size).map(({ drive, item }) => {
    // In the listing the item stands for itself and points to itself.
    const { downloadUrl: _, ...shown } = {
      downloadUrl: '',
      ...itemResource({ service, drive }, { ...item, remote: { driveId: drive.driveId, itemId: item.id } }, query.select),
    }
    delete (shown as Record<string, Json>)['@microsoft.graph.downloadUrl']
    return shown
  })
  return {
    ...context(call),
    ...(from + size < shared.length ? { '@odata.nextLink': nextLink(call, `${from + size}-0`) } : {}),
    value,
  }
}

function* everythingShared(drives: readonly OneDriveModel[]): Generator<{ drive: OneDriveModel; item: OneDriveItem }> {
  for (const drive of drives) {
    for (const [item] of drive.scan({ entry: 0, offset: 0 }, drive.entries())) if (item.shared) yield { drive, item }
  }
}

const context = ({ service }: DriveCall) => ({ '@odata.context': `${service.roots.graph}v1.0/$metadata#Collection(driveItem)` })

function nextLink({ exchange, service }: DriveCall, skip: string): string {
  const url = new URL(exchange.url.pathname.slice(1), service.settings.linksTo ?? service.roots.graph)
  for (const [name, value] of exchange.url.searchParams) if (!/^\$?skiptoken$/.test(name)) url.searchParams.append(name, value)
  url.searchParams.set('$skiptoken', Buffer.from(skip).toString('base64url'))
  return url.href
}

function readSkip(token: string | undefined): { entry: number; offset: number } {
  if (token === undefined) return { entry: 0, offset: 0 }
  const found = /^(\d+)-(\d+)$/.exec(Buffer.from(token, 'base64url').toString())
  if (found === null) throw badRequest("The value of '$skiptoken' is not valid.")
  return { entry: Number(found[1]), offset: Number(found[2]) }
}
