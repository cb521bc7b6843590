import { Failure } from '../../../core/failure.ts'
import type { Item } from '../../../core/item.ts'
import type { Connection, SourceType } from '../../../core/provider.ts'
import type { Page, Source, Stream } from '../../../core/source.ts'
import { price } from '../limits.ts'
import { createOneDriveApi, type OneDriveApi, type OwnDrive } from './api.ts'
import { displayedByOneDrive } from './displayed.ts'
import { createFetch } from './fetch.ts'
import { mostCalls, shortcutsAtTop, shortcutsEverywhere } from './find-shortcuts.ts'
import { sameForm, streamOf, targetKey } from './ids.ts'
import { type ItemContext, itemsOf, unorganised } from './item.ts'
import { listLog } from './listing.ts'
import { recountDrive } from './recount.ts'
import type { DriveItem } from './schema.ts'
import { type OneDriveSettings, oneDriveSettings, readSettings, scopesOf } from './settings.ts'
import { listShared } from './shared.ts'
import { oneDriveDependents } from './sharing.ts'
import { createDeepShortcuts, type DeepShortcuts, onePerTarget, type Shortcut, shortcutOf, whyNotFollowed } from './shortcuts.ts'

export const onedrive: SourceType = {
  id: 'onedrive',
  title: { en: 'OneDrive', ja: 'OneDrive' },
  holds: 'files',
  features: { changeFeed: true, resumable: true, checksums: ['sha256', 'sha1', 'quickxor'], sizes: true, lastingIds: true },
  // Before each download Graph is asked what the file is now, and for an address.
  cost: {
    page: { budget: 'graph', units: price.delta, items: 1000 },
    part: [
      { budget: 'graph', units: price.item },
      { budget: 'graph', units: price.download },
    ],
  },
  scopes: (settings) => scopesOf(readSettings(settings)),
  settings: oneDriveSettings,
  shape: (settings) => JSON.stringify(readSettings(settings)),
  dependents: oneDriveDependents,
  open: (connection, settings) => openOneDrive(connection, readSettings(settings)),
}

const notAll = `a personal OneDrive need not tell of shortcuts to what others shared, so its folders were asked one by one: the first ${mostCalls} of them; shortcuts in folders further down may be missing`

const ownStream: Stream = { id: 'own', title: 'OneDrive' }

const places: readonly Item[] = [
  { id: unorganised, kind: 'place', version: 'place', name: 'Unorganised', parts: [], details: {} },
]

function openOneDrive(connection: Connection, settings: OneDriveSettings): Source {
  const api = createOneDriveApi(connection)
  const deep = once(async (signal) => deepShortcuts(api, await api.ownDrive(signal)))
  /** Those that are asked for in every run. */
  const found = once(async (signal) => {
    const own = await api.ownDrive(signal)
    return own.type === 'personal' && settings.shared ? shortcutsEverywhere(api, own, signal) : shortcutsAtTop(api, own, signal)
  })

  /** Those that have a stream, as far as they are known by now. */
  const followed = async (signal: AbortSignal): Promise<ReadonlyMap<string, Shortcut>> => {
    if (!settings.shared) return new Map()
    const own = await api.ownDrive(signal)
    const first = (await found(signal)).entries.flatMap((entry) => shortcutOf(entry, own) ?? [])
    return onePerTarget([...first, ...(await deep(signal)).all()])
  }
  const sharedStreams = async (signal: AbortSignal): Promise<Stream[]> =>
    [...(await followed(signal)).values()].map(({ target, name }) => ({ id: streamOf(target), title: `Shared: ${name}` }))

  async function* listOwn(own: OwnDrive, since: string | undefined, signal: AbortSignal): AsyncGenerator<Page> {
    // Asked for where they are followed, and where the log may leave them out.
    const { entries: top, whole } =
      settings.shared || own.type === 'personal' ? await found(signal) : { entries: [], whole: true }
    const shortcuts = await deep(signal)
    const isFollowed = (entry: DriveItem): boolean => {
      const one = settings.shared ? shortcutOf(entry, own) : undefined
      if (one === undefined) return false
      const all = [...top.flatMap((other) => shortcutOf(other, own) ?? []), ...shortcuts.all()]
      return onePerTarget(all).get(targetKey(one.target))?.id === one.id
    }
    const context: ItemContext = {
      driveType: own.type,
      keyOf: sameForm,
      isTop: (id) => sameForm(id) === sameForm(own.root),
      fallback: unorganised,
      whyNotFollowed: (entry) => (isFollowed(entry) ? undefined : whyNotFollowed(entry, own, settings.shared)),
    }
    const first = own.type === 'personal' ? [...places, ...top.flatMap((entry) => itemsOf(entry, context))] : places
    const start = api.deltaStart({ drive: own.id })
    const note = whole ? {} : { note: notAll }
    yield* listLog({ api, start, context, first, ...note, ...(settings.shared && { shortcuts }), signal }, since)
  }

  return {
    async streams(signal) {
      await api.ownDrive(signal)
      return [ownStream, ...(await sharedStreams(signal))]
    },
    revealed: sharedStreams,
    async *list(stream, since, known, signal) {
      signal.throwIfAborted()
      const own = await api.ownDrive(signal)
      if (stream.id === ownStream.id) return yield* listOwn(own, since, signal)
      const shortcut = [...(await followed(signal)).values()].find(({ target }) => streamOf(target) === stream.id)
      if (shortcut === undefined)
        throw new Failure('gone', `the shortcut "${stream.title}" is no longer there`, { stops: 'stream' })
      yield* listShared({ api, own, shortcut, known, signal }, since)
    },
    fetch: createFetch(connection, api),
    async displayed(signal) {
      const { type } = await api.ownDrive(signal)
      return displayedByOneDrive(await api.storage(signal), type)
    },
    async *recount(signal) {
      yield* recountDrive(api, await api.ownDrive(signal), signal)
    },
  }
}

function deepShortcuts(api: OneDriveApi, own: OwnDrive): DeepShortcuts {
  return createDeepShortcuts(own, async (folder, signal) => {
    try {
      return (await api.file({ drive: own.id, id: folder }, signal)).deleted === undefined
    } catch (error) {
      if (error instanceof Failure && error.kind === 'gone') return false
      throw error
    }
  })
}

/** Asked for once a run; a failure is not remembered. */
function once<T>(ask: (signal: AbortSignal) => Promise<T>): (signal: AbortSignal) => Promise<T> {
  let asked: Promise<T> | undefined
  return (signal) => {
    if (asked !== undefined) return asked
    const asking = ask(signal)
    asking.catch(() => (asked = undefined))
    asked = asking
    return asking
  }
}
