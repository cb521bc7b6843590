/** The checksum algorithms that providers state. `sha256` is always computed besides. */
export type ChecksumAlgorithm = 'md5' | 'sha1' | 'sha256' | 'sha512' | 'quickxor'

/** A provider's claim about bytes. `value` is lower-case hexadecimal whatever form the provider uses. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm
  readonly value: string
}

/** The strongest checksum that is given; one is compared, since each costs CPU and the strongest says it all. */
export function strongest(checksums: readonly Checksum[] | undefined): Checksum | undefined {
  const order: readonly ChecksumAlgorithm[] = ['sha512', 'sha256', 'sha1', 'md5', 'quickxor']
  return order.map((algorithm) => checksums?.find((one) => one.algorithm === algorithm)).find((one) => one !== undefined)
}
