import type { Dirent } from 'node:fs'
import { copyFile, link, lstat, mkdir, open, opendir, readdir, rename, rm, rmdir, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { isPlace } from '../core/mail.ts'
import { ahead } from './ahead.ts'
import type { ExportContext } from './export-mail.ts'
import { lineFeeds } from './line-feeds.ts'
import type { MailMessage, MailPlan } from './mail-plan.ts'
import { type MaildirFolders, maildirFolders } from './maildir-folders.ts'
import { keyOf, maildirName, type Separator, uniqueName } from './maildir-names.ts'
import { isUnreadable, messageBytes } from './message-bytes.ts'
import { syncFolder } from './sync-folder.ts'

/** Messages under way at once: disks sync several files in about the time that one takes. */
const atOnce = 16

export interface MaildirOptions {
  readonly plan: MailPlan
  /** Only these labels' folders; absent: all. */
  readonly labels?: readonly string[]
}

/**
 * Writes a Maildir++: each message in the folder of each of its labels (hard links where the disk has them, else copies), the inbox being the Maildir itself.
 * LF line ends. A message that stands there already is not written again; one of ours that no longer belongs in a folder is removed from it, files of others
 * are not touched. Returns the number of folders. Throws what the target's disk throws, and the signal's reason.
 */
export async function writeMaildir(
  context: ExportContext,
  { plan, labels }: MaildirOptions,
): Promise<{ readonly folders: number }> {
  const tree = maildirFolders(plan.labels)
  const wanted = labels === undefined ? undefined : new Set(labels.map((label) => tree.of(label)))
  const foldersOf = (message: MailMessage) => placesOf(message, tree).filter((folder) => wanted?.has(folder) ?? true)
  const made = new Set<string>()
  await makeFolder(context.to, '', made)
  const separator = await chooseSeparator(context)
  for (const folder of wanted ?? plan.labels.map((label) => tree.of(label))) await makeFolder(context.to, folder, made)
  const missing = new Set<string>()

  for await (const { message, failure } of ahead(messagesOf(plan, labels), atOnce, save)) {
    if (failure === undefined) context.written(message)
    else if (isUnreadable(failure)) {
      missing.add(message.key)
      context.damaged(message, failure)
    } else throw failure
  }
  const keep = (name: string, folder: string) => {
    const key = keyOf(name)
    const message = key === undefined ? undefined : plan.byKey(key)
    if (message === undefined || missing.has(message.key)) return true
    return foldersOf(message).includes(folder) && name === maildirName(message, separator)
  }
  for (const folder of wanted ?? (await existingFolders(context.to))) await tidy(context, folder, keep, made)
  for (const folder of made) await syncFolder(path.join(context.to, folder, 'cur'))
  return { folders: made.size }

  async function save(message: MailMessage): Promise<{ readonly message: MailMessage; readonly failure?: unknown }> {
    try {
      context.signal.throwIfAborted()
      const folders = foldersOf(message)
      for (const folder of folders) await makeFolder(context.to, folder, made)
      const files = folders.map((folder) => path.join(context.to, folder, 'cur', maildirName(message, separator)))
      const standing: string[] = []
      for (const file of files) if (await isThere(file)) standing.push(file)
      let first = standing[0]
      for (const [at, file] of files.entries()) {
        if (standing.includes(file)) continue
        const draft = path.join(context.to, folders[at]!, 'tmp', uniqueName(message))
        if (first === undefined) await write(context, message, draft, file)
        else await repeat(first, draft, file)
        first ??= file
      }
      return { message }
    } catch (failure) {
      return { message, failure }
    }
  }
}

function* messagesOf(plan: MailPlan, labels: readonly string[] | undefined): Iterable<MailMessage> {
  if (labels === undefined) yield* plan.all()
  // One with several of the labels comes once.
  else
    for (const [n, label] of labels.entries())
      for (const message of plan.withLabel(label))
        if (!labels.slice(0, n).some((earlier) => message.labels.includes(earlier))) yield message
}

function placesOf(message: MailMessage, tree: MaildirFolders): string[] {
  const folders = message.labels.map((label) => tree.of(label))
  return [...new Set(message.labels.some(isPlace) ? folders : [...folders, tree.archived])]
}

async function makeFolder(to: string, folder: string, made: Set<string>): Promise<void> {
  if (made.has(folder)) return
  for (const name of ['tmp', 'new', 'cur']) await mkdir(path.join(to, folder, name), { recursive: true })
  // Says to Courier's and others' delivery that this is a folder of a Maildir.
  if (folder !== '') await writeFile(path.join(to, folder, 'maildirfolder'), '', { flag: 'a' })
  made.add(folder)
}

/** Windows has no `:` in names (on NTFS it would open a hidden stream), nor have FAT, exFAT and many network drives: `;` there, as mbsync and mutt do. */
async function chooseSeparator({ to, platform }: ExportContext): Promise<Separator> {
  if (platform === 'win32') return ';'
  const probe = path.join(to, 'tmp', 'holdall:probe')
  try {
    await writeFile(probe, '')
    const kept = (await readdir(path.join(to, 'tmp'))).includes('holdall:probe')
    await rm(probe, { force: true })
    return kept ? ':' : ';'
  } catch (error) {
    if (['EINVAL', 'ENOENT', 'EPERM', 'EACCES', 'EILSEQ'].includes((error as NodeJS.ErrnoException).code ?? '')) return ';'
    throw error
  }
}

async function isThere(file: string): Promise<boolean> {
  try {
    return (await lstat(file)).isFile()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}

/** Safe on disk under a name in `tmp`, and then in one step where mail programs look. */
async function write(context: ExportContext, message: MailMessage, draft: string, file: string): Promise<void> {
  const handle = await open(draft, 'w')
  try {
    const line = lineFeeds()
    for await (const chunk of messageBytes(context.absolute(message.path), message, context.signal))
      await handle.writeFile(line.push(chunk))
    await handle.writeFile(line.end())
    await handle.utimes(message.received / 1000, message.received / 1000)
    await handle.sync()
  } catch (error) {
    await handle.close()
    await rm(draft, { force: true })
    throw error
  }
  await handle.close()
  await rename(draft, file)
}

/** Where hard links cannot be had. */
const unlinkable = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV', 'EACCES', 'EINVAL', 'UNKNOWN'])

async function repeat(first: string, draft: string, file: string): Promise<void> {
  try {
    await link(first, file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return
    if (!unlinkable.has(code ?? '')) throw error
    await copyFile(first, draft)
    const { mtime } = await lstat(first)
    await utimes(draft, mtime, mtime)
    const handle = await open(draft, 'r+')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, file)
  }
}

async function existingFolders(to: string): Promise<string[]> {
  const folders = ['']
  for await (const entry of await opendir(to))
    if (entry.isDirectory() && entry.name.startsWith('.') && (await isThere(path.join(to, entry.name, 'maildirfolder'))))
      folders.push(entry.name)
  return folders
}

function missingIsEmpty(error: NodeJS.ErrnoException): readonly Dirent[] {
  if (error.code !== 'ENOENT') throw error
  return []
}

/** Removes what is ours and belongs there no longer, and a folder of ours that holds nothing any more. */
async function tidy(
  { to, signal }: ExportContext,
  folder: string,
  keep: (name: string, folder: string) => boolean,
  made: ReadonlySet<string>,
): Promise<void> {
  for (const part of ['cur', 'new', 'tmp']) {
    const directory = path.join(to, folder, part)
    for await (const entry of await opendir(directory).catch(missingIsEmpty)) {
      signal.throwIfAborted()
      const stale = part === 'cur' ? !keep(entry.name, folder) : part === 'tmp' && keyOf(entry.name) !== undefined
      if (stale) await rm(path.join(directory, entry.name), { force: true })
    }
  }
  if (folder === '' || made.has(folder)) return
  const inside = await readdir(path.join(to, folder))
  if (inside.some((name) => !['cur', 'new', 'tmp', 'maildirfolder'].includes(name))) return
  try {
    for (const part of ['new', 'tmp', 'cur']) await rmdir(path.join(to, folder, part))
    await rm(path.join(to, folder), { recursive: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error
    for (const part of ['tmp', 'new', 'cur']) await mkdir(path.join(to, folder, part), { recursive: true })
  }
}
