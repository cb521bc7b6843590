import { generated } from '../../src/practice/content/generated.ts'
import type { DriveModel } from '../../src/practice/google/drive-model.ts'
import type { OneDriveModel } from '../../src/practice/microsoft/drive/one-drive-model.ts'
import type { WebdavModel } from '../../src/practice/webdav/model.ts'
import type { WebdavQuirks } from '../../src/practice/webdav/quirks.ts'
import type { Derived } from '../journeys/archive-check.ts'
import type { CloudOptions } from '../journeys/cloud.ts'
import type { ExpectedFile } from '../journeys/expected.ts'
import { createGoogleAccount, type GoogleModels } from '../journeys/google-account.ts'
import { createMicrosoftAccount } from '../journeys/microsoft-account.ts'
import { createMixedAccount } from '../journeys/mixed-account.ts'
import { below, pick, type Random, seeded } from '../journeys/random.ts'
import { createZoomAccount } from '../journeys/zoom-account.ts'
import type { Cloud } from './cloud.ts'

/** What a person has at all providers, or at some of them, and what an archive of it must hold. */
export interface Contents {
  readonly cloud: CloudOptions
  readonly quirks: Partial<WebdavQuirks>
  /** Told where it is served, once it is. */
  served(cloud: Cloud): void
  /** What people do between two backups; returns how many bouts of edits there were. */
  edit(): number
  /** Ids of what each source has now, in the program's words, where a model says it plainly. */
  ids(): ReadonlyMap<string, ReadonlySet<string>>
  expected(): ExpectedFile[]
  readonly derived: readonly Derived[]
  /** Things at the source now. */
  items(): number
}

interface Part {
  readonly cloud: CloudOptions
  readonly derived: readonly Derived[]
  served?(cloud: Cloud): void
  change(): void
  rearrange(): void
  expected(): ExpectedFile[]
  ids(): [source: string, ids: Iterable<string>][]
}

const mebibyte = 1024 * 1024
/** Most large files are small enough to be quick; some are so large that they are resumed. */
const largeSize = (random: Random) =>
  random() < 0.15 ? 34 * mebibyte + below(random, 4 * mebibyte) : below(random, 3 * mebibyte)

/** `files`: Drive and WebDAV; `google`: the rest of Google. */
export const accountKinds = ['files', 'google', 'microsoft', 'zoom'] as const
export type AccountKind = (typeof accountKinds)[number]

/** Contents that a seed decides: which providers (unless `only` says it), how much, how odd. */
export function createContents(seed: number, only?: readonly AccountKind[]): Contents {
  const random = seeded(seed)
  const drawn = accountKinds.filter(() => random() < 0.55)
  if (drawn.length === 0) drawn.push(pick(random, accountKinds))
  const chosen = only ?? drawn
  const parts = chosen.map((kind): Part => makers[kind](random, seed))
  const of = (account: 'google' | 'home' | 'microsoft' | 'zoom') => parts.some(({ cloud }) => cloud.accounts?.includes(account))
  return {
    cloud: {
      ...Object.assign({}, ...parts.map((part) => part.cloud)),
      accounts: (['google', 'home', 'microsoft', 'zoom'] as const).filter(of),
      sources: parts.flatMap(({ cloud }) => cloud.sources ?? []),
    },
    quirks: oddServer(random),
    served: (cloud) => {
      for (const part of parts) part.served?.(cloud)
    },
    edit() {
      let bouts = 0
      for (const part of parts) {
        for (let left = below(random, 3); left > 0; left--, bouts++) {
          if (random() < 0.3) part.rearrange()
          else part.change()
        }
      }
      return bouts
    },
    ids: () => new Map(parts.flatMap((part) => part.ids()).map(([source, ids]) => [source, new Set(ids)])),
    expected: () => parts.flatMap((part) => part.expected()),
    derived: parts.flatMap(({ derived }) => derived),
    items: () => parts.reduce((sum, part) => sum + part.ids().reduce((all, [, ids]) => all + [...ids].length, 0), 0),
  }
}

