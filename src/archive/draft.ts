import { closeSync, constants, futimesSync, openSync, writeSync } from 'node:fs'
import type { Checksum, ChecksumAlgorithm } from '../core/checksum.ts'
import { strongest } from '../core/checksum.ts'
import { Failure } from '../core/failure.ts'
import { bufferBytes, createDisk, type Disk } from './disk.ts'
import { closeFile, openFile, readFile, removeFile, setTimes, syncFile, truncateFile, writeFile } from './file-calls.ts'
import { hashWhole, type RunningHash, startHash } from './running-hash.ts'

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
  /** Takes a copy of the bytes. A promise where the next ones must wait for the disk. */
  append(chunk: Uint8Array): Promise<void> | undefined
  /** Computes another checksum besides; what was written already is read once more for it. */
  compute(algorithm: ChecksumAlgorithm): Promise<void>
  /** Hands what was taken so far to the disk; resolves with its length in bytes and when it is durable. Appending may go on meanwhile. */
  checkpoint(): Promise<{ readonly length: number; readonly durable: Promise<void> }>
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

/**
 * Opens a draft. With `keep` > 0 its first bytes, from an earlier run, stay (and are read once for the checksums); fewer are there: it starts again.
 * `also` is computed besides SHA-256. The file comes into being when the first buffer is full, or all bytes are in.
 */
