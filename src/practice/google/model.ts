import { createHash } from 'node:crypto'
import { type ItemLookup, inUserCorpus, roleOf } from './access.ts'
import { type ChangeLog, createChangeLog } from './change-log.ts'
import type { Content } from './content.ts'
import type { DriveModel, DriveModelOptions, ItemOptions } from './drive-model.ts'
import { createItemStore } from './item-store.ts'
import { type DriveItem, folderType, type Person, type SharedDrive, shortcutType } from './items.ts'
import { syntheticId } from './synthetic.ts'

const madeId = (kind: string, number: number): string =>
  `1${createHash('sha256').update(`${kind} ${number}`).digest('base64url').slice(0, 32)}`

/** An account's Drive in memory, with the people, shared drives and change logs that belong to it. */
export function createDriveModel(options: DriveModelOptions = {}): DriveModel {
  const now = options.now ?? Date.now
  const people: Person[] = []
  const roots = new Map<string, string>()
  const logs = new Map<string, ChangeLog>()
  const sharedDrives = new Map<string, SharedDrive>()
  const store = createItemStore()

  const log = (key: string): ChangeLog => {
    const found = logs.get(key) ?? createChangeLog(logs.size + 1)
    logs.set(key, found)
    return found
  }
  const lookup: ItemLookup = {
    get: store.get,
    drive: (id) => sharedDrives.get(id),
    rootOf: (email) => roots.get(email) ?? '',
  }
  /** Whose change logs tell of it. */
  const holders = (item: DriveItem): Person[] =>
    people.filter(
      (person) =>
        inUserCorpus(lookup, item, person) ||
        (options.announceSharedContent === true &&
          item.driveId === undefined &&
          roleOf(lookup, item, person.email) !== undefined),
    )
  const announce = (item: DriveItem, before: readonly Person[], driveBefore: string | undefined, after: readonly Person[]) => {
    const change = { kind: 'file', id: item.id, time: now() } as const
    const inDrive = item.driveId === undefined ? {} : { driveId: item.driveId }
    for (const person of after) log(person.email).append({ ...change, ...inDrive, removed: false })
    for (const person of before) if (!after.includes(person)) log(person.email).append({ ...change, ...inDrive, removed: true })
    if (item.driveId !== undefined) log(item.driveId).append({ ...change, ...inDrive, removed: false })
    if (driveBefore !== undefined && driveBefore !== item.driveId)
      log(driveBefore).append({ ...change, driveId: driveBefore, removed: true })
  }
  const changed = (id: string, change: (item: DriveItem) => void): DriveItem => {
    const item = store.own(id)
    const before = holders(item)
    const driveBefore = item.driveId
    change(item)
    item.version += 1
    announce(item, before, driveBefore, holders(item))
    return item
  }
  const below = function* (id: string, seen = new Set([id])): Generator<DriveItem> {
    for (const [item] of store.scanChildren(id, { entry: 0, offset: 0 })) {
      if (seen.has(item.id)) continue
      yield item
      if (item.mimeType === folderType) yield* below(item.id, seen.add(item.id))
    }
  }
  const add = (name: string, mimeType: string, { id, parent, owner, sharedWith, ...rest }: ItemOptions): DriveItem => {
    const holder = parent === undefined || parent === null ? undefined : lookup.get(parent)
    const driveId = rest.driveId ?? holder?.driveId
    const keeper = owner ?? holder?.owner ?? me.email
    const time = now()
    const item: DriveItem = {
      createdTime: time,
      modifiedTime: time,
      version: 1,
      revision: 1,
      trashed: false,
      ...rest,
      id: id ?? madeId('item', store.inserted()),
      name,
      mimeType,
      grants: Object.entries(sharedWith ?? {}).map(([email, role]) =>
        email === 'anyone'
          ? { type: 'anyone', role, sharedAt: time }
          : { type: 'user', role, email, sharedBy: keeper, sharedAt: time },
      ),
    }
    if (driveId === undefined) item.owner = keeper
    else item.driveId = driveId
    const place = parent === undefined ? lookup.rootOf(keeper) : parent
    if (place !== null) item.parent = place
    store.insert(item)
    announce(item, [], undefined, holders(item))
    return item
  }
  const addPerson = (email: string, name: string): Person => {
    const digits = BigInt(`0x${createHash('sha256').update(email).digest('hex').slice(0, 16)}`)
      .toString()
      .padStart(20, '0')
      .slice(0, 20)
    const person: Person = { email, name, subject: `1${digits}`, permissionId: digits }
    people.push(person)
    const root = `0A${createHash('sha256').update(`root ${email}`).digest('base64url').slice(0, 14)}Uk9PVA`
    roots.set(email, root)
    const time = now()
    store.insert({
      id: root,
      name: 'My Drive',
      mimeType: folderType,
      owner: email,
      grants: [],
      trashed: false,
      createdTime: time,
      modifiedTime: time,
      version: 1,
      revision: 1,
    })
    return person
  }
  const me = addPerson(options.email ?? 'student@example.ac.jp', options.name ?? 'Hana Sato')
  const asContent = (content: Content | string): Content =>
    typeof content === 'string' ? new TextEncoder().encode(content) : content

  return {
    ...lookup,
    me,
    people,
    person: (email) => people.find((person) => person.email === email),
    addPerson,
    addFile: (name, content, { mimeType = 'application/octet-stream', ...rest } = {}) =>
      add(name, mimeType, { ...rest, content: asContent(content) }),
    addFolder: (name, rest = {}) => add(name, folderType, rest),
    addShortcut: (name, targetId, rest = {}) => {
      const target = lookup.get(targetId)
      const key = target?.resourceKey === undefined ? {} : { targetResourceKey: target.resourceKey }
      return add(name, shortcutType, {
        shortcut: { targetId, targetMimeType: target?.mimeType ?? 'application/octet-stream', ...key },
        ...rest,
      })
    },
    addEditorFile: (name, type, rest = {}) => add(name, `application/vnd.google-apps.${type}`, { quotaBytes: 1024, ...rest }),
    addSyntheticFiles(folderId, n) {
      const folder = lookup.get(folderId)
      if (folder === undefined) throw new Error(`practice Drive: no folder ${folderId}`)
      const { group } = store.addSynthetic({ folderId, count: n, owner: folder.owner, driveId: folder.driveId, time: now() })
      return { idOf: (index) => syntheticId(group, index) }
    },
    addSharedDrive(name, members, id) {
      const time = now()
      const drive = {
        id: id ?? `0A${madeId('drive', sharedDrives.size).slice(1, 17)}PVA`,
        name,
        createdTime: time,
        members: new Map(Object.entries(members)),
      }
      sharedDrives.set(drive.id, drive)
      // The top folder has the drive's id and is always named "Drive".
      store.insert({
        id: drive.id,
        name: 'Drive',
        mimeType: folderType,
        driveId: drive.id,
        grants: [],
        trashed: false,
        createdTime: time,
        modifiedTime: time,
        version: 1,
        revision: 1,
      })
      for (const email of drive.members.keys())
        log(email).append({ kind: 'drive', id: drive.id, driveId: drive.id, time, removed: false })
      log(drive.id)
      return drive
    },
    setMember(driveId, email, role) {
      const drive = sharedDrives.get(driveId)
      if (drive === undefined) throw new Error(`practice Drive: no shared drive ${driveId}`)
      if (role === undefined) drive.members.delete(email)
      else drive.members.set(email, role)
      log(email).append({ kind: 'drive', id: driveId, driveId, time: now(), removed: role === undefined })
    },
    update: (id, changes) => changed(id, (item) => Object.assign(item, changes)),
    rename: (id, name) => changed(id, (item) => Object.assign(item, { name })),
    move: (id, parent) =>
      changed(id, (item) => {
        const target = parent === null ? undefined : lookup.get(parent)
        if (parent !== null && target === undefined) throw new Error(`practice Drive: no folder ${parent}`)
        store.reparent(item, target?.id)
        if (target?.driveId === item.driveId) return
        for (const at of [item, ...below(id)]) {
          const moved = store.own(at.id)
          if (target?.driveId === undefined) {
            delete moved.driveId
            moved.owner ??= target?.owner ?? me.email
          } else {
            moved.driveId = target.driveId
            delete moved.owner
          }
        }
      }),
    trash: (id) => changed(id, (item) => Object.assign(item, { trashed: true })),
    untrash: (id) => changed(id, (item) => Object.assign(item, { trashed: false })),
    remove(id, how = 'each') {
      const all = [store.own(id), ...below(id)].map((item) => ({ item: store.own(item.id), before: holders(item) }))
      for (const { item } of all) store.remove(item)
      for (const { item, before } of how === 'each' ? all : all.slice(0, 1)) {
        const change = {
          kind: 'file',
          id: item.id,
          time: now(),
          removed: true,
          ...(item.driveId === undefined ? {} : { driveId: item.driveId }),
        } as const
        for (const person of before) log(person.email).append(change)
        if (item.driveId !== undefined) log(item.driveId).append(change)
      }
    },
    share: (id, email, role = 'reader') =>
      changed(id, (item) => {
        item.grants = item.grants.filter((grant) => grant.email !== email)
        item.grants.push({ type: 'user', role, email, sharedBy: item.owner ?? me.email, sharedAt: now() })
      }),
    unshare: (id, email) =>
      changed(id, (item) => {
        item.grants = item.grants.filter((grant) => grant.email !== email)
      }),
    replaceContent: (id, content) =>
      changed(id, (item) =>
        Object.assign(item, { content: asContent(content), revision: item.revision + 1, modifiedTime: now() }),
      ),
    edit: (id, exports) =>
      changed(id, (item) =>
        Object.assign(item, { revision: item.revision + 1, modifiedTime: now(), ...(exports === undefined ? {} : { exports }) }),
      ),
    open: (id, email = me.email) =>
      changed(id, (item) => Object.assign(item, { openedBy: new Set([...(item.openedBy ?? []), email]) })),
    userLog: (email) => log(email),
    driveLog: (driveId) => (sharedDrives.has(driveId) ? log(driveId) : undefined),
    drives: (email) => [...sharedDrives.values()].filter((drive) => drive.members.has(email)),
    scan: store.scan,
    scanChildren: store.scanChildren,
    count: store.count,
  }
}
