import { Failure } from '../core/failure.ts'
import { contains, formsOf, parentsOf, segmentsOf } from './synced-folders-paths.ts'
import { registeredRoots, supposedRoots } from './synced-folders-roots.ts'

/** What is asked of the machine: everything that the search depends on, so that it can run against any other machine's answers. */
export interface SyncWorld {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
  /** With links followed; undefined where the path does not exist. */
  realpath(path: string): string | undefined
  /** Undefined where there is no such file. */
  readText(path: string): string | undefined
  /** Names; none where there is no such folder. */
  readDir(path: string): readonly string[]
  /** The bytes that `reg export KEY` writes; undefined where there is no such key, and elsewhere than on Windows. */
  registryExport(key: string): Uint8Array | undefined
  /** Names of the extended attributes; none elsewhere than on macOS. */
  xattrs(path: string): readonly string[]
  /** All rows of a table, undefined columns and all; none where file or table does not exist. */
  sqliteRows(file: string, table: string): readonly Readonly<Record<string, unknown>>[]
}

/** A folder that a cloud client keeps in step with an account. */
export interface SyncedFolder {
  /** `OneDrive`, `Google Drive` … */
  readonly client: string
  readonly root: string
  /** How we know: a registry key, a file, a name. */
  readonly evidence: string
  /** `certain`: the client itself says that it syncs this folder. `likely`: its name, a variable or a marker file says so. */
  readonly certainty: 'certain' | 'likely'
}

/**
 * The synced folder that `target` (absolute, existing or not) lies in, if one can be found. Undefined means "none found", not "none":
 * bind mounts, another computer's folder over the network and shares of a virtual machine cannot be seen through.
 */
export function findSyncedFolder(target: string, world: SyncWorld): SyncedFolder | undefined {
  const forms = formsOf(target, world)
  const inside = (root: SyncedFolder) =>
    formsOf(root.root, world).some((rootForm) => forms.some((form) => contains(rootForm, form, world.platform)))
  for (const roots of [registeredRoots(world), supposedRoots(world)]) for (const root of roots) if (inside(root)) return root
  for (const form of forms) {
    for (const folder of parentsOf(form, world.platform)) {
      const marked = markedBy(folder, world) ?? namedLike(folder, world)
      if (marked !== undefined) return { ...marked, root: folder, certainty: 'likely' }
    }
  }
  return undefined
}

/** Files that clients put into the folders that they sync. `.dropbox` is not among them: it is also a folder in every Dropbox user's home. */
const markers: readonly (readonly [file: string, client: string])[] = [
  ['.dropbox.cache', 'Dropbox'],
  ['.tmp.drivedownload', 'Google Drive'],
  ['.tmp.driveupload', 'Google Drive'],
  ['.stfolder', 'Syncthing'],
]

function markedBy(folder: string, world: SyncWorld): Pick<SyncedFolder, 'client' | 'evidence'> | undefined {
  const names = world.readDir(folder)
  for (const [file, client] of markers) if (names.includes(file)) return { client, evidence: `the file ${file} in it` }
  const database = names.find((name) => /^\._?sync_.*\.db$/.test(name))
  return database === undefined ? undefined : { client: 'Nextcloud or ownCloud', evidence: `the file ${database} in it` }
}

/** Whole names only: `dropbox-clone` is a project, `OneDrive-old` somebody's copy. */
const names: readonly (readonly [pattern: RegExp, client: string])[] = [
  [/^onedrive( - .+)?$/i, 'OneDrive'],
  [/^(google ?drive|my drive|マイドライブ)$/i, 'Google Drive'],
  [/^dropbox( \(.+\))?$/i, 'Dropbox'],
  [/^icloud ?drive$/i, 'iCloud Drive'],
]

function namedLike(folder: string, world: SyncWorld): Pick<SyncedFolder, 'client' | 'evidence'> | undefined {
  const name = segmentsOf(folder, world.platform, 'as written').at(-1)?.normalize('NFC') ?? ''
  const found = names.find(([pattern]) => pattern.test(name))
  return found === undefined ? undefined : { client: found[1], evidence: 'its name' }
}

const why =
  'the client would upload the whole backup into the very account that it saves, and the backup would vanish with that account'

/** The Failure of kind `disk` (exit status 5) with which a backup into a synced folder is refused. */
export function refuseSyncedFolder(target: string, found: SyncedFolder): Failure {
  return new Failure(
    'disk',
    `${target} lies in a folder that ${found.client} syncs (${found.root}, known from ${found.evidence}): ${why}`,
    {
      hint: 'choose a folder outside of it, best on another disk, or add --allow-synced-folder if you are sure',
    },
  )
}

/** The warning for one that is only likely to be synced: a folder may have kept the name after the account was unlinked. */
export function warnSyncedFolder(target: string, found: SyncedFolder): string {
  return `${target} looks as if ${found.client} syncs it (${found.root}, because of ${found.evidence}). If it does, choose another folder: ${why}`
}
