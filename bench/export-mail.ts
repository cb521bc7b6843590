import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createArchive } from '../src/archive/archive.ts'
import { exportMail } from '../src/export/export-mail.ts'
import type { Journal } from '../src/journal/journal.ts'
import { openJournal } from '../src/journal/open.ts'
import { scratch } from './scratch.ts'
import { printTable } from './table.ts'

const name = 'bench/mail'
const labels = ['Inbox', 'Work', 'Work/Projects', '予定', 'Sent', 'Important', 'Category Updates']
const largeBytes = 20e6

interface Exported {
  readonly format: string
  readonly round: string
  readonly bytes: number
  readonly messages: number
  readonly seconds: number
  /** Bytes. */
  readonly peak: number
}

/**
 * Export of mail, in MB and messages a second, of an archive that is made for it. Messages are 1 to 100 kB (as mail is: most are small), and
 * a few of 20 MB. A disk that syncs slowly shows in the Maildir, which syncs every message.
 */
export async function benchExport({ count, large }: { count: number; large: number }): Promise<void> {
  const base = await mkdtemp(join(scratch(), 'holdall-bench-mail-'))
  try {
    const archive = createArchive(join(base, 'archive'), process.platform)
    await archive.prepare()
    const journal = openJournal(archive.journalFile, { access: 'write' })
    await fill(journal, archive.absolute(`data/${name}`), { count, large })
    journal.close()
    // A process of its own: the memory of the export is not that of the making.
    const child = fork(import.meta.filename, [base])
    const [rows] = (await Promise.race([once(child, 'message'), once(child, 'exit').then(() => [undefined])])) as [
      Exported[] | undefined,
    ]
    if (rows === undefined) throw new Error('the export ended early')
    printTable(
      `Export of ${count} messages of 1 to 100 kB and ${large} of 20 MB, all labels`,
      ['format', 'wall s', 'MB/s', 'messages/s', 'memory MB'],
      rows.map(({ format, round, bytes, messages, seconds, peak }) => [
        `${format}, ${round}`,
        seconds.toFixed(1),
        (bytes / 1e6 / seconds).toFixed(0),
        (messages / seconds).toFixed(0),
        (peak / 1e6).toFixed(0),
      ]),
    )
  } finally {
    await rm(base, { recursive: true, force: true })
  }
}

if (process.send !== undefined && process.argv[1] === import.meta.filename) process.send(await exportAll(process.argv[2]!))

async function exportAll(base: string): Promise<Exported[]> {
  const rows: Exported[] = []
  const archive = createArchive(join(base, 'archive'), process.platform)
  const journal = openJournal(archive.journalFile, { access: 'read' })
  for (const format of ['mbox', 'maildir'] as const) {
    for (const round of ['first', 'again'] as const) {
      let peak = 0
      const watching = setInterval(() => {
        peak = Math.max(peak, process.memoryUsage.rss())
      }, 20)
      const began = performance.now()
      const { messages, bytes } = await exportMail({
        journal,
        root: archive.root,
        source: { n: journal.findSource(name)!, name },
        format,
        to: join(base, format),
        labels: 'all',
        platform: process.platform,
        now: () => Date.now(),
        emit: () => undefined,
        signal: new AbortController().signal,
      })
      const seconds = (performance.now() - began) / 1000
      clearInterval(watching)
      rows.push({ format, round, bytes, messages, seconds, peak })
    }
  }
  journal.close()
  return rows
}

/** Puts messages where a backup would have saved them, through the journal's own functions. */
async function fill(journal: Journal, folder: string, { count, large }: { count: number; large: number }): Promise<void> {
  const run = journal.beginRun('backup', 0)
  const n = journal.source(name)
  journal.offerStream(n, 'mailbox', 'mailbox', run)
  await mkdir(folder, { recursive: true })
  const line = 'Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod temp\r\n'
  const total = count + large
  for (let at = 0; at < total; at += 500) {
    const batch = await Promise.all(
      Array.from({ length: Math.min(500, total - at) }, async (_, offset) => {
        const i = at + offset
        // Sizes spread evenly on a scale of powers, so that most are small.
        const size = i < large ? largeBytes : Math.round(1000 * 100 ** (((i * 7919) % 1000) / 1000))
        const text = `From: a@example.org\r\nSubject: message ${i}\r\n\r\n${line.repeat(Math.ceil(size / line.length))}`
        await writeFile(join(folder, `${i}.eml`), text)
        return { i, bytes: text.length, sha256: createHash('sha256').update(text).digest('hex') }
      }),
    )
    journal.transaction(() => {
      for (const { i, bytes, sha256 } of batch) {
        const received = 1.6e12 + i * 60_000
        const details = {
          labels: labels.filter((_, n) => (i >> n) % 3 === 0),
          flags: { seen: i % 4 > 0, flagged: i % 50 === 0, draft: false },
          thread: i.toString(16),
          received,
        }
        const local = `${i}.eml`
        const item = journal.insertItem(
          n,
          'mailbox',
          { id: String(i), kind: 'file', version: '1', name: local, modified: received, parts: [{ key: 'eml' }], details },
          -n,
          1,
          'saved',
          null,
          run,
        )
        journal.insertEntry(item, 'eml', -n, local, local, local, true)
        journal.entrySaved(item, 'eml', { dir: -n, local, bytes, sha256, version: '1', modified: received }, local, received)
      }
    })
  }
}
