import { Failure } from '../../../core/failure.ts'
import type { Connection, SourceType } from '../../../core/provider.ts'
import type { Source } from '../../../core/source.ts'
import { gmailPrice } from '../limits.ts'
import { createGmailApi } from './api.ts'
import { displayedByGmail } from './displayed.ts'
import { createFetch } from './fetch.ts'
import { createLabels } from './labels.ts'
import { listMessages } from './listing.ts'
import { settingsPage } from './mailbox-settings.ts'
import { idPages, labelPages } from './pages.ts'
import { createRecentMessages } from './recent.ts'
import { type GmailSettings, gmailSettings, readSettings, shapeOf } from './settings.ts'

export const gmail: SourceType = {
  id: 'gmail',
  title: { en: 'Gmail', ja: 'Gmail' },
  holds: 'mail',
  // Gmail states neither checksums nor sizes (`sizeEstimate` is one), and gives a message only whole.
  features: { changeFeed: true, resumable: false, checksums: [], sizes: false, lastingIds: true },
  cost: {
    page: { budget: 'gmail', units: gmailPrice.list, items: 500 },
    part: [{ budget: 'gmail', units: gmailPrice.message }],
  },
  // Not together with gmail.metadata, which would narrow it: https://developers.google.com/workspace/gmail/api/auth/scopes
  scopes: () => ['https://www.googleapis.com/auth/gmail.readonly'],
  settings: gmailSettings,
  shape: (settings) => shapeOf(readSettings(settings)),
  open: (connection, settings) => openGmail(connection, readSettings(settings)),
}

function openGmail(connection: Connection, settings: GmailSettings): Source {
  const api = createGmailApi(connection)
  const labels = createLabels(api)
  const recent = createRecentMessages()
  return {
    async streams(signal) {
      signal.throwIfAborted()
      return [
        { id: 'messages', title: 'Messages' },
        { id: 'settings', title: 'Mail settings' },
      ]
    },
    async *list(stream, since, known, signal) {
      signal.throwIfAborted()
      if (stream.id === 'messages') yield* listMessages({ api, labels, recent, settings, known, signal }, since)
      else if (stream.id === 'settings') yield await settingsPage({ api, labels, signal }, since)
      else throw new Failure('bug', `Gmail has no stream of the name '${stream.id}'`)
    },
    fetch: createFetch(connection, { labels, recent }),
    displayed: async (signal) => displayedByGmail(await api.messagesTotal(signal)),
    async *sample(ids, signal) {
      // Settings are items too, of hardly any size.
      for (const id of ids.filter((one) => !one.startsWith('settings/'))) {
        const size = await api.message(id, signal).then(
          ({ sizeEstimate }) => sizeEstimate,
          (error: unknown) => {
            if (error instanceof Failure && error.kind === 'gone') return undefined
            throw error
          },
        )
        if (size !== undefined) yield size
      }
    },
    async *recount(signal) {
      // Each label by itself, then what has none. The listing went through the mailbox as a whole, and its log of changes.
      for (const { id: label } of await labels.list(signal)) yield* labelPages(api, label, signal)
      yield* idPages(api, { spamAndTrash: true }, signal)
    },
  }
}
