import type { AxiosInstance } from 'axios'
import { Failure } from '../../../core/failure.ts'
import type { Item } from '../../../core/item.ts'
import type { Known, Unread } from '../../../core/source.ts'
import { explainStatus } from '../explain.ts'
import { relate } from './href.ts'
import { isFolder, plainFolder, toItem } from './item.ts'
import { deepest, type Look, lookAt, type Seen } from './loops.ts'
import { type DavResponse, readMultistatus } from './multistatus.ts'
import { propfind } from './propfind.ts'

/** A folder to list. */
export interface Folder extends Seen {
  /** The path below the root, keys joined by slashes; '' for the root. */
  readonly id: string
  /** Its own segment of the id; siblings are walked in the order of it. */
  readonly key: string
  /** The server's path, encoded as it has it. */
  readonly path: string
  readonly above: Folder | undefined
  readonly depth: number
  readonly encrypted: boolean
  /** See Surroundings; the root's is known when it has been listed. */
  grants: boolean
  /** Known when it has been listed. */
  look: Look | undefined
}

/** Some of a folder's entries. */
export interface Chunk {
  readonly items: Item[]
  /** Those among the items whose content is to be listed. */
  readonly folders: Folder[]
  readonly unread: Unread[]
}

export interface Listing {
  readonly client: AxiosInstance
  /** Scheme, host and port of the server. */
  readonly origin: string
  readonly known: Known
  readonly signal: AbortSignal
}

/** Entries of a page of the journal at most. */
export const chunkSize = 1000

export function rootFolder(path: string): Folder {
  return {
    id: '',
    key: '',
    path,
    above: undefined,
    depth: 0,
    encrypted: false,
    grants: false,
    fileId: undefined,
    look: undefined,
  }
}

/** Folders as the stack takes them: the first by name is the next one, last. Code units, so that the order is the same everywhere. */
export function inReverse(folders: readonly Folder[]): Folder[] {
  return folders.toSorted((a, b) => (a.key < b.key ? 1 : a.key > b.key ? -1 : 0))
}

/** What a message calls it. */
export function titleOf(folder: Pick<Folder, 'id'>): string {
  return folder.id === '' ? 'the folder at the url' : folder.id
}

/**
 * The content of one folder in chunks. Throws a Failure when it cannot be listed, or its list cannot be believed; chunks that came before
 * are right in themselves, only not all.
 */
export async function* listFolder(folder: Folder, listing: Listing, answered: () => void): AsyncGenerator<Chunk> {
  const what = titleOf(folder)
  const { base, body } = await propfind(listing, folder.path, '1', what)
  answered()
  const look = lookAt()
  const keys = new Set<string>()
  const deeper = new Map<string, string>()
  let empty = true
  let chunk: Chunk = { items: [], folders: [], unread: [] }
  try {
    for await (const batch of readMultistatus(body, what)) {
      for (const response of batch) {
        empty = false
        const relation = relate(response.href, base)
        if (relation.is === 'self') {
          if (response.refused !== undefined) throw explainStatus(response.refused, what)
          look.add('', response.properties, true)
          if (folder.id === '') folder.grants = response.properties.permissions?.includes('G') ?? false
        } else if (relation.is === 'outside') throw outside(what, response, base)
        else if (relation.is === 'deeper') deeper.set(relation.key, response.href)
        else if (relation.is === 'refused') chunk.unread.push(refused(folder, response, relation.why))
        else {
          const id = folder.id === '' ? relation.key : `${folder.id}/${relation.key}`
          const isInner = isFolder({ path: relation.path, properties: response.properties })
          look.add(relation.key, response.properties, isInner)
          keys.add(isInner || deeper.size > 0 ? relation.key : '')
          addEntry(chunk, folder, { ...response, ...relation, id, isInner }, listing.known)
          if (chunk.items.length >= chunkSize) {
            yield chunk
            chunk = { items: [], folders: [], unread: [] }
          }
        }
      }
    }
  } catch (error) {
    // A list that breaks off: what it named until then is right in itself.
    if (error instanceof Failure && (error.kind === 'corrupt' || error.kind === 'transient')) yield chunk
    throw error
  }
  // The folder itself is part of every right answer: https://www.rfc-editor.org/rfc/rfc4918#section-9.1
  if (empty) throw new Failure('unlisted', `${what}: the server's list is empty and does not even name the folder itself`)
  for (const [key, href] of deeper) {
    // Whoever lists more levels than asked lists this one too; what is named only from below would be lost without a word.
    if (!keys.has(key)) chunk.unread.push(refused(folder, { href }, 'lies in a folder that the list does not name'))
  }
  folder.look = look.look()
  yield chunk
}

interface Entry extends DavResponse {
  readonly id: string
  readonly key: string
  readonly name: string
  readonly path: string
  readonly isInner: boolean
}

function addEntry(chunk: Chunk, folder: Folder, entry: Entry, known: Known): void {
  const { id, key, path, properties } = entry
  if (entry.refused !== undefined) {
    if (entry.refused === 425 && !entry.isInner) chunk.items.push(notReady(entry, folder))
    // 404: gone between the server's own reading of the folder and of the entry.
    else if (entry.refused !== 404 && entry.refused !== 410) chunk.unread.push({ id, failure: explainStatus(entry.refused, id) })
    return
  }
  const item = toItem(entry, { folder: folder.id, encrypted: folder.encrypted, grants: folder.grants })
  chunk.items.push(item)
  if (!entry.isInner) return
  if (item.version !== plainFolder && known.folderVersion(id) === item.version) chunk.unread.push({ id })
  else if (folder.depth >= deepest) chunk.unread.push({ id, failure: tooDeep(id) })
  else {
    const encrypted = folder.encrypted || properties['is-encrypted'] === '1'
    chunk.folders.push({
      id,
      key,
      path,
      above: folder,
      depth: folder.depth + 1,
      encrypted,
      grants: folder.grants,
      fileId: properties.fileid,
      look: undefined,
    })
  }
}

/** Uploaded, and still looked at or moved by the server (ownCloud Infinite Scale: https://owncloud.dev/services/postprocessing/). */
function notReady({ id, name, path }: Entry, folder: Folder): Item {
  return {
    id,
    kind: 'file',
    version: 'not ready',
    name,
    ...(folder.id === '' ? {} : { parent: folder.id }),
    parts: [{ key: 'file', name }],
    waiting: 'still being processed at the server',
    details: { href: path },
  }
}

function refused(folder: Folder, { href }: Pick<DavResponse, 'href'>, why: string): Unread {
  const shown = short(href)
  return {
    id: folder.id === '' ? shown : `${folder.id}/${shown}`,
    failure: new Failure('unlisted', `${titleOf(folder)}: the server lists "${shown}", which ${why}; it cannot be asked for`, {
      hint: 'rename it at the server, or tell its administrator',
    }),
  }
}

function outside(what: string, { href }: DavResponse, base: string): Failure {
  return new Failure('unlisted', `${what}: the server lists "${short(href)}", which does not lie below "${short(base)}"`, {
    hint: 'set `url` to the address that the server itself uses, letter case included',
  })
}

function tooDeep(id: string): Failure {
  return new Failure('unlisted', `${short(id)}: lies more than ${deepest} folders deep and was not read`, {
    hint: 'a link that leads back to a folder above looks like this; remove it at the server, or shorten the path',
  })
}

/** Names may have any length; messages may not. */
function short(text: string): string {
  return text.length <= 200 ? text : `${text.slice(0, 120)}…${text.slice(-60)}`
}
