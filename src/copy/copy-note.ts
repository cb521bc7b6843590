import { readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { z } from 'zod'
import type { Archive } from '../archive/archive.ts'

const schema = z.object({
  /** The mark of the archive that it is a copy of. */
  of: z.string(),
  complete: z.boolean(),
  /** The last run of the archive when the copy was complete: a later one in the copy's own journal was made there. */
  run: z.number(),
})

/** What a copy says of itself, in `.holdall/copy.json`. */
export type CopyNote = z.infer<typeof schema>

const file = '.holdall/copy.json'

/** Undefined: the folder is no copy. Throws what the file system throws; a note that cannot be read counts as one of a copy of something else. */
export function readCopyNote(archive: Pick<Archive, 'absolute'>): CopyNote | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(archive.absolute(file), 'utf8')))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    if (code !== undefined) throw error
    return { of: '', complete: false, run: 0 }
  }
}

/** Durable when it returns. */
export async function writeCopyNote(archive: Archive, note: CopyNote): Promise<void> {
  const handle = await open(archive.absolute(`${file}.new`), 'w')
  try {
    await handle.writeFile(`${JSON.stringify(note)}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await archive.rename(`${file}.new`, file)
  await archive.syncFolder('.holdall')
}
