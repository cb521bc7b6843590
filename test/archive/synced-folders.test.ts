import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findSyncedFolder, refuseSyncedFolder, type SyncWorld, warnSyncedFolder } from '../../src/archive/synced-folders.ts'
import { realWorld } from '../../src/archive/synced-folders-world.ts'

/** A machine that exists only as answers: which folders there are, which links, which files, which keys. */
interface Machine {
  readonly platform: NodeJS.Platform
  readonly env?: Readonly<Record<string, string>>
  readonly home?: string
  readonly folders?: readonly string[]
  readonly links?: Readonly<Record<string, string>>
  readonly files?: Readonly<Record<string, string>>
  readonly registry?: Readonly<Record<string, string>>
  readonly xattrs?: Readonly<Record<string, readonly string[]>>
  readonly tables?: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>
}

function world({
  platform,
  env = {},
  home,
  folders = [],
  links = {},
  files = {},
  registry = {},
  xattrs = {},
  tables = {},
}: Machine): SyncWorld {
  const { sep } = platform === 'win32' ? path.win32 : path.posix
  const all = [...folders, ...Object.keys(files)]
  return {
    platform,
    env,
    home: home ?? (platform === 'win32' ? 'C:\\Users\\a' : platform === 'darwin' ? '/Users/a' : '/home/a'),
    realpath: (file) => links[file] ?? (all.some((one) => one === file || one.startsWith(`${file}${sep}`)) ? file : undefined),
    readText: (file) => files[file],
    readDir: (folder) => [
      ...new Set(
        all.flatMap((one) => (one.startsWith(`${folder}${sep}`) ? (one.slice(folder.length + 1).split(sep)[0] ?? []) : [])),
      ),
    ],
    // As Windows writes it: UTF-16LE with a byte order mark, lines ending in CR LF.
    registryExport: (key) => {
      const text = registry[key]
      return text === undefined
        ? undefined
        : Buffer.from(`\uFEFFWindows Registry Editor Version 5.00\r\n\r\n${text.replaceAll('\n', '\r\n')}`, 'utf16le')
    },
    xattrs: (file) => xattrs[file] ?? [],
    sqliteRows: (_, table) => tables[table] ?? [],
  }
}

const accounts = 'HKCU\\Software\\Microsoft\\OneDrive\\Accounts'
const full = 'HKEY_CURRENT_USER\\Software\\Microsoft\\OneDrive\\Accounts'
const roots = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Explorer\\SyncRootManager'
const driveFs = 'HKCU\\Software\\Google\\DriveFS'
const expandable = (text: string) => {
  const bytes = [...Buffer.from(`${text}\0`, 'utf16le')].map((byte) => byte.toString(16).padStart(2, '0'))
  return `hex(2):${bytes.slice(0, 20).join(',')},\\\n  ${bytes.slice(20).join(',')}`
}

const oneDrive: Machine = {
  platform: 'win32',
  env: {
    USERPROFILE: 'C:\\Users\\a',
    OneDrive: 'C:\\Users\\a\\OneDrive',
    APPDATA: 'C:\\Users\\a\\AppData\\Roaming',
    LOCALAPPDATA: 'C:\\Users\\a\\AppData\\Local',
  },
  folders: ['C:\\Users\\a\\OneDrive', 'D:\\work', 'D:\\Data'],
  links: { 'D:\\Data': 'C:\\Users\\a\\OneDrive' },
  registry: {
    [accounts]: String.raw`[${full}]

[${full}\Personal]
"UserFolder"="C:\\Users\\a\\OneDrive"
"UserEmail"="a \"b\"@example.org"

[${full}\Business1]
"UserFolder"=${expandable('%userprofile%\\東京大学 - 文書')}

[${full}\Business2]
"UserFolder"=""

[${full}\Business1\ScopeIdToMountPointPathCache]
"00aa"="C:\\Users\\a\\Tokyo\\Physics - Documents"
`,
    [roots]: String.raw`[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Explorer\SyncRootManager\iCloud!S-1-5-21!x]
"Flags"=dword:00000022

[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Explorer\SyncRootManager\iCloud!S-1-5-21!x\UserSyncRoots]
"S-1-5-21"="C:\\Users\\a\\iCloudDrive"

[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Explorer\SyncRootManager\ProtonDrive!S-1-5-21!y\UserSyncRoots]
"S-1-5-21"="C:\\Proton"
`,
    [driveFs]: String.raw`[HKEY_CURRENT_USER\Software\Google\DriveFS]
"PerAccountPreferences"="{\"per_account_preferences\":[{\"key\":\"1\",\"value\":{\"mount_point_path\":\"G\"}},{\"key\":\"2\",\"value\":{\"mount_point_path\":\"C:\\\\mount\"}},{\"key\":\"3\"}]}"
`,
  },
}

