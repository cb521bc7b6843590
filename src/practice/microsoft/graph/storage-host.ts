import { gzipSync } from 'node:zlib'
import type { Exchange, Handler } from '../../serving/reply.ts'
import { sendHtml } from '../../serving/reply.ts'
import { contentSize, readContent } from '../drive/content.ts'
import type { OneDriveItem } from '../drive/items.ts'
import { findDrive } from './find-drive.ts'
import { type GraphService, seeDecoration } from './graph-service.ts'

const page = (exchange: Exchange, status: number, text: string, headers: Readonly<Record<string, string>> = {}) =>
  sendHtml(exchange, status, `<h1>${status}</h1><p>${text}</p>`, headers)

/**
 * The hosts that downloads are redirected to. Their addresses carry their own authority, and an Authorization header beside it is refused:
 * https://learn.microsoft.com/graph/api/driveitem-get-content
 */
export function createStorageHost(service: GraphService): Handler {
  const { links, settings } = service
  return async (exchange) => {
    const { url, method, headers } = exchange
    seeDecoration(service, exchange)
    if (headers.authorization !== undefined) {
      if (!/^bearer/i.test(headers.authorization)) exchange.violation('got an Authorization header')
      if (!settings.tolerateBearer)
        return page(exchange, 401, 'This address carries its own authority.', { 'WWW-Authenticate': 'Bearer realm="practice"' })
    }
    if (method !== 'GET' && method !== 'HEAD') {
      exchange.violation('a request that could change something')
      return page(exchange, 405, 'Method not allowed.')
    }
    const target = links.read(url.pathname + url.search)
    if (target === undefined) return page(exchange, 401, 'This address is not valid.')
    if (target === 'expired') return page(exchange, settings.deadLinkStatus, 'This address is not valid any more.')
    const item = findDrive(service, target.driveId)?.get(target.itemId)
    if (item?.content === undefined) return page(exchange, 404, 'The file is not here any more.')
    if (settings.packed !== 'never') return sendPacked(exchange, item, settings.packed)
    await sendFile(exchange, item, settings.ignoreRanges || exchange.outlet.tampering.ignoreRange === true)
  }
}

async function sendPacked({ outlet }: Exchange, item: OneDriveItem, length: 'packed' | 'file'): Promise<void> {
  const content = item.served ?? item.content ?? new Uint8Array()
  const plain = Buffer.concat([...readContent(content, 0, contentSize(content))])
  const packed = gzipSync(plain)
  outlet.head(200, {
    'Content-Type': item.mimeType ?? 'application/octet-stream',
    'Content-Encoding': 'gzip',
    'Content-Length': length === 'packed' ? packed.length : plain.length,
  })
  await outlet.write(packed.subarray(0, length === 'packed' ? packed.length : plain.length))
  if (length === 'packed' || packed.length >= plain.length) await outlet.end()
  else outlet.drop()
}

async function sendFile({ outlet, headers }: Exchange, item: OneDriveItem, wholly: boolean): Promise<void> {
  const content = item.served ?? item.content ?? new Uint8Array()
  const size = contentSize(content)
  const range = wholly ? undefined : parseRange(headers.range, size)
  const mimeType = item.mimeType ?? 'application/octet-stream'
  if (range === 'beyond') {
    outlet.head(416, { 'Content-Range': `bytes */${size}`, 'Content-Length': 0 })
    return outlet.end()
  }
  const [from, to] = range ?? [0, size]
  outlet.head(range === undefined ? 200 : 206, {
    'Content-Type': mimeType,
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'private, max-age=0',
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(item.name.toWellFormed())}`,
    ETag: `"{${item.id}},${item.contentVersion}"`,
    'Content-Length': to - from,
    ...(range === undefined ? {} : { 'Content-Range': `bytes ${from}-${to - 1}/${size}` }),
  })
  for (const piece of readContent(content, from, to)) if (!(await outlet.write(piece))) return
  await outlet.end()
}

/** One range as [from, to); undefined: none, or a form that servers ignore. https://www.rfc-editor.org/rfc/rfc9110#name-range */
function parseRange(header: string | undefined, size: number): [from: number, to: number] | 'beyond' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? []
  if (first === '' && last === '') return undefined
  if (first === '') return size === 0 || Number(last) === 0 ? 'beyond' : [Math.max(0, size - Number(last)), size]
  if (last !== '' && Number(last) < Number(first)) return undefined
  if (Number(first) >= size) return 'beyond'
  return [Number(first), last === '' ? size : Math.min(size, Number(last) + 1)]
}
