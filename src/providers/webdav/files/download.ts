import { Failure } from '../../../core/failure.ts'
import type { Item, Part } from '../../../core/item.ts'
import type { Content, FetchOptions } from '../../../core/source.ts'
import type { HttpResponse, Transport } from '../../../core/transport.ts'
import { davAxios } from '../dav-axios.ts'
import { otherHost } from '../explain.ts'
import { parseChecksums } from './checksums.ts'
import { requestPath } from './href.ts'
import { etagOf, lengthOf as statedLength } from './item.ts'
import { type Properties, readMultistatus } from './multistatus.ts'
import { propfind } from './propfind.ts'

/**
 * Begins to download a file, from `options.from` where the server still has the same content, else from 0.
 * Straight through the transport: axios costs about as much CPU as a small file itself.
 */
export async function download(
  transport: Transport,
  origin: string,
  item: Item,
  part: Part,
  options: FetchOptions,
  lookedAgain = false,
): Promise<Content> {
  const href = item.details.href
  if (typeof href !== 'string') throw new Failure('bug', `${item.id}: its address at the server is not known`)
  const ask = (range: { from: number; version: string } | undefined) =>
    transport.send({
      method: 'GET',
      url: origin + requestPath(href),
      headers: {
        // With gzip, length and ranges would be those of the compressed form.
        'accept-encoding': 'identity',
        // If-Range: the server itself starts again when the content changed (RFC 9110 section 13.1.5).
        ...(range === undefined ? {} : { range: `bytes=${range.from}-`, 'if-range': range.version }),
      },
      budget: 'downloads',
      expects: 'stream',
      accepts: [416],
      signal: options.signal,
    })
  const range = options.from > 0 && options.version !== undefined ? { from: options.from, version: options.version } : undefined
  let response = await ask(range)
  let from = range === undefined ? 0 : startOf(response, range)
  if (from === undefined) {
    response.cancel()
    response = await ask(undefined)
    from = 0
  }
  const elsewhere = otherHost(response, origin, `${item.id}: the server`)
  if (elsewhere !== undefined) {
    response.cancel()
    throw elsewhere
  }
  if (response.status !== 200 && response.status !== 206) {
    response.cancel()
    throw new Failure('corrupt', `${item.id}: the server answered with status ${response.status} where its content was due`)
  }
  refuseWebPage(response, item, part)
  const size = from > 0 ? rangeOf(response)?.total : lengthOf(response)
  const version = versionOf(response)
  refuseOtherLength(response, item, part, { size, version })
  if (!lookedAgain && isNewer(item, part, { size, version })) {
    response.cancel()
    const now = await statedNow(transport, origin, href, item.id, options.signal)
    const newer = { ...item, details: { ...item.details, ...now.details } }
    return download(transport, origin, newer, { ...part, ...now.part }, options, true)
  }
  const checksums = parseChecksums(response.headers['oc-checksum'] ?? '')
  return {
    bytes: response.body,
    from,
    ...(size === undefined ? {} : { size }),
    ...(version === undefined ? {} : { version }),
    ...(checksums.length === 0 ? {} : { checksums }),
  }
}

/** Where the answer to a range begins: the offset asked for, 0, or undefined when it must be asked for anew. */
function startOf(response: HttpResponse, range: { from: number; version: string }): number | undefined {
  if (response.status !== 206) return response.status === 416 ? undefined : 0
  const given = rangeOf(response)
  // Some servers know Range and not If-Range: what they send must say itself that it is the same content.
  const { etag, 'last-modified': modified } = response.headers
  const same = range.version.startsWith('"')
    ? etag === undefined || etag === range.version
    : modified === undefined || modified === range.version
  return same && !isEncoded(response) && given?.start === range.from ? range.from : undefined
}

/** `bytes 100-199/200`; the total may be `*`. */
function rangeOf(response: HttpResponse): { start: number; total: number | undefined } | undefined {
  const match = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(response.headers['content-range'] ?? '')
  return match === null ? undefined : { start: Number(match[1]), total: match[3] === '*' ? undefined : Number(match[3]) }
}

function lengthOf(response: HttpResponse): number | undefined {
  const length = response.headers['content-length']
  return length === undefined || isEncoded(response) || !/^\d+$/.test(length) ? undefined : Number(length)
}

function isEncoded(response: HttpResponse): boolean {
  const encoding = response.headers['content-encoding']
  return encoding !== undefined && encoding !== '' && encoding !== 'identity'
}

/**
 * What may stand in If-Range: a strong ETag, else a Last-Modified that is a minute older than the answer, which makes it strong
 * (https://www.rfc-editor.org/rfc/rfc9110#section-8.8.2.2). Undefined where a resume could join different contents.
 */
function versionOf(response: HttpResponse): string | undefined {
  const { etag, date } = response.headers
  if (isEncoded(response)) return undefined
  if (etag?.startsWith('"')) return etag
  const modified = response.headers['last-modified']
  return modified !== undefined && date !== undefined && Date.parse(date) - Date.parse(modified) >= 60_000 ? modified : undefined
}

/** Sign-in gateways, captive portals and maintenance answer 200 with a page of their own. */
function refuseWebPage(response: HttpResponse, item: Item, part: Part): void {
  const listed = item.details.contentType
  const isPage = (type: string) => /^(?:text\/html|application\/xhtml\+xml)\b/i.test(type.trim())
  if (!isPage(response.headers['content-type'] ?? '')) return
  if (typeof listed === 'string' ? isPage(listed) : /\.x?html?$/i.test(part.name ?? '')) return
  const total = response.status === 206 ? rangeOf(response)?.total : lengthOf(response)
  if (total !== undefined && total === part.size) return
  response.cancel()
  throw new Failure('corrupt', `${item.id}: the server sent a web page instead of the file`, {
    hint: 'a sign-in or maintenance page stands in the way; run the same command again later',
  })
}

interface Given {
  readonly size: number | undefined
  readonly version: string | undefined
}

/** Another ETag than the listing's, and another length: it changed since, and the listing cannot tell whether what comes is whole. */
function isNewer(item: Item, part: Part, { size, version }: Given): boolean {
  return size !== undefined && size !== part.size && version?.startsWith('"') === true && version !== item.details.etag
}

/** What the server states of a file now. */
async function statedNow(transport: Transport, origin: string, href: string, what: string, signal: AbortSignal) {
  const { body } = await propfind({ client: davAxios(transport), origin, signal }, href, '0', what)
  let properties: Properties = {}
  for await (const batch of readMultistatus(body, what)) for (const response of batch) properties = response.properties
  const [etag, size] = [etagOf(properties), statedLength(properties)]
  return { details: etag === undefined ? {} : { etag }, part: size === undefined ? {} : { size } }
}

/**
 * One version has one length: where listing and answer name the same strong ETag and different lengths, one of them is wrong, and nothing tells which.
 * (Content that changed since the listing has another ETag, and is looked at once more.)
 */
function refuseOtherLength(response: HttpResponse, item: Item, part: Part, { size, version }: Given): void {
  if (size === undefined || part.size === undefined || size === part.size) return
  if (version === undefined || version !== item.details.etag) return
  response.cancel()
  throw new Failure('corrupt', `${item.id}: the server sends ${size} bytes of a version of which its listing says ${part.size}`, {
    hint: 'run the same command again later; if it stays so, ask whoever runs the server',
  })
}
