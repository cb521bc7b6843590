import { platform } from 'node:os'
import path from 'node:path'
import { Failure } from '../core/failure.ts'
import type { ExitStatus } from '../core/state.ts'
import { exportMail, folderFor, type MailExport, type MailExportResult } from '../export/export-mail.ts'
import type { Journal } from '../journal/journal.ts'
import type { Words } from '../language/words.ts'
import { type Command, type Context, listOf, type Options } from './command.ts'

export const exportCommand: Command = {
  name: 'export',
  summary: 'turn saved mail into what mail programs read: holdall export mail --format mbox --to DIR',
  arguments: '<what> [source...]',
  options: [
    { flags: '--format <format>', description: 'mbox (one file) or maildir (one folder a label)' },
    { flags: '--to <dir>', description: 'the folder to write into, outside of the archive; run again, it is brought up to date' },
    { flags: '--label <name>', description: 'only the mail with this label; for mbox a file of its own', many: true },
    { flags: '--each-label', description: 'for mbox: one file for each label, instead of one for everything' },
  ],
  async run(context, [what, ...named], options) {
    const { format, to, labels } = parse(what, options)
    const opened = await context.openForReading()
    if (opened === undefined) throw new Failure('settings', 'nothing is saved yet', { hint: 'run holdall backup first' })
    const { archive, journal } = opened
    try {
      const sources = mailSources(context, journal, named)
      context.emit({ event: 'started', command: 'export', archive: archive.root })
      let status: ExitStatus = 0
      const results: Record<string, { readonly [figure in keyof MailExportResult]: number }> = {}
      for (const source of sources) {
        // Two mailboxes do not mix: each has a folder of its own where there are several.
        const folder = path.resolve(context.cwd, to, sources.length > 1 ? folderFor(source.name) : '')
        const result = await exportMail({
          journal,
          root: archive.root,
          source,
          format,
          to: folder,
          labels,
          platform: platform(),
          now: () => context.clock.now(),
          emit: context.emit,
          signal: context.signal,
        })
        results[source.name] = result
        context.out(resultText(source.name, folder, format, result, context.words))
        if (result.damaged + result.unsaved > 0) status = 3
      }
      context.emit({ event: 'summary', command: 'export', status, details: { exported: results } })
      return status
    } finally {
      journal.close()
    }
  },
}

function parse(what: string | undefined, options: Options): Pick<MailExport, 'format' | 'labels'> & { readonly to: string } {
  const example = 'for example: holdall export mail --format maildir --to ~/Mail'
  if (what !== 'mail') throw new Failure('settings', `only mail can be exported, not ${what ?? 'nothing'}`, { hint: example })
  const { format, to } = options
  if (format !== 'mbox' && format !== 'maildir')
    throw new Failure('settings', `--format is mbox or maildir${typeof format === 'string' ? `, not ${format}` : ''}`, {
      hint: example,
    })
  if (typeof to !== 'string' || to === '')
    throw new Failure('settings', '--to is missing: the folder to write into', { hint: example })
  const labels = listOf(options, 'label')
  if (options.eachLabel === true && (labels.length > 0 || format === 'maildir'))
    throw new Failure('settings', '--each-label is for mbox, and without --label', {
      hint: 'a Maildir has a folder for each label anyway',
    })
  return { format, to, labels: options.eachLabel === true ? 'each' : labels.length > 0 ? labels : 'all' }
}

/** The sources of the archive that hold mail, of those named where any are. Asked by what they hold, whoever the provider is. */
function mailSources({ providers }: Context, journal: Journal, named: readonly string[]) {
  const ids = new Set(providers.flatMap(({ sources }) => sources.filter(({ holds }) => holds === 'mail').map(({ id }) => id)))
  const known = journal.sources().filter(({ name }) => ids.has(name.slice(name.indexOf('/') + 1)))
  const chosen =
    named.length === 0 ? known : known.filter(({ name }) => named.some((one) => name === one || name.startsWith(`${one}/`)))
  if (chosen.length > 0) return chosen
  throw new Failure(
    'settings',
    named.length === 0 ? 'no mail is in this archive' : `no mail of ${named.join(', ')} is in this archive`,
    {
      hint: known.length === 0 ? 'run holdall backup first' : `there is mail of: ${known.map(({ name }) => name).join(', ')}`,
    },
  )
}

function resultText(
  source: string,
  folder: string,
  format: 'mbox' | 'maildir',
  { messages, bytes, files, damaged, unsaved, undescribed }: MailExportResult,
  { commands: { exported: words } }: Words,
): string {
  return [
    words.result(source, folder, { messages, bytes, files, format }),
    damaged > 0 && words.damaged(damaged),
    unsaved > 0 && words.unsaved(unsaved),
    undescribed > 0 && words.undescribed(undescribed),
  ]
    .filter((line) => line !== false)
    .map((line) => `${line}\n`)
    .join('')
}
