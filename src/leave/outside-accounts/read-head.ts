import { closeSync, openSync, readSync } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Archive } from '../../archive/archive.ts'

/** Bytes. Headers of real mail are some kilobytes, and what a service has to say stands at the beginning, in front of what is attached. */
export const headBytes = 128 * 1024

/** The first bytes of a file, in a buffer that the next call writes over; undefined where the file is missing or cannot be read. */
export function createHeadReader(archive: Archive): (path: string) => Promise<Buffer | undefined> {
  const buffer = Buffer.allocUnsafe(headBytes)
  return async (path) => {
    const file = archive.absolute(path)
    try {
      const length = await archive.disk.step(
        () => {
          const handle = openSync(file, 'r')
          try {
            return readSync(handle, buffer, 0, headBytes, 0)
          } finally {
            closeSync(handle)
          }
        },
        async () => {
          const handle = await open(file, 'r')
          try {
            return (await handle.read(buffer, 0, headBytes, 0)).bytesRead
          } finally {
            await handle.close()
          }
        },
      )
      return buffer.subarray(0, length)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      // Too many open files is nothing about this one.
      if (code === undefined || code === 'EMFILE' || code === 'ENFILE') throw error
      return undefined
    }
  }
}