const cloudStorage = '/Users/a/Library/CloudStorage'
const mac: Machine = {
  platform: 'darwin',
  folders: [
    `${cloudStorage}/OneDrive-Personal`,
    `${cloudStorage}/OneDrive-SharedLibraries-Tokyo`,
    `${cloudStorage}/GoogleDrive-a@example.org/マイドライブ`,
    `${cloudStorage}/Dropbox`,
    '/Users/a/Documents',
  ],
  links: { '/Users/a/OneDrive': `${cloudStorage}/OneDrive-Personal` },
}

describe('folders that a client says it syncs', () => {
  const table: readonly [string, Machine, string, string | undefined][] = [
    ['OneDrive, personal', oneDrive, 'C:\\Users\\a\\OneDrive\\backup', 'OneDrive'],
    ['the folder itself, in other letters', oneDrive, 'c:/users/A/onedrive', 'OneDrive'],
    ['with the long prefix', oneDrive, '\\\\?\\C:\\Users\\a\\OneDrive\\x', 'OneDrive'],
    ['a known folder moved into it, under its Japanese name', oneDrive, 'C:\\Users\\a\\OneDrive\\デスクトップ\\保存', 'OneDrive'],
    ['OneDrive of an organisation, an expandable value', oneDrive, 'C:\\Users\\a\\東京大学 - 文書\\x', 'OneDrive'],
    ['a library of SharePoint outside of OneDrive', oneDrive, 'C:\\Users\\a\\Tokyo\\Physics - Documents\\x', 'OneDrive'],
    ['a junction into it', oneDrive, 'D:\\Data\\backup', 'OneDrive'],
    ['iCloud on Windows', oneDrive, 'C:\\Users\\a\\iCloudDrive\\x', 'iCloud Drive'],
    ['another client with files on demand', oneDrive, 'C:\\Proton\\x', 'ProtonDrive'],
    ['Google Drive, a bare letter', oneDrive, 'G:\\My Drive\\x', 'Google Drive'],
    ['Google Drive, a folder', oneDrive, 'C:\\mount\\x', 'Google Drive'],
    ['beside it', oneDrive, 'C:\\Users\\a\\Tokyo\\Physics', undefined],
    ['a longer name', oneDrive, 'C:\\Users\\a\\OneDrive-old\\x', undefined],
    ['another disk', oneDrive, 'D:\\work\\x', undefined],
    ['a parent of it', oneDrive, 'C:\\Users\\a', undefined],
    [
      'Google Drive’s database, mirrored',
      {
        platform: 'win32',
        env: { LOCALAPPDATA: 'C:\\L' },
        tables: { roots: [{ media_id: 1, last_seen_absolute_path: '\\\\?\\D:\\mirror', is_my_drive: 1 }] },
      },
      'D:\\mirror\\x',
      'Google Drive',
    ],
    [
      'Google Drive’s database, relative to its drive',
      {
        platform: 'win32',
        env: { LOCALAPPDATA: 'C:\\L' },
        tables: {
          roots: [{ media_id: 7, root_path: 'Photos' }],
          media: [{ media_id: 7, last_mount_point: 'H' }, { media_id: 8 }],
        },
      },
      'H:\\Photos\\x',
      'Google Drive',
    ],
    [
      'Dropbox with two accounts',
      {
        platform: 'win32',
        env: { APPDATA: 'C:\\R', LOCALAPPDATA: 'C:\\L' },
        files: { 'C:\\L\\Dropbox\\info.json': '{"personal":{"path":"C:\\\\P"},"business":{"path":"E:\\\\B","host":1}}' },
      },
      'E:\\B\\x',
      'Dropbox',
    ],
    [
      'Nextcloud on Windows, in Japanese',
      {
        platform: 'win32',
        env: { APPDATA: 'C:\\R' },
        files: {
          'C:\\R\\Nextcloud\\nextcloud.cfg': '[Accounts]\r\n0\\Folders\\1\\localPath="C:/Users/a/\\x30c7\\x30fc\\x30bf/"\r\n',
        },
      },
      'C:\\Users\\a\\データ\\x',
      'Nextcloud',
    ],
    ['OneDrive on a Mac', mac, `${cloudStorage}/OneDrive-Personal/x`, 'OneDrive'],
    ['its link in the home folder', mac, '/Users/a/OneDrive/x', 'OneDrive'],
    ['SharePoint on a Mac', mac, `${cloudStorage}/OneDrive-SharedLibraries-Tokyo/x`, 'OneDrive'],
    ['Google Drive on a Mac', mac, `${cloudStorage}/GoogleDrive-a@example.org/マイドライブ/x`, 'Google Drive'],
    [
      'the same, decomposed letters',
      mac,
      `${cloudStorage}/GoogleDrive-a@example.org/マイドライブ/x`.normalize('NFD'),
      'Google Drive',
    ],
    ['iCloud Drive', mac, '/Users/a/Library/Mobile Documents/com~apple~CloudDocs/x', 'iCloud Drive'],
    ['Documents of a Mac that keeps them itself', mac, '/Users/a/Documents/x', undefined],
    [
      'Documents in iCloud, older',
      { ...mac, xattrs: { '/Users/a/Documents': ['com.apple.icloud.desktop'] } },
      '/Users/a/Documents/x',
      'iCloud Drive',
    ],
    [
      'Desktop in iCloud, newer',
      { ...mac, xattrs: { '/Users/a/Desktop': ['com.apple.macl', 'com.apple.file-provider-domain-id#N'] } },
      '/Users/a/Desktop/x',
      'iCloud Drive',
    ],
    [
      'OneDrive for Linux',
      { platform: 'linux', files: { '/home/a/.config/onedrive/config': '# x\nsync_dir = "~/Work"\n' } },
      '/home/a/Work/x',
      'OneDrive',
    ],
    [
      'the same, elsewhere',
      { platform: 'linux', env: { XDG_CONFIG_HOME: '/c' }, files: { '/c/onedrive/config': 'skip_dir = "x"' } },
      '/home/a/OneDrive/x',
      'OneDrive',
    ],
    [
      'Dropbox on Linux',
      { platform: 'linux', files: { '/home/a/.dropbox/info.json': '{"personal": {"path": "/data/Dropbox (Personal)"}}' } },
      '/data/Dropbox (Personal)/x',
      'Dropbox',
    ],
    [
      'letter case on Linux',
      { platform: 'linux', files: { '/home/a/.dropbox/info.json': '{"personal": {"path": "/data/D"}}' } },
      '/data/d/x',
      undefined,
    ],
    [
      'Dropbox’s file in another form',
      { platform: 'linux', files: { '/home/a/.dropbox/info.json': '[1' } },
      '/data/x',
      undefined,
    ],
    [
      'ownCloud on Linux',
      { platform: 'linux', files: { '/home/a/.config/ownCloud/owncloud.cfg': '0\\Folders\\1\\localPath=/home/a/oc/\n' } },
      '/home/a/oc/x',
      'ownCloud',
    ],
    ['nothing at all', { platform: 'linux' }, '/home/a/backup', undefined],
    ['nothing at all on Windows', { platform: 'win32' }, 'C:\\Users\\a\\backup', undefined],
  ]
  test.each(table)('%s', (_, machine, target, client) => {
    const found = findSyncedFolder(target, world(machine))
    expect(found?.client).toBe(client)
    if (found !== undefined) expect(found.certainty).toBe('certain')
  })
})

