import { z } from 'zod'
import type { SyncedFolder, SyncWorld } from './synced-folders.ts'
import { pathsOf } from './synced-folders-paths.ts'
import { parseRegistryExport, type RegistryKeys } from './synced-folders-registry.ts'

/** Folders that clients themselves say they sync. */
export function* registeredRoots(world: SyncWorld): Generator<SyncedFolder> {
  if (world.platform === 'win32') yield* windows(world)
  if (world.platform === 'darwin') yield* macos(world)
  if (world.platform === 'linux') yield* oneDriveForLinux(world)
  yield* dropbox(world)
  yield* googleDatabase(world)
  yield* nextcloud(world)
}

/** What OneDrive's variables say: they may be left over from another account, or be inherited. */
export function supposedRoots({ platform, env, realpath }: SyncWorld): SyncedFolder[] {
  const names = platform === 'win32' ? ['OneDrive', 'OneDriveConsumer', 'OneDriveCommercial'] : []
  return names.flatMap((name): SyncedFolder[] => {
    const root = env[name]
    const there = root !== undefined && root !== '' && realpath(root) !== undefined
    return there ? [{ client: 'OneDrive', root, evidence: `the variable ${name}`, certainty: 'likely' }] : []
  })
}

const certain = (client: string, root: string, evidence: string): SyncedFolder => ({
  client,
  root,
  evidence,
  certainty: 'certain',
})

function registry(key: string, world: SyncWorld): RegistryKeys {
  const bytes = world.registryExport(key)
  return bytes === undefined ? new Map() : parseRegistryExport(bytes, world.env)
}

function* windows(world: SyncWorld): Generator<SyncedFolder> {
  // Every client with "files on demand" registers here: https://learn.microsoft.com/windows/win32/shell/integrate-cloud-storage
  const roots = registry('HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Explorer\\SyncRootManager', world)
  for (const [key, values] of roots) {
    const provider = /\\SyncRootManager\\([^\\!]+)![^\\]*\\UserSyncRoots$/i.exec(key)?.[1]
    if (provider !== undefined)
      for (const root of values.values()) yield certain(titleOf(provider), root, 'the list of synced folders of Windows')
  }
  for (const [key, values] of registry('HKCU\\Software\\Microsoft\\OneDrive\\Accounts', world)) {
    const folder = values.get('UserFolder')
    // Empty: not signed in.
    if (folder !== undefined && folder !== '') yield certain('OneDrive', folder, 'the settings of OneDrive')
    // Libraries of SharePoint lie outside of the OneDrive folder.
    if (/\\ScopeIdToMountPointPathCache$/i.test(key)) {
      for (const root of values.values())
        if (root !== '') yield certain('OneDrive', root, 'the settings of OneDrive (a library of SharePoint)')
    }
  }
  for (const values of registry('HKCU\\Software\\Google\\DriveFS', world).values()) {
    for (const point of mountPoints(values.get('PerAccountPreferences')))
      yield certain('Google Drive', drive(point), 'the settings of Google Drive')
  }
}

/** Names under which clients register, where they are not what people call them. */
function titleOf(provider: string): string {
  const known: readonly (readonly [RegExp, string])[] = [
    [/^onedrive/i, 'OneDrive'],
    [/^icloud/i, 'iCloud Drive'],
    [/^(google ?drive|drivefs)/i, 'Google Drive'],
    [/^dropbox/i, 'Dropbox'],
    [/^box/i, 'Box'],
  ]
  return known.find(([pattern]) => pattern.test(provider))?.[1] ?? provider
}

const preferences = z.record(
  z.string(),
  z.array(z.object({ value: z.object({ mount_point_path: z.string() }).partial() }).partial()),
)

function mountPoints(text: string | undefined): string[] {
  const parsed = preferences.safeParse(json(text))
  if (!parsed.success) return []
  return Object.values(parsed.data).flatMap((entries) => entries.flatMap((entry) => entry.value?.mount_point_path ?? []))
}

/** Google Drive names a drive by its bare letter. */
const drive = (point: string) => (/^[a-z]:?$/i.test(point) ? `${point[0]}:\\` : point)

function json(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined // Another program's file in a form that we do not know tells us nothing.
  }
}

