import { crc32 } from 'node:zlib'
import { type Entry, openPromise, type ZipFile } from 'yauzl'

/** Compression methods that we can undo: stored and deflated. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT 4.4.5 */
const methods = new Set([0, 8])

/**
 * Reads every entry of a ZIP file (office documents are such) and compares its CRC-32 and size; resolves with what is wrong, or undefined.
 * Throws what the file system throws. Memory stays the same whatever the size; entries that share bytes, with which a small file unpacks for ever, are refused.
 */
export async function inspectZip(file: string): Promise<string | undefined> {
  let zip: ZipFile | undefined
  try {
    zip = await openPromise(file, { autoClose: false, lazyEntries: true, validateEntrySizes: true, decodeStrings: true })
    if (zip.entryCount === 0) return 'a ZIP file that holds nothing'
    let packed = 0
    for await (const entry of zip.eachEntry()) {
      packed += entry.compressedSize
      if (packed > zip.fileSize) return 'a ZIP file whose entries overlap'
      const wrong = await inspectEntry(zip, entry)
      if (wrong !== undefined) return `a damaged ZIP file: its entry ${JSON.stringify(entry.fileName.slice(0, 200))} ${wrong}`
    }
    return undefined
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw error
    return `a damaged ZIP file: ${error instanceof Error ? error.message : String(error)}`
  } finally {
    zip?.close()
  }
}

async function inspectEntry(zip: ZipFile, entry: Entry): Promise<string | undefined> {
  if (entry.fileName.endsWith('/')) return undefined
  if (entry.isEncrypted()) return 'is encrypted and cannot be checked'
  if (!methods.has(entry.compressionMethod)) return `is packed by method ${entry.compressionMethod} and cannot be checked`
  let crc = 0
  try {
    for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) crc = crc32(chunk, crc)
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw error
    return `cannot be unpacked: ${error instanceof Error ? error.message : String(error)}`
  }
  return crc === entry.crc32 ? undefined : 'does not have the checksum that it should'
}
