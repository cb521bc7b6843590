import type { Exchange } from '../serving/reply.ts'
import { linkShared, roleOf } from './access.ts'
import { type Content, contentSize, readContent } from './content.ts'
import { DriveError, notFound } from './drive-error.ts'
import type { DriveModel } from './drive-model.ts'
import { parseFields, type Selection } from './fields.ts'
import type { View } from './file-resource.ts'
import type { DriveItem, Person } from './items.ts'
import type { Operations } from './operations.ts'
import type { PageTokens } from './page-tokens.ts'
import type { Parameters } from './parameters.ts'
import type { SignedLinks } from './signed-links.ts'

/** What the Drive of this server consists of, and how its owner has set it. */
export interface DriveService {
  readonly model: DriveModel
  readonly now: () => number
  readonly pageTokens: PageTokens
  readonly operations: Operations
  readonly links: SignedLinks
  readonly settings: DriveSettings
  /** Raised to make every page token of changes given so far invalid. */
  changeGeneration: number
  /** Roots of the other hosts, with a slash. */
  readonly roots: { docs: string; usercontent: string; storage: string; accounts: string }
}

export interface DriveSettings {
  /** Every so many pages of a listing are empty but for their `nextPageToken`; 0: none. */
  emptyPageEvery: number
  /** Pages hold at most so many entries, whatever was asked for. */
  pageLimit: number
  /** What `incompleteSearch` says in searches of all drives. */
  incompleteSearch: boolean
  /** Which downloads answer with a redirect to the storage host: those of items that say so, or all. */
  redirectMedia: 'marked' | 'always' | 'never'
  /** How often an operation says "not yet" before it is done. */
  operationPolls: number
}

/** One authorised call of a Drive method. */
export interface Call extends View {
  readonly service: DriveService
  readonly exchange: Exchange
  readonly person: Person
  readonly parameters: Parameters
  /** From X-Goog-Drive-Resource-Keys. */
  readonly resourceKeys: ReadonlyMap<string, string>
}

/** `fileId/resourceKey,…`: https://developers.google.com/workspace/drive/api/guides/resource-keys */
export function parseResourceKeys(header: string | string[] | undefined): Map<string, string> {
  const pairs = String(header ?? '')
    .split(',')
    .map((pair) => pair.trim().split('/'))
  return new Map(pairs.flatMap(([id, key]) => (id === undefined || key === undefined ? [] : [[id, key]])))
}

/** The item, if the person may see it; 404 otherwise, since Drive does not tell what it hides. */
export function reachable(call: Call, id: string, drives: 'any' | 'flag'): DriveItem {
  const { model, person, parameters } = call
  const item = model.get(id === 'root' ? model.rootOf(person.email) : id)
  if (item === undefined) throw notFound(id)
  if (drives === 'flag' && item.driveId !== undefined && !parameters.flag('supportsAllDrives')) throw notFound(id)
  if (!allowed(call, item)) throw notFound(id)
  return item
}

export function allowed({ model, person, resourceKeys }: Call, item: DriveItem): boolean {
  if (item.owner === person.email) return true
  if (item.needsResourceKey && resourceKeys.get(item.id) !== item.resourceKey) return false
  return roleOf(model, item, person.email) !== undefined || linkShared(model, item)
}

/** The `fields` parameter, or what the method gives without it. */
export function selectionOf({ parameters }: Call, schema: string, otherwise: Selection): Selection {
  const fields = parameters.text('fields')
  return fields === undefined || fields === '' ? otherwise : parseFields(fields, schema)
}

/** Sends a stored content: Range honoured with 206, refused with 416 beyond the end, and on every empty file. */
export async function sendMedia({ outlet, headers }: Exchange, content: Content, mimeType: string): Promise<void> {
  const size = contentSize(content)
  const range = outlet.tampering.ignoreRange ? undefined : parseRange(headers.range, size)
  const common = {
    'Content-Type': mimeType,
    'Accept-Ranges': 'bytes',
    'Content-Disposition': 'attachment',
    'Cache-Control': 'private, max-age=0, must-revalidate',
  }
  if (range === 'beyond') {
    outlet.head(416, { 'Content-Range': `bytes */${size}`, 'Content-Type': 'text/html; charset=UTF-8', 'Content-Length': 0 })
    return outlet.end()
  }
  const [from, to] = range ?? [0, size]
  outlet.head(range === undefined ? 200 : 206, {
    ...common,
    'Content-Length': to - from,
    ...(range === undefined ? {} : { 'Content-Range': `bytes ${from}-${to - 1}/${size}` }),
  })
  await sendPieces(outlet, readContent(content, from, to))
}

/** Sends an export: no length, no ranges, no checksum. */
export async function sendExport({ outlet }: Exchange, content: Content, mimeType: string): Promise<void> {
  outlet.head(200, {
    'Content-Type': mimeType,
    'Content-Disposition': 'attachment',
    'Cache-Control': 'private, max-age=0, must-revalidate',
  })
  await sendPieces(outlet, readContent(content))
}

async function sendPieces(outlet: Exchange['outlet'], pieces: Iterable<Uint8Array>): Promise<void> {
  for (const piece of pieces) if (!(await outlet.write(piece))) return
  await outlet.end()
}

/** One range as [from, to); undefined: none, or a form that servers ignore. https://www.rfc-editor.org/rfc/rfc9110#name-range */
export function parseRange(header: string | undefined, size: number): [from: number, to: number] | 'beyond' | undefined {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  if (found === null || (found[1] === '' && found[2] === '')) return undefined
  const first = found[1] ?? ''
  const last = found[2] ?? ''
  if (first === '') return size === 0 || Number(last) === 0 ? 'beyond' : [Math.max(0, size - Number(last)), size]
  if (last !== '' && Number(last) < Number(first)) return undefined
  if (Number(first) >= size) return 'beyond'
  return [Number(first), last === '' ? size : Math.min(size, Number(last) + 1)]
}

export const forbidden = (reason: string, message: string): DriveError => new DriveError(403, reason, message)
