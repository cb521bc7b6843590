import type { Json } from '../serving/reply.ts'
import { inUserCorpus, roleOf } from './access.ts'
import { allowed, type Call, selectionOf } from './drive-call.ts'
import { DriveError, invalidParameter, notFound } from './drive-error.ts'
import { below, type Selection } from './fields.ts'
import { defaultFileFields, fileResource, prepareChecksums } from './file-resource.ts'
import type { Position } from './item-store.ts'
import type { DriveItem } from './items.ts'
import { parseQuery, type Query } from './query.ts'

/** Items looked at for one page: beyond it the page is handed out short, as Drive does too. */
const mostLookedAt = 50_000
/** More than this is not sorted in time. */
const mostSorted = 100_000

const defaultFields: Selection = new Map<string, Selection>([
  ['kind', 'all'],
  ['nextPageToken', 'all'],
  ['incompleteSearch', 'all'],
  ['files', defaultFileFields],
])

/** https://developers.google.com/workspace/drive/api/reference/rest/v3/files/list */
export async function listFiles(call: Call): Promise<Json> {
  const { parameters, service, model } = call
  const selection = selectionOf(call, 'FileList', defaultFields)
  const corpus = corpusOf(call)
  const text = parameters.text('q') ?? ''
  const query: Query =
    text === ''
      ? { matches: () => true, folders: [], within: undefined }
      : parseQuery(text, { lookup: model, person: call.person })
  const orderBy = parameters.text('orderBy') ?? ''
  const order = orderOf(orderBy)
  const pageSize = Math.min(parameters.pageSize(100, 1000), service.settings.pageLimit)
  const bound = JSON.stringify(['files', call.person.email, text, orderBy, corpus.key])
  const token = parameters.text('pageToken')
  const [entry = 0, offset = 0, pages = 0] = token === undefined ? [] : service.pageTokens.read(token, bound)

  const reached = query.folders.map((id) => {
    const folder = model.get(id)
    return folder !== undefined && allowed(call, folder)
  })
  if (reached.length === 1 && !reached[0]) throw notFound('.')
  const empty =
    service.settings.emptyPageEvery > 0 && pages % service.settings.emptyPageEvery === service.settings.emptyPageEvery - 1
  const from = { entry, offset }
  const matches = (item: DriveItem) => corpus.holds(item, query.folders.length > 0) && query.matches(item)
  // One folder that cannot be seen spoils a query for several: nothing comes back.
  // https://issuetracker.google.com/issues/149522397
  const spoiled = reached.includes(false)
  const page =
    empty || spoiled
      ? { items: [], next: spoiled ? undefined : from }
      : order === undefined
        ? collect(call, query, from, pageSize, matches)
        : sorted(call, query, entry, pageSize, matches, order)
  const items = page.items
  const answer: Record<string, Json> = {
    kind: 'drive#fileList',
    incompleteSearch: corpus.all && service.settings.incompleteSearch,
  }
  if (page.next !== undefined)
    answer.nextPageToken = service.pageTokens.make(bound, [page.next.entry, page.next.offset, pages + 1])
  const wanted = below(selection, 'files')
  const chosen: Record<string, Json> = {}
  for (const [name, value] of Object.entries(answer)) if (below(selection, name) !== undefined) chosen[name] = value
  if (wanted !== undefined) {
    await prepareChecksums(items, wanted)
    chosen.files = items.map((item) => fileResource(item, call, wanted))
  }
  return chosen
}

interface Corpus {
  readonly key: string
  readonly all: boolean
  /** `byFolder`: the query names folders, through which the content of shared ones is reached. */
  holds(item: DriveItem, byFolder: boolean): boolean
}

