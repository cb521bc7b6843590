import { archive } from './archive.ts'
import { commandLine } from './command-line.ts'
import { engine } from './engine.ts'
import { google } from './google.ts'
import { microsoft } from './microsoft.ts'
import { seldom } from './seldom.ts'
import { services } from './services.ts'
import { settings } from './settings.ts'
import { surroundings } from './surroundings.ts'
import { webdav } from './webdav.ts'
import { zoom } from './zoom.ts'

/** The Japanese of sentences that the rest of the program makes in English: the key is the English with its holes. See ../../tell.ts. */
export const told: Readonly<Record<string, string>> = {
  ...engine,
  ...archive,
  ...surroundings,
  ...services,
  ...google,
  ...microsoft,
  ...zoom,
  ...webdav,
  ...seldom,
  ...commandLine,
  ...settings,
}
