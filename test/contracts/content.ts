import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import type { ChecksumAlgorithm } from '../../src/core/checksum.ts'
import { Failure } from '../../src/core/failure.ts'
import type { Content } from '../../src/core/source.ts'

export const text = (words: string) => Buffer.from(words)

/** Bytes that differ at every place, so that a wrong offset shows. */
export function pattern(length: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let state = seed * 2654435761 + 1
  for (let index = 0; index < length; index++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    bytes[index] = state >>> 24
  }
  return bytes
}

export async function drain(content: Content): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of content.bytes) chunks.push(Uint8Array.from(chunk))
  return Buffer.concat(chunks)
}

export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const outcome = await work.then(
    () => 'nothing thrown',
    (error: unknown) => error,
  )
  expect(outcome, 'a Failure and nothing else').toBeInstanceOf(Failure)
  return outcome as Failure
}

export async function expectSoon(work: Promise<unknown>, stop: AbortController): Promise<void> {
  const started = performance.now()
  stop.abort(new Error('stopped by the person'))
  await expect(work).rejects.toThrow('stopped by the person')
  expect(performance.now() - started).toBeLessThan(1000)
}

/** Undefined for what Node cannot compute. */
export function hash(algorithm: ChecksumAlgorithm, bytes: Uint8Array): string | undefined {
  return algorithm === 'quickxor' ? undefined : createHash(algorithm).update(bytes).digest('hex')
}
