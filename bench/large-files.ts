import { benchCopying } from './copying.ts'
import { makeLargeFiles } from './tree.ts'

/** A few large files: what counts is CPU and time for each byte. `size` in MB (10^6 bytes) for each file. */
export async function benchLargeFiles({ rounds, count, size }: { rounds: number; count: number; size: number }): Promise<void> {
  await benchCopying({
    title: `WebDAV over TLS, ${count} files of ${size} MB`,
    rounds,
    make: (folder) => makeLargeFiles(folder, count, size * 1e6),
    again: false,
  })
}
