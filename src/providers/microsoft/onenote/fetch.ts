import { Failure } from '../../../core/failure.ts'
import type { Item, Part } from '../../../core/item.ts'
import type { Content } from '../../../core/source.ts'
import type { HttpResponse } from '../../../core/transport.ts'
import type { OneNoteApi } from './api.ts'
import { asPicture } from './as-picture.ts'
import { inkPicture } from './ink-picture.ts'
import { noteOf } from './item.ts'
import { type PageBytes, readPageAnswer } from './multipart.ts'
import { offlinePage } from './offline-page.ts'
import type { createPageCache } from './page-cache.ts'
import { plainInEach } from './page-words.ts'
import { isPicture, partNames } from './part-names.ts'

/** The most that a page may have without its pictures and attachments, in bytes. OneNote takes 25 MB for a part: https://learn.microsoft.com/graph/onenote-error-codes#20014 */
const largestPage = 64 * 1024 * 1024

/** Keys of parts that only a page's content reveals; the engine's own prefix first. */
const resourceKey = 'more:resource:'
const inkKeys = { data: 'more:ink', picture: 'more:ink-picture' } as const

export interface FetchContext {
  readonly api: OneNoteApi
  readonly cache: ReturnType<typeof createPageCache>
  readonly graphHost: string
}

/**
 * A page comes as one answer and becomes several files: the page that opens offline (part `page`), the page as delivered (`original`), and, revealed by the
 * former, a file for each picture and attachment and one of ink.
 */
export async function fetchPart(item: Item, part: Part, signal: AbortSignal, context: FetchContext): Promise<Content> {
  if (part.key.startsWith(resourceKey)) return fetchResource(item, part, signal, context)
  const page = await pageOf(item, signal, context)
  if (part.key === 'original') return whole(page.html)
  if (part.key === inkKeys.data && page.ink !== undefined) return whole(page.ink)
  if (part.key === inkKeys.picture && page.ink !== undefined) {
    const picture = inkPicture(page.ink.toString())
    if (picture !== undefined) return whole(Buffer.from(picture))
  }
  if (part.key !== 'page') throw new Failure('changed', `the page "${item.name}" changed while it was being saved`)
  return composed(item, page, context)
}

function composed(item: Item, page: PageBytes, { graphHost }: FetchContext): Content {
  const title = item.name ?? ''
  const names = partNames({ id: item.id, title })
  const ink = page.ink === undefined ? [] : [{ key: inkKeys.data as string, name: names.own('ink.inkml'), shown: 'InkML' }]
  if (page.ink !== undefined && inkPicture(page.ink.toString()) !== undefined)
    ink.unshift({ key: inkKeys.picture, name: names.own('ink.svg'), shown: plainInEach((words) => words.ink) })
  const { depth } = item.details
  const up = '../'.repeat(typeof depth === 'number' ? depth : 0)
  const { html, files } = offlinePage(new TextDecoder().decode(page.html), {
    names,
    graphHost,
    up,
    title,
    note: noteOf(item),
    ink,
  })
  return {
    ...whole(Buffer.from(html)),
    more: [
      ...files.map(({ id, name }) => ({ key: `${resourceKey}${id}`, name })),
      ...ink.map(({ key, name }) => ({ key, name })),
    ],
  }
}

async function pageOf(item: Item, signal: AbortSignal, { api, cache }: FetchContext): Promise<PageBytes> {
  signal.throwIfAborted()
  const kept = cache.get(item.id, item.version)
  if (kept !== undefined) return kept
  const page = readPageAnswer(await collect(await contentOf(item, signal, api), item))
  if (page === undefined || !isPage(page.html)) {
    throw new Failure('corrupt', `what came for the page "${item.name}" is not a page of OneNote, or not all of it`, {
      hint: 'a proxy or a maintenance page may stand in the way; run the same command again later',
    })
  }
  cache.put(item.id, item.version, page)
  return page
}

/** A page whose content alone is missing is not gone: then the service is at fault. Costs a request more, where there is nothing to save anyway. */
async function contentOf(item: Item, signal: AbortSignal, api: OneNoteApi): Promise<HttpResponse> {
  try {
    return await api.content(item.id, signal)
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== 'gone') throw error
    await api.page(item.id, signal)
    throw new Failure('corrupt', `OneNote has the page "${item.name}" and yet says that its content is not there`, {
      hint: 'look at the page in OneNote; run the same command again later',
      cause: error,
    })
  }
}

/** `data-absolute-enabled` is "always true in output HTML": https://learn.microsoft.com/graph/onenote-input-output-html#body-element. Sign-in and error pages of others have none. */
function isPage(html: Buffer): boolean {
  return /<body\b[^>]*\bdata-absolute-enabled\s*=/i.test(html.toString('latin1'))
}

async function collect(answer: HttpResponse, item: Item): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of answer.body) {
    size += chunk.length
    if (size > largestPage) {
      throw new Failure('unexportable', `the page "${item.name}" is larger than ${largestPage} bytes without its pictures`, {
        reason: 'too-large',
        hint: 'split it in OneNote, or export it there by hand',
      })
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** A picture or attachment. That it is missing does not make the page gone. */
async function fetchResource(item: Item, part: Part, signal: AbortSignal, { api }: FetchContext): Promise<Content> {
  signal.throwIfAborted()
  const id = part.key.slice(resourceKey.length)
  const name = part.name ?? ''
  let answer: HttpResponse
  try {
    answer = await api.resource(id, signal)
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== 'gone') throw error
    throw new Failure('corrupt', `the page "${item.name}" shows a file that OneNote does not have`, {
      hint: 'look at the page in OneNote; run the same command again later',
      cause: error,
    })
  }
  const { 'content-length': length, 'content-encoding': encoding = 'identity', 'content-type': type = '' } = answer.headers
  const refused = (what: string) =>
    new Failure('corrupt', `${what} came instead of a file of the page "${item.name}"`, {
      hint: 'run the same command again later; if it stays so, look at the page in OneNote',
    })
  const wrong = /^text\/html\b/i.test(type) ? 'a web page' : isJson(type) && !/json$/i.test(name) ? 'a message' : undefined
  if (wrong !== undefined) {
    answer.cancel()
    throw refused(wrong)
  }
  const size = length !== undefined && /^\d+$/.test(length) && encoding === 'identity' ? Number(length) : undefined
  const bytes = isPicture(name) ? asPicture(answer.body, refused) : answer.body
  return { bytes, from: 0, ...(size === undefined ? {} : { size }) }
}

const isJson = (type: string): boolean => /^application\/(?:[\w.+-]+\+)?json\b/i.test(type)

function whole(bytes: Buffer): Content {
  return { bytes: once(bytes), from: 0, size: bytes.length }
}

async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes
}
