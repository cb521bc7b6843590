import { dirname, posix } from 'node:path'
import { fold, portable } from '../archive/names.ts'
import type { Checksum } from '../core/checksum.ts'
import type { Part } from '../core/item.ts'
import type { Rebuild, RebuiltItem } from '../journal/rebuild.ts'
import { rebuiltStream } from '../journal/rebuild.ts'
import { composedStream } from './compose.ts'
import { type FileOfLine, type MetadataLine, unknownVersion } from './metadata-line.ts'

/** A file that a line names, and whether it is there with the bytes that the line states. */
export interface CheckedFile extends FileOfLine {
  readonly found: 'right' | 'damaged' | 'missing'
}

const json = (value: object | undefined) => (value === undefined ? null : JSON.stringify(value))
/** Why an item waits that has to be taken again: until a listing has said what it is now. */
const waits = 'its file in the archive was not as it was saved; it is taken again once it has been listed'

/** The row of an item as its line has it, in no folder yet. */
function itemOfLine(source: number, line: MetadataLine): RebuiltItem {
  const { journal } = line
  const composed = line.kind === 'place' && line.id.startsWith('composed:')
  return {
    source,
    id: line.id,
    stream: composed ? composedStream : line.kind === 'place' ? '' : rebuiltStream,
    kind: line.kind,
    version: journal?.version ?? unknownVersion,
    name: journal?.name ?? (journal === undefined ? posix.basename(line.path) : null),
    parent: journal?.parent ?? null,
    fallback: journal?.fallback ?? null,
    dir: null,
    modified: line.modified ?? null,
    link: line.link ?? null,
    twin: journal?.twin ?? null,
    parts: JSON.stringify(partsOf(line)),
    details: JSON.stringify(line.details),
    unexportable: json(journal?.unexportable),
    excluded: journal?.excluded ?? null,
    waiting: journal?.waiting ?? null,
    expires: journal?.expires ?? null,
    state: line.state,
    reason: line.reason ?? null,
    hint: journal?.hint ?? null,
    failure: journal?.failure ?? null,
    vanished: line.goneAtSource ?? null,
  }
}

/** Its parts as far as the line has them; sizes come with the next listing. */
function partsOf(line: MetadataLine): Part[] {
  const stated = new Map(line.files.flatMap((file) => ('part' in file ? [[file.part, Object.entries(file.stated ?? {})]] : [])))
  return partsOfLine(line).flatMap(({ key, name, stale }) => {
    if (stale === true) return []
    const checksums = (stated.get(key) ?? []).map(([algorithm, value]) => ({ algorithm, value }) as Checksum)
    return [{ key, ...(name !== undefined && { name }), ...(checksums.length > 0 && { checksums }) }]
  })
}

function partsOfLine(line: MetadataLine): NonNullable<MetadataLine['journal']>['parts'] {
  if (line.journal !== undefined) return line.journal.parts
  return line.files.flatMap((file) => ('part' in file ? [{ key: file.part, ...(file.current ? {} : { stale: true }) }] : []))
}

/** A folder enters the journal; its place among the others is found when all of them are known. */
export function addFolder(rebuild: Rebuild, source: number, line: MetadataLine, path: string): boolean {
  const item = itemOfLine(source, line)
  const n = rebuild.addItem({
    ...item,
    ...(item.vanished === null && { state: 'saved', reason: null, hint: null, failure: null }),
  })
  if (n === undefined) return false
  rebuild.addFolder({ path, n, name: item.name ?? posix.basename(path), living: item.vanished === null ? 1 : 0 })
  return true
}

/** Puts a folder that is known by its path into the one above it. */
export function placeFolder(
  rebuild: Rebuild,
  folder: { readonly n: number; readonly path: string; readonly name: string; readonly living: boolean; readonly there: boolean },
  dir: number,
): void {
  const local = posix.basename(folder.path)
  rebuild.setDir(folder.n, dir)
  rebuild.addEntry({
    item: folder.n,
    key: '',
    dir,
    name: folder.name,
    fold: fold(portable(folder.name)),
    local,
    localFold: fold(local),
    living: folder.living,
    there: folder.there && rebuild.isThere(dir),
  })
}

/** A folder of which no line speaks, made up as the engine makes up the folders of `Item.path`. */
export function madeUpFolder(source: number, below: string): RebuiltItem {
  const above = dirname(below)
  return {
    source,
    id: `path:${below}`,
    stream: '',
    kind: 'place',
    version: '',
    name: posix.basename(below),
    parent: above === '.' ? null : `path:${above}`,
    fallback: null,
    dir: null,
    modified: null,
    link: null,
    twin: null,
    parts: '[]',
    details: '{}',
    unexportable: null,
    excluded: null,
    waiting: null,
    expires: null,
    state: 'saved',
    reason: null,
    hint: null,
    failure: null,
    vanished: null,
  }
}

/**
 * An item that is no folder enters the journal, with its files. What waited for its bytes and has none is left out: a listing brings it again. Returns false where nothing entered.
 */
export function addItem(
  rebuild: Rebuild,
  source: number,
  line: MetadataLine,
  files: readonly CheckedFile[],
  dirOf: (path: string) => number,
  now: number,
): boolean {
  const row = itemOfLine(source, line)
  const gone = row.vanished !== null
  const settled = line.state === 'saved' || line.state === 'unexportable'
  const waiting = line.state === 'pending' || line.state === 'failed'
  if (
    files.length === 0 &&
    !gone &&
    (waiting || (line.state === 'saved' && line.kind !== 'record' && partsOfLine(line).length > 0))
  )
    return false
  const right = new Set(files.filter(({ found, current }) => found === 'right' && current).map(({ part }) => part))
  const whole = settled && partsOfLine(line).every(({ key, stale }) => stale === true || right.has(key))
  const first = files[0]
  const n = rebuild.addItem({
    ...row,
    dir: first === undefined ? dirWithoutFiles(rebuild, row) : dirOf(first.path),
    ...(!gone &&
      !whole &&
      line.kind !== 'place' && { state: 'pending', reason: waits, waiting: waits, hint: null, failure: null }),
  })
  if (n === undefined) return false
  for (const file of files) addFile(rebuild, { n, row, line, file, dir: dirOf(file.path), gone, now })
  return true
}

function dirWithoutFiles(rebuild: Rebuild, { source, name, parent }: RebuiltItem): number | null {
  if (name === null) return null
  return (parent === null ? undefined : rebuild.container(source, parent)) ?? -source
}

function addFile(
  rebuild: Rebuild,
  what: {
    readonly n: number
    readonly row: RebuiltItem
    readonly line: MetadataLine
    readonly file: CheckedFile
    readonly dir: number
    readonly gone: boolean
    readonly now: number
  },
): void {
  const { n, row, line, file, dir, gone, now } = what
  const part = line.journal?.parts.find(({ key }) => key === file.part)
  const local = posix.basename(file.path)
  const name = part?.name ?? row.name ?? local
  // What is gone at the source cannot be taken again: its file stays what it is to be, and verify goes on to name it.
  const kept = file.found === 'right' || gone
  rebuild.addEntry({
    item: n,
    key: file.part,
    dir,
    name,
    fold: fold(portable(name)),
    local,
    localFold: fold(local),
    living: !gone && part?.stale !== true,
    there: (file.found !== 'missing' || gone) && rebuild.isThere(dir),
    ...(kept &&
      rebuild.isThere(dir) && {
        saved: {
          bytes: file.bytes,
          sha256: file.sha256,
          version: file.current ? row.version : (part?.version ?? unknownVersion),
          modified: part?.modified ?? row.modified,
          at: now,
        },
      }),
  })
}
