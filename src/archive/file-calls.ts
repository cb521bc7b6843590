import { close, fdatasync, ftruncate, futimes, open, read, rm, write } from 'node:fs'
import { promisify } from 'node:util'

// Calls on file descriptors as promises: node:fs/promises has them on FileHandle only, whose every call costs more.

export const openFile = promisify(open)
export const closeFile = promisify(close)
/** How many bytes were really written: a disk that is nearly full takes a part, and says so only the next time. */
export const writeFile = (fd: number, buffer: Uint8Array, offset: number, length: number, position: number) =>
  new Promise<number>((resolve, reject) => {
    write(fd, buffer, offset, length, position, (error, bytes) => (error === null ? resolve(bytes) : reject(error)))
  })
export const readFile = (fd: number, buffer: Uint8Array, offset: number, length: number, position: number) =>
  new Promise<number>((resolve, reject) => {
    read(fd, buffer, offset, length, position, (error, bytes) => (error === null ? resolve(bytes) : reject(error)))
  })
export const truncateFile = promisify(ftruncate)
export const syncFile = promisify(fdatasync)
export const setTimes = promisify(futimes)
export const removeFile = promisify(rm) as (file: string, options: { force: boolean }) => Promise<void>
