import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { SyncWorld } from './synced-folders.ts'

/** What cannot be found out counts as not there: the search is an attempt to warn, and must never be what stops a backup. */
function attempt<T>(ask: () => T): T | undefined {
  try {
    return ask()
  } catch {
    return undefined
  }
}

function inTemporaryFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), 'holdall-'))
  try {
    return use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Milliseconds that another program may take. */
const patience = 5_000

/** This machine. Synchronous: it is asked once, before a run begins. */
export function realWorld(machine: Pick<SyncWorld, 'platform' | 'env' | 'home'>): SyncWorld {
  const { platform } = machine
  return {
    ...machine,
    realpath: (file) => attempt(() => realpathSync.native(file)),
    readText: (file) => attempt(() => readFileSync(file, 'utf8')),
    readDir: (folder) => attempt(() => readdirSync(folder)) ?? [],
    registryExport: (key) =>
      platform !== 'win32'
        ? undefined
        : attempt(() =>
            inTemporaryFolder((folder) => {
              const file = path.join(folder, 'key.reg')
              execFileSync('reg.exe', ['export', key, file, '/y'], { stdio: 'ignore', timeout: patience, windowsHide: true })
              return readFileSync(file)
            }),
          ),
    xattrs: (file) =>
      platform !== 'darwin'
        ? []
        : (attempt(() =>
            execFileSync('/usr/bin/xattr', [file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: patience }),
          )
            ?.split('\n')
            .filter((name) => name !== '') ?? []),
    sqliteRows: (file, table) =>
      existsSync(file) ? (attempt(() => inTemporaryFolder((folder) => rowsOf(file, table, folder))) ?? []) : [],
  }
}

/** From a copy: the client has the database open, and its newest rows are still in the `-wal` file. */
function rowsOf(file: string, table: string, folder: string): Record<string, unknown>[] {
  const copy = path.join(folder, 'copy.db')
  copyFileSync(file, copy)
  if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`)
  const database = new DatabaseSync(copy)
  try {
    return database.prepare(`SELECT * FROM "${table.replaceAll('"', '""')}"`).all()
  } finally {
    database.close()
  }
}