describe('folders that only look like it', () => {
  const table: readonly [string, Machine, string, string | undefined][] = [
    [
      'a variable without a registry',
      { platform: 'win32', env: { OneDriveCommercial: 'D:\\O' }, folders: ['D:\\O'] },
      'D:\\O\\x',
      'OneDrive',
    ],
    ['a variable of another user', { platform: 'win32', env: { OneDrive: 'D:\\O' } }, 'D:\\O\\x', undefined],
    ['a folder left after unlinking', { platform: 'win32' }, 'C:\\Users\\a\\OneDrive - Tokyo\\x', 'OneDrive'],
    ['Windows seen from Linux', { platform: 'linux' }, '/mnt/c/Users/a/OneDrive/x', 'OneDrive'],
    ['My Drive', { platform: 'darwin' }, '/Users/a/My Drive/x', 'Google Drive'],
    ['マイドライブ, decomposed', { platform: 'linux' }, '/x/マイドライブ/x'.normalize('NFD'), 'Google Drive'],
    ['a marker file', { platform: 'linux', files: { '/data/s/.stfolder': '' } }, '/data/s/a/b', 'Syncthing'],
    ['a mirror of Google Drive', { platform: 'linux', folders: ['/data/g/.tmp.drivedownload'] }, '/data/g', 'Google Drive'],
    [
      'a database of Nextcloud',
      { platform: 'linux', files: { '/data/n/.sync_0a1b.db': '' } },
      '/data/n/x',
      'Nextcloud or ownCloud',
    ],
    ['Dropbox’s settings in the home folder', { platform: 'linux', folders: ['/home/a/.dropbox'] }, '/home/a/x', undefined],
    ['a project', { platform: 'linux' }, '/home/a/dropbox-clone/x', undefined],
    ['an old copy', { platform: 'linux' }, '/home/a/OneDrive-old/x', undefined],
  ]
  test.each(table)('%s', (_, machine, target, client) => {
    const found = findSyncedFolder(target, world(machine))
    expect(found?.client).toBe(client)
    if (found !== undefined) expect(found.certainty).toBe('likely')
  })
})

