/** What a file holds: bytes, or the recipe of `generated(size, seed)` in content/generated.ts, so that it costs no memory. */
export type WebdavContent = Uint8Array | { readonly size: number; readonly seed: number }

/** What may be said of a file or folder beyond its content; all of it is the server's word, true or not. */
export type WebdavDetails = {
  readonly modified?: Date
  readonly created?: Date
  /** Media type; by default found from the name. */
  readonly type?: string
  /** `displayname` is free text and need not be the name (RFC 4918, 15.2). */
  readonly displayName?: string
  /** As an uploader sent it, e.g. `SHA1:… MD5:…`; shown where the quirk `folderEtags` is on. */
  readonly checksums?: string
  /** Letters of `oc:permissions`; without `G` a download gets 403. */
  readonly permissions?: string
  /** `getcontentlength`, where it should differ from the truth. */
  readonly listedSize?: number
  /** The whole entry is listed with this status and without properties (RFC 4918, 14.24), e.g. 425. */
  readonly listedStatus?: number
}

type Common = {
  /** Stays the same when the node moves. */
  readonly id: number
  name: string
  parent: WebdavFolder | undefined
  details: WebdavDetails
  modified: Date
  created: Date
  /** Changes with the content of a file, with the set of children of a folder. */
  version: number
}
export type WebdavFile = Common & { readonly kind: 'file'; content: WebdavContent }
export type WebdavFolder = Common & {
  readonly kind: 'folder'
  readonly children: Map<string, WebdavNode>
  /** Changes when anything at any depth below changes. */
  deepVersion: number
  /** Bytes of all files at any depth below. */
  deepSize: number
}
export type WebdavNode = WebdavFile | WebdavFolder

/**
 * A tree of files and folders that a test changes while a server shows it. Paths are `/a/b`, names as they are (not
 * percent-encoded); the root is `/`. Missing folders on the way are made. Times are made up, one second a change, unless given.
 * All functions throw a plain Error when the path does not allow what is asked.
 */
export type WebdavModel = {
  readonly root: WebdavFolder
  put(path: string, content: WebdavContent | string, details?: WebdavDetails): WebdavFile
  mkdir(path: string, details?: WebdavDetails): WebdavFolder
  /** The node keeps its id, version and times, as on real servers. */
  move(from: string, to: string): void
  remove(path: string): void
  /** New time and new etag, same bytes. */
  touch(path: string, modified?: Date): void
  find(path: string): WebdavNode | undefined
  /** Everything below the root, depth first, with its path. */
  walk(): Generator<{ path: string; node: WebdavNode }>
}

export function createWebdavModel(): WebdavModel {
  let counter = 0
  const tick = () => new Date(Date.UTC(2026, 2, 2, 9) + ++counter * 1000)
  const root = newFolder('', undefined, {})

  function newFolder(name: string, parent: WebdavFolder | undefined, details: WebdavDetails): WebdavFolder {
    const now = tick()
    return {
      kind: 'folder',
      id: counter,
      name,
      parent,
      details,
      modified: details.modified ?? now,
      created: details.created ?? details.modified ?? now,
      version: counter,
      children: new Map(),
      deepVersion: counter,
      deepSize: 0,
    }
  }

  function changedBelow(folder: WebdavFolder | undefined, bytes: number): void {
    for (let at = folder; at; at = at.parent) {
      at.deepVersion = ++counter
      at.deepSize += bytes
    }
  }

  function attach(node: WebdavNode, parent: WebdavFolder): void {
    node.parent = parent
    parent.children.set(node.name, node)
    childrenChanged(parent, weight(node))
  }

  function detach(node: WebdavNode): void {
    if (!node.parent) throw new Error('The root cannot be moved or removed')
    node.parent.children.delete(node.name)
    childrenChanged(node.parent, -weight(node))
  }

  function childrenChanged(folder: WebdavFolder, bytes: number): void {
    if (!folder.details.modified) folder.modified = tick()
    folder.version = ++counter
    changedBelow(folder, bytes)
  }

  function folderAt(segments: readonly string[]): WebdavFolder {
    let at = root
    for (const name of segments) {
      let next = at.children.get(name)
      if (!next) {
        next = newFolder(name, at, {})
        attach(next, at)
      }
      if (next.kind === 'file') throw new Error(`${name} is a file, not a folder`)
      at = next
    }
    return at
  }

  function find(path: string): WebdavNode | undefined {
    let at: WebdavNode | undefined = root
    for (const name of segmentsOf(path)) at = at?.kind === 'folder' ? at.children.get(name) : undefined
    return at
  }

  function existing(path: string): WebdavNode {
    const node = find(path)
    if (!node) throw new Error(`There is no ${path}`)
    return node
  }

  return {
    root,
    find,
    put(path, given, details = {}) {
      const content = typeof given === 'string' ? Buffer.from(given) : given
      const { parent, name } = place(path)
      const folder = folderAt(parent)
      const before = folder.children.get(name)
      if (before?.kind === 'folder') throw new Error(`${path} is a folder`)
      const now = tick()
      if (before) {
        changedBelow(folder, contentSize(content) - contentSize(before.content))
        Object.assign(before, { content, details, modified: details.modified ?? now, version: ++counter })
        return before
      }
      const file: WebdavFile = {
        kind: 'file',
        id: counter,
        name,
        parent: folder,
        details,
        modified: details.modified ?? now,
        created: details.created ?? details.modified ?? now,
        version: counter,
        content,
      }
      attach(file, folder)
      return file
    },
    mkdir(path, details = {}) {
      const { parent, name } = place(path)
      const folder = folderAt(parent)
      if (folder.children.has(name)) throw new Error(`${path} is there already`)
      const made = newFolder(name, folder, details)
      attach(made, folder)
      return made
    },
    move(from, to) {
      const node = existing(from)
      const { parent, name } = place(to)
      const folder = folderAt(parent)
      if (folder.children.has(name)) throw new Error(`${to} is there already`)
      for (let at: WebdavFolder | undefined = folder; at; at = at.parent) {
        if (at === node) throw new Error(`${from} cannot go into itself`)
      }
      detach(node)
      node.name = name
      attach(node, folder)
    },
    remove(path) {
      const node = existing(path)
      detach(node)
      node.parent = undefined
    },
    touch(path, modified) {
      const node = existing(path)
      node.modified = modified ?? tick()
      node.version = ++counter
      changedBelow(node.kind === 'folder' ? node : node.parent, 0)
    },
    *walk() {
      const waiting: { path: string; node: WebdavNode }[] = [{ path: '', node: root }]
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        if (next.node !== root) yield next
        if (next.node.kind === 'file') continue
        for (const child of [...next.node.children.values()].reverse()) {
          waiting.push({ path: `${next.path}/${child.name}`, node: child })
        }
      }
    },
  }
}

/** Bytes. */
export function contentSize(content: WebdavContent): number {
  return content instanceof Uint8Array ? content.length : content.size
}

function weight(node: WebdavNode): number {
  return node.kind === 'file' ? contentSize(node.content) : node.deepSize
}

function segmentsOf(path: string): string[] {
  if (!path.startsWith('/')) throw new Error(`A path begins with a slash: ${path}`)
  return path.split('/').filter((name) => name !== '')
}

function place(path: string): { parent: string[]; name: string } {
  const parent = segmentsOf(path)
  const name = parent.pop()
  if (name === undefined) throw new Error('The root is always there')
  return { parent, name }
}
