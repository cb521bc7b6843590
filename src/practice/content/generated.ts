import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'

const blockSize = 65_536
/** Bytes handed out at a time: large enough that streaming costs nothing, small enough that many streams stay cheap. */
const chunkSize = 4 * blockSize
const stampSize = 16
const noiseSize = 1_048_576
const noise = makeNoise()

/** Bytes that are computed, not held: any range of them at any time, the same for the same size and seed. */
export type Generated = {
  /** Bytes. */
  readonly size: number
  readonly seed: number
  /** The bytes from `start` up to, not including, `end` (defaults: all), in fresh chunks of up to 256 KB. */
  chunks(start?: number, end?: number): Generator<Uint8Array, void, undefined>
  /** The same range as one array. */
  bytes(start?: number, end?: number): Uint8Array
  /** The same range as a Node stream. */
  stream(start?: number, end?: number): Readable
  [Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined>
}

/**
 * Pseudo-random bytes that do not compress. Each 64 KB block is a window into 1 MB of noise, chosen by seed and block number,
 * and begins with a stamp of both, so that no two blocks of any two files are equal and a misplaced one shows.
 */
export function generated(size: number, seed: number): Generated {
  function* chunks(start = 0, end = size): Generator<Uint8Array, void, undefined> {
    const stop = Math.min(end, size)
    for (let at = Math.max(start, 0); at < stop; ) {
      const next = Math.min(stop, at - (at % chunkSize) + chunkSize)
      const chunk = Buffer.allocUnsafeSlow(next - at)
      fill(chunk, at, seed)
      yield chunk
      at = next
    }
  }
  function bytes(start = 0, end = size): Uint8Array {
    const from = Math.max(start, 0)
    const whole = Buffer.allocUnsafeSlow(Math.max(0, Math.min(end, size) - from))
    fill(whole, from, seed)
    return whole
  }
  return {
    size,
    seed,
    chunks,
    bytes,
    stream: (start, end) => Readable.from(chunks(start, end), { objectMode: false, highWaterMark: chunkSize }),
    async *[Symbol.asyncIterator]() {
      yield* chunks()
    },
  }
}

/** Writes the bytes that stand at `offset` of the file into all of `target`. */
function fill(target: Buffer, offset: number, seed: number): void {
  for (let at = 0; at < target.length; ) {
    const block = Math.floor((offset + at) / blockSize)
    const inside = (offset + at) % blockSize
    const length = Math.min(blockSize - inside, target.length - at)
    const window = windowOf(seed, block)
    noise.copy(target, at, window + inside, window + inside + length)
    if (inside < stampSize) stampOf(seed, block).copy(target, at, inside, Math.min(stampSize, inside + length))
    at += length
  }
}

function stampOf(seed: number, block: number): Buffer {
  const stamp = Buffer.allocUnsafe(stampSize)
  stamp.writeDoubleBE(seed, 0)
  stamp.writeDoubleBE(block, 8)
  return stamp
}

/** Noise by xorshift32 (Marsaglia, https://www.jstatsoft.org/article/view/v008i14): all windows of 64 KB lie inside. */
function makeNoise(): Buffer {
  const words = new Uint32Array((noiseSize + blockSize) / 4)
  let state = 0x2545f491
  for (let index = 0; index < words.length; index++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    words[index] = state
  }
  return Buffer.from(words.buffer)
}

/** Where the window of a block begins: a mix of seed and block number (the finaliser of MurmurHash3), below `noiseSize`. */
function windowOf(seed: number, block: number): number {
  let mixed = Math.imul(seed ^ Math.floor(seed / 2 ** 32), 0x9e3779b1) ^ Math.imul(block + 1, 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return ((mixed ^ (mixed >>> 16)) >>> 0) % noiseSize
}

export type DigestAlgorithm = 'md5' | 'sha1' | 'sha256'

/** Of sizes whose digest takes more than a moment. */
const digests = new Map<string, string>()
const worthRemembering = 1_048_576

/** Lower-case hex digest of the bytes that `generated(size, seed)` gives; remembered for large ones. */
export function generatedDigest(size: number, seed: number, algorithm: DigestAlgorithm): string {
  const key = `${algorithm} ${size} ${seed}`
  const known = digests.get(key)
  if (known !== undefined) return known
  const hash = createHash(algorithm)
  for (const chunk of generated(size, seed).chunks()) hash.update(chunk)
  const digest = hash.digest('hex')
  if (size >= worthRemembering) digests.set(key, digest)
  return digest
}