export async function openDraft(
  file: string,
  keep: number,
  also: ChecksumAlgorithm | undefined,
  disk: Disk = createDisk(),
): Promise<Draft> {
  const algorithms: ChecksumAlgorithm[] = also === undefined || also === 'sha256' ? ['sha256'] : ['sha256', also]
  /** Of the bytes written; undefined: they were not hashed so that one could go on, or not in every way. */
  let hashes: Map<ChecksumAlgorithm, RunningHash> | undefined = start()
  let handle: number | undefined
  let filling: Buffer | undefined
  let filled = 0
  let written = 0
  // One buffer is filled while another is being written.
  let writing: Promise<void> | undefined
  let broken: unknown
  if (keep > 0) {
    handle = await openFile(file, constants.O_RDWR | constants.O_CREAT)
    await take(keep)
  }

  function start(): Map<ChecksumAlgorithm, RunningHash> {
    return new Map(algorithms.map((algorithm) => [algorithm, startHash(algorithm)]))
  }

  /** Reads the first bytes for the hashes. */
  async function take(length: number): Promise<void> {
    const buffer = disk.borrow()
    hashes = start()
    written = 0
    while (written < length) {
      const got = await readFile(handle!, buffer, 0, Math.min(bufferBytes, length - written), written)
      if (got === 0) break
      for (const hash of hashes.values()) hash.update(buffer.subarray(0, got))
      written += got
    }
    disk.giveBack(buffer)
    if (written < length) {
      hashes = start()
      written = 0
    }
    await truncateFile(handle!, written)
  }

  async function create(): Promise<number> {
    const flags = constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC
    return disk.step(
      () => openSync(file, flags),
      () => openFile(file, flags),
    )
  }

  async function flush(): Promise<void> {
    if (filling === undefined) return
    if (hashes === undefined) await take(written)
    const chunk = filling.subarray(0, filled)
    for (const hash of hashes!.values()) hash.update(chunk)
    await put(filling, filled)
  }

  /** Writes the buffer that is being filled; it is given back when the disk has it. */
  async function put(buffer: Buffer, length: number): Promise<void> {
    handle ??= await create()
    await writing
    if (broken !== undefined) throw broken
    const position = written
    written += length
    filled = 0
    filling = undefined
    const underWay = begin(buffer, length, position)
    if (underWay === undefined) return disk.giveBack(buffer)
    writing = underWay.then(
      () => disk.giveBack(buffer),
      (error: unknown) => {
        broken = error
      },
    )
  }

  /** Undefined: it is written already. */
  function begin(buffer: Buffer, length: number, position: number): Promise<void> | undefined {
    try {
      const done = disk.step(
        () => writeAllNow(handle!, buffer, length, position),
        () => writeAll(handle!, buffer, length, position),
      )
      return done instanceof Promise ? done : undefined
    } catch (error) {
      broken = error
      throw error
    }
  }

  async function settle(): Promise<void> {
    await flush()
    await writing
    if (broken !== undefined) throw broken
  }

  /** All of a small file, still in its buffer: one step of each kind. */
  async function putWhole(): Promise<Map<ChecksumAlgorithm, string>> {
    const whole = filling?.subarray(0, filled) ?? new Uint8Array(0)
    const values = new Map(algorithms.map((algorithm) => [algorithm, hashWhole(algorithm, whole)]))
    hashes = undefined
    if (filling === undefined) handle = await create()
    else await put(filling, filled)
    await writing
    if (broken !== undefined) throw broken
    return values
  }

  function drop(): void {
    if (filling !== undefined) disk.giveBack(filling)
    filling = undefined
    filled = 0
  }

  return {
    file,
    get length() {
      return written + filled
    },
    append(chunk) {
      filling ??= disk.borrow()
      if (filled + chunk.length < bufferBytes) {
        filling.set(chunk, filled)
        filled += chunk.length
        return undefined
      }
      return appendInParts(chunk)
    },
    async compute(algorithm) {
      if (algorithms.includes(algorithm)) return
      algorithms.push(algorithm)
      await writing
      hashes = written === 0 ? start() : undefined
    },
    async checkpoint() {
      await settle()
      const length = written
      const durable = handle === undefined ? Promise.resolve() : syncFile(handle)
      // Whoever waits for it hears of it; nobody may be waiting any more.
      durable.catch(() => {})
      return { length, durable }
    },
    async restart() {
      drop()
      await writing
      broken = undefined
      written = 0
      hashes = start()
      if (handle !== undefined) await truncateFile(handle, 0)
    },
    async finish({ size, checksums }) {
      const values = handle === undefined ? await putWhole() : await digests()
      if (size !== undefined && written !== size) {
        throw new Failure('corrupt', `${written} bytes arrived where ${size} were announced`, {
          hint: 'run the same command again',
        })
      }
      const wanted = strongest(checksums)
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
      const seconds = modified === undefined ? undefined : modified / 1000
      if (seconds !== undefined)
        await disk.step(
          () => futimesSync(handle!, seconds, seconds),
          () => setTimes(handle!, seconds, seconds),
        )
      await syncFile(handle!)
    },
    close,
    async discard() {
      await close()
      await removeFile(file, { force: true })
    },
  }

  async function close(): Promise<void> {
    drop()
    await writing
    if (handle === undefined) return
    const closing = handle
    handle = undefined
    await disk.step(
      () => closeSync(closing),
      () => closeFile(closing),
    )
  }

  async function appendInParts(chunk: Uint8Array): Promise<void> {
    for (let taken = 0; taken < chunk.length; ) {
      filling ??= disk.borrow()
      const part = Math.min(chunk.length - taken, bufferBytes - filled)
      filling.set(chunk.subarray(taken, taken + part), filled)
      filled += part
      taken += part
      if (filled === bufferBytes) await flush()
    }
  }

  async function digests(): Promise<Map<ChecksumAlgorithm, string>> {
    await settle()
    if (hashes === undefined) await take(written)
    return new Map([...hashes!].map(([algorithm, hash]) => [algorithm, hash.digest()]))
  }
}

async function writeAll(handle: number, buffer: Buffer, length: number, position: number): Promise<void> {
  try {
    for (let done = 0; done < length; ) done += await writeFile(handle, buffer, done, length - done, position + done)
  } catch (error) {
    throw tooLarge(error)
  }
}

function writeAllNow(handle: number, buffer: Buffer, length: number, position: number): void {
  try {
    for (let done = 0; done < length; ) done += writeSync(handle, buffer, done, length - done, position + done)
  } catch (error) {
    throw tooLarge(error)
  }
}

/** A limit of the disk's that nobody knew before: this file has to be left, and no other. */
function tooLarge(error: unknown): unknown {
  if ((error as NodeJS.ErrnoException).code !== 'EFBIG') return error
  return new Failure('disk', 'it is larger than a file on this disk can be', {
    hint: 'use a disk formatted as exFAT, NTFS, APFS or ext4',
    stops: 'item',
    cause: error,
  })
}
