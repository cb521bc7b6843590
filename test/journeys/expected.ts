import { createHash } from 'node:crypto'
import { generated } from '../../src/practice/content/generated.ts'
import type { DriveModel } from '../../src/practice/google/drive-model.ts'
import { type DriveItem, folderType } from '../../src/practice/google/items.ts'
import { docxType } from '../../src/practice/google/person.ts'
import type { WebdavModel } from '../../src/practice/webdav/model.ts'

/** A file that the source has now, as the archive must hold it. */
export interface ExpectedFile {
  readonly source: 'google/drive' | 'google/gmail' | 'google/contacts' | 'home/files' | 'microsoft/onedrive' | 'zoom/recordings'
  /** The provider's id; for WebDAV the path. */
  readonly id: string
  /** The folder in the archive, from `data/` on. */
  readonly folder: string
  readonly name: string
  readonly sha256: string
  readonly bytes: number
  /** Milliseconds since 1970; absent where the provider states none. */
  readonly modified?: number
}

type Content = Uint8Array | { readonly size: number; readonly seed: number }

const digests = new Map<string, string>()

export function sha256Of(content: Content): string {
  if (content instanceof Uint8Array) return createHash('sha256').update(content).digest('hex')
  const key = `${content.size} ${content.seed}`
  const known = digests.get(key)
  if (known !== undefined) return known
  const hash = createHash('sha256')
  for (const chunk of generated(content.size, content.seed).chunks()) hash.update(chunk)
  const digest = hash.digest('hex')
  digests.set(key, digest)
  return digest
}

const sizeOf = (content: Content) => (content instanceof Uint8Array ? content.byteLength : content.size)

/** Files of a model that holds plain names only: what local names become of odd ones is for other tests. */
export function expectedFiles(account: { drive?: DriveModel; home?: WebdavModel }): ExpectedFile[] {
  return [
    ...(account.drive === undefined ? [] : ofDrive(account.drive)),
    ...(account.home === undefined ? [] : ofHome(account.home)),
  ]
}

/** Every folder that the source has now, from `data/` on. */
export function expectedFolders(account: { drive?: DriveModel; home?: WebdavModel }): string[] {
  const folders: string[] = []
  const { drive, home } = account
  if (drive !== undefined)
    for (const [item] of drive.scan({ entry: 0, offset: 0 }))
      if (item.mimeType === folderType) folders.push(drivePath(drive, item).join('/'))
  if (home !== undefined)
    for (const { path, node } of home.walk()) if (node.kind === 'folder') folders.push(`data/home/files${path}`)
  return folders
}

function drivePath(drive: DriveModel, item: DriveItem): string[] {
  if (item.id === drive.rootOf(drive.me.email)) return ['data/google/drive/My Drive']
  const shared = drive.drive(item.id)
  if (shared !== undefined) return [`data/google/drive/Shared drives/${shared.name}`]
  const parent = item.parent === undefined ? undefined : drive.get(item.parent)
  if (parent === undefined) throw new Error(`${item.name} has no place in this model`)
  return [...drivePath(drive, parent), item.name]
}

function* ofDrive(drive: DriveModel): Generator<ExpectedFile> {
  for (const [item] of drive.scan({ entry: 0, offset: 0 })) {
    const content = item.content ?? item.exports?.[docxType]
    if (content === undefined || typeof content === 'function') continue
    yield {
      source: 'google/drive',
      id: item.id,
      folder: drivePath(drive, item).slice(0, -1).join('/'),
      name: item.content === undefined ? `${item.name}.docx` : item.name,
      sha256: sha256Of(content),
      bytes: sizeOf(content),
      modified: item.modifiedTime,
    }
  }
}

function* ofHome(home: WebdavModel): Generator<ExpectedFile> {
  for (const { path, node } of home.walk()) {
    if (node.kind === 'folder') continue
    const cut = path.lastIndexOf('/')
    yield {
      source: 'home/files',
      id: path.slice(1),
      folder: `data/home/files${path.slice(0, cut)}`,
      name: path.slice(cut + 1),
      sha256: sha256Of(node.content),
      bytes: sizeOf(node.content),
      // WebDAV's times have whole seconds (RFC 4918, 15.7).
      modified: Math.floor(node.modified.getTime() / 1000) * 1000,
    }
  }
}

/** Everything that any file of a name ever was at the source: what may stand under that name in the archive, at any moment. */
export interface Ledger {
  /** Writes down what the source has now: after every change there. */
  note(files: readonly ExpectedFile[]): void
  /** Whether a file of this name may hold these bytes with this time. */
  allows(name: string, sha256: string, modified: number): boolean
}

export function createLedger(): Ledger {
  const allowed = new Set<string>()
  // Files swap names, and keep their bytes and time until they are moved: an item's contents are allowed under all its names.
  const names = new Map<string, Set<string>>()
  const contents = new Map<string, Set<string>>()
  const times = new Map<string, Set<string>>()
  const add = (map: Map<string, Set<string>>, key: string, value: string) => {
    const set = map.get(key) ?? new Set()
    map.set(key, set.add(value))
    return set
  }
  return {
    note(files) {
      for (const file of files) {
        // For WebDAV a moved file has another id, and the same bytes.
        const item = file.source === 'home/files' ? file.sha256 : file.id
        add(names, item, file.name)
        add(contents, item, file.sha256)
        add(times, item, String(file.modified ?? 'any'))
        for (const name of names.get(item) ?? [])
          for (const sha256 of contents.get(item) ?? [])
            for (const time of times.get(item) ?? []) allowed.add(`${name}\0${sha256}\0${time}`)
      }
    },
    allows: (name, sha256, modified) =>
      [name, withoutSuffix(name)].some((one) => [modified, 'any'].some((time) => allowed.has(`${one}\0${sha256}\0${time}`))),
  }
}

/** The name without the digits that tell equal ones apart: `same (1a2b3c4d).txt` → `same.txt`. */
export function withoutSuffix(name: string): string {
  return name.replace(/ \([0-9a-f]{8,32}\)((?:\.tar)?\.[^.]*)?$/, '$1')
}
