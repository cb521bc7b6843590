import { Failure } from '../../../core/failure.ts'
import type { Item } from '../../../core/item.ts'
import type { Connection } from '../../../core/provider.ts'
import type { Content, FetchOptions } from '../../../core/source.ts'
import type { HttpResponse } from '../../../core/transport.ts'
import { price } from '../limits.ts'
import { lengthOf, refuseWebPage, sizeOf } from './answer.ts'
import type { DriveApi } from './api.ts'
import type { Target } from './export-formats.ts'
import type { Operation } from './schema.ts'
import { withKey } from './with-key.ts'

/** An export under way at Google. */
interface Waiting {
  readonly name: string
  readonly polls: number
}

/** Milliseconds between two looks at an export under way: 10 s, then more. https://developers.google.com/workspace/drive/api/guides/manage-downloads */
const pollAfter = (polls: number): number => Math.min(10_000 * 1.5 ** polls, 60_000)

/** Codes of an export that failed but may succeed when repeated (google.rpc.Code): https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto */
const repeatable = new Set([2, 4, 8, 10, 13, 14])

/**
 * Documents of Google's editors. Up to 10 MB `files.export` gives them; above, `files.download`, a job that takes its time; and where
 * that gives nothing, the export links, which have no limit but answer with web pages when they are in trouble.
 * https://developers.google.com/workspace/drive/api/guides/manage-downloads
 */
export function createExports(
  connection: Connection,
  api: DriveApi,
): (item: Item, target: Target, options: FetchOptions) => Promise<Content> {
  const { transport, endpoints } = connection
  const underWay = new Map<string, Waiting>()

  const get = (url: string, budget: { readonly budget: string; readonly cost: number }, id: string, signal: AbortSignal) =>
    transport.send({
      method: 'GET',
      url,
      headers: { 'accept-encoding': 'identity', ...api.keys.header(id) },
      ...budget,
      expects: 'stream',
      signal,
    })
  const content = (answer: HttpResponse, target: Target, resume?: string): Content => {
    refuseWebPage(answer, target.mimeType)
    // No version: bytes differ on each export, so a cut-off one starts again.
    return {
      bytes: answer.body,
      from: 0,
      checksums: [],
      ...sizeOf(lengthOf(answer)),
      ...(resume === undefined ? {} : { resume }),
    }
  }

  const byExport = async (item: Item, target: Target, signal: AbortSignal): Promise<Content> => {
    const url = new URL(`drive/v3/files/${encodeURIComponent(item.id)}/export`, endpoints.drive)
    url.searchParams.set('mimeType', target.mimeType)
    return content(
      await withKey(api, item, () => get(url.href, { budget: 'drive', cost: price.download }, item.id, signal), signal),
      target,
    )
  }

  /** The job that prepares the export, as it stands now; undefined: Google prepares none of this document. */
  const jobOf = async (key: string, item: Item, target: Target, signal: AbortSignal): Promise<Operation | undefined> => {
    const waiting = underWay.get(key)
    try {
      if (waiting !== undefined) return await api.operation(waiting.name, signal)
    } catch (error) {
      // Jobs are kept for half a day or a day; then another one is started.
      if (!(error instanceof Failure) || error.kind !== 'gone') throw error
      underWay.delete(key)
    }
    try {
      return await withKey(api, item, () => api.startDownload(item.id, target.mimeType, signal), signal)
    } catch (error) {
      if (error instanceof Failure && error.kind === 'unexportable') return undefined
      throw error
    }
  }
  /** undefined: this way gives nothing of this document. */
  const byDownload = async (key: string, item: Item, target: Target, signal: AbortSignal): Promise<Content | undefined> => {
    const job = await jobOf(key, item, target, signal)
    if (job === undefined) return undefined
    const waiting = underWay.get(key)
    const name = job.name ?? waiting?.name
    if (job.done !== true) {
      if (name === undefined) throw new Failure('corrupt', 'Google’s answer about an export under way does not name it')
      const polls = waiting === undefined ? 0 : waiting.polls + 1
      underWay.set(key, { name, polls })
      throw new Failure('throttled', 'Google is still preparing the export of this large document', {
        retryAfter: Date.now() + pollAfter(polls),
      })
    }
    underWay.delete(key)
    if (job.error !== undefined) {
      const { code } = job.error
      if (code === 16)
        throw new Failure('signin', 'Google no longer accepts the sign-in', {
          hint: 'run `holdall connect` for this account again',
        })
      if (code === undefined || repeatable.has(code))
        throw new Failure('transient', `Google could not finish the export${code === undefined ? '' : ` (code ${code})`}`)
      return undefined
    }
    const uri = job.response?.downloadUri
    if (uri === undefined || !URL.canParse(uri)) return undefined
    // The transport adds the account's token on Google's own hosts only.
    return content(await get(uri, { budget: 'drive', cost: price.read }, item.id, signal), target, name)
  }

  const byLink = async (item: Item, target: Target, refused: Failure, signal: AbortSignal): Promise<Content> => {
    const link = (await api.exportLinks(item.id, signal))[target.mimeType]
    if (link === undefined || !URL.canParse(link) || new URL(link).origin !== new URL(endpoints.docs!).origin) throw refused
    return content(await get(link, { budget: 'docs', cost: 1 }, item.id, signal), target)
  }

  return async (item, target, { resume, signal }) => {
    const key = `${item.id} ${target.key}`
    if (resume !== undefined && !underWay.has(key)) underWay.set(key, { name: resume, polls: 0 })
    let refused = new Failure('unexportable', 'Google offers no export of this kind of file', { reason: 'no-export' })
    if (target.onlyByDownload !== true && !underWay.has(key)) {
      try {
        return await byExport(item, target, signal)
      } catch (error) {
        if (!(error instanceof Failure) || !mayGoOtherWay(error)) throw error
        refused = error
      }
    }
    return (await byDownload(key, item, target, signal)) ?? byLink(item, target, refused, signal)
  }
}

/** Too large, or of a kind that only the other way gives. Near the limit Google answers 500 as well: https://github.com/googleapis/google-api-ruby-client/issues/664 */
function mayGoOtherWay({ kind, reason }: Failure): boolean {
  return kind === 'transient' || (kind === 'unexportable' && (reason === 'too-large' || reason === 'no-export'))
}
