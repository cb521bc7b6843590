/** The checksum algorithms that providers state. `sha256` is always computed besides. */
export type ChecksumAlgorithm = 'md5' | 'sha1' | 'sha256' | 'sha512' | 'quickxor'

/** A provider's claim about bytes. `value` is lower-case hexadecimal whatever form the provider uses. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm
  readonly value: string
}