test('a refusal says why, where from, and what to do; exit status 5', () => {
  const found = findSyncedFolder('C:\\Users\\a\\OneDrive\\b', world(oneDrive))
  if (found === undefined) throw new Error('not found')
  const failure = refuseSyncedFolder('C:\\Users\\a\\OneDrive\\b', found)
  expect(failure).toMatchObject({ kind: 'disk', stops: 'run', hint: expect.stringContaining('--allow-synced-folder') })
  expect(failure.consequence.status).toBe(5)
  for (const part of ['C:\\Users\\a\\OneDrive\\b', 'OneDrive', 'settings of OneDrive', 'vanish'])
    expect(failure.message).toContain(part)
  expect(warnSyncedFolder('/x', { ...found, certainty: 'likely' })).toContain('OneDrive')
})

describe('this machine', () => {
  let home: string
  beforeEach(() => {
    home = mkdtempSync(path.join(tmpdir(), 'holdall-synced-'))
  })
  afterEach(() => rmSync(home, { recursive: true, force: true }))
  const real = (platform: NodeJS.Platform = process.platform, env = {}) => realWorld({ platform, env, home })

  test('an ordinary folder that does not exist yet', () => {
    expect(findSyncedFolder(path.join(home, 'a', 'b'), real())).toBeUndefined()
  })

  test('a link into a Dropbox', () => {
    mkdirSync(path.join(home, '.dropbox'))
    mkdirSync(path.join(home, 'box'))
    writeFileSync(path.join(home, '.dropbox', 'info.json'), JSON.stringify({ personal: { path: path.join(home, 'box') } }))
    symlinkSync(path.join(home, 'box'), path.join(home, 'link'))
    expect(findSyncedFolder(path.join(home, 'link', 'not yet'), real('linux'))).toMatchObject({
      client: 'Dropbox',
      certainty: 'certain',
    })
  })

  test('Google Drive’s database while the client has it open: its newest rows are in the -wal file', () => {
    const folder = path.join(home, 'Library', 'Application Support', 'Google', 'DriveFS')
    mkdirSync(folder, { recursive: true })
    const database = new DatabaseSync(path.join(folder, 'root_preference_sqlite.db'))
    database.exec('PRAGMA journal_mode=WAL; CREATE TABLE roots (media_id, root_path, is_my_drive)')
    database.prepare('INSERT INTO roots VALUES (1, ?, 1)').run(path.join(home, 'mirror'))
    // On another system's machine the database is the same; only its place differs.
    expect(findSyncedFolder(path.join(home, 'mirror', 'x'), real('darwin'))).toMatchObject({
      client: 'Google Drive',
      certainty: 'certain',
    })
    database.close()
    expect(findSyncedFolder(path.join(home, 'mirror', 'x'), real('darwin'))).toMatchObject({ client: 'Google Drive' })
    writeFileSync(path.join(folder, 'root_preference_sqlite.db'), 'no database')
    expect(findSyncedFolder(path.join(home, 'mirror', 'x'), real('darwin'))).toBeUndefined()
  })
})
