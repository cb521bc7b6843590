import { createHash } from 'node:crypto'
import { generated } from '../../content/generated.ts'
import { createQuickXor } from './quick-xor.ts'

/** Bytes given, or made from a seed while they are read, so that a file of any size costs no memory. */
export type Content = Uint8Array | { readonly size: number; readonly seed: number }

/** As OneDrive writes them. https://learn.microsoft.com/graph/api/resources/hashes */
export interface ContentHashes {
  /** Base64. */
  readonly quickXorHash: string
  /** Upper-case hexadecimal. */
  readonly sha1Hash: string
  readonly sha256Hash: string
}

const pieceBytes = 256 * 1024

export const contentSize = (content: Content): number => (content instanceof Uint8Array ? content.byteLength : content.size)

/** Bytes `from` (inclusive) to `to` (exclusive), in pieces of at most 256 KiB. */
export function* readContent(content: Content, from = 0, to: number = contentSize(content)): Generator<Uint8Array> {
  if (!(content instanceof Uint8Array)) return yield* generated(content.size, content.seed).chunks(from, to)
  for (let at = from; at < to; at += pieceBytes) yield content.subarray(at, Math.min(to, at + pieceBytes))
}

/** The whole content in memory; for tests and small things. */
export const contentBytes = (content: Content): Buffer => Buffer.concat([...readContent(content)])

const ofBytes = new WeakMap<Uint8Array, ContentHashes>()
const ofSeeds = new Map<string, ContentHashes>()

/** The real checksums of the content, each made when it is asked for first, and remembered. */
export function contentHashes(content: Content): ContentHashes {
  const key = content instanceof Uint8Array ? '' : `${content.size}:${content.seed}`
  const known = content instanceof Uint8Array ? ofBytes.get(content) : ofSeeds.get(key)
  if (known !== undefined) return known
  const made = lazyHashes(content)
  if (content instanceof Uint8Array) ofBytes.set(content, made)
  else ofSeeds.set(key, made)
  return made
}

function lazyHashes(content: Content): ContentHashes {
  const known = new Map<string, string>()
  const once = (name: string, make: () => string): string => {
    const value = known.get(name) ?? make()
    known.set(name, value)
    return value
  }
  const hexadecimal = (algorithm: string) => () => {
    const digest = createHash(algorithm)
    for (const piece of readContent(content)) digest.update(piece)
    return digest.digest('hex').toUpperCase()
  }
  return {
    get quickXorHash() {
      return once('quickXor', () => {
        const quickXor = createQuickXor()
        for (const piece of readContent(content)) quickXor.update(piece)
        return quickXor.digest()
      })
    },
    get sha1Hash() {
      return once('sha1', hexadecimal('sha1'))
    },
    get sha256Hash() {
      return once('sha256', hexadecimal('sha256'))
    },
  }
}
