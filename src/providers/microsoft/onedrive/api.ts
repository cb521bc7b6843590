import type { GraphRequest } from '@microsoft/microsoft-graph-client'
import type { z } from 'zod'
import { Failure } from '../../../core/failure.ts'
import type { Connection } from '../../../core/provider.ts'
import type { HttpResponse } from '../../../core/transport.ts'
import { answerOf, graphClient } from '../client.ts'
import { graphPriceOf } from '../limits.ts'
import { userAgent } from '../user-agent.ts'
import type { Target } from './ids.ts'
import {
  type Download,
  type DriveItems,
  download,
  drive,
  driveItems,
  driveQuota,
  rootFolder,
  type Stubs,
  selected,
  stubFields,
  stubs,
} from './schema.ts'

/** The person's own drive. */
export interface OwnDrive {
  readonly id: string
  /** `personal`, `business` or `documentLibrary`. */
  readonly type: string | undefined
  /** The id of its top folder. */
  readonly root: string
}

/** A page of a log of changes, or that its token is dead: `fresh` is where the service says to begin anew. */
export type DeltaAnswer<T> = { readonly page: T } | { readonly dead: true; readonly fresh?: string }

/** The calls of Graph's drives that we make. All throw a Failure; none sends anything to another origin than Graph's. */
export interface OneDriveApi {
  /** Asked for once a run. */
  ownDrive(signal: AbortSignal): Promise<OwnDrive>
  /** Bytes that the drive is said to use, and those in its recycle bin, where that is stated. */
  storage(signal: AbortSignal): Promise<{ readonly used: number | undefined; readonly deleted: number | undefined }>
  /** Whether a link that an answer gave earlier leads to Graph. */
  isOwn(link: string): boolean
  /** Where a log of changes begins: everything below a folder, or below a drive's top. */
  deltaStart(of: { readonly drive: string; readonly folder?: string }, what?: 'items' | 'stubs'): string
  delta(link: string, signal: AbortSignal): Promise<DeltaAnswer<DriveItems>>
  deltaStubs(link: string, signal: AbortSignal): Promise<DeltaAnswer<Stubs>>
  /** What lies directly in a folder; `link`: a further page of it. */
  children(folder: Target, link: string | undefined, signal: AbortSignal): Promise<DriveItems>
  childStubs(folder: Target, link: string | undefined, signal: AbortSignal): Promise<Stubs>
  /** A file as it is now, with its address for downloads where there is one. */
  file(target: Target, signal: AbortSignal): Promise<Download>
  /** The address alone, where the file did not state it; it may throw why there is none. */
  address(target: Target, signal: AbortSignal): Promise<string>
}

/**
 * Without it, listings leave out the shortcuts of work and school drives to what others shared, as if they were not there. Not documented: what sync
 * programs found (https://github.com/OneDrive/onedrive-api-docs/issues/1427 and /1891; https://github.com/abraunegg/onedrive, src/onedrive.d).
 */
const withShortcuts = { prefer: 'Include-Feature=AddToOneDrive' }

/** One file's answer is a kilobyte or two: unpacking it took a tenth of the CPU time that a small file costs (bench/README.md). */
const unpacked = { 'accept-encoding': 'identity' }

/** The largest pages that the service gives. */
const pageSize = 1000

