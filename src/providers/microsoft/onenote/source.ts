import { z } from 'zod'
import type { Connection, SourceType } from '../../../core/provider.ts'
import type { Source } from '../../../core/source.ts'
import { createOneNoteApi } from './api.ts'
import { composeContents } from './compose.ts'
import { fetchPart } from './fetch.ts'
import { listNotes } from './listing.ts'
import { createPageCache } from './page-cache.ts'
import { chunksOf } from './pages.ts'

const settings = z.object({
  skipUnchangedSections: z
    .boolean()
    .default(true)
    .describe(
      'sections that OneNote calls unchanged since they were read earlier on the same day are not read again. false: read all in every run',
    ),
})

/**
 * https://learn.microsoft.com/graph/api/resources/onenote-api-overview
 *
 * No change feed: OneNote has neither delta nor a list of what was deleted, so that times of modification decide. Not resumable: pages are small, and nothing
 * is said of ranges for resources. No checksums and no sizes: listings state none. Ids outlive a rename and a move.
 *
 * The page that opens offline is made when it is fetched, not by `compose` from saved files: a source never reads the archive, and fetching each page
 * again would cost the budget of 400 requests an hour twice. So its files get names that hold everywhere as they are (part-names.ts), and links
 * between pages, of which the names are not known yet, lead through the one file that is composed (compose.ts).
 */
export const onenote: SourceType = {
  id: 'onenote',
  title: { en: 'OneNote', ja: 'OneNote' },
  holds: 'notes',
  features: { changeFeed: false, resumable: false, checksums: [], sizes: false, lastingIds: true },
  cost: { page: { budget: 'onenote', units: 1, items: 100 }, part: [{ budget: 'onenote', units: 1 }] },
  // Own notebooks; those of others need Notes.Read.All, which many organisations reserve to administrators: https://learn.microsoft.com/graph/permissions-reference#notes-permissions
  scopes: () => ['Notes.Read'],
  settings,
  shape: () => 'own notebooks',
  open: (connection, chosen) => openOneNote(connection, settings.parse(chosen), Date.now),
}

/** `now` gives milliseconds since 1970. */
export function openOneNote(
  connection: Connection,
  { skipUnchangedSections }: z.infer<typeof settings>,
  now: () => number,
): Source {
  const api = createOneNoteApi(connection)
  const context = { api, cache: createPageCache(), graphHost: new URL(connection.endpoints.graph!).host }
  /** Sections, by id. */
  const unreadable = new Set<string>()
  return {
    async streams(signal) {
      signal.throwIfAborted()
      return [{ id: 'notebooks', title: 'Notebooks' }]
    },
    list: (_stream, since, known, signal) =>
      listNotes(since, {
        api,
        known: skipUnchangedSections ? known : { folderVersion: () => undefined },
        signal,
        now: now(),
        couldNotRead: (section) => unreadable.add(section),
      }),
    fetch: (item, part, { signal }) => fetchPart(item, part, signal, context),
    /**
     * Sections and pages in one heap each, where the listing went down the tree and asked section by section. Accounts with too many sections have no
     * such list of pages. Pages count where their section is one of the person's own (whether the list has those of shared notebooks is not
     * documented) and was not one that this run could not read, and said so.
     */
    async *recount(signal) {
      const own = new Set<string>()
      for await (const chunk of chunksOf((skip) => api.allSections(skip, signal))) {
        if (chunk === 'again') continue
        const ids = chunk.map(({ id }) => id)
        for (const id of ids) if (!unreadable.has(id)) own.add(id)
        yield ids
      }
      const ask = async (skip: number) => (await api.allPages(skip, signal)) ?? { entries: [], more: false }
      for await (const chunk of chunksOf(ask)) {
        if (chunk !== 'again') yield chunk.filter(({ section }) => section !== undefined && own.has(section)).map(({ id }) => id)
      }
    },
    compose: composeContents,
  }
}
