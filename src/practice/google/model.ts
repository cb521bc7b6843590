import { createHash } from 'node:crypto'
import { type ItemLookup, inUserCorpus } from './access.ts'
import { type ChangeLog, createChangeLog } from './change-log.ts'
import { type Content, contentSize } from './content.ts'
import { type DriveItem, folderType, type Person, type Role, type SharedDrive, shortcutType } from './items.ts'
import { parseSyntheticId, type SyntheticFiles, syntheticItem } from './synthetic.ts'

/** Details that any item may be given; what is left out is as for a file just made by the person in their own My Drive. */
export interface ItemOptions extends Partial<Omit<DriveItem, 'id' | 'name' | 'mimeType' | 'grants' | 'owner' | 'parent'>> {
  /** Chosen id; else one is made. */
  readonly id?: string
  /** The folder that holds it: default the owner's My Drive. null: no parent (an orphan, or the top folder of a computer). */
  readonly parent?: string | null
  /** E-mail address; default the person whose Drive it is. */
  readonly owner?: string
  /** Shared directly with these people (e-mail address → role), `anyone` for a link. */
  readonly sharedWith?: Readonly<Record<string, Role>>
}

/** Where a scan of all items goes on. */
export interface Position {
  readonly entry: number
  readonly offset: number
}

export interface DriveModel extends ItemLookup {
  /** The person whose Drive it is. */
  readonly me: Person
  readonly people: readonly Person[]
  person(email: string): Person | undefined
  addPerson(email: string, name: string): Person
  addFile(name: string, content: Content | string, options?: ItemOptions & { readonly mimeType?: string }): DriveItem
  addFolder(name: string, options?: ItemOptions): DriveItem
  addShortcut(name: string, targetId: string, options?: ItemOptions): DriveItem
  /** A document of Google's editors; `type` is what follows `application/vnd.google-apps.`. */
  addEditorFile(name: string, type: string, options?: ItemOptions): DriveItem
  /** `n` small files below a folder, made when asked for. Not in any change log: add them before a client takes its first token. */
  addSyntheticFiles(folderId: string, n: number): { idOf(index: number): string }
  addSharedDrive(name: string, members: Readonly<Record<string, Role>>, id?: string): SharedDrive
  setMember(driveId: string, email: string, role: Role | undefined): void
  /** Changes metadata: version and change log follow, `modifiedTime` does not. */
  update(
    id: string,
    changes: Partial<Omit<DriveItem, 'id' | 'mimeType' | 'version' | 'content' | 'parent' | 'driveId'>>,
  ): DriveItem
  rename(id: string, name: string): DriveItem
  /** To another folder, another drive (then all below it goes along), or (null) to none. Nothing below it shows up in a change log. */
  move(id: string, parent: string | null): DriveItem
  trash(id: string): DriveItem
  untrash(id: string): DriveItem
  /** Deletes for good, with all below it. `announce`: whether the change log names each, or the folder alone. */
  remove(id: string, announce?: 'each' | 'folder-only'): void
  share(id: string, email: string, role?: Role): DriveItem
  unshare(id: string, email: string): DriveItem
  replaceContent(id: string, content: Content | string): DriveItem
  /** A new version of an editor file: other exports, a new `modifiedTime`. */
  edit(id: string, exports?: DriveItem['exports']): DriveItem
  /** The person opened it: from now on it is in their own corpus. */
  open(id: string, email?: string): DriveItem
  userLog(email: string): ChangeLog
  driveLog(driveId: string): ChangeLog | undefined
  drives(email: string): SharedDrive[]
  /** Items in a lasting order from a position on, with the position after each. Removed ones are skipped. */
  scan(from: Position): Generator<[DriveItem, Position]>
  /** The same, of a folder's children. */
  scanChildren(folderId: string, from: Position): Generator<[DriveItem, Position]>
  /** Number of items now, roots and synthetic files included. */
  count(): number
}

export interface DriveModelOptions {
  readonly email?: string
  readonly name?: string
  /** Milliseconds since 1970; default the system's clock. */
  readonly now?: () => number
}

const madeId = (kind: string, number: number): string =>
  `1${createHash('sha256').update(`${kind} ${number}`).digest('base64url').slice(0, 32)}`

