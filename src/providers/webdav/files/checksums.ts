import type { Checksum, ChecksumAlgorithm } from '../../../core/checksum.ts'

const algorithms: Readonly<Record<string, { algorithm: ChecksumAlgorithm; digits: number }>> = {
  MD5: { algorithm: 'md5', digits: 32 },
  SHA1: { algorithm: 'sha1', digits: 40 },
  SHA256: { algorithm: 'sha256', digits: 64 },
  SHA512: { algorithm: 'sha512', digits: 128 },
}

/** The checksums that we can compute in `SHA1:… MD5:… ADLER32:…` (ownCloud's and Nextcloud's oc:checksums and OC-Checksum). */
export function parseChecksums(text: string): Checksum[] {
  const found: Checksum[] = []
  for (const word of text.split(/[\s,;]+/)) {
    const colon = word.indexOf(':')
    const known = algorithms[word.slice(0, colon).toUpperCase().replace('-', '')]
    const value = word.slice(colon + 1).toLowerCase()
    if (known !== undefined && value.length === known.digits && /^[0-9a-f]+$/.test(value)) {
      found.push({ algorithm: known.algorithm, value })
    }
  }
  return found
}
