import { archive } from './archive.ts'
import { engine } from './engine.ts'
import { services } from './services.ts'
import { surroundings } from './surroundings.ts'

/** The Japanese of sentences that the rest of the program makes in English: the key is the English with its holes. See ../../tell.ts. */
export const told: Readonly<Record<string, string>> = { ...engine, ...archive, ...surroundings, ...services }
