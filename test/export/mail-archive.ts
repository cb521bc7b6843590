import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { platform, tmpdir } from 'node:os'
import path from 'node:path'
import type { RunEvent } from '../../src/core/events.ts'
import type { MailDetails } from '../../src/core/mail.ts'
import { exportMail, type MailExport, type MailExportResult } from '../../src/export/export-mail.ts'
import { createBench } from '../backup/bench-archive.ts'
import { createWorld } from '../backup/fake-source.ts'

export interface Mail {
  readonly id: string
  readonly raw: string | Uint8Array
  readonly labels?: readonly string[]
  readonly flags?: Partial<MailDetails['flags']>
  readonly thread?: string
  /** Milliseconds. */
  readonly received?: number
}

export const sourceName = 'someone/mail'
export const noon = Date.UTC(2025, 3, 7, 12, 0, 0)

/** A real archive, filled by the engine from a source that holds these messages, and exports of it into folders beside. */
export async function createMailArchive(mails: readonly Mail[]) {
  const bench = await createBench()
  const to = await mkdtemp(path.join(tmpdir(), 'holdall-export-'))
  const world = createWorld({ pageSize: 500 })
  const add = ({ id, raw, labels = [], flags, thread, received = noon }: Mail) =>
    world.file(id, `${id}.eml`, undefined, raw, {
      path: [new Date(received).toISOString().slice(0, 4), new Date(received).toISOString().slice(5, 7)],
      modified: received,
      details: {
        labels: [...labels],
        flags: { seen: false, flagged: false, draft: false, ...flags },
        ...(thread !== undefined && { thread }),
        received,
      },
    })
  for (const mail of mails) add(mail)
  const backup = async () => {
    const { status } = await bench.run({ [sourceName]: world })
    if (status !== 0) throw new Error(`the backup ended with ${status}`)
  }
  await backup()
  return {
    ...bench,
    world,
    to,
    add,
    backup,
    events: [] as RunEvent[],
    in: (...parts: string[]) => path.join(to, ...parts),
    async export(format: MailExport['format'], more: Partial<MailExport> = {}): Promise<MailExportResult> {
      this.events = []
      return exportMail({
        journal: bench.journal,
        root: bench.root,
        source: { n: bench.journal.source(sourceName), name: sourceName },
        format,
        to,
        labels: 'all',
        platform: platform(),
        now: () => noon,
        emit: (event) => this.events.push(event),
        signal: new AbortController().signal,
        ...more,
      })
    },
    async dispose() {
      bench.dispose()
      await rm(to, { recursive: true, force: true })
    },
  }
}

export const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')
