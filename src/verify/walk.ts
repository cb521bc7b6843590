import { opendir } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Everything below `folder` of `root` that is no folder, as paths relative to `root`, in Unicode's form C (HFS+ hands out form D).
 * Links are not followed. A folder that is not there holds nothing; one that cannot be read is handed to `onUnreadable`.
 */
export async function* walk(
  root: string,
  folder: string,
  onUnreadable: (path: string, error: unknown) => void,
): AsyncIterable<{ readonly path: string; readonly isFile: boolean }> {
  const folders = [folder]
  for (let current = folders.pop(); current !== undefined; current = folders.pop()) {
    try {
      for await (const entry of await opendir(join(root, current))) {
        const path = `${current}/${entry.name}`
        if (entry.isDirectory()) folders.push(path)
        else yield { path: path.normalize('NFC'), isFile: entry.isFile() }
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') onUnreadable(current, error)
    }
  }
}
