import { Failure } from '../../../core/failure.ts'
import type { Item, Part } from '../../../core/item.ts'
import type { Connection } from '../../../core/provider.ts'
import type { Content, FetchOptions, Source } from '../../../core/source.ts'
import type { HttpResponse } from '../../../core/transport.ts'
import { price } from '../limits.ts'
import { lengthOf, refuseWebPage, sizeOf } from './answer.ts'
import type { DriveApi } from './api.ts'
import { contentRange } from './content-range.ts'
import { createExports } from './export.ts'
import { exportTarget } from './export-formats.ts'
import { contentOf } from './item.ts'
import { withKey } from './with-key.ts'

/** Of so many items it is remembered that their download began, so that a second attempt asks what the content is now. */
const remembered = 2_000
/** So many items refused for the daily limit of downloads in a row mean the account's limit, not one file's. */
const accountsLimit = 3

/** Downloads: stored files as they are, documents through an export. */
export function createFetch(connection: Connection, api: DriveApi): Source['fetch'] {
  const exports = createExports(connection, api)
  const begun = new Set<string>()
  let overQuota = new Set<string>()

  const stored = async (item: Item, part: Part, options: FetchOptions): Promise<Content> => {
    const { signal } = options
    const listed = { version: item.version, size: part.size, checksums: part.checksums ?? [] }
    // There is no ETag to make a range conditional on, so what the content is now is asked for before a download goes on or is repeated.
    const now = options.from > 0 || begun.has(item.id) ? contentOf(await api.content(item.id, signal)) : listed
    begun.add(item.id)
    if (begun.size > remembered) begun.delete(begun.values().next().value!)
    // A range on an empty file, or from its end on, is refused with 416.
    const goesOn = options.from > 0 && now.version === options.version && (now.size === undefined || options.from < now.size)
    const answer = await download(item, goesOn ? options.from : 0, signal)
    if (answer.status === 416) {
      answer.cancel()
      if (!goesOn) throw new Failure('corrupt', 'Google refused a range of bytes that was not asked for')
      return stored(item, part, { ...options, from: 0 })
    }
    refuseWebPage(answer, String(item.details.mimeType ?? ''))
    const content = { bytes: answer.body, version: now.version, checksums: now.checksums }
    if (answer.status === 206) {
      const range = contentRange(answer.headers['content-range'])
      if (range === undefined || range.start !== options.from || (now.size !== undefined && range.total !== now.size)) {
        answer.cancel()
        throw new Failure('corrupt', 'Google answered with another part of the file than was asked for')
      }
      return { ...content, from: options.from, size: range.total }
    }
    const length = lengthOf(answer)
    if (length === undefined || now.size === undefined || length === now.size)
      return { ...content, from: 0, ...sizeOf(length ?? now.size) }
    // Replaced between the listing and the download.
    answer.cancel()
    if (now === listed) return stored(item, part, { ...options, from: 0 })
    throw new Failure('changed', 'the file changed at Google while it was asked for')
  }

  const download = async (item: Item, from: number, signal: AbortSignal): Promise<HttpResponse> => {
    const send = () =>
      connection.transport.send({
        method: 'GET',
        url: new URL(`drive/v3/files/${encodeURIComponent(item.id)}?alt=media&supportsAllDrives=true`, connection.endpoints.drive)
          .href,
        // Compressed, the length in the answer would not be the file's.
        headers: { 'accept-encoding': 'identity', ...(from > 0 ? { range: `bytes=${from}-` } : {}), ...api.keys.header(item.id) },
        budget: 'drive',
        cost: price.download,
        expects: 'stream',
        accepts: [416],
        signal,
      })
    return withKey(api, item, send, signal)
  }

  return async (item, part, options) => {
    options.signal.throwIfAborted()
    try {
      const target = exportTarget(String(item.details.mimeType ?? ''), part.key)
      const content = await (target === undefined ? stored(item, part, options) : exports(item, target, options))
      if (overQuota.size > 0) overQuota = new Set()
      return content
    } catch (error) {
      if (!(error instanceof Failure) || error.kind !== 'throttled' || error.stops !== 'item' || error.retryAfter === undefined)
        throw error
      if (error.retryAfter - Date.now() < 3_600_000) throw error
      overQuota.add(item.id)
      if (overQuota.size < accountsLimit) throw error
      throw new Failure('throttled', 'Google’s daily limit of downloads is reached for this account', {
        retryAfter: error.retryAfter,
        stops: 'source',
        hint: 'run the same command again tomorrow',
      })
    }
  }
}
