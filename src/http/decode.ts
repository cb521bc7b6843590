import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import {
  type BrotliOptions,
  brotliDecompress,
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  inflate,
  unzip,
  type ZlibOptions,
} from 'node:zlib'
import { Failure } from '../core/failure.ts'
import type { Body } from './body.ts'

/** The codings that we can undo, as Accept-Encoding. */
export const decodable = 'gzip, deflate, br'

/**
 * The coding to undo, if any. Where the request asked for `identity`, a coding belongs to the thing itself (servers label *.tar.gz so) and its
 * bytes are handed on as they are, as their length and ranges count them: https://www.rfc-editor.org/rfc/rfc9110#section-8.4
 */
export function codingOf(
  answer: Readonly<Record<string, string>>,
  request: Readonly<Record<string, string>>,
): Coding | undefined {
  const coding = answer['content-encoding']?.trim().toLowerCase()
  if (coding === undefined || coding === '' || coding === 'identity' || request['accept-encoding'] === 'identity')
    return undefined
  const known = codings[coding]
  if (known === undefined) throw new Failure('corrupt', `the answer is packed in a way that was not asked for: ${coding}`)
  return known
}

/**
 * The pieces in which so many packed bytes are unpacked: a page of a listing in few of them, since each is an allocation and all are copied into one at
 * the end (Node's own 16 KiB make 40 of them); a small answer in one of about its size. JSON shrinks to a sixth.
 */
const pieceBytes = (packed: number) => Math.min(256 * 1024, Math.max(1024, packed * 6))

export type Coding = 'gzip' | 'deflate' | 'br'
const codings: Readonly<Record<string, Coding>> = { gzip: 'gzip', 'x-gzip': 'gzip', deflate: 'deflate', br: 'br' }

/** Unpacks a whole body. `partial`: as much as there is, for the beginning of a longer one. Throws a Failure of kind `corrupt`. */
export async function decodeWhole(
  bytes: Uint8Array,
  coding: Coding,
  limits: { most: number; partial?: boolean },
): Promise<Uint8Array> {
  if (bytes.byteLength === 0) return bytes
  const zlib: ZlibOptions = {
    chunkSize: pieceBytes(bytes.byteLength),
    maxOutputLength: limits.most,
    ...(limits.partial && { finishFlush: constants.Z_SYNC_FLUSH }),
  }
  const brotli: BrotliOptions = {
    maxOutputLength: limits.most,
    ...(limits.partial && { finishFlush: constants.BROTLI_OPERATION_FLUSH }),
  }
  try {
    if (coding === 'gzip') return await unpackGzip(bytes, zlib)
    if (coding === 'deflate') return await unpackDeflate(bytes, zlib)
    return await unpackBrotli(bytes, brotli)
  } catch (cause) {
    throw damaged(coding, cause)
  }
}

const unpackGzip = promisify<Uint8Array, ZlibOptions, Buffer>(unzip)
const unpackDeflate = promisify<Uint8Array, ZlibOptions, Buffer>(inflate)
const unpackBrotli = promisify<Uint8Array, BrotliOptions, Buffer>(brotliDecompress)

/** Unpacks a body as it comes. */
export function decodeBody(body: Body, coding: Coding): Body {
  const unpacker = coding === 'gzip' ? createGunzip() : coding === 'deflate' ? createInflate() : createBrotliDecompress()
  const source = Readable.from(body, { objectMode: false })
  // A failure of the source reaches the reader as it is; one of the unpacker is a damaged answer.
  source.on('error', (error) => unpacker.destroy(error))
  unpacker.on('close', () => source.destroy())
  unpacker.on('error', () => {})
  return {
    async *[Symbol.asyncIterator]() {
      try {
        yield* source.pipe(unpacker)
      } catch (error) {
        if (source.errored === null && error instanceof Error && 'errno' in error) throw damaged(coding, error)
        throw error
      }
    },
    cancel: () => {
      source.destroy()
      unpacker.destroy()
      body.cancel()
    },
    onClosed: body.onClosed,
  }
}

const damaged = (coding: Coding, cause: unknown) =>
  new Failure('corrupt', `the answer could not be unpacked (${coding})`, { cause })
