import { existsSync } from 'node:fs'
import path from 'node:path'
import { type Archive, createArchive } from '../archive/archive.ts'
import { lockArchive } from '../archive/lock.ts'
import { type ArchiveFacts, probeArchive } from '../archive/probe.ts'
import { findSyncedFolder, refuseSyncedFolder, type SyncedFolder, warnSyncedFolder } from '../archive/synced-folders.ts'
import { realWorld } from '../archive/synced-folders-world.ts'
import { openOrRebuild } from '../backup/open-or-rebuild.ts'
import { readCopyNote } from '../copy/copy-note.ts'
import type { Clock } from '../core/clock.ts'
import type { Reporter } from '../core/events.ts'
import { Failure } from '../core/failure.ts'
import type { Journal } from '../journal/journal.ts'
import { journalTrouble, LostJournal, openJournal } from '../journal/open.ts'
import type { EnvironmentVariables } from '../settings/environment.ts'

/** An archive in use: locked, with its journal. */
export interface ArchiveSession {
  readonly archive: Archive
  readonly journal: Journal
  readonly facts: ArchiveFacts
  /** The synced folder that it lies in, where one was found. */
  readonly synced: SyncedFolder | undefined
  /** Makes another folder ready for a copy of this archive, and locks it. Throws as {@link openArchive} does. */
  openTarget(root: string, syncedFolder: SessionOptions['syncedFolder']): Promise<Target>
  close(): void
}

/** A folder that is written to: locked, and what was found out about it. */
export interface Target {
  readonly archive: Archive
  readonly facts: ArchiveFacts
  close(): void
}

export interface SessionOptions {
  readonly root: string
  /** The program's own folder on this computer. */
  readonly stateFolder: string
  readonly platform: NodeJS.Platform
  readonly env: EnvironmentVariables
  readonly home: string
  readonly host: string
  readonly pid: number
  readonly clock: Clock
  readonly emit: Reporter
  /** 'refuse': a folder that a cloud client syncs is no place for an archive. */
  readonly syncedFolder: 'refuse' | 'allow'
  /** Ends the reading of all files, where the journal has to be made anew. */
  readonly signal?: AbortSignal
}

/** Makes the archive ready for writing. Throws a Failure of kind `disk` (exit 5) that says what is in the way. */
export async function openArchive(options: SessionOptions): Promise<ArchiveSession> {
  const { archive, facts, synced, close } = await openFolder(options)
  try {
    if (readCopyNote(archive)?.complete === false) throw unfinishedCopy(archive)
    const { clock, emit, signal = new AbortController().signal } = options
    const journal = await openOrRebuild({ archive, clock, emit, signal })
    return {
      archive,
      journal,
      facts,
      synced,
      openTarget: (root, syncedFolder) => openFolder({ ...options, root, syncedFolder }),
      close() {
        try {
          journal.close()
        } finally {
          close()
        }
      },
    }
  } catch (error) {
    close()
    throw error instanceof Failure ? error : Failure.from(error)
  }
}

function unfinishedCopy({ root }: Archive): Failure {
  return new Failure('disk', `${root} is a copy of an archive that is not complete yet`, {
    hint: `run the same holdall copy again; if the archive itself is lost, delete the file ${path.join(root, '.holdall', 'copy.json')} and run holdall backup here`,
  })
}

/** Looks whether the folder can be used, makes it, and locks it. */
async function openFolder(options: SessionOptions): Promise<Target & Pick<ArchiveSession, 'synced'>> {
  const { root, platform, env, home, clock, emit } = options
  const synced = findSyncedFolder(root, realWorld({ platform, env, home }))
  if (synced !== undefined && options.syncedFolder === 'refuse') {
    if (synced.certainty === 'certain') throw refuseSyncedFolder(root, synced)
    emit({ event: 'notice', level: 'warning', message: warnSyncedFolder(root, synced) })
  }
  const facts = await probeArchive(root)
  if (!facts.longNames)
    throw new Failure('disk', `${root} lies on a file system that cannot hold names of ordinary length`, {
      hint: 'choose another disk, or a folder that is not encrypted name by name',
    })
  const lock = await lockArchive({
    root: facts.root,
    stateFolder: path.join(options.stateFolder, 'locks'),
    pid: options.pid,
    host: options.host,
    clock,
  })
  try {
    const archive = createArchive(facts.root, platform)
    await archive.prepare()
    return { archive, facts, synced, close: () => lock.release() }
  } catch (error) {
    lock.release()
    throw Failure.from(error)
  }
}

/**
 * The journal alone, for looking; undefined where there is no archive yet. Works while a run is under way. Throws a Failure of kind `disk`, whose cause
 * is a {@link LostJournal} where an archive's journal is missing or damaged: nothing is made anew by merely looking.
 */
export function openForReading(
  root: string,
  platform: NodeJS.Platform,
): { readonly archive: Archive; readonly journal: Journal } | undefined {
  const archive = createArchive(root, platform)
  const trouble = journalTrouble(archive.journalFile)
  if (trouble === 'missing' && !existsSync(archive.absolute('bagit.txt'))) return undefined
  if (trouble !== undefined) throw lost(archive, trouble)
  return { archive, journal: openJournal(archive.journalFile, { access: 'read' }) }
}

function lost({ journalFile }: Archive, trouble: string): Failure {
  const what = trouble === 'missing' || trouble === 'empty' ? trouble : `damaged: ${trouble}`
  return new Failure('disk', `the journal ${journalFile} is ${what}; what was saved is still there`, {
    hint: 'run holdall backup: it makes the journal anew from the metadata (a damaged one is kept aside), and downloads only what is not here',
    cause: new LostJournal(trouble),
  })
}
