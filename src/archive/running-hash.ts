import { createHash, hash } from 'node:crypto'
import type { ChecksumAlgorithm } from '../core/checksum.ts'
import { createQuickXor } from './quick-xor.ts'

/** A checksum of bytes as they come. */
export interface RunningHash {
  update(bytes: Uint8Array): void
  /** Of all bytes so far, lower-case hexadecimal; more may follow. */
  digest(): string
}

export function startHash(algorithm: ChecksumAlgorithm): RunningHash {
  if (algorithm === 'quickxor') return createQuickXor()
  const running = createHash(algorithm)
  return { update: (bytes) => void running.update(bytes), digest: () => running.copy().digest('hex') }
}

/** The checksum of bytes that are all there, which costs less than the same by steps. */
export function hashWhole(algorithm: ChecksumAlgorithm, bytes: Uint8Array): string {
  if (algorithm !== 'quickxor') return hash(algorithm, bytes, 'hex')
  const whole = createQuickXor()
  whole.update(bytes)
  return whole.digest()
}
