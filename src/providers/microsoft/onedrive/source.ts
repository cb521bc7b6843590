import { Failure } from '../../../core/failure.ts'
import type { Item } from '../../../core/item.ts'
import type { Connection, SourceType } from '../../../core/provider.ts'
import type { Source, Stream } from '../../../core/source.ts'
import { createOneDriveApi, type OwnDrive } from './api.ts'
import { createFetch } from './fetch.ts'
import { sameForm } from './ids.ts'
import { type ItemContext, unorganised } from './item.ts'
import { listLog } from './listing.ts'
import { recountDrive } from './recount.ts'
import { type OneDriveSettings, oneDriveSettings, readSettings, scopesOf } from './settings.ts'
import { listShared } from './shared.ts'
import { findShortcuts, type Shortcut, whyNotFollowed } from './shortcuts.ts'

export const onedrive: SourceType = {
  id: 'onedrive',
  title: 'OneDrive',
  holds: 'files',
  features: { changeFeed: true, resumable: true, checksums: ['sha256', 'sha1', 'quickxor'], sizes: true, lastingIds: true },
  scopes: (settings) => scopesOf(readSettings(settings)),
  settings: oneDriveSettings,
  shape: (settings) => JSON.stringify(readSettings(settings)),
  open: (connection, settings) => openOneDrive(connection, readSettings(settings)),
}

const ownStream: Stream = { id: 'own', title: 'OneDrive' }

const places: readonly Item[] = [
  { id: unorganised, kind: 'place', version: 'place', name: 'Unorganised', parts: [], details: {} },
]

function openOneDrive(connection: Connection, settings: OneDriveSettings): Source {
  const api = createOneDriveApi(connection)
  let found: Promise<ReadonlyMap<string, Shortcut>> | undefined
  const shortcuts = (own: OwnDrive, signal: AbortSignal): Promise<ReadonlyMap<string, Shortcut>> => {
    if (found === undefined) {
      found = settings.shared ? findShortcuts(api, own, signal) : Promise.resolve(new Map())
      // A failure is not remembered.
      found.catch(() => (found = undefined))
    }
    return found
  }
  return {
    async streams(signal) {
      const own = await api.ownDrive(signal)
      const followed = [...(await shortcuts(own, signal)).values()]
      return [ownStream, ...followed.map(({ stream, entry }) => ({ id: stream, title: `Shared: ${entry.name ?? entry.id}` }))]
    },
    async *list(stream, since, _known, signal) {
      signal.throwIfAborted()
      const own = await api.ownDrive(signal)
      const followed = await shortcuts(own, signal)
      if (stream.id !== ownStream.id) {
        const shortcut = [...followed.values()].find((one) => one.stream === stream.id)
        if (shortcut === undefined)
          throw new Failure('gone', `the shortcut "${stream.title}" is no longer there`, { stops: 'stream' })
        yield* listShared({ api, own, shortcut, signal }, since)
        return
      }
      const context: ItemContext = {
        driveType: own.type,
        keyOf: sameForm,
        isTop: (id) => sameForm(id) === sameForm(own.root),
        fallback: unorganised,
        whyNotFollowed: (entry) => (followed.has(sameForm(entry.id)) ? undefined : whyNotFollowed(entry, own, settings.shared)),
      }
      yield* listLog({ api, start: api.deltaStart({ drive: own.id }), context, first: places, signal }, since)
    },
    fetch: createFetch(connection, api),
    async *recount(signal) {
      yield* recountDrive(api, await api.ownDrive(signal), signal)
    },
  }
}
