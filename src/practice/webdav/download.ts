import type { IncomingHttpHeaders } from 'node:http'
import { gzipSync } from 'node:zlib'
import { generated } from '../content/generated.ts'
import { type Answer, plainAnswer } from './answer.ts'
import { mediaType } from './media-type.ts'
import { contentSize, type WebdavContent, type WebdavFile } from './model.ts'
import { etagOf, permissionsOf } from './properties.ts'
import type { WebdavQuirks } from './quirks.ts'
import { ifRangeHolds, readRange } from './range.ts'

/** GET or HEAD of a file, with its conditions (RFC 9110, 13) and ranges (14). */
export function download(file: WebdavFile, request: IncomingHttpHeaders, quirks: WebdavQuirks): Answer {
  if (!permissionsOf(file).includes('G')) return plainAnswer(403, 'No right to read this file')
  const etag = etagOf(file, quirks)
  const modified = file.modified.toUTCString()
  const headers: Record<string, string> = { 'last-modified': modified }
  if (etag !== undefined) headers.etag = etag
  if (!quirks.ignoreRange) headers['accept-ranges'] = 'bytes'
  const condition = conditionFails(request, etag, modified)
  if (condition === 412) return plainAnswer(412, 'The file is another one', headers)
  if (condition === 304) return { status: 304, headers }
  headers['content-type'] = mediaType(file)
  if (quirks.folderEtags && file.details.checksums !== undefined)
    headers['oc-checksum'] = file.details.checksums.split(' ')[0] ?? ''
  if (quirks.gzip && /\bgzip\b/.test(String(request['accept-encoding'] ?? ''))) return zipped(file, headers)

  const size = contentSize(file.content)
  const asked = !quirks.ignoreRange && ifRangeHolds(request['if-range']?.toString(), etag, modified) ? request.range : undefined
  const range = readRange(asked, size)
  if (range.kind === 'none') return plainAnswer(416, 'Beyond the end', { ...headers, 'content-range': `bytes */${size}` })
  const { start, end } = range.kind === 'part' ? range : { start: 0, end: size }
  if (range.kind === 'part') headers['content-range'] = `bytes ${start}-${end - 1}/${size}`
  return {
    status: range.kind === 'part' ? 206 : 200,
    headers,
    length: quirks.noContentLength ? undefined : end - start,
    body: chunksOf(file.content, start, end),
  }
}

function chunksOf(content: WebdavContent, start: number, end: number): Iterable<Uint8Array> {
  if (content instanceof Uint8Array) return [content.subarray(start, end)]
  return generated(content.size, content.seed).chunks(start, end)
}

/** As Apache's mod_deflate: the etag gets a suffix, the length goes, ranges no longer apply. */
function zipped(file: WebdavFile, headers: Record<string, string>): Answer {
  const plain = Buffer.concat([...chunksOf(file.content, 0, contentSize(file.content))])
  const { 'accept-ranges': _, ...rest } = headers
  if (rest.etag) rest.etag = rest.etag.replace(/"$/, '-gzip"')
  return { status: 200, headers: { ...rest, 'content-encoding': 'gzip', vary: 'Accept-Encoding' }, body: [gzipSync(plain)] }
}

/** RFC 9110, 13.2.2, in its order; Last-Modified has whole seconds. */
function conditionFails(request: IncomingHttpHeaders, etag: string | undefined, modified: string): 304 | 412 | undefined {
  const list = (header: string) => header.split(',').map((tag) => tag.trim())
  const weak = (tag: string | undefined) => tag?.replace(/^W\//, '')
  const match = request['if-match']
  const noneMatch = request['if-none-match']
  const since = request['if-modified-since']
  const notSince = request['if-unmodified-since']
  if (match !== undefined) {
    const holds = match === '*' || (etag?.startsWith('"') === true && list(match).includes(etag))
    if (!holds) return 412
  } else if (notSince !== undefined && Date.parse(modified) > Date.parse(notSince)) return 412
  if (noneMatch !== undefined) {
    return noneMatch === '*' || list(noneMatch).some((tag) => etag !== undefined && weak(tag) === weak(etag)) ? 304 : undefined
  }
  return since !== undefined && Date.parse(modified) <= Date.parse(since) ? 304 : undefined
}
