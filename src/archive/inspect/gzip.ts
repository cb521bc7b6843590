import { createReadStream } from 'node:fs'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'

/** Unpacks a gzip file to nowhere, which compares its CRC-32 and length; resolves with what is wrong, or undefined. Throws what the file system throws. */
export async function inspectGzip(file: string): Promise<string | undefined> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  try {
    await pipeline(createReadStream(file), createGunzip(), nowhere)
    return undefined
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw error
    return `a damaged gzip file: ${error instanceof Error ? error.message : String(error)}`
  }
}
