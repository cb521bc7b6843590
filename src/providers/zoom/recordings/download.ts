import { Failure } from '../../../core/failure.ts'
import type { Content, FetchOptions } from '../../../core/source.ts'
import type { HttpResponse, Transport } from '../../../core/transport.ts'
import { etagIn, lengthOf, rangeOf, versionOf } from './byte-range.ts'
import { withoutError } from './error-message.ts'
import { isWebPage, readPage, type WebPage } from './web-page.ts'

/**
 * Begins to download from an address that a listing names, which redirects to signed storage: the token goes to the first alone, since the transport
 * leaves it behind with every other origin; the range goes to both, and the storage honours it. A page or an error message instead of bytes comes back as
 * what it is.
 * Throws a Failure.
 */
export async function download(
  { transport }: { readonly transport: Pick<Transport, 'send'> },
  url: string,
  { from, version, signal }: FetchOptions,
  /** Of the budget of downloads. */
  cost = 1,
): Promise<Content | WebPage> {
  const ask = (range: { from: number; version: string } | undefined) =>
    transport.send({
      method: 'GET',
      url,
      headers: {
        // Packed, length and ranges would not be those of the file.
        'accept-encoding': 'identity',
        ...(range !== undefined && { range: `bytes=${range.from}-`, 'if-range': etagIn(range.version) }),
      },
      budget: 'downloads',
      cost,
      expects: 'stream',
      accepts: [416],
      signal,
    })
  const range = from > 0 && version !== undefined ? { from, version } : undefined
  let answer = await ask(range)
  if (answer.status === 206 && range !== undefined) {
    const stated = rangeOf(answer)
    const now = versionOf(answer, stated?.total)
    if (stated?.start === range.from && now === range.version)
      return { bytes: answer.body, from: range.from, size: stated.total, version: now }
  }
  if (answer.status !== 200) {
    answer.cancel()
    answer = await ask(undefined)
  }
  if (answer.status !== 200) {
    answer.cancel()
    throw new Failure('corrupt', `Zoom’s storage answered with status ${answer.status} where the whole recording was due`)
  }
  if (isWebPage(answer)) return readPage(answer)
  const bytes = await withoutError(answer)
  return bytes === undefined ? 'error' : wholeOf(answer, bytes)
}

function wholeOf(answer: HttpResponse, bytes: Content['bytes']): Content {
  const size = lengthOf(answer)
  const version = versionOf(answer, size)
  return { bytes, from: 0, ...(size !== undefined && { size }), ...(version !== undefined && { version }) }
}