function corpusOf({ parameters, model, person }: Call): Corpus {
  for (const name of ['corpus', 'teamDriveId', 'includeTeamDriveItems', 'supportsTeamDrives', 'includeLabels']) {
    if (parameters.text(name) !== undefined)
      throw invalidParameter(name, `The practice Drive does not know the old or rare parameter ${name}`)
  }
  const spaces = parameters.text('spaces') ?? 'drive'
  if (!['drive', 'appDataFolder'].includes(spaces)) throw invalidParameter('spaces')
  if (!['published', undefined].includes(parameters.text('includePermissionsForView')))
    throw invalidParameter('includePermissionsForView')
  const corpora = parameters.text('corpora') ?? 'user'
  if (!['user', 'drive', 'allDrives'].includes(corpora)) throw invalidParameter('corpora')
  const driveId = parameters.text('driveId')
  const include = parameters.flag('includeItemsFromAllDrives')
  const supports = parameters.flag('supportsAllDrives')
  if ((driveId !== undefined) !== (corpora === 'drive')) {
    throw new DriveError(
      403,
      'teamDriveIdRequired',
      'The driveId parameter must be specified if and only if corpora is set to drive.',
      { location: 'driveId' },
    )
  }
  if (include && !supports) {
    throw new DriveError(
      403,
      'teamDrivesNotSupported',
      'The supportsAllDrives parameter must be set to true when includeItemsFromAllDrives is.',
      { location: 'supportsAllDrives' },
    )
  }
  if (corpora !== 'user' && !include) {
    throw new DriveError(
      403,
      'includeTeamDriveItemsRequired',
      `The includeItemsFromAllDrives parameter must be set to true when corpora is set to ${corpora}.`,
      { location: 'includeItemsFromAllDrives' },
    )
  }
  if (driveId !== undefined && model.drive(driveId)?.members.has(person.email) !== true) {
    throw new DriveError(404, 'notFound', `Shared drive not found: ${driveId}`, { location: 'driveId' })
  }
  const isRoot = (item: DriveItem) =>
    item.id === item.driveId || (item.owner !== undefined && item.id === model.rootOf(item.owner))
  return {
    key: JSON.stringify([corpora, driveId ?? null, include, spaces]),
    all: corpora === 'allDrives',
    holds(item, byFolder) {
      if (isRoot(item) || spaces === 'appDataFolder') return false
      if (driveId !== undefined) return item.driveId === driveId
      if (item.driveId !== undefined && !include) return false
      if (corpora === 'allDrives' && item.driveId !== undefined && model.drive(item.driveId)?.members.has(person.email))
        return true
      return byFolder ? roleOf(model, item, person.email) !== undefined || reachedByLink(item) : inUserCorpus(model, item, person)
    },
  }
  function reachedByLink(item: DriveItem): boolean {
    for (let at: DriveItem | undefined = item, depth = 0; at !== undefined && depth < 200; depth += 1) {
      if (at.grants.some((grant) => grant.type === 'anyone')) return true
      at = at.parent === undefined ? undefined : model.get(at.parent)
    }
    return false
  }
}

interface CollectedPage {
  readonly items: DriveItem[]
  readonly next: Position | undefined
}

const candidates = ({ model }: Call, query: Query, from: Position) =>
  query.within === undefined ? model.scan(from) : model.scanChildren(query.within, from)

function collect(
  call: Call,
  query: Query,
  from: Position,
  pageSize: number,
  matches: (item: DriveItem) => boolean,
): CollectedPage {
  const items: DriveItem[] = []
  let position = from
  let looked = 0
  for (const [item, after] of candidates(call, query, from)) {
    looked += 1
    const match = matches(item)
    if ((match && items.length === pageSize) || looked > mostLookedAt) return { items, next: position }
    if (match) items.push(item)
    position = after
  }
  return { items, next: undefined }
}

function sorted(
  call: Call,
  query: Query,
  first: number,
  pageSize: number,
  matches: (item: DriveItem) => boolean,
  order: (a: DriveItem, b: DriveItem) => number,
): CollectedPage {
  const all: DriveItem[] = []
  for (const [item] of candidates(call, query, { entry: 0, offset: 0 })) {
    if (matches(item)) all.push(item)
    if (all.length > mostSorted) throw new DriveError(500, 'internalError', 'Internal Error')
  }
  all.sort(order)
  const next = first + pageSize < all.length ? { entry: first + pageSize, offset: 0 } : undefined
  return { items: all.slice(first, first + pageSize), next }
}

const keys: Readonly<Record<string, (item: DriveItem) => string | number>> = {
  createdTime: (item) => item.createdTime,
  modifiedTime: (item) => item.modifiedTime,
  name: (item) => item.name,
  folder: (item) => (item.mimeType.endsWith('.folder') ? 0 : 1),
}

function orderOf(text: string): ((a: DriveItem, b: DriveItem) => number) | undefined {
  if (text === '') return undefined
  const steps = text.split(',').map((part) => {
    const [name = '', direction] = part.trim().split(/\s+/)
    const key = keys[name]
    if (key === undefined || (direction !== undefined && direction !== 'desc')) throw invalidParameter('orderBy')
    return { key, sign: direction === 'desc' ? -1 : 1 }
  })
  return (a, b) => {
    for (const { key, sign } of steps) {
      const [left, right] = [key(a), key(b)]
      if (left !== right) return left < right ? -sign : sign
    }
    return 0
  }
}
