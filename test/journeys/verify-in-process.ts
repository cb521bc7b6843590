import { hostname } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openArchive, openForReading } from '../../src/app/open-archive.ts'
import type { Context } from '../../src/commands/command.ts'
import { verify } from '../../src/commands/verify.ts'
import { type Clock, systemClock } from '../../src/core/clock.ts'
import type { RunEvent } from '../../src/core/events.ts'
import { wordsOf } from '../../src/language/words.ts'

/** The real command, in this process. */
export async function verifyIn(archive: string, home: string, clock: Clock = systemClock) {
  const events: RunEvent[] = []
  const printed: string[] = []
  const context: Partial<Context> = {
    clock,
    emit: (event) => void events.push(event),
    signal: new AbortController().signal,
    software: 'Holdall test',
    out: (text) => void printed.push(text),
    words: wordsOf('en'),
    stayAwake: () => () => undefined,
    openForReading: async () => openForReading(archive, process.platform),
    openArchive: (syncedFolder) =>
      openArchive({
        root: archive,
        stateFolder: home,
        platform: process.platform,
        env: {},
        home,
        host: hostname(),
        pid: process.pid,
        clock,
        emit: () => undefined,
        syncedFolder,
      }),
  }
  const status = await verify.run(context as Context, [], {})
  return { status, named: events.flatMap((event) => (event.event === 'damaged' ? [`${event.path}: ${event.message}`] : [])) }
}

/** Looks into the journal of an archive, or changes it. */
export function inJournal<T>(archive: string, work: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(path.join(archive, '.holdall/journal.db'))
  try {
    return work(db)
  } finally {
    db.close()
  }
}
