import { createHash } from 'node:crypto'
import { businessAccount, personalAccount } from '../account.ts'
import type { Content } from './content.ts'
import { createDeltaLog } from './delta-log.ts'
import { createItemStore } from './item-store.ts'
import type { ItemKind, OneDriveItem } from './items.ts'
import type { FileOptions, ItemOptions, OneDriveModel, OneDriveModelOptions } from './one-drive-model.ts'
import { syntheticId } from './synthetic.ts'

const bytesOf = (content: Content | string): Content => (typeof content === 'string' ? Buffer.from(content) : content)
const letters = (seed: string, alphabet: string, length: number) =>
  Array.from({ length }, (_, at) => {
    const digest = createHash('sha256')
      .update(`${seed} ${at >> 5}`)
      .digest()
    return alphabet[(digest[at & 31] ?? 0) % alphabet.length]
  }).join('')

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export function createOneDriveModel(options: OneDriveModelOptions = {}): OneDriveModel {
  const { kind = options.account?.kind ?? 'business', now = Date.now } = options
  const account = options.account ?? (kind === 'business' ? businessAccount : personalAccount)
  const driveId =
    options.driveId ??
    (kind === 'business'
      ? `b!${letters(account.oid, `${base32}${base32.toLowerCase()}`, 64)}`
      : account.oid.replaceAll('-', '').slice(-16))
  const store = createItemStore()
  const log = createDeltaLog(now)
  const tombstones = new Map<string, OneDriveItem>()
  const others: OneDriveModel[] = []
  const idPrefix = kind === 'business' ? '01' : `${driveId.toUpperCase()}!`
  let made = 100
  const newId = () => {
    made += 1
    return kind === 'business' ? `01${letters(`${driveId} ${made}`, base32, 32)}` : `${idPrefix}${made}`
  }
  const rootId = kind === 'business' ? `01${letters(`${driveId} root`, base32, 32)}` : `${idPrefix}101`
  if (kind === 'personal') made = 101
  const add = (name: string, itemKind: ItemKind, given: ItemOptions, more: Partial<OneDriveItem>): OneDriveItem => {
    const { parent = rootId, modified = now(), created = modified, clientModified = modified, shared, specialFolder } = given
    const item: OneDriveItem = {
      id: given.id ?? newId(),
      name,
      kind: itemKind,
      parent,
      created,
      modified,
      clientCreated: created,
      clientModified,
      version: 1,
      contentVersion: 1,
      ...(shared === undefined ? {} : { shared }),
      ...(specialFolder === undefined ? {} : { specialFolder }),
      ...more,
    }
    store.insert(item)
    log.add(item.id)
    return item
  }
  store.insert({
    id: rootId,
    name: 'root',
    kind: 'folder',
    parent: undefined,
    created: Date.parse('2021-09-01T08:00:00Z'),
    modified: Date.parse('2021-09-01T08:00:00Z'),
    clientCreated: Date.parse('2021-09-01T08:00:00Z'),
    clientModified: Date.parse('2021-09-01T08:00:00Z'),
    version: 1,
    contentVersion: 1,
  })
  const changed = (id: string, change: (item: OneDriveItem) => void): OneDriveItem => {
    const item = store.own(id)
    change(item)
    item.version += 1
    item.modified = now()
    log.add(id)
    return item
  }
  const remove = (id: string, announced: boolean, announce: 'each' | 'folder-only'): void => {
    for (const [child] of [...store.scanChildren(id, { entry: 0, offset: 0 })])
      remove(child.id, announced && announce === 'each', announce)
    const item = store.own(id)
    store.remove(id)
    tombstones.set(id, item)
    if (announced) log.add(id)
  }
  const model: OneDriveModel = {
    kind,
    driveId,
    rootId,
    account,
    log,
    others,
    get: store.get,
    scan: store.scan,
    scanChildren: store.scanChildren,
    childCount: store.childCount,
    count: store.count,
    entries: store.entries,
    tombstone: (id) => (store.get(id) === undefined ? tombstones.get(id) : undefined),
    addFile(name, content, given = {}) {
      const { mimeType = 'application/octet-stream', served, malware, blocked, withoutHashes }: FileOptions = given
      return add(name, 'file', given, {
        content: bytesOf(content),
        mimeType,
        ...(served === undefined ? {} : { served: bytesOf(served) }),
        ...(malware === undefined ? {} : { malware }),
        ...(blocked === undefined ? {} : { blocked }),
        ...(withoutHashes === undefined ? {} : { withoutHashes }),
      })
    },
    addFolder: (name, given = {}) => add(name, 'folder', given, {}),
    addPackage: (name, type, given = {}) => add(name, 'package', given, { packageType: type }),
    addShortcut: (name, { drive, id }, given = {}) =>
      add(name, 'shortcut', given, { remote: { driveId: drive.driveId, itemId: id } }),
    addWithoutFacet: (name, given = {}) => add(name, 'nothing', given, {}),
    addSyntheticFiles(folderId, count) {
      const files = store.addSynthetic({ folderId, count, time: Date.parse('2022-01-01T00:00:00Z'), prefix: idPrefix })
      return { idOf: (index) => syntheticId(files, index) }
    },
    addOtherDrive(username, otherKind = kind) {
      const oid = `${createHash('sha256').update(username).digest('hex').slice(0, 32)}`.replace(
        /^(.{8})(.{4})(.{4})(.{4})/,
        '$1-$2-$3-$4-',
      )
      const owner = {
        ...(otherKind === 'business' ? businessAccount : personalAccount),
        oid,
        username,
        name: username.split('@')[0] ?? username,
      }
      const other = createOneDriveModel({ kind: otherKind, account: owner, now })
      others.push(other)
      return other
    },
    rename: (id, name) =>
      changed(id, (item) => {
        item.name = name
      }),
    move: (id, parent) => changed(id, (item) => store.reparent(item, parent)),
    replaceContent: (id, content) =>
      changed(id, (item) => {
        item.content = bytesOf(content)
        item.contentVersion += 1
        item.clientModified = now()
        delete item.served
      }),
    update: (id, changes) =>
      changed(id, (item) => {
        Object.assign(item, changes)
        if ('served' in changes) item.contentVersion += 1
      }),
    share: (id, shared = true) =>
      changed(id, (item) => {
        item.shared = shared
      }),
    grant: (id, grants) =>
      changed(id, (item) => {
        item.grants = grants
        item.shared = grants.length > 0
      }),
    turnInto: (id, itemKind, content = '') =>
      changed(id, (item) => {
        for (const [child] of [...store.scanChildren(id, { entry: 0, offset: 0 })]) remove(child.id, true, 'each')
        item.kind = itemKind
        item.contentVersion += 1
        delete item.served
        if (itemKind === 'file') {
          item.content = bytesOf(content)
          item.mimeType ??= 'application/octet-stream'
        } else delete item.content
      }),
    remove(id, announce = 'each') {
      if (id === rootId) throw new Error('practice OneDrive: the root stays')
      store.own(id)
      remove(id, true, announce)
    },
  }
  return model
}