/** An account's Drive in memory, with the people, shared drives and change logs that belong to it. */
export function createDriveModel(options: DriveModelOptions = {}): DriveModel {
  const now = options.now ?? Date.now
  const people: Person[] = []
  const roots = new Map<string, string>()
  const logs = new Map<string, ChangeLog>()
  const sharedDrives = new Map<string, SharedDrive>()
  const entries: (DriveItem | SyntheticFiles | undefined)[] = []
  const serials = new Map<string, number>()
  const groups: SyntheticFiles[] = []
  const childrenOf = new Map<string, Set<number>>()
  let living = 0

  const isGroup = (entry: DriveItem | SyntheticFiles): entry is SyntheticFiles => 'group' in entry
  const log = (key: string): ChangeLog => {
    const found = logs.get(key) ?? createChangeLog(logs.size + 1)
    logs.set(key, found)
    return found
  }
  const adopt = (parent: string | undefined, serial: number) => {
    if (parent === undefined) return
    const known = childrenOf.get(parent) ?? new Set()
    childrenOf.set(parent, known)
    known.add(serial)
  }
  const insert = (item: DriveItem): void => {
    if (serials.has(item.id)) throw new Error(`practice Drive: two items with the id ${item.id}`)
    serials.set(item.id, entries.length)
    adopt(item.parent, entries.length)
    entries.push(item)
    living += 1
  }
  const lookup: ItemLookup = {
    get(id) {
      const serial = serials.get(id)
      const entry = serial === undefined ? undefined : entries[serial]
      if (entry !== undefined) return isGroup(entry) ? undefined : entry
      const synthetic = parseSyntheticId(id)
      const group = synthetic === undefined ? undefined : groups[synthetic.group]
      if (synthetic === undefined || group === undefined) return undefined
      return synthetic.index < group.count && !group.taken.has(synthetic.index)
        ? syntheticItem(group, synthetic.index)
        : undefined
    },
    drive: (id) => sharedDrives.get(id),
    rootOf: (email) => roots.get(email) ?? '',
  }
  /** The item for changing: a synthetic one becomes an ordinary one. */
  const own = (id: string): DriveItem => {
    const item = lookup.get(id)
    if (item === undefined) throw new Error(`practice Drive: no item ${id}`)
    if (!serials.has(id)) {
      const synthetic = parseSyntheticId(id)!
      groups[synthetic.group]!.taken.add(synthetic.index)
      living -= 1
      insert(item)
    }
    return item
  }
  const holders = (item: DriveItem): Person[] => people.filter((person) => inUserCorpus(lookup, item, person))
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
    const item = own(id)
    const before = holders(item)
    const driveBefore = item.driveId
    change(item)
    item.version += 1
    announce(item, before, driveBefore, holders(item))
    return item
  }
  const below = function* (id: string): Generator<DriveItem> {
    for (const [item] of scanChildren(id, { entry: 0, offset: 0 })) {
      yield item
      if (item.mimeType === folderType) yield* below(item.id)
    }
  }
  const scanEntry = function* (serial: number, offset: number): Generator<[DriveItem, Position]> {
    const entry = entries[serial]
    if (entry === undefined) return
    if (!isGroup(entry)) {
      if (offset === 0) yield [entry, { entry: serial + 1, offset: 0 }]
      return
    }
    for (let index = offset; index < entry.count; index += 1) {
      if (!entry.taken.has(index)) yield [syntheticItem(entry, index), { entry: serial, offset: index + 1 }]
    }
  }
  const scanChildren = function* (folderId: string, from: Position): Generator<[DriveItem, Position]> {
    const known = [...(childrenOf.get(folderId) ?? [])].filter((serial) => serial >= from.entry).sort((a, b) => a - b)
    for (const serial of known) yield* scanEntry(serial, serial === from.entry ? from.offset : 0)
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
      id: id ?? madeId('item', entries.length),
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
    insert(item)
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
    insert({
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
      const group = {
        group: groups.length,
        folderId,
        count: n,
        owner: folder.owner,
        driveId: folder.driveId,
        time: now(),
        taken: new Set<number>(),
      }
      groups.push(group)
      adopt(folderId, entries.length)
      entries.push(group)
      living += n
      return { idOf: (index) => syntheticItem(group, index).id }
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
      insert({
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
        const serial = serials.get(id)!
        if (item.parent !== undefined) childrenOf.get(item.parent)?.delete(serial)
        const target = parent === null ? undefined : lookup.get(parent)
        if (parent !== null && target === undefined) throw new Error(`practice Drive: no folder ${parent}`)
        if (parent === null) delete item.parent
        else item.parent = parent
        adopt(item.parent, serial)
        if (target?.driveId === item.driveId) return
        for (const at of [item, ...below(id)]) {
          const moved = own(at.id)
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
      const all = [own(id), ...below(id)].map((item) => ({ item: own(item.id), before: holders(item) }))
      for (const { item } of all) {
        const serial = serials.get(item.id)!
        entries[serial] = undefined
        serials.delete(item.id)
        if (item.parent !== undefined) childrenOf.get(item.parent)?.delete(serial)
        living -= 1
      }
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
    *scan(from) {
      for (let serial = from.entry; serial < entries.length; serial += 1)
        yield* scanEntry(serial, serial === from.entry ? from.offset : 0)
    },
    scanChildren,
    count: () => living,
  }
}

/** Bytes of storage that the person's own files use. */
export function storageUsed(model: DriveModel, email: string): number {
  let used = 0
  for (const [item] of model.scan({ entry: 0, offset: 0 })) {
    if (item.owner === email) used += item.content === undefined ? (item.quotaBytes ?? 0) : contentSize(item.content)
  }
  return used
}
