import type { Backend } from './rclone.ts'
import { makeSmallFiles } from './tree.ts'
import { benchWebdavCopying } from './webdav-copying.ts'

/** Many small files, where each one's overhead counts, and the run after that, which finds nothing to do. */
export async function benchSmallFiles({
  rounds,
  peers,
  count,
}: {
  rounds: number
  peers: readonly Backend[]
  count: number
}): Promise<void> {
  await benchWebdavCopying({
    title: `WebDAV over TLS, ${count} files of 4 to 40 KB`,
    rounds,
    peers,
    make: (folder) => makeSmallFiles(folder, count),
    again: true,
  })
}
