import { createHash, type Hash } from 'node:crypto'
import { close, constants, fdatasync, ftruncate, futimes, open, read, rm, write } from 'node:fs'
import { promisify } from 'node:util'
import type { Checksum, ChecksumAlgorithm } from '../core/checksum.ts'
import { Failure } from '../core/failure.ts'

const openFile = promisify(open)
const closeFile = promisify(close)
const writeFile = promisify(write) as unknown as (
  fd: number,
  buffer: Uint8Array,
  offset: number,
  length: number,
  position: number,
) => Promise<number>
const readFile = promisify(read) as unknown as (
  fd: number,
  buffer: Uint8Array,
  offset: number,
  length: number,
  position: number,
) => Promise<number>
const truncateFile = promisify(ftruncate)
const syncFile = promisify(fdatasync)
const setTimes = promisify(futimes)
const removeFile = promisify(rm) as (file: string, options: { force: boolean }) => Promise<void>

/** Bytes gathered before they are hashed and written: 64 KiB to 1 MiB were measured alike, one write for each network chunk is dear. */
const gather = 256 * 1024

/** What was really written. */
export interface Proof {
  readonly bytes: number
  /** Lower-case hexadecimal. */
  readonly sha256: string
  /** The provider's checksum that was compared. */
  readonly checksum?: Checksum
}

export interface Expected {
  readonly size?: number
  readonly checksums?: readonly Checksum[]
}

/** A file in the making, under a name of its own outside the payload. */
export interface Draft {
  readonly file: string
  /** Bytes taken so far. */
  readonly length: number
  append(chunk: Uint8Array): Promise<void>
  /** Makes what was taken so far durable; resolves with its length in bytes. */
  checkpoint(): Promise<number>
  /** Throws everything taken so far away. */
  restart(): Promise<void>
  /** All bytes are in. Throws a Failure of kind `corrupt` when size or checksum differ from what was expected. */
  finish(expected: Expected): Promise<Proof>
  /** Sets the modification time (ms) and makes the content durable. */
  seal(modified: number | undefined): Promise<void>
  close(): Promise<void>
  /** Closes and removes it. */
  discard(): Promise<void>
}

/** The strongest checksum that is given; one is compared, since each costs CPU and the strongest says it all. */
export function strongest(checksums: readonly Checksum[] | undefined): Checksum | undefined {
  const order: readonly ChecksumAlgorithm[] = ['sha512', 'sha256', 'sha1', 'md5']
  return order.map((algorithm) => checksums?.find((one) => one.algorithm === algorithm)).find((one) => one !== undefined)
}

/**
 * Opens a draft. With `keep` > 0 its first bytes, from an earlier run, stay (and are read once for the checksums); fewer are there: it starts again.
 * `also` is computed besides SHA-256.
 */
export async function openDraft(file: string, keep: number, also: ChecksumAlgorithm | undefined): Promise<Draft> {
  const algorithms: ChecksumAlgorithm[] =
    also === undefined || also === 'sha256' || also === 'quickxor' ? ['sha256'] : ['sha256', also]
  let hashes = start()
  // A ring of two: one is filled while the other is being written.
  let filling = Buffer.allocUnsafeSlow(0)
  let spare = filling
  let filled = 0
  let written = 0
  let writing: Promise<unknown> = Promise.resolve()
  let broken: unknown
  const handle = await openFile(file, constants.O_RDWR | constants.O_CREAT | (keep > 0 ? 0 : constants.O_TRUNC))
  if (keep > 0) await take(keep)

  function start(): Map<ChecksumAlgorithm, Hash> {
    return new Map(algorithms.map((algorithm) => [algorithm, createHash(algorithm)]))
  }

  /** Reads the kept bytes for the hashes. */
  async function take(length: number): Promise<void> {
    const buffer = Buffer.allocUnsafeSlow(gather)
    while (written < length) {
      const got = await readFile(handle, buffer, 0, Math.min(gather, length - written), written)
      if (got === 0) break
      for (const hash of hashes.values()) hash.update(buffer.subarray(0, got))
      written += got
    }
    if (written < length) {
      hashes = start()
      written = 0
    }
    await truncateFile(handle, written)
  }

  async function flush(): Promise<void> {
    if (filled === 0) return
    const chunk = filling.subarray(0, filled)
    for (const hash of hashes.values()) hash.update(chunk)
    await writing
    if (broken !== undefined) throw broken
    const position = written
    written += filled
    filled = 0
    ;[filling, spare] = [spare, filling]
    writing = writeAll(chunk, position).catch((error: unknown) => {
      broken = error
    })
  }

  async function writeAll(chunk: Buffer, position: number): Promise<void> {
    for (let done = 0; done < chunk.length; ) done += await writeFile(handle, chunk, done, chunk.length - done, position + done)
  }

  async function settle(): Promise<void> {
    await flush()
    await writing
    if (broken !== undefined) throw broken
  }

  return {
    file,
    get length() {
      return written + filled
    },
    async append(chunk) {
      for (let taken = 0; taken < chunk.length; ) {
        if (filling.length === 0) filling = Buffer.allocUnsafeSlow(gather)
        const part = Math.min(chunk.length - taken, gather - filled)
        filling.set(taken === 0 && part === chunk.length ? chunk : chunk.subarray(taken, taken + part), filled)
        filled += part
        taken += part
        if (filled === gather) await flush()
      }
    },
    async checkpoint() {
      await settle()
      await syncFile(handle)
      return written
    },
    async restart() {
      filled = 0
      await writing
      broken = undefined
      written = 0
      hashes = start()
      await truncateFile(handle, 0)
    },
    async finish({ size, checksums }) {
      await settle()
      if (size !== undefined && written !== size) {
        throw new Failure('corrupt', `${written} bytes arrived where ${size} were announced`, {
          hint: 'run the same command again',
        })
      }
      const wanted = strongest(checksums)
      const values = new Map([...hashes].map(([algorithm, hash]) => [algorithm, hash.copy().digest('hex')]))
      if (wanted !== undefined && values.has(wanted.algorithm) && values.get(wanted.algorithm) !== wanted.value.toLowerCase()) {
        throw new Failure('corrupt', `the ${wanted.algorithm} checksum of what arrived is not the one that the provider states`, {
          hint: 'run the same command again',
        })
      }
      return {
        bytes: written,
        sha256: values.get('sha256')!,
        ...(wanted !== undefined && values.has(wanted.algorithm) && { checksum: wanted }),
      }
    },
    async seal(modified) {
      if (modified !== undefined) await setTimes(handle, modified / 1000, modified / 1000)
      await syncFile(handle)
    },
    async close() {
      await writing
      await closeFile(handle)
    },
    async discard() {
      await writing
      await closeFile(handle)
      await removeFile(file, { force: true })
    },
  }
}