function* macos({ home, readDir, xattrs }: SyncWorld): Generator<SyncedFolder> {
  // The system's own place for clients: https://developer.apple.com/documentation/fileprovider
  const storage = `${home}/Library/CloudStorage`
  for (const name of readDir(storage)) {
    if (!name.startsWith('.'))
      yield certain(titleOf(name.replace(/-.*$/, '')), `${storage}/${name}`, 'its place in ~/Library/CloudStorage')
  }
  yield certain('iCloud Drive', `${home}/Library/Mobile Documents`, 'its place in ~/Library/Mobile Documents')
  // "Desktop & Documents Folders" of iCloud: the path does not show it, only an attribute does (the second from macOS 15 on).
  for (const name of ['Desktop', 'Documents']) {
    const found = xattrs(`${home}/${name}`).find((attribute) =>
      /^com\.apple\.(icloud\.desktop|file-provider-domain-id)/.test(attribute),
    )
    if (found !== undefined) yield certain('iCloud Drive', `${home}/${name}`, `the attribute ${found}`)
  }
}

/** https://github.com/abraunegg/onedrive/blob/master/docs/application-config-options.md (sync_dir) */
function* oneDriveForLinux({ env, home, readText }: SyncWorld): Generator<SyncedFolder> {
  const config = `${env.XDG_CONFIG_HOME || `${home}/.config`}/onedrive/config`
  const text = readText(config)
  if (text === undefined) return
  const folder = /^\s*sync_dir\s*=\s*"([^"]+)"/m.exec(text)?.[1] ?? '~/OneDrive'
  yield certain('OneDrive', folder.replace(/^~(?=\/|$)/, home), config)
}

const dropboxInfo = z.record(z.string(), z.object({ path: z.string() }).partial())

/** https://help.dropbox.com/installs/locate-dropbox-folder: one entry an account. */
function* dropbox({ platform, env, home, readText }: SyncWorld): Generator<SyncedFolder> {
  const { join } = pathsOf(platform)
  const files =
    platform === 'win32'
      ? [env.APPDATA, env.LOCALAPPDATA].flatMap((folder) => (folder ? [join(folder, 'Dropbox', 'info.json')] : []))
      : [`${home}/.dropbox/info.json`]
  for (const file of files) {
    const parsed = dropboxInfo.safeParse(json(readText(file)))
    for (const { path } of parsed.success ? Object.values(parsed.data) : []) if (path) yield certain('Dropbox', path, file)
  }
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

/** Google Drive's list of mirrored folders and of its virtual drive. Its columns differ from version to version. */
function* googleDatabase({ platform, env, home, sqliteRows }: SyncWorld): Generator<SyncedFolder> {
  const { join, isAbsolute } = pathsOf(platform)
  const local =
    platform === 'win32' ? env.LOCALAPPDATA : platform === 'darwin' ? `${home}/Library/Application Support` : undefined
  if (!local) return
  const file = join(local, 'Google', 'DriveFS', 'root_preference_sqlite.db')
  const mounts = new Map(sqliteRows(file, 'media').map((row) => [row.media_id, text(row.last_mount_point)]))
  for (const mount of mounts.values()) if (mount !== undefined) yield certain('Google Drive', drive(mount), file)
  for (const row of sqliteRows(file, 'roots')) {
    const path = text(row.last_seen_absolute_path) ?? text(row.root_path)
    if (path === undefined) continue
    const mount = mounts.get(row.media_id)
    if (isAbsolute(path)) yield certain('Google Drive', path, file)
    else if (mount !== undefined) yield certain('Google Drive', join(drive(mount), path), file)
  }
}

/** https://docs.nextcloud.com/desktop/latest/conffile.html. Qt writes what is not ASCII as \x and up to four digits. */
function* nextcloud({ platform, env, home, readText }: SyncWorld): Generator<SyncedFolder> {
  const { join } = pathsOf(platform)
  for (const client of ['Nextcloud', 'ownCloud']) {
    const folder =
      platform === 'win32'
        ? env.APPDATA
        : platform === 'darwin'
          ? `${home}/Library/Preferences`
          : env.XDG_CONFIG_HOME || `${home}/.config`
    if (!folder) continue
    const file = join(folder, client, `${client.toLowerCase()}.cfg`)
    for (const [, value = ''] of (readText(file) ?? '').matchAll(/^[^=\r\n]*\\localPath=(.+?)\r?$/gm)) {
      const path = value
        .replace(/^"(.*)"$/, '$1')
        .replace(/\\x([0-9a-f]{1,4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      yield certain(client, path.replaceAll('\\\\', '\\'), file)
    }
  }
}
