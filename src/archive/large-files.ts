import { open, rm } from 'node:fs/promises'
import { Failure } from '../core/failure.ts'
import { largestOnFat } from './file-system.ts'

/** What systems say of a length that the file system cannot hold: https://man7.org/linux/man-pages/man2/truncate.2.html; Windows has several words for it. */
const tooLong = new Set(['EFBIG', 'EINVAL', 'UNKNOWN'])

/**
 * Whether a disk whose file system the system does not name can hold a file larger than FAT32 can, found out by giving an empty one that length; `file` is where,
 * and is not there afterwards. Most disks do that at once; one that knows no holes writes 4 GB of nothing, so it is asked only where such a file is to come.
 * Throws a Failure of kind `disk` where it refuses for another reason.
 */
export async function holdsLargeFiles(file: string, platform: NodeJS.Platform): Promise<boolean> {
  try {
    const handle = await open(file, 'w')
    try {
      await handle.truncate(largestOnFat + 1)
      return true
    } finally {
      await handle.close()
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    // There is room: that was looked at before.
    if (tooLong.has(code) || (platform === 'win32' && code === 'ENOSPC')) return false
    throw Failure.from(error)
  } finally {
    await rm(file, { force: true })
  }
}
