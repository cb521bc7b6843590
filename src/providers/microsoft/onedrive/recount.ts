import { Failure } from '../../../core/failure.ts'
import type { OneDriveApi, OwnDrive } from './api.ts'
import { sameForm } from './ids.ts'
import { isNotebook, notebookId } from './item.ts'
import type { Stub } from './schema.ts'

/** So many folders are asked for one by one: two resource units each, which at our pace are four minutes. */
const mostFolders = 500

/**
 * The ids of everything in the own drive, not taken from the log that the listings followed: folder by folder, and package by package, since "DriveItems with
 * a non-null folder or package facet can have one or more child driveItems" (https://learn.microsoft.com/graph/api/driveitem-list-children): a notebook
 * has its sections in it. A drive with very many folders would cost more in calls than it tells, and one of which a folder or package is not shown so would
 * be counted in part only: there the log is read once more from its beginning, a call for every 1,000 items, which is another road for all runs but the first.
 */
export async function* recountDrive(api: OneDriveApi, own: OwnDrive, signal: AbortSignal): AsyncGenerator<readonly string[]> {
  const queue: { readonly id: string; readonly link?: string }[] = [{ id: own.root }]
  const asked = new Set<string>()
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    signal.throwIfAborted()
    if (asked.size >= mostFolders) return yield* recountByLog(api, own, signal)
    if (asked.has(at.link ?? at.id)) throw circle()
    asked.add(at.link ?? at.id)
    const page = await api.childStubs({ drive: own.id, id: at.id }, at.link, signal).catch((error: unknown) => {
      if (at.id === own.root || !refusesOne(error)) throw error
      return undefined
    })
    if (page === undefined) return yield* recountByLog(api, own, signal)
    const { value, '@odata.nextLink': link } = page
    yield counted(value)
    if (link !== undefined) queue.push({ id: at.id, link })
    for (const entry of value) if (mayHold(entry)) queue.push({ id: entry.id })
  }
}

const mayHold = ({ folder, package: pack, remoteItem }: Stub): boolean =>
  remoteItem === undefined && (pack !== undefined || (folder !== undefined && folder.childCount !== 0))

/** Of this folder alone: it was deleted meanwhile, or the service does not list a package of its kind. */
const refusesOne = (error: unknown): boolean =>
  error instanceof Failure && error.stops === 'item' && ['gone', 'forbidden', 'bug', 'unexportable'].includes(error.kind)

async function* recountByLog(api: OneDriveApi, own: OwnDrive, signal: AbortSignal): AsyncGenerator<readonly string[]> {
  const seen = new Set<string>()
  for (let link: string | undefined = api.deltaStart({ drive: own.id }, 'stubs'); link !== undefined; ) {
    signal.throwIfAborted()
    if (seen.has(link)) throw circle()
    seen.add(link)
    const answer = await api.deltaStubs(link, signal)
    if ('dead' in answer) throw new Failure('unlisted', 'Microsoft did not let the closing count come to its end')
    const { value, '@odata.nextLink': next, '@odata.deltaLink': rest } = answer.page
    if (next === undefined && rest === undefined)
      throw new Failure('unlisted', 'Microsoft did not let the closing count come to its end')
    yield counted(value)
    link = next
  }
}

/**
 * Shortcuts hold nothing of their own, and the log of some personal drives leaves them out while their folder shows them:
 * https://github.com/OneDrive/onedrive-api-docs/issues/1890
 */
const counted = (entries: readonly Stub[]): string[] =>
  entries
    .filter(({ root, deleted, remoteItem }) => root === undefined && deleted === undefined && remoteItem === undefined)
    .map((entry) => (isNotebook(entry) ? notebookId(sameForm(entry.id)) : sameForm(entry.id)))

const circle = () => new Failure('unlisted', 'Microsoft’s listing goes round in a circle')
