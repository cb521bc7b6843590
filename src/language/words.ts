import type { Language } from '../core/language.ts'
import { type Formats, formats } from './formats.ts'

/**
 * The program's own words in one language. An area (a command, a page) is a file `en/AREA.ts`, an object of sentences and of functions that make
 * sentences, and a file `ja/AREA.ts` of the same type, so that a missing or a superfluous key does not compile.
 */
export interface Words {
  readonly language: Language
  readonly format: Formats
}

const all: Readonly<Record<Language, Words>> = {
  en: { language: 'en', format: formats.en },
  ja: { language: 'ja', format: formats.ja },
}

export function wordsOf(language: Language): Words {
  return all[language]
}
