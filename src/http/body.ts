import { Failure } from '../core/failure.ts'

/** The bytes of an answer. Read once, or given up by `cancel` or the iterator's `return`. */
export interface Body extends AsyncIterable<Uint8Array> {
  cancel(): void
  /** Calls `listener` once, as soon as the body was read to its end, broke, or was given up, or has none; at once if that was before. */
  onClosed(listener: () => void): void
}

/** What feeds a body. */
export interface BodyFeed {
  readonly body: Body
  /** False: take no more until `resume` was called. */
  push(chunk: Uint8Array): boolean
  end(): void
  /** What is here already is still read; then the reader gets `error`. */
  fail(error: unknown): void
  /** The reader gets `reason` at once. */
  abort(reason: unknown): void
}

export interface BodyOptions {
  resume(): void
  /** The receiver wants no more. */
  giveUp(): void
  /** A wait that each chunk has to sit out (the bandwidth). */
  meter?(bytes: number): Promise<void> | undefined
}

/** Chunks go from feed to reader as they are, uncopied; some wait in between so that the network does not stop with each one. */
export function createBody(options: BodyOptions): BodyFeed {
  const chunks: Uint8Array[] = []
  const listeners: (() => void)[] = []
  let waitingBytes = 0
  let paused = false
  let state: 'open' | 'ended' | 'failed' | 'closed' = 'open'
  let error: unknown
  let wake: (() => void) | undefined
  let taken = false

  const close = (outcome: 'read' | 'given up') => {
    if (state === 'closed') return
    const unfinished = state === 'open'
    state = 'closed'
    chunks.length = 0
    if (unfinished && outcome === 'given up') options.giveUp()
    wake?.()
    tell()
  }
  const tell = () => {
    for (const listener of listeners.splice(0)) listener()
  }
  const stop = (next: 'ended' | 'failed', reason?: unknown) => {
    if (state !== 'open') return
    state = next
    error = reason
    wake?.()
    if (next === 'failed' || chunks.length === 0) tell()
  }

  const next = async (): Promise<IteratorResult<Uint8Array, undefined>> => {
    for (;;) {
      const chunk = chunks.shift()
      if (chunk !== undefined) {
        waitingBytes -= chunk.byteLength
        if (paused && waitingBytes <= resumeBelow) {
          paused = false
          options.resume()
        }
        const wait = options.meter?.(chunk.byteLength)
        if (wait !== undefined) await wait
        return { done: false, value: chunk }
      }
      if (state === 'failed') throw error
      if (state !== 'open') {
        close('read')
        return { done: true, value: undefined }
      }
      await new Promise<void>((resolve) => {
        wake = resolve
      })
      wake = undefined
    }
  }
  const iterator: AsyncIterator<Uint8Array, undefined> = {
    next: () => next().catch(closeAndThrow),
    return: async () => {
      close('given up')
      return { done: true, value: undefined }
    },
  }
  const closeAndThrow = (reason: unknown): never => {
    close('given up')
    throw reason
  }

  return {
    body: {
      [Symbol.asyncIterator]() {
        if (taken) throw new Failure('bug', 'the body of an answer was read twice')
        taken = true
        return iterator
      },
      cancel: () => close('given up'),
      onClosed: (listener) => {
        if (state === 'closed' || state === 'failed' || (state === 'ended' && chunks.length === 0)) listener()
        else listeners.push(listener)
      },
    },
    push: (chunk) => {
      if (state !== 'open') return true
      chunks.push(chunk)
      waitingBytes += chunk.byteLength
      wake?.()
      paused = waitingBytes >= pauseAbove
      return !paused
    },
    end: () => stop('ended'),
    fail: (reason) => stop('failed', reason),
    abort: (reason) => {
      chunks.length = 0
      stop('failed', reason)
    },
  }
}

/** A body that is here already: the network has no more to do with it, whether it is read or not. */
export function readyBody(bytes: Uint8Array): Body {
  const feed = createBody({ resume: () => {}, giveUp: () => {} })
  if (bytes.byteLength > 0) feed.push(bytes)
  feed.end()
  return { ...feed.body, onClosed: (listener) => listener() }
}

const pauseAbove = 256 * 1024
const resumeBelow = 64 * 1024