const makers: Readonly<Record<AccountKind, (random: Random, seed: number) => Part>> = {
  files(random, seed) {
    const account = createMixedAccount({ seed, large: largeSize(random) })
    const { drive, home } = account
    const more = [driveOddities(drive, random, seed), homeOddities(home, random, seed)]
    const also = (bout: () => void) => () => {
      bout()
      for (const side of more) side()
    }
    return {
      cloud: { drive, home, accounts: ['google', 'home'], sources: ['drive'] },
      derived: [],
      change: also(account.change),
      rearrange: account.rearrange,
      expected: account.expected,
      ids: () => [
        ['google/drive', idsOfDrive(drive)],
        ['home/files', [...home.walk()].map(({ path }) => path.slice(1))],
      ],
    }
  },
  google(random, seed) {
    const account = createGoogleAccount({ seed, messages: 20 + below(random, 150) })
    const { mailbox, people, calendar, tasks } = account
    const models: GoogleModels = { mailbox, people, calendar, tasks }
    return {
      cloud: { google: models, accounts: ['google'], sources: ['gmail', 'contacts', 'calendar', 'tasks'] },
      derived: account.derived === undefined ? [] : [account.derived],
      change: account.change,
      rearrange: account.rearrange,
      expected: account.expected,
      ids: () => [
        ['google/gmail', wantedMail(models)],
        ['google/contacts', people.contacts.alive().map(({ id }) => id)],
        [
          'google/calendar',
          calendar.entries.alive().flatMap(({ id }) =>
            calendar
              .calendar(id)!
              .events.alive()
              .map((one) => `event/${encodeURIComponent(id)}/${one.id}`),
          ),
        ],
        ['google/tasks', [...tasks.lists].flatMap(([id, list]) => [...list.tasks.keys()].map((task) => `task/${id}/${task}`))],
      ],
    }
  },
  microsoft(random, seed) {
    const account = createMicrosoftAccount({ seed, large: largeSize(random) })
    const { drive, notes } = account
    const odd = oneDriveOddities(drive, random, seed)
    return {
      cloud: account.cloud,
      derived: account.derived === undefined ? [] : [account.derived],
      // It needs no more of the cloud than where Graph is.
      served: ({ microsoft }) => account.served?.({ microsoft } as Parameters<NonNullable<typeof account.served>>[0]),
      change: () => {
        account.change()
        odd()
      },
      rearrange: account.rearrange,
      expected: account.expected,
      ids: () => [
        ['microsoft/onedrive', idsOfOneDrive(drive)],
        [
          'microsoft/onenote',
          [notes.notebooks, notes.groups, notes.sections, notes.pages].flatMap((things) => [...things.keys()]),
        ],
      ],
    }
  },
  zoom(random, seed) {
    const account = createZoomAccount({ seed, large: largeSize(random) })
    return {
      cloud: account.cloud,
      derived: account.derived === undefined ? [] : [account.derived],
      change: account.change,
      rearrange: account.rearrange,
      expected: account.expected,
      ids: () => [['zoom/recordings', account.expected().map(({ id }) => id)]],
    }
  },
}

function* idsOfDrive(drive: DriveModel): Generator<string> {
  const shared = new Set(drive.drives(drive.me.email).map(({ id }) => id))
  for (const [{ id }] of drive.scan({ entry: 0, offset: 0 })) if (id !== drive.rootOf(drive.me.email) && !shared.has(id)) yield id
}

function* idsOfOneDrive(drive: OneDriveModel): Generator<string> {
  for (const [{ id, parent }] of drive.scan({ entry: 0, offset: 0 }, drive.entries())) if (parent !== undefined) yield id
}

function* wantedMail({ mailbox }: GoogleModels): Generator<string> {
  for (const { id, labelIds } of mailbox.scan()) if (!labelIds.includes('SPAM') && !labelIds.includes('TRASH')) yield id
}

/** Ways of servers that change nothing of what is there. */
function oddServer(random: Random): Partial<WebdavQuirks> {
  return {
    folderEtags: random() < 0.5,
    hrefs: pick(random, ['path', 'absolute-url', 'lower-case-escapes', 'over-encoded'] as const),
    collectionLast: random() < 0.3,
    notFoundPropstatFirst: random() < 0.3,
    bareStatus: random() < 0.3,
    prefix: pick(random, ['D', 'd', 'lp1', ''] as const),
    gzip: random() < 0.15,
  }
}

const words = ['notes', 'thesis', '講義', 'Übung', 'data', 'été', 'report', 'photo', '卒業', 'zz']
const endings = ['.txt', '.bin', '.dat', '', '.tar.gz']
/** No two of an account are the same: names that clash are for other tests, and for some files of the account itself. */
const nameOf = (random: Random, number: number) =>
  `${pick(random, words)} ${pick(random, words)} ${number}${pick(random, endings)}`
/** Few are long; none without a byte of its own, by which it is known. */
const sizeOf = (random: Random) => 8 + Math.floor(random() ** 6 * mebibyte)
const someTime = (random: Random) => Date.UTC(2005, 0, 1) + below(random, 19 * 365 * 86_400) * 1000

