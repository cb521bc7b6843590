import type { Backend } from './rclone.ts'
import { makeLargeFiles } from './tree.ts'
import { benchWebdavCopying } from './webdav-copying.ts'

/** A few large files: what counts is CPU and time for each byte. `size` in MB (10^6 bytes) for each file. */
export async function benchLargeFiles({
  rounds,
  peers,
  count,
  size,
}: {
  rounds: number
  peers: readonly Backend[]
  count: number
  size: number
}): Promise<void> {
  await benchWebdavCopying({
    title: `WebDAV over TLS, ${count} files of ${size} MB`,
    rounds,
    peers,
    make: (folder) => makeLargeFiles(folder, count, size * 1e6),
    again: false,
  })
}
