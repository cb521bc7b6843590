import type { Provider } from '../core/provider.ts'
import { google } from './google/provider.ts'
import { microsoft } from './microsoft/provider.ts'
import { webdav } from './webdav/provider.ts'
import { zoom } from './zoom/provider.ts'

/** All providers. A new one is a folder here and an entry in this list. */
export const providers: readonly Provider[] = [google, microsoft, zoom, webdav]
