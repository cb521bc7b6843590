import { Failure } from '../../../core/failure.ts'
import type { Connection, SourceType } from '../../../core/provider.ts'
import type { Page, Source, Stream } from '../../../core/source.ts'
import { price } from '../limits.ts'
import { createDriveApi, type SharedDrive } from './api.ts'
import { writeCursor } from './cursor.ts'
import { displayedByDrive } from './displayed.ts'
import { createFetch } from './fetch.ts'
import { listStream } from './listing.ts'
import { drivePlaces, place, userPlaces } from './places.ts'
import {
  choosesDrive,
  choosesRoot,
  type DriveSettings,
  driveSettings,
  namedDrives,
  readSettings,
  rootChoices,
  sameName,
  shapeOf,
} from './settings.ts'
import { driveDependents } from './sharing.ts'

const drivePrefix = 'drive:'

export const drive: SourceType = {
  id: 'drive',
  title: { en: 'Google Drive', ja: 'Google ドライブ' },
  holds: 'files',
  features: { changeFeed: true, resumable: true, checksums: ['sha256', 'sha1', 'md5'], sizes: true, lastingIds: true },
  cost: {
    page: { budget: 'drive', units: price.list, items: 1000 },
    part: [{ budget: 'drive', units: price.download }],
  },
  scopes: () => ['https://www.googleapis.com/auth/drive.readonly'],
  settings: driveSettings,
  shape: (settings) => shapeOf(readSettings(settings)),
  dependents: driveDependents,
  open: (connection, settings) => openDrive(connection, readSettings(settings)),
}

function openDrive(connection: Connection, settings: DriveSettings): Source {
  const api = createDriveApi(connection)
  const nothingOfUser = async (signal: AbortSignal): Promise<Page> => {
    const root = await api.rootId(signal)
    return nothingOf(userPlaces(root, settings), [root, place.sharedWithMe, place.computers, place.unorganised])
  }
  return {
    async streams(signal) {
      const drives = await api.drives(signal)
      for (const name of namedDrives(settings)) refuseUnknown(name, drives)
      const user: Stream = { id: 'user', title: 'My Drive and what is shared with you' }
      // A shared drive that is not chosen stays a stream: one that is no longer offered would count as gone.
      return [user, ...drives.map(({ id, name }): Stream => ({ id: `${drivePrefix}${id}`, title: name }))]
    },
    async *list(stream, since, _known, signal) {
      signal.throwIfAborted()
      const memberOf = await api.drives(signal)
      if (stream.id === 'user') {
        const wanted = rootChoices.some((root) => root !== 'shared-drives' && choosesRoot(settings, root))
        if (wanted) yield* listStream({ api, settings, memberOf, signal }, since)
        else yield await nothingOfUser(signal)
        return
      }
      const found = memberOf.find(({ id }) => `${drivePrefix}${id}` === stream.id)
      if (found === undefined)
        throw new Failure('gone', `the shared drive "${stream.title}" is no longer there, or not for this account`, {
          stops: 'stream',
        })
      if (choosesDrive(settings, found.name)) yield* listStream({ api, settings, drive: found, memberOf, signal }, since)
      else yield nothingOf(drivePlaces(found, settings), [found.id])
    },
    fetch: createFetch(connection, api),
    displayed: async (signal) => displayedByDrive(await api.storage(signal)),
    async *recount(signal) {
      const chosen = (await api.drives(signal)).filter(({ name }) => choosesDrive(settings, name)).map(({ id }) => id)
      const user = rootChoices.some((root) => root !== 'shared-drives' && choosesRoot(settings, root)) ? [undefined] : []
      for (const corpus of [...user, ...chosen]) {
        for (let page: string | undefined, more = true; more; more = page !== undefined) {
          const answer = await api.ids(corpus, { page, signal })
          if (answer.incompleteSearch === true) {
            throw new Failure('unlisted', 'Google did not search everything for the closing count', {
              hint: 'run holdall backup again later',
            })
          }
          yield answer.files.map(({ id }) => id)
          page = answer.nextPageToken
        }
      }
    },
  }
}

/** Roots that are not chosen: their places say so. Nothing below them is asked for, and so nothing of it is gone. */
const nothingOf = (places: Page['items'], below: readonly string[]): Page => ({
  items: places,
  unread: below.map((id) => ({ id })),
  cursor: writeCursor({ step: 'again' }),
})

function refuseUnknown(name: string, drives: readonly SharedDrive[]): void {
  if (drives.some((drive) => sameName(drive.name, name))) return
  const names = drives.map((drive) => `"${drive.name}"`).join(', ')
  throw new Failure('settings', `this account has no shared drive named "${name}"`, {
    hint:
      names === ''
        ? 'this account belongs to no shared drive; take it out of options.drive.roots'
        : `options.drive.roots may name ${names}`,
    stops: 'source',
  })
}
