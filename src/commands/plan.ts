import { formatBytes } from '../display/bytes.ts'
import { expiringText } from '../display/expiring.ts'
import { table } from '../display/table.ts'
import { runOver } from './backup.ts'
import type { Command } from './command.ts'
import { expiringSoon } from './expiring.ts'

export const plan: Command = {
  name: 'plan',
  summary: 'list everything and download nothing: how much there is, what cannot be taken, and whether the disk is large enough',
  arguments: '[source...]',
  options: [{ flags: '--allow-synced-folder', description: 'use an archive folder although a cloud client syncs it' }],
  async run(context, args, options) {
    const session = await context.openArchive(options.allowSyncedFolder === true ? 'allow' : 'refuse')
    try {
      const summary = await runOver(context, session, args, options, 'plan')
      const rows = Object.keys(summary.sources).flatMap((source) => {
        const n = session.journal.findSource(source)!
        return session.journal.tallyStreams(n).map((stream) => ({ source, ...stream }))
      })
      const needed = rows.reduce((sum, row) => sum + row.bytesLeft, 0)
      const unsized = rows.reduce((sum, row) => sum + row.unsized, 0)
      context.out(
        table(
          ['source', 'part', 'items', 'saved', 'to take', 'bytes to take', 'no export', 'left out'],
          rows.map((row) =>
            [
              row.source,
              row.title,
              row.items,
              row.saved,
              row.pending,
              formatBytes(row.bytesLeft),
              row.unexportable,
              row.excluded,
            ].map(String),
          ),
          context.columns,
        ),
      )
      const { freeBytes, largestFile } = session.facts
      const unknown = unsized > 0 ? ` and ${unsized} files whose size is not known before (exported documents, mail, notes)` : ''
      context.out(
        rows.length === 0 && summary.status !== 0
          ? 'Nothing could be listed: what is needed is not known.\n'
          : `Needed: ${formatBytes(needed)}${unknown}. Free on the disk: ${formatBytes(freeBytes)}.\n`,
      )
      if (needed > freeBytes)
        context.out(`The disk is too small by ${formatBytes(needed - freeBytes)}: choose another one before you start.\n`)
      if (largestFile !== undefined) context.out(`Files above ${formatBytes(largestFile)} do not fit on this file system.\n`)
      const expiring = expiringSoon(session.journal, context.clock.now())
      context.out(expiringText(expiring, context.words))
      if (summary.status === 0) context.out('Nothing was downloaded. Next: holdall backup\n')
      context.emit({
        event: 'summary',
        command: 'plan',
        status: summary.status,
        sources: summary.sources,
        details: {
          bytesNeeded: needed,
          bytesFree: freeBytes,
          withoutSize: unsized,
          parts: rows,
          expiring: expiring.map((one) => ({ ...one })),
        },
      })
      return summary.status
    } finally {
      session.close()
    }
  },
}