export function createOneDriveApi(connection: Connection): OneDriveApi {
  const client = graphClient(connection)
  const graph = new URL(connection.endpoints.graph!)
  let own: Promise<OwnDrive> | undefined

  const folderPath = ({ drive: id, id: item }: Target) => `/drives/${encodeURIComponent(id)}/items/${encodeURIComponent(item)}`
  const get = <T>(what: string, path: string, schema: z.ZodType<T>, signal: AbortSignal, shape = (one: GraphRequest) => one) =>
    answerOf(what, shape(client.api(path)).options({ signal }).get(), schema, signal)

  /** Links that answers give hold tokens and the query that was asked first: they are kept whole, and lead nowhere but to Graph. */
  const isOwn = (link: string): boolean => {
    const url = URL.canParse(link) ? new URL(link) : undefined
    return url !== undefined && url.origin === graph.origin && url.username === '' && url.password === ''
  }
  const ownLink = (link: string): URL => {
    if (isOwn(link)) return new URL(link)
    const where = URL.canParse(link) ? `another server (${new URL(link).host})` : 'something that is no address'
    throw new Failure('corrupt', `Microsoft’s listing leads to ${where}; it was not followed`, {
      hint: 'see that nothing on this network changes answers, then run the same command again',
      stops: 'stream',
    })
  }

  /** The library takes links apart and hides the headers of an error, so the transport is asked directly. */
  const byLink = (link: string, signal: AbortSignal, accepts: readonly number[] = []): Promise<HttpResponse> => {
    const url = ownLink(link)
    return connection.transport.send({
      method: 'GET',
      url: url.href,
      headers: { accept: 'application/json', 'user-agent': userAgent, ...withShortcuts },
      ...graphPriceOf({ url }),
      accepts,
      signal,
    })
  }

  const pageOf = async <T extends Stubs | DriveItems>(
    what: string,
    answer: HttpResponse,
    schema: z.ZodType<T>,
    signal: AbortSignal,
  ): Promise<T> => {
    const page = await answerOf(what, answer.text().then(parse), schema, signal)
    for (const link of [page['@odata.nextLink'], page['@odata.deltaLink']]) if (link !== undefined) ownLink(link)
    return page
  }

  const deltaPage = async <T extends Stubs | DriveItems>(link: string, schema: z.ZodType<T>, signal: AbortSignal) => {
    const answer = await byLink(link, signal, [410])
    if (answer.status !== 410) return { page: await pageOf('the list of changes', answer, schema, signal) }
    answer.cancel()
    const { location } = answer.headers
    return { dead: true, ...(location === undefined ? {} : { fresh: ownLink(location).href }) } as const
  }

  const listChildren = async <T extends Stubs | DriveItems>(
    folder: Target,
    link: string | undefined,
    fields: string,
    schema: z.ZodType<T>,
    signal: AbortSignal,
  ): Promise<T> => {
    if (link !== undefined) return pageOf('the list of a folder', await byLink(link, signal), schema, signal)
    const page = await get('the list of a folder', `${folderPath(folder)}/children`, schema, signal, (request) =>
      request.query({ $select: fields, $top: String(pageSize) }).headers(withShortcuts),
    )
    const next = page['@odata.nextLink']
    if (next !== undefined) ownLink(next)
    return page
  }

  const askOwn = async (signal: AbortSignal): Promise<OwnDrive> => {
    const { id, driveType } = await get('the question for your OneDrive', '/me/drive', drive, signal, (request) =>
      request.query({ $select: 'id,driveType' }),
    )
    const root = await get(
      'the question for the top folder',
      `/drives/${encodeURIComponent(id)}/root`,
      rootFolder,
      signal,
      (one) => one.query({ $select: 'id' }),
    )
    return { id, type: driveType, root: root.id }
  }

  return {
    isOwn,
    ownDrive(signal) {
      if (own === undefined) {
        own = askOwn(signal)
        // A failure is not remembered.
        own.catch(() => (own = undefined))
      }
      return own
    },
    async storage(signal) {
      const { quota } = await get('the question for the storage used', '/me/drive', driveQuota, signal, (request) =>
        request.query({ $select: 'quota' }),
      )
      return { used: quota?.used ?? undefined, deleted: quota?.deleted ?? undefined }
    },
    deltaStart({ drive: id, folder }, what = 'items') {
      const place = folder === undefined ? 'root' : `items/${encodeURIComponent(folder)}`
      // Without `deltaExcludeParent`: that a folder above is named again costs little, and one that is left out would cost its name.
      const query = new URLSearchParams({ $select: what === 'items' ? selected : stubFields, $top: String(pageSize) })
      return new URL(`v1.0/drives/${encodeURIComponent(id)}/${place}/delta?${query}`, graph).href
    },
    delta: (link, signal) => deltaPage(link, driveItems, signal),
    deltaStubs: (link, signal) => deltaPage(link, stubs, signal),
    children: (folder, link, signal) => listChildren(folder, link, selected, driveItems, signal),
    childStubs: (folder, link, signal) => listChildren(folder, link, stubFields, stubs, signal),
    // Without $select: the address is there by default, while some services leave it out where it is named so: https://github.com/microsoftgraph/microsoft-graph-docs/issues/20212
    file: (target, signal) =>
      get('the question for a file', folderPath(target), download, signal, (request) => request.headers(unpacked)),
    async address(target, signal) {
      const url = new URL(`v1.0${folderPath(target)}/content`, graph)
      const answer = await connection.transport.send({
        method: 'GET',
        url: url.href,
        headers: { 'user-agent': userAgent },
        ...graphPriceOf({ url }),
        accepts: [302],
        signal,
      })
      answer.cancel()
      const { location } = answer.headers
      if (answer.status === 302 && location !== undefined) return location
      throw new Failure('corrupt', 'Microsoft gave no address for the download')
    },
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