/** Files of a person's own beside the account's, in deep folders, of many sizes; adds, changes and removes some at each call. */
function driveOddities(model: DriveModel, random: Random, seed: number): () => void {
  const files: string[] = []
  const folders: string[] = []
  let count = 0
  const bytes = () => generated(sizeOf(random), seed * 100_003 + 50_000 + ++count).bytes()
  const parent = () => (folders.length === 0 ? {} : { parent: pick(random, folders) })
  const addFolder = () =>
    folders.push(model.addFolder(nameOf(random, ++count), { ...parent(), modifiedTime: someTime(random) }).id)
  const addFile = () =>
    files.push(model.addFile(nameOf(random, ++count), bytes(), { ...parent(), modifiedTime: someTime(random) }).id)
  for (let left = below(random, 8); left > 0; left--) addFolder()
  for (let left = below(random, 60); left > 0; left--) addFile()
  return () => {
    if (random() < 0.5) addFolder()
    for (let left = below(random, 6); left > 0; left--) addFile()
    for (let left = below(random, 4); left > 0 && files.length > 0; left--) {
      const id = pick(random, files)
      const dice = random()
      if (dice < 0.3) model.replaceContent(id, bytes())
      else if (dice < 0.6) model.rename(id, nameOf(random, ++count))
      else if (dice < 0.8 && folders.length > 0) model.move(id, pick(random, folders))
      else {
        const { name, parent: above } = model.get(id)!
        model.remove(files.splice(files.indexOf(id), 1)[0]!)
        // A folder of the same name in its place.
        if (random() < 0.3) folders.push(model.addFolder(name, { ...(above !== undefined && { parent: above }) }).id)
      }
    }
  }
}

function homeOddities(model: WebdavModel, random: Random, seed: number): () => void {
  const files: string[] = []
  /** Folders that were files. */
  const turned = new Set<string>()
  let count = 0
  const bytes = () => generated(sizeOf(random), seed * 100_003 + 60_000 + ++count).bytes()
  const folder = () => `/odd/${pick(random, words)}${random() < 0.5 ? `/${pick(random, words)}` : ''}`
  const add = () => {
    const path = `${folder()}/${nameOf(random, ++count)}`
    model.put(path, bytes(), { modified: new Date(someTime(random)) })
    files.push(path)
  }
  for (let left = below(random, 60); left > 0; left--) add()
  return () => {
    for (let left = below(random, 6); left > 0; left--) add()
    for (let left = below(random, 4); left > 0 && files.length > 0; left--) {
      const path = pick(random, files)
      const at = files.indexOf(path)
      const dice = random()
      if (dice < 0.4) model.put(path, bytes(), { modified: new Date(someTime(random)) })
      else if (dice < 0.7) {
        const to = `${path.slice(0, path.lastIndexOf('/'))}/${nameOf(random, ++count)}`
        model.move(path, to)
        files[at] = to
      } else {
        model.remove(path)
        files.splice(at, 1)
        // A folder at the very path where a file was, and the other way round: the same id for the program.
        if (random() < 0.3) {
          model.put(`${path}/${nameOf(random, ++count)}`, bytes(), { modified: new Date(someTime(random)) })
          turned.add(path)
        }
      }
    }
    for (const path of [...turned]) {
      if (random() < 0.7) continue
      turned.delete(path)
      model.remove(path)
      model.put(path, bytes(), { modified: new Date(someTime(random)) })
      files.push(path)
    }
  }
}

function oneDriveOddities(model: OneDriveModel, random: Random, seed: number): () => void {
  const files: string[] = []
  const folders: string[] = [model.rootId]
  let count = 0
  const content = () => ({ size: sizeOf(random), seed: seed * 1009 + 70_000 + ++count })
  const addFolder = () =>
    folders.push(model.addFolder(nameOf(random, ++count), { parent: pick(random, folders), modified: someTime(random) }).id)
  const addFile = () =>
    files.push(
      model.addFile(nameOf(random, ++count), content(), { parent: pick(random, folders), modified: someTime(random) }).id,
    )
  for (let left = below(random, 8); left > 0; left--) addFolder()
  for (let left = below(random, 60); left > 0; left--) addFile()
  return () => {
    if (random() < 0.5) addFolder()
    for (let left = below(random, 6); left > 0; left--) addFile()
    for (let left = below(random, 4); left > 0 && files.length > 0; left--) {
      const id = pick(random, files)
      const dice = random()
      if (dice < 0.3) model.replaceContent(id, content())
      else if (dice < 0.6) model.rename(id, nameOf(random, ++count))
      else if (dice < 0.8) model.move(id, pick(random, folders))
      else {
        const { name, parent } = model.get(id)!
        model.remove(files.splice(files.indexOf(id), 1)[0]!)
        // A folder of the same name in its place.
        if (random() < 0.3) folders.push(model.addFolder(name, { parent: parent! }).id)
      }
    }
  }
}
