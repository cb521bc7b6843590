import { mkdir, realpath } from 'node:fs/promises'
import path from 'node:path'
import { placeSiblings, portable } from '../archive/names.ts'
import type { Reporter } from '../core/events.ts'
import { Failure } from '../core/failure.ts'
import { isPlace } from '../core/mail.ts'
import type { Journal } from '../journal/journal.ts'
import { type MailMessage, type MailPlan, planMail } from './mail-plan.ts'
import { writeMaildir } from './maildir.ts'
import { writeMbox } from './mbox.ts'

export interface MailExport {
  readonly journal: Journal
  /** The archive's folder. */
  readonly root: string
  /** A source that holds mail, as the journal knows it. */
  readonly source: { readonly n: number; readonly name: string }
  readonly format: 'mbox' | 'maildir'
  /** The folder to write into; made where it is missing. */
  readonly to: string
  /** `all`: an mbox for everything, or all folders; `each`: an mbox for each label; else only what has one of these labels. */
  readonly labels: 'all' | 'each' | readonly string[]
  readonly platform: NodeJS.Platform
  readonly now: () => number
  readonly emit: Reporter
  readonly signal: AbortSignal
}

export interface MailExportResult {
  /** Messages written, or found there already; one that goes into several files counts once for each. */
  readonly messages: number
  readonly bytes: number
  /** Messages whose file is missing or damaged, each named by an event `damaged`. */
  readonly damaged: number
  /** Messages that the backup has not saved yet. */
  readonly unsaved: number
  /** Messages of which nothing but the bytes is known. */
  readonly undescribed: number
  /** mbox files, or folders of the Maildir. */
  readonly files: number
}

/** What the writers get to work with. */
export interface ExportContext extends Pick<MailExport, 'to' | 'platform' | 'now' | 'signal'> {
  /** Where a path of the archive stands. */
  absolute(relative: string): string
  written(message: MailMessage): void
  damaged(message: MailMessage, failure: Failure): void
}

/** Progress is told after so many messages, or bytes. */
const every = { messages: 500, bytes: 32 * 1024 * 1024 }

/** Everything in one file; the other for what has no label that is a place, where each label has its file. */
const names = { all: 'All mail.mbox', archived: 'Archived' }

/**
 * Turns the saved mail of a source into what mail programs read. Run again it gives the same; interrupted it leaves no half file under a final name. A message
 * whose file is missing or damaged is named and left out. Throws a Failure of kind `settings` for a label that no message has or a folder inside the
 * archive, what the target's disk throws, and the signal's reason.
 */
export async function exportMail(what: MailExport): Promise<MailExportResult> {
  const { source, root, emit } = what
  const [archive, to] = [await realpath(root), await realPathOf(what.to)]
  if (to === archive || to.startsWith(archive + path.sep))
    throw new Failure('settings', `${what.to} lies inside the archive, where every file is accounted for`, {
      hint: 'choose a folder outside of it',
    })
  await mkdir(to, { recursive: true })
  const plan = planMail(what.journal, source)
  try {
    if (Array.isArray(what.labels)) checkLabels(what.labels, plan)
    let [messages, bytes, damaged] = [0, 0, 0]
    const toCome = amount(what, plan)
    let told = { messages: 0, bytes: 0 }
    const tell = () => {
      told = { messages, bytes }
      const progress = { listing: false, items: toCome, done: messages, failed: damaged, bytes, bytesLeft: 0 }
      emit({ event: 'progress', sources: { [source.name]: progress } })
    }
    const context: ExportContext = {
      to,
      platform: what.platform,
      now: what.now,
      signal: what.signal,
      absolute: (relative) => path.join(archive, ...relative.split('/')),
      written(message) {
        messages++
        bytes += message.bytes
        if (messages - told.messages >= every.messages || bytes - told.bytes >= every.bytes) tell()
      },
      damaged(message, failure) {
        damaged++
        emit({ event: 'damaged', path: message.path, message: failure.message })
      },
    }
    const files =
      what.format === 'maildir'
        ? (await writeMaildir(context, { plan, ...(Array.isArray(what.labels) && { labels: what.labels }) })).folders
        : await writeMboxes(context, what.labels, plan)
    tell()
    return { messages, bytes, damaged, unsaved: plan.unsaved, undescribed: plan.undescribed, files }
  } finally {
    plan.close()
  }
}

async function writeMboxes(context: ExportContext, labels: MailExport['labels'], plan: MailPlan): Promise<number> {
  if (labels === 'all') {
    await writeMbox(context, names.all, plan.all())
    return 1
  }
  // The names of all labels are placed together, so that a label has the same file name whatever else is asked for.
  const [all, archived] = ['\0all', '\0archived']
  const places = placeSiblings([
    ...plan.labels.map((name) => ({ id: name, name, living: true, folder: true })),
    { id: all, name: path.parse(names.all).name, living: true, folder: true },
    { id: archived, name: names.archived, living: false, folder: true },
  ])
  const chosen = labels === 'each' ? plan.labels : [...new Set(labels)]
  for (const label of chosen) await writeMbox(context, `${places.get(label)}.mbox`, plan.withLabel(label))
  if (labels !== 'each') return chosen.length
  await writeMbox(context, `${places.get(archived)}.mbox`, nowhereElse(plan))
  return chosen.length + 1
}

/** Where a folder stands, or will stand once it is made, links followed. */
async function realPathOf(folder: string): Promise<string> {
  const absolute = path.resolve(folder)
  try {
    return await realpath(absolute)
  } catch (error) {
    const above = path.dirname(absolute)
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || above === absolute) throw error
    return path.join(await realPathOf(above), path.basename(absolute))
  }
}

/** The folder of one mailbox, where several are exported to the same place. */
export function folderFor(source: string): string {
  return portable(source.replace('/', '-'))
}

function* nowhereElse(plan: MailPlan): Iterable<MailMessage> {
  for (const message of plan.all()) if (!message.labels.some(isPlace)) yield message
}

function amount({ labels, format }: MailExport, plan: MailPlan): number {
  if (labels === 'all' || format === 'maildir') return plan.messages
  return (labels === 'each' ? plan.labels : labels).reduce((sum, label) => sum + plan.countOf(label), 0)
}

function checkLabels(labels: readonly string[], plan: MailPlan): void {
  const unknown = labels.find((label) => !plan.labels.includes(label))
  if (unknown === undefined) return
  const near = plan.labels.filter((label) => label.toLowerCase().includes(unknown.toLowerCase()))
  const some = (near.length > 0 ? near : plan.labels).slice(0, 20)
  throw new Failure('settings', `no saved message has the label ${unknown}`, {
    hint: some.length === 0 ? 'no message has any label' : `labels are, among others: ${some.join(', ')}`,
  })
}
