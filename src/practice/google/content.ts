import { createHash, hash } from 'node:crypto'
import { generated } from '../content/generated.ts'

/** Bytes given, or made from a seed while they are read, so that a file of any size costs no memory. */
export type Content = Uint8Array | { readonly size: number; readonly seed: number }

export type ContentHash = 'md5' | 'sha1' | 'sha256'

const pieceBytes = 256 * 1024

export function contentSize(content: Content): number {
  return content instanceof Uint8Array ? content.byteLength : content.size
}

/** Bytes `from` (inclusive) to `to` (exclusive), in pieces of at most 256 KiB. */
export function* readContent(content: Content, from = 0, to: number = contentSize(content)): Generator<Uint8Array> {
  if (!(content instanceof Uint8Array)) return yield* generated(content.size, content.seed).chunks(from, to)
  for (let at = from; at < to; at += pieceBytes) yield content.subarray(at, Math.min(to, at + pieceBytes))
}

/** The whole content in memory; for tests and small things. */
export function contentBytes(content: Content): Buffer {
  return Buffer.concat([...readContent(content)])
}

const ofBytes = new WeakMap<Uint8Array, Partial<Record<ContentHash, string>>>()
const ofSeeds = new Map<string, Partial<Record<ContentHash, string>>>()

function remembered(content: Content): Partial<Record<ContentHash, string>> {
  if (content instanceof Uint8Array) {
    const known = ofBytes.get(content) ?? {}
    ofBytes.set(content, known)
    return known
  }
  const key = `${content.size}:${content.seed}`
  const known = ofSeeds.get(key) ?? {}
  ofSeeds.set(key, known)
  return known
}

/** The checksum in lower-case hexadecimal if it is known or quickly made; undefined for something large, which {@link prepareChecksum} reads. */
export function knownChecksum(content: Content, algorithm: ContentHash): string | undefined {
  const known = remembered(content)
  if (known[algorithm] === undefined && contentSize(content) <= pieceBytes) {
    known[algorithm] = hash(algorithm, content instanceof Uint8Array ? content : contentBytes(content), 'hex')
  }
  return known[algorithm]
}

/** Reads a large content once for its checksum, letting other work in between; afterwards it is known. */
export async function prepareChecksum(content: Content, algorithm: ContentHash): Promise<string> {
  const known = knownChecksum(content, algorithm)
  if (known !== undefined) return known
  const digest = createHash(algorithm)
  let pieces = 0
  for (const piece of readContent(content)) {
    digest.update(piece)
    pieces += 1
    if (pieces % 16 === 0) await new Promise(setImmediate)
  }
  const value = digest.digest('hex')
  remembered(content)[algorithm] = value
  return value
}
