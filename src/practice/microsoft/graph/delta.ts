import type { Json } from '../../serving/reply.ts'
import type { Position } from '../drive/item-store.ts'
import type { OneDriveItem } from '../drive/items.ts'
import { deltaChanges } from './delta-changes.ts'
import { type ChangesToken, type CrawlToken, type DeltaToken, readDeltaToken, writeDeltaToken } from './delta-token.ts'
import { badRequest, GraphError, invalidRequest } from './graph-error.ts'
import { type DriveCall, hidesShortcuts } from './graph-service.ts'
import { itemResource } from './item-resource.ts'

interface Page {
  readonly value: readonly Json[]
  /** Where the next page begins; undefined: this was the last one. */
  readonly next: DeltaToken | undefined
  /** Where the log stood. */
  readonly until: number
}

/** A call of delta: the page that its token means. Says first what it is, since that has a price. https://learn.microsoft.com/graph/api/driveitem-delta */
export function deltaCall(call: DriveCall, folderId: string, inPath: string | undefined) {
  const { drive, query, service } = call
  const given = inPath ?? query.text('token')
  if (given !== undefined && inPath !== undefined && query.text('token') !== undefined) throw badRequest('Two tokens.')
  const baked = { select: query.select, top: query.top, epoch: service.epoch, generation: service.deltaGeneration, page: 1 }
  const crawl: CrawlToken = { kind: 'crawl', ...baked, entry: 0, offset: 0, end: drive.entries(), since: drive.log.now() }
  const changes = (since: number): ChangesToken => ({ kind: 'changes', ...baked, since, at: 0 })
  const token = startOf()
  return { withToken: token === 'latest' || token.kind === 'changes', answer: () => answer() }

  function startOf(): DeltaToken | 'latest' {
    if (given === undefined) return crawl
    if (given === 'latest') return 'latest'
    const time = /^\d{4}-\d\d-\d\dT/.test(given) ? Date.parse(given) : Number.NaN
    if (!Number.isNaN(time)) {
      if (drive.kind === 'personal')
        throw invalidRequest('A timestamp as token is supported on OneDrive for Business and SharePoint only.')
      return changes(drive.log.at(time))
    }
    if (query.select !== undefined || query.top !== undefined)
      throw invalidRequest('Query options belong to the first call; the links carry them already.')
    return readDeltaToken(given)
  }

  function answer(): Json {
    if (token === 'latest') return finished([], changes(drive.log.now()))
    checkAlive(call, token, crawl, folderId)
    const { emptyPageEvery } = service.settings
    const page: Page =
      emptyPageEvery > 0 && token.page % Math.max(2, emptyPageEvery) === 0
        ? { value: [], next: { ...token, page: token.page + 1 }, until: 0 }
        : token.kind === 'crawl'
          ? crawlPage(call, token, folderId)
          : changesPage(call, token, folderId)
    if (page.next !== undefined)
      return { ...context(call), '@odata.nextLink': linkTo(call, folderId, page.next, 'next'), value: page.value }
    return finished(page.value, { ...changes(page.until), select: token.select, top: token.top })
  }

  function finished(value: readonly Json[], next: ChangesToken): Json {
    return { ...context(call), '@odata.deltaLink': linkTo(call, folderId, next, 'delta'), value }
  }
}

const context = ({ service }: DriveCall) => ({ '@odata.context': `${service.roots.graph}v1.0/$metadata#Collection(driveItem)` })

/** Both ways of giving a token stand in the documentation's examples. */
function linkTo({ service, base, drive }: DriveCall, folderId: string, token: DeltaToken, kind: 'next' | 'delta'): string {
  const place = folderId === drive.rootId ? 'root' : `items/${folderId}`
  const text = writeDeltaToken(token)
  const tail = kind === 'next' && drive.kind === 'business' ? `delta(token='${text}')` : `delta?token=${text}`
  return `${service.settings.linksTo ?? service.roots.graph}${base}/${place}/${tail}`
}

function checkAlive(call: DriveCall, token: DeltaToken, fresh: CrawlToken, folderId: string): void {
  const { service, drive } = call
  if (token.epoch === service.epoch && token.generation === service.deltaGeneration && token.since <= drive.log.now()) return
  const { code, location } = service.resync
  const from = linkTo(call, folderId, { ...fresh, select: token.select, top: token.top }, 'next')
  throw new GraphError(
    410,
    code,
    'Resync required. The sync token is too old or does not match the current state of the drive.',
    {
      ...(location ? { headers: { Location: from } } : {}),
    },
  )
}

const sizeOfPage = ({ service: { settings } }: DriveCall, top: number | undefined) =>
  Math.min(top ?? settings.pageSize, settings.pageLimit)

/** Whether the delta of a folder (the root: of the whole drive) shows an item. */
function isShown(call: DriveCall, item: OneDriveItem, folderId: string): boolean {
  const { drive, service } = call
  if (item.kind === 'shortcut' && (!service.settings.shortcutsInDelta || hidesShortcuts(call))) return false
  if (folderId === drive.rootId) return true
  const seen = new Set<string>()
  for (let at: OneDriveItem | undefined = item; at !== undefined && !seen.has(at.id); ) {
    if (at.id === folderId) return true
    seen.add(at.id)
    at = at.parent === undefined ? undefined : (drive.get(at.parent) ?? drive.tombstone(at.parent))
  }
  return false
}

function crawlPage(call: DriveCall, token: CrawlToken, folderId: string): Page {
  const { drive, service } = call
  const { settings } = service
  const view = { service, drive, delta: 'entry' as const }
  const value: Json[] = []
  const repeated = token.repeat === undefined ? undefined : drive.get(token.repeat)
  if (repeated !== undefined) value.push(itemResource(view, repeated, token.select))
  const room = Math.max(sizeOfPage(call, token.top), value.length + 1)
  let last: OneDriveItem | undefined
  let from: Position = token
  for (const [item, position] of drive.scan(token, token.end, settings.parents === 'last')) {
    if (!isShown(call, item, folderId)) continue
    if (value.length === room) {
      const doubled = settings.duplicates !== 'none' && last?.parent !== undefined
      if (doubled && settings.duplicates === 'stale')
        value[value.length - 1] = itemResource(
          view,
          { ...last!, name: `earlier ${last!.name}`, version: last!.version - 1 },
          token.select,
        )
      const next = {
        ...token,
        entry: from.entry,
        offset: from.offset,
        page: token.page + 1,
        repeat: doubled ? last?.id : undefined,
      }
      return { value, next, until: token.since }
    }
    value.push(itemResource(view, item, token.select))
    last = item
    from = position
  }
  return { value, next: undefined, until: token.since }
}

function changesPage(call: DriveCall, token: ChangesToken, folderId: string): Page {
  const { drive, service, exchange } = call
  const until = token.until ?? drive.log.now()
  const items = deltaChanges(drive, drive.log.between(token.since, until), {
    parents: exchange.headers.deltaexcludeparent === undefined,
    order: service.settings.parents,
  }).filter((item) => isShown(call, item, folderId))
  const end = token.at + sizeOfPage(call, token.top)
  const value = items.slice(token.at, end).map((item) => {
    const delta = drive.get(item.id) === undefined ? ('deleted' as const) : ('entry' as const)
    return itemResource(
      { service, drive, delta },
      item,
      token.select === undefined || delta === 'entry' ? token.select : [...new Set([...token.select, 'deleted'])],
    )
  })
  return { value, next: end < items.length ? { ...token, until, at: end, page: token.page + 1 } : undefined, until }
}
