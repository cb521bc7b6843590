import { Failure } from '../../../core/failure.ts'
import type { Item } from '../../../core/item.ts'
import type { Known, Page } from '../../../core/source.ts'
import type { OneDriveApi, OwnDrive } from './api.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { driveTypeOf, sameForm, streamOf } from './ids.ts'
import { type ItemContext, itemsOf, unorganised } from './item.ts'
import { listLog } from './listing.ts'
import type { Shortcut } from './shortcuts.ts'
import { listByFolder } from './walk.ts'

export interface SharedOptions {
  readonly api: OneDriveApi
  readonly own: OwnDrive
  readonly shortcut: Shortcut
  readonly known: Known
  readonly signal: AbortSignal
}

/**
 * Lists what a shortcut leads to, in the place and under the name that the shortcut has in the person's own drive. Where that is not there and nothing of it
 * was ever saved, the shortcut is named as one that leads nowhere, since it outlives what it leads to and no rerun would mend that; where something was, it
 * is a failure.
 */
export async function* listShared(options: SharedOptions, since: string | undefined): AsyncGenerator<Page> {
  let listed = false
  try {
    for await (const page of listTarget(options, since)) {
      listed = true
      yield page
    }
  } catch (error) {
    const isGone = error instanceof Failure && error.kind === 'gone'
    if (!isGone || listed || options.known.holdsContent?.() !== false) throw ofStream(error)
    yield { items: [leadingNowhere(options)], cursor: writeCursor({ step: 'again' }), startsOver: true }
  }
}

function leadingNowhere({ own, shortcut }: SharedOptions): Item {
  const message = 'It is a shortcut to something that was deleted, or is not shared with this account any more.'
  return { ...standIn(shortcut, own), kind: 'file', version: 'nothing', unexportable: { reason: 'download-forbidden', message } }
}

async function* listTarget(options: SharedOptions, since: string | undefined): AsyncGenerator<Page> {
  const { api, own, shortcut, signal } = options
  const { target, driveType } = shortcut
  const stream = streamOf(target)
  const context: ItemContext = {
    // As fetch.ts sees it, which knows the id alone: a version must not differ between the two.
    driveType: driveTypeOf(target.drive),
    foreignDrive: target.drive,
    keyOf: (id) => `${stream}/${sameForm(id)}`,
    isTop: (id) => sameForm(id) === sameForm(target.id),
    top: stream,
    fallback: stream,
    whyNotFollowed: () => 'a shortcut within a shared folder; it is not followed',
  }
  if (shortcut.leadsTo === 'file') {
    yield await sharedFile(options, context)
    return
  }
  const first = [standIn(shortcut, own)]
  const at = readCursor(since)
  if (driveType === 'personal' && at?.step !== 'walk' && at?.step !== 'again') {
    // Personal drives alone keep a log of changes of a single folder: https://rclone.org/onedrive/#onedrive-delta
    const start = api.deltaStart({ drive: target.drive, folder: target.id })
    let listed = false
    try {
      for await (const page of listLog({ api, start, context, first, signal }, since)) {
        listed = true
        yield page
      }
      return
    } catch (error) {
      const refused = error instanceof Failure && ['forbidden', 'bug'].includes(error.kind) && error.stops === 'item'
      if (listed || !refused) throw error
    }
  }
  yield* listByFolder({ api, drive: target.drive, folder: target.id, context, first, signal }, since)
}

/** The folder that stands for what is shared. */
function standIn({ id, name, holder, target }: Shortcut, own: OwnDrive): Item {
  return {
    id: streamOf(target),
    kind: 'folder',
    version: 'folder',
    name,
    ...(holder === undefined || holder === sameForm(own.root) ? {} : { parent: holder, fallback: unorganised }),
    parts: [],
    details: { shortcut: { id, drive: target.drive, item: target.id } },
  }
}

/** A single file is asked for anew each time. */
async function sharedFile({ api, own, shortcut, signal }: SharedOptions, context: ItemContext): Promise<Page> {
  const { name, parent, fallback } = standIn(shortcut, own)
  const [item] = itemsOf(await api.file(shortcut.target, signal), context)
  if (item === undefined) throw new Failure('gone', 'what was shared is not there any more', { stops: 'stream' })
  const { parent: _, fallback: __, ...rest } = item
  const parts = item.parts.map((part) => ({ ...part, name: name! }))
  return {
    items: [{ ...rest, name: name!, ...(parent && { parent }), ...(fallback && { fallback }), parts }],
    cursor: writeCursor({ step: 'again' }),
    startsOver: true,
  }
}

/** Without its top nothing of a stream is known, and a shortcut outlives what it leads to. */
function ofStream(error: unknown): unknown {
  if (!(error instanceof Failure) || error.stops !== 'item') return error
  const { kind, message, retryAfter } = error
  const lost = kind === 'gone' || kind === 'forbidden'
  const hint = lost ? 'ask its owner to share it again, or remove the shortcut from your OneDrive' : error.hint
  return new Failure(kind, message, {
    stops: 'stream',
    cause: error,
    ...(hint === undefined ? {} : { hint }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  })
}
