import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { hashFile } from '../archive/hash-file.ts'
import { linesOf } from '../archive/lines-of.ts'
import { readManifest } from '../archive/manifest.ts'
import { metadataFile, placesFile, type SourceMetadata } from '../archive/metadata.ts'
import type { JsonObject } from '../core/json.ts'
import type { Finding } from './look.ts'

/** Where journal and metadata disagree about an item, and which of the two is no longer what it was when the bag was sealed. */
export interface Disagreement {
  /** ACCOUNT/SOURCE. */
  readonly source: string
  readonly id: string
  readonly damaged: 'journal' | 'metadata' | 'either'
}

export interface Statements {
  readonly root: string
  /** What the journal states of each source; walked once or twice. */
  readonly metadata: () => Iterable<SourceMetadata>
  readonly signal: AbortSignal
  readonly found: (finding: Finding) => void
  readonly disagrees: (one: Disagreement) => void
}

/**
 * Holds every row of the journal that states an item's fate against the line that the metadata have of it, for a bag that is sealed. Where all is well
 * each side is read once and hashed; only where the hashes differ are lines compared, in a temporary database, and each item named.
 */
export async function compareStatements(what: Statements): Promise<void> {
  const sealed = await sealedHashes(what.root)
  const files = () =>
    [...what.metadata()].flatMap(({ source, lines, places }) => [
      { source, path: metadataFile(source), lines },
      ...(places === undefined ? [] : [{ source, path: placesFile(source), lines: places }]),
    ])
  for (const { path, lines } of files()) {
    const journal = await hashOf(lines, what.signal)
    const onDisk = await hashFile(join(what.root, path), undefined, what.signal).catch(unreadable)
    // One that is missing or cannot be read is named with the other files beside the payload.
    if (onDisk === undefined || onDisk.sha256 === journal) continue
    const vouched = sealed.get(path)
    const damaged = vouched === onDisk.sha256 ? 'journal' : vouched === journal ? 'metadata' : 'either'
    for (const again of files()) if (again.path === path) await compareLines(what, again, damaged)
  }
}

async function hashOf(lines: SourceMetadata['lines'], signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  for await (const line of lines) {
    signal.throwIfAborted()
    hash.update(`${JSON.stringify(line)}\n`)
  }
  return hash.digest('hex')
}

async function sealedHashes(root: string): Promise<ReadonlyMap<string, string>> {
  const hashes = new Map<string, string>()
  try {
    for await (const { path, sha256 } of readManifest(join(root, 'tagmanifest-sha256.txt'), () => {})) hashes.set(path, sha256)
  } catch (error) {
    unreadable(error)
  }
  return hashes
}

function unreadable(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code === undefined) throw error
}

async function compareLines(
  { root, signal, found, disagrees }: Statements,
  { source, path, lines }: { readonly source: string; readonly path: string; readonly lines: SourceMetadata['lines'] },
  damaged: Disagreement['damaged'],
): Promise<void> {
  const database = new DatabaseSync('')
  try {
    database.exec(
      'PRAGMA journal_mode = OFF; PRAGMA cache_size = -8000; CREATE TABLE line (id TEXT PRIMARY KEY, text TEXT) WITHOUT ROWID; BEGIN',
    )
    const insert = database.prepare('INSERT OR IGNORE INTO line VALUES (?, ?)')
    let number = 0
    for await (const text of linesOf(join(root, path))) {
      signal.throwIfAborted()
      number++
      const id = idOf(text)
      if (id === undefined) found({ path, damage: 'statement', message: `line ${number} cannot be read` })
      else if (insert.run(id, text).changes === 0)
        found({ path, damage: 'statement', message: `line ${number} names an item twice: ${JSON.stringify(id)}` })
    }
    const take = database.prepare('DELETE FROM line WHERE id = ? RETURNING text')
    const report = (id: string, message: string) => {
      found({ path: damaged === 'journal' ? '.holdall/journal.db' : path, damage: 'statement', message })
      disagrees({ source, id, damaged })
    }
    for await (const line of lines) {
      signal.throwIfAborted()
      const id = String(line.id)
      const text = take.get(id)?.text
      if (text === undefined) report(id, `${nameOf(source, line)}: the journal knows it, and the metadata do not`)
      else if (text !== JSON.stringify(line)) {
        const onDisk = JSON.parse(String(text)) as JsonObject
        const here = inFormOf(onDisk, line)
        if (text !== JSON.stringify(here))
          report(id, `${nameOf(source, damaged === 'metadata' ? here : onDisk)}: ${difference(here, onDisk)}`)
      }
    }
    for (const { id, text } of database.prepare('SELECT id, text FROM line ORDER BY id').iterate())
      report(
        String(id),
        `${nameOf(source, JSON.parse(String(text)) as JsonObject)}: the metadata know it, and the journal does not`,
      )
  } finally {
    database.close()
  }
}

function idOf(text: string): string | undefined {
  try {
    const { id } = JSON.parse(text) as { readonly id?: unknown }
    return typeof id === 'string' ? id : undefined
  } catch {
    return undefined
  }
}

/** A bag that an earlier form of this program sealed says less of each item. */
function inFormOf(onDisk: JsonObject, line: JsonObject): JsonObject {
  if ('journal' in onDisk) return line
  const { journal: _, ...rest } = line
  return rest
}

const nameOf = (source: string, line: JsonObject) => `${source}/${String(line.path)}`

function difference(journal: JsonObject, metadata: JsonObject): string {
  const keys = [...new Set([...Object.keys(journal), ...Object.keys(metadata)])].filter(
    (key) => JSON.stringify(journal[key]) !== JSON.stringify(metadata[key]),
  )
  const state = keys.includes('state') ? ` (${String(journal.state)} there, ${String(metadata.state)} here)` : ''
  return `journal and metadata say different things of its ${keys.join(', ') || 'line'}${state}`
}
