import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createArchive } from '../src/archive/archive.ts'
import { exportMail } from '../src/export/export-mail.ts'
import type { Journal } from '../src/journal/journal.ts'
import { openJournal } from '../src/journal/open.ts'

/**
 * Export of mail, in MB and messages a second, of an archive that is made for it: `node bench/export-mail.ts [--count 20000] [--large 20] [--folder DIR]`.
 * Messages are 1 to 100 kB (as mail is: most are small), and a few of 20 MB. A disk that syncs slowly shows in the Maildir, which syncs every message.
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '20000' },
    large: { type: 'string', default: '10' },
    folder: { type: 'string', default: tmpdir() },
    /** For the process that only exports: its memory is not that of the making. */
    base: { type: 'string' },
  },
})
const name = 'bench/mail'
const labels = ['Inbox', 'Work', 'Work/Projects', '予定', 'Sent', 'Important', 'Category Updates']

if (values.base !== undefined) await exportAll(values.base)
else {
  const base = await mkdtemp(join(values.folder, 'holdall-bench-mail-'))
  try {
    const archive = createArchive(join(base, 'archive'), process.platform)
    await archive.prepare()
    const journal = openJournal(archive.journalFile, { access: 'write' })
    await fill(journal, archive.absolute(`data/${name}`))
    journal.close()
    process.stdout.write(`${values.count} messages and ${values.large} of 20 MB, Node ${process.versions.node}\n`)
    const [status] = await once(fork(import.meta.filename, ['--base', base]), 'exit')
    if (status !== 0) process.exitCode = 1
  } finally {
    await rm(base, { recursive: true, force: true })
  }
}

async function exportAll(base: string): Promise<void> {
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
      process.stdout.write(
        `${format.padEnd(8)}${round.padEnd(6)}${(bytes / 1e6 / seconds).toFixed(0).padStart(6)} MB/s ${(messages / seconds).toFixed(0).padStart(8)} messages/s   ${seconds.toFixed(1)} s, at most ${(peak / 1e6).toFixed(0)} MB resident\n`,
      )
    }
  }
  journal.close()
}

/** Puts messages where a backup would have saved them, through the journal's own functions. */
async function fill(journal: Journal, folder: string): Promise<void> {
  const run = journal.beginRun('backup', 0)
  const n = journal.source(name)
  journal.offerStream(n, 'mailbox', 'mailbox', run)
  await mkdir(folder, { recursive: true })
  const line = 'Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod temp\r\n'
  const total = Number(values.count) + Number(values.large)
  for (let at = 0; at < total; at += 500) {
    const batch = await Promise.all(
      Array.from({ length: Math.min(500, total - at) }, async (_, offset) => {
        const i = at + offset
        // Sizes spread evenly on a scale of powers, so that most are small.
        const size = i < Number(values.large) ? 20e6 : Math.round(1000 * 100 ** (((i * 7919) % 1000) / 1000))
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
