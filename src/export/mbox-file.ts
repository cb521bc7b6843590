import { open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { syncFolder } from './sync-folder.ts'

const gather = 1024 * 1024

/** A file in the making: it grows message by message, and can take back the last one. Its final name comes with `finish`. */
export type MboxFile = Awaited<ReturnType<typeof createMboxFile>>

export async function createMboxFile(file: string) {
  // Beside the final name, so that the rename stays on one disk; what a crash left is written over.
  const draft = path.join(path.dirname(file), `.${path.basename(file)}.part`)
  const handle = await open(draft, 'w')
  const buffer = Buffer.allocUnsafeSlow(gather)
  let filled = 0
  let written = 0
  let start = 0

  async function flush(): Promise<void> {
    for (let done = 0; done < filled; ) done += (await handle.write(buffer, done, filled - done, written + done)).bytesWritten
    written += filled
    filled = 0
  }

  return {
    get length() {
      return written + filled
    },
    /** A message begins. */
    begin(): void {
      start = written + filled
    },
    async append(chunk: Uint8Array): Promise<void> {
      for (let taken = 0; taken < chunk.length; ) {
        const part = Math.min(chunk.length - taken, gather - filled)
        buffer.set(chunk.subarray(taken, taken + part), filled)
        filled += part
        taken += part
        if (filled === gather) await flush()
      }
    },
    /** Everything since `begin` is forgotten. */
    async takeBack(): Promise<void> {
      if (start < written) {
        await handle.truncate(start)
        written = start
        filled = 0
      } else filled = start - written
    },
    /** Safe on disk, and then under its final name. */
    async finish(): Promise<void> {
      await flush()
      await handle.sync()
      await handle.close()
      await rename(draft, file)
      await syncFolder(path.dirname(file))
    },
    async discard(): Promise<void> {
      await handle.close().catch(() => undefined)
      await rm(draft, { force: true })
    },
  }
}
