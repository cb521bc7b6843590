import { randomBytes, randomFillSync } from 'node:crypto'
import { mkdir, open, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What is to be copied. */
export interface Tree {
  readonly files: number
  readonly bytes: number
}

/** `count` files of `bytes` each, of random content. */
export async function makeLargeFiles(folder: string, count: number, bytes: number): Promise<Tree> {
  const chunk = randomBytes(4 * 1024 * 1024)
  for (let n = 1; n <= count; n++) {
    const handle = await open(join(folder, `large ${n}.bin`), 'w', 0o644)
    for (let left = bytes; left > 0; left -= chunk.length) {
      randomFillSync(chunk, 0, 64)
      await handle.write(chunk, 0, Math.min(left, chunk.length))
    }
    await handle.close()
  }
  return { files: count, bytes: count * bytes }
}

/** `count` files of 4 to 40 KB, a hundred in a folder; the sizes are the same in every run. */
export async function makeSmallFiles(folder: string, count: number): Promise<Tree> {
  const content = randomBytes(40_000)
  let bytes = 0
  for (let n = 0; n < count; n++) {
    const inner = join(folder, `folder ${String(Math.floor(n / 100)).padStart(4, '0')}`)
    if (n % 100 === 0) await mkdir(inner)
    const size = 4000 + ((n * 7919) % 36_001)
    randomFillSync(content, 0, 16)
    await writeFile(join(inner, `file ${String(n).padStart(6, '0')}.bin`), content.subarray(0, size))
    bytes += size
  }
  return { files: count, bytes }
}

/** Throws where a program that said it was done left a folder with less than all. Its own files may be there too. */
export async function expectTree(name: string, folder: string, tree: Tree): Promise<void> {
  const found = { files: 0, bytes: 0 }
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    found.files += 1
    found.bytes += (await stat(join(entry.parentPath, entry.name))).size
  }
  if (found.files < tree.files || found.bytes < tree.bytes)
    throw new Error(`${name} brought ${found.files} files of ${tree.files} and ${found.bytes} bytes of ${tree.bytes}`)
}
