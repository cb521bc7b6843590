import type { Words } from '../language/words.ts'
import { html, type Markup } from './markup.ts'

/** What a run or a provider said in English, in the report's language where that exists. */
export function told(sentence: string, words: Words): string {
  return words.tell(sentence) ?? sentence
}

/** Whether a sentence is not in the report's language. */
export function foreign(text: string, { language }: Words): boolean {
  return language !== 'en' && !kana.test(text)
}

const kana = /[\u3041-\u30ff]/

/** A reason or a hint as a whole sentence. In a report of another language what is still English says so: for screen readers, and for the font. */
export function stored(text: string, words: Words, end: 'stop' | 'open' = 'open'): Markup {
  const marked = foreign(text, words)
  const stop = end === 'open' || /[.!?)。！？）]$/.test(text) ? '' : marked || words.language === 'en' ? '.' : '。'
  return marked ? html`<bdi lang="en">${text}${stop}</bdi>` : html`<bdi>${text}${stop}</bdi>`
}
