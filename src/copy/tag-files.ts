import { mkdir, open, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Archive } from '../archive/archive.ts'
import { putInPlace, sealing, tagManifest } from '../archive/bag.ts'
import { openDraft } from '../archive/draft.ts'
import { hashFile } from '../archive/hash-file.ts'
import { readManifest } from '../archive/manifest.ts'
import { stamp } from '../archive/stamp.ts'
import type { Finding } from '../verify/look.ts'
import { readSource } from './read-source.ts'

/**
 * Makes the copy a bag of its own: the archive's manifests, metadata and pages, byte for byte, each compared with the tag manifest; written beside first,
 * then renamed, the tag manifest last. Resolves with what is wrong with them in the archive; nothing has been replaced then.
 */
export async function copyTagFiles(
  from: Archive,
  to: Archive,
  signal: AbortSignal,
  setAside: (path: string, to: string) => void,
): Promise<readonly Finding[]> {
  const before = await listedIn(to)
  const findings: Finding[] = []
  const listed = await listedIn(from, findings)
  await rm(to.absolute(sealing), { recursive: true, force: true })
  const changed: string[] = []
  for (const [path, sha256] of listed) {
    signal.throwIfAborted()
    if ((await hashOf(to, path)) === sha256) continue
    const finding = await bring(path, sha256)
    if (finding === undefined) changed.push(path)
    else findings.push(finding)
  }
  const sums = await hashOf(from, tagManifest)
  if (sums === undefined) findings.push({ path: tagManifest, damage: 'missing', message: 'is missing' })
  if (findings.length > 0) {
    await rm(to.absolute(sealing), { recursive: true, force: true })
    return findings
  }
  for (const path of before.keys())
    if (!listed.has(path) && (await to.kindOf(path)) === 'file')
      setAside(path, await to.setAside(path, 'strays', stamp(Date.now())))
  if (changed.length === 0 && (await hashOf(to, tagManifest)) === sums) return []
  const finding = await bring(tagManifest, sums ?? '')
  if (finding !== undefined) return [finding]
  await putInPlace(to, [...changed, tagManifest])
  return []

  async function bring(path: string, sha256: string): Promise<Finding | undefined> {
    const beside = to.absolute(`${sealing}/${path}`)
    await mkdir(dirname(beside), { recursive: true })
    const draft = await openDraft(beside, 0, undefined, to.disk)
    try {
      const outcome = await readSource(from.absolute(path), { path, sha256 }, draft, () => {}, signal)
      if ('damage' in outcome) return outcome
      await draft.seal(undefined)
      return undefined
    } finally {
      await draft.close()
    }
  }
}

/** Undefined: there is no such file. */
async function hashOf(archive: Archive, path: string): Promise<string | undefined> {
  if ((await archive.kindOf(path)) !== 'file') return undefined
  return (await hashFile(archive.absolute(path))).sha256
}

async function listedIn(archive: Archive, findings: Finding[] = []): Promise<ReadonlyMap<string, string>> {
  const listed = new Map<string, string>()
  if ((await archive.kindOf(tagManifest)) !== 'file') return listed
  const broken = (line: number) =>
    findings.push({ path: tagManifest, damage: 'manifest', message: `line ${line} is damaged or torn off` })
  for await (const { path, sha256 } of readManifest(archive.absolute(tagManifest), broken)) {
    if (path.startsWith('data/') || path.startsWith('/') || path.split('/').includes('..'))
      findings.push({ path: tagManifest, damage: 'manifest', message: `lists what does not belong there: ${path}` })
    else listed.set(path, sha256)
  }
  return listed
}

/** The journal as it is now, whole and sound, in the place of the copy's. */
export async function putJournal(to: Archive, make: (file: string) => void): Promise<void> {
  const beside = '.holdall/journal.db.new'
  for (const end of ['', '-wal', '-shm', '-journal']) await to.remove(`${beside}${end}`)
  make(to.absolute(beside))
  const handle = await open(to.absolute(beside), 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
  // What belongs to the old one must not be taken for the new one's.
  for (const end of ['-wal', '-shm', '-journal']) await to.remove(`.holdall/journal.db${end}`)
  await to.rename(beside, '.holdall/journal.db')
  await to.syncFolder('.holdall')
}
