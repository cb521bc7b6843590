import type { Words } from '../language/words.ts'
import { clean } from './clean.ts'

/**
 * What is said of something, and a sentence that another part of the program made: on one line where that sentence exists in the person's language, else
 * on a line of its own, since no line mixes languages. A sentence of several lines keeps them. Without a line break at the end.
 */
export function joined(lead: string, sentence: string, words: Words): string {
  const [first = '', ...rest] = sentence.split('\n')
  const told = words.tell(first)
  const begun = lead === '' ? clean(told ?? first) : `${clean(lead)}:${told === undefined ? '\n  ' : ' '}${clean(told ?? first)}`
  return [begun, ...rest.map((line) => clean(inWords(line, words)))].join('\n')
}

/** A line of a list keeps its indentation. */
function inWords(line: string, words: Words): string {
  const text = line.trimStart()
  return `${line.slice(0, line.length - text.length)}${words.tell(text) ?? text}`
}
