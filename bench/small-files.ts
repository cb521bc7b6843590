import { benchCopying } from './copying.ts'
import { makeSmallFiles } from './tree.ts'

/** Many small files, where each one's overhead counts, and the run after that, which finds nothing to do. */
export async function benchSmallFiles({ rounds, count }: { rounds: number; count: number }): Promise<void> {
  await benchCopying({
    title: `WebDAV over TLS, ${count} files of 4 to 40 KB`,
    rounds,
    make: (folder) => makeSmallFiles(folder, count),
    again: true,
  })
}
