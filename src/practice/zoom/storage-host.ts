import { createHash } from 'node:crypto'
import type { Ranged } from '../content/ranged.ts'
import type { Exchange, Handler } from '../serving/reply.ts'
import type { RecordedFile } from './recorded-file.ts'
import type { SignedLinks } from './signed-links.ts'
import { sendAccessDenied } from './zoom-hosts.ts'

export interface StorageHostOptions {
  readonly links: SignedLinks
  readonly settings: { readonly ranges: boolean }
}

const types: Readonly<Record<string, string>> = {
  MP4: 'video/mp4',
  M4A: 'audio/mp4',
  VTT: 'text/vtt',
  TXT: 'text/plain',
  JSON: 'application/json',
  CSV: 'text/csv',
  JPG: 'image/jpeg',
}

/** ssrweb.zoom.us: the address is its own authority, and any Authorization header is refused. */
export function createStorageHost({ links, settings }: StorageHostOptions): Handler {
  return async (exchange) => {
    const { method, url, headers } = exchange
    if (headers.authorization !== undefined) {
      if (!/^bearer/i.test(headers.authorization)) exchange.violation('got an Authorization header')
      // https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html: "Only one auth mechanism allowed", InvalidArgument.
      return sendAccessDenied(exchange, 400)
    }
    const file = method === 'GET' || method === 'HEAD' ? links.find(url) : undefined
    if (file === undefined) return sendAccessDenied(exchange)
    return sendFile(exchange, file, settings.ranges)
  }
}

async function sendFile({ outlet, headers }: Exchange, file: RecordedFile, ranges: boolean): Promise<void> {
  const { content, extension } = file
  const etag = `"${createHash('md5').update(`${file.key} ${content.size}`).digest('hex')}"`
  const stale = headers['if-range'] !== undefined && headers['if-range'] !== etag
  const range = !ranges || stale || outlet.tampering.ignoreRange ? undefined : rangeOf(headers.range, content.size)
  const common = {
    'Content-Type': types[extension] ?? 'binary/octet-stream',
    'Content-Disposition': `attachment; filename="Recording.${extension.toLowerCase()}"`,
    ETag: etag,
    'Last-Modified': new Date(file.end).toUTCString(),
    ...(ranges ? { 'Accept-Ranges': 'bytes' } : {}),
  }
  if (range === 'beyond') {
    outlet.head(416, { 'Content-Range': `bytes */${content.size}`, 'Content-Length': 0 })
    return outlet.end()
  }
  const [from, to] = range ?? [0, content.size]
  outlet.head(range === undefined ? 200 : 206, {
    ...common,
    'Content-Length': to - from,
    ...(range === undefined ? {} : { 'Content-Range': `bytes ${from}-${to - 1}/${content.size}` }),
  })
  await sendPieces(outlet, content, from, to)
}

async function sendPieces(outlet: Exchange['outlet'], content: Ranged, from: number, to: number): Promise<void> {
  for (const piece of content.chunks(from, to)) if (!(await outlet.write(piece))) return
  await outlet.end()
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-14.1.2; one range, what is not one is passed over. */
function rangeOf(header: string | undefined, size: number): readonly [from: number, to: number] | 'beyond' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? []
  if (first === '' && last === '') return undefined
  if (first === '') return size === 0 || Number(last) === 0 ? 'beyond' : [Math.max(0, size - Number(last)), size]
  if (last !== '' && Number(last) < Number(first)) return undefined
  if (Number(first) >= size) return 'beyond'
  return [Number(first), last === '' ? size : Math.min(size, Number(last) + 1)]
}
