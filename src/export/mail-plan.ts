import { createHash } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { type MailDetails, mailDetails } from '../core/mail.ts'
import type { Journal } from '../journal/journal.ts'
import { createPaths } from '../journal/paths.ts'
import type { ItemRow } from '../journal/rows.ts'

/** A saved message, as the journal states it. */
export interface MailMessage {
  /** Made from the source and the provider's id: the same on every run, and of letters and digits alone. */
  readonly key: string
  /** Relative to the archive, `/` between components. */
  readonly path: string
  readonly bytes: number
  readonly sha256: string
  readonly labels: readonly string[]
  readonly flags: MailDetails['flags']
  readonly thread?: string
  /** When it was received, milliseconds since 1970; nonsense is moved to the nearest end of 1970 to 9999. */
  readonly received: number
}

/** What there is to export of one source: read from the journal at the start, so that no statement stays open while files are written. */
export type MailPlan = ReturnType<typeof planMail>

/** The end of the year 9999: imported mail claims any time, and neither file systems nor the line before a message hold them all. */
const latest = 253_402_300_799_000

const isMessage = (name: string) => /\.eml$/i.test(name)
const unlabelled: MailDetails = { labels: [], flags: { seen: false, flagged: false, draft: false } }

/**
 * Gathers the messages of a source in a temporary database of SQLite's own (https://sqlite.org/inmemorydb.html#temp_db), which goes to the system's folder
 * for temporary files when it grows: a mailbox of any size costs a few megabytes of memory. Messages come in the order in which they were received.
 */
export function planMail(journal: Journal, source: { readonly n: number; readonly name: string }) {
  const database = new DatabaseSync('')
  database.exec(`
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA cache_size = -8000;
    CREATE TABLE message (key TEXT PRIMARY KEY, path TEXT, bytes INTEGER, sha256 TEXT, received REAL, about TEXT);
    CREATE TABLE label (n INTEGER PRIMARY KEY, name TEXT UNIQUE);
    CREATE TABLE labelled (label INTEGER, received REAL, message INTEGER, PRIMARY KEY (label, received, message)) WITHOUT ROWID;
    BEGIN`)
  const insert = database.prepare('INSERT INTO message VALUES (?, ?, ?, ?, ?, ?)')
  const insertLabel = database.prepare('INSERT INTO label (name) VALUES (?)')
  const insertLabelled = database.prepare('INSERT OR IGNORE INTO labelled VALUES (?, ?, ?)')
  const labels = new Map<string, number>()
  const paths = createPaths(journal, new Map([[source.n, source.name]]))
  let [messages, bytes, unsaved, undescribed] = [0, 0, 0, 0]

  for (const row of journal.itemRows(source.n)) {
    const described = mailDetails.safeParse(JSON.parse(row.details))
    const file = journal.entriesOf(row.n).find((entry) => entry.disk !== null && isMessage(entry.disk))
    if (file?.sha256 == null || file.disk_dir === null) {
      if (isMissing(row, file !== undefined || described.success)) unsaved++
      continue
    }
    const details = described.success ? described.data : unlabelled
    if (!described.success) undescribed++
    const received = Math.min(Math.max(details.received ?? file.modified ?? row.modified ?? 0, 0), latest)
    const { lastInsertRowid: n } = insert.run(
      createHash('sha256').update(`${source.name}\0${row.id}`).digest('hex').slice(0, 24),
      `${paths.onDisk(file.disk_dir)}/${file.disk}`,
      file.bytes,
      file.sha256,
      received,
      JSON.stringify(details),
    )
    for (const label of details.labels) {
      if (!labels.has(label)) labels.set(label, Number(insertLabel.run(label).lastInsertRowid))
      insertLabelled.run(labels.get(label)!, received, n)
    }
    messages++
    bytes += file.bytes ?? 0
  }
  database.exec('COMMIT; CREATE INDEX by_time ON message (received, key)')

  const all = database.prepare('SELECT * FROM message ORDER BY received, key')
  const withLabel = database.prepare(
    'SELECT message.* FROM labelled JOIN message ON message.rowid = labelled.message WHERE labelled.label = ? ORDER BY labelled.received, labelled.message',
  )
  const byKey = database.prepare('SELECT * FROM message WHERE key = ?')
  const countOf = database.prepare('SELECT count(*) AS n FROM labelled WHERE label = ?')

  return {
    messages,
    bytes,
    /** Messages known and not there to export: pending or failed. */
    unsaved,
    /** Messages of which the journal says neither labels nor flags. */
    undescribed,
    labels: [...labels.keys()].toSorted(),
    countOf: (label: string) => Number(countOf.get(labels.get(label) ?? -1)?.n),
    *all(): Iterable<MailMessage> {
      for (const row of all.iterate()) yield messageOf(row)
    },
    *withLabel(label: string): Iterable<MailMessage> {
      for (const row of withLabel.iterate(labels.get(label) ?? -1)) yield messageOf(row)
    },
    byKey(key: string): MailMessage | undefined {
      const row = byKey.get(key)
      return row === undefined ? undefined : messageOf(row)
    },
    close: () => database.close(),
  }
}

/** Settings and the like of a mail source are no messages; a message that was only listed may have neither details nor name yet. */
function isMissing(row: ItemRow, looksLikeMail: boolean): boolean {
  return row.kind === 'file' && (row.state === 'pending' || row.state === 'failed') && (looksLikeMail || row.name === null)
}

function messageOf(row: Readonly<Record<string, unknown>>): MailMessage {
  const { labels, flags, thread } = JSON.parse(String(row.about)) as MailDetails
  return {
    key: String(row.key),
    path: String(row.path),
    bytes: Number(row.bytes),
    sha256: String(row.sha256),
    received: Number(row.received),
    labels,
    flags,
    ...(thread !== undefined && { thread }),
  }
}
