import { z } from 'zod'
import { Failure } from '../../../core/failure.ts'
import type { Connection, SourceType } from '../../../core/provider.ts'
import type { Source } from '../../../core/source.ts'
import { davAxios } from '../dav-axios.ts'
import { displayedByServer } from './displayed.ts'
import { download } from './download.ts'
import type { Listing } from './folder.ts'
import { propfind } from './propfind.ts'
import { walk } from './walk.ts'

const settings = z.object({
  skipUnchangedFolders: z
    .boolean()
    .default(true)
    .describe(
      'Nextcloud and ownCloud tell whether anything below a folder changed: folders that did not are not read again. false: read all every time (for external storages deep inside)',
    ),
})

/** Everything below the folder at the account's url. */
export const files: SourceType = {
  id: 'files',
  title: { en: 'Files', ja: 'ファイル' },
  holds: 'files',
  features: { changeFeed: false, resumable: true, checksums: [], sizes: true, lastingIds: false },
  cost: { page: { budget: 'listings', units: 1, items: 100 }, part: [{ budget: 'downloads', units: 1 }] },
  scopes: () => [],
  settings,
  shape: () => '',
  open: (connection, chosen) => openFiles(connection, settings.parse(chosen)),
}

function openFiles({ endpoints, transport }: Connection, { skipUnchangedFolders }: z.infer<typeof settings>): Source {
  const { origin, path } = serverOf(endpoints)
  const client = davAxios(transport)
  return {
    streams: async (signal) => {
      signal.throwIfAborted()
      return [{ id: 'files', title: 'Files' }]
    },
    list: (_stream, since, known, signal) => {
      const listing: Listing = {
        client,
        origin,
        signal,
        known: skipUnchangedFolders ? known : { folderVersion: () => undefined },
      }
      return walk(path, since, listing)
    },
    displayed: (signal) => displayedByServer({ client, origin, signal }, path),
    fetch: async (item, part, options) => {
      try {
        return await download(transport, origin, item, part, options)
      } catch (error) {
        if (!(error instanceof Failure) || error.kind !== 'gone' || !(await isThere(String(item.details.href), options.signal)))
          throw error
        throw new Failure('corrupt', `${item.id}: the server lists this file and yet says that it is not there`, {
          hint: 'its storage at the server may be broken: its administrator can help',
          cause: error,
        })
      }
    },
  }

  /** Some storages list what they can no longer read: then 404 is not "gone". */
  async function isThere(href: string, signal: AbortSignal): Promise<boolean> {
    try {
      const { body } = await propfind({ client, origin, signal }, href, '0', href)
      for await (const _ of body) {
        // Read to the end, so that the connection is free again.
      }
      return true
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof Failure && error.kind === 'gone') return false
      throw error
    }
  }
}

/** The server and the encoded path of the folder to back up. */
export function serverOf(endpoints: Connection['endpoints']): { origin: string; path: string } {
  const url = endpoints.dav
  if (url === undefined) throw new Failure('bug', 'the address of the WebDAV server is missing')
  const { origin, pathname } = new URL(url)
  return { origin, path: pathname.endsWith('/') ? pathname : `${pathname}/` }
}
