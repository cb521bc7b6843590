import { mkdir, rm } from 'node:fs/promises'
import { platform } from 'node:os'
import { Failure } from '../core/failure.ts'
import { createArchive } from './archive.ts'
import { isSealed, putInPlace, sealing, tagManifest } from './bag.ts'
import { manifestLine, readManifest } from './manifest.ts'
import { writeTagFile } from './tag-file.ts'

/** A text file beside the payload, by its path relative to the archive; taken piece by piece. */
export interface TagPage {
  readonly path: string
  readonly text: Iterable<string> | AsyncIterable<string>
}

/**
 * Adds pages to a sealed bag, or replaces them, without touching payload and manifest: they are written beside first, then renamed, the tag manifest
 * last, so that the bag is valid before and after. A crash in between leaves it unsealed, and the next sealing takes the pages as they are.
 * Throws a Failure of kind `corrupt`, having changed nothing, where the bag is not sealed or its tag manifest cannot be read to its end.
 */
export async function putTagPages(root: string, pages: readonly TagPage[]): Promise<void> {
  const archive = createArchive(root, platform())
  // The folder of a sealing that was cut off says that the manifests cannot be believed: it must not be taken away here.
  if (!(await isSealed(root))) {
    throw new Failure('corrupt', 'the manifests are missing, or were not written to their end', {
      hint: 'run holdall backup: it makes them anew',
    })
  }
  const sums = new Map<string, string>()
  const broken: number[] = []
  for await (const { path, sha256 } of readManifest(archive.absolute(tagManifest), (line) => broken.push(line)))
    sums.set(path, sha256)
  if (broken.length > 0) {
    throw new Failure('corrupt', `${tagManifest} is damaged at line ${broken[0]}`, {
      hint: 'run holdall verify, then holdall backup: they make it anew',
    })
  }
  await rm(archive.absolute(sealing), { recursive: true, force: true })
  await mkdir(archive.absolute(sealing), { recursive: true })
  await archive.syncFolder('.holdall')
  for (const { path, text } of pages) sums.set(path, await writeTagFile(archive.absolute(`${sealing}/${path}`), text))
  const lines = [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([path, sha256]) => manifestLine({ path, sha256 }))
  await writeTagFile(archive.absolute(`${sealing}/${tagManifest}`), lines)
  await putInPlace(archive, [...pages.map(({ path }) => path), tagManifest])
}
