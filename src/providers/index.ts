import type { Provider } from '../core/provider.ts'
import { google } from './google/provider.ts'
import { webdav } from './webdav/provider.ts'

/** All providers. A new one is a folder here and an entry in this list. */
export const providers: readonly Provider[] = [google, webdav]

/** What a later version will know, as PROVIDER or PROVIDER/SOURCE: named so in messages instead of "not known". */
export const later: readonly string[] = [
  'microsoft',
  'zoom',
  'google/gmail',
  'google/contacts',
  'google/calendar',
  'google/tasks',
]
