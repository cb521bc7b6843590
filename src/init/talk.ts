import { clean } from '../display/clean.ts'
import { widthOf } from '../display/width.ts'
import type { Words } from '../language/words.ts'
import { pickMany, pickOne, pickYes } from './picks.ts'
import { wrap } from './wrap.ts'

/** The conversation with the person, in plain lines: they read the same on every terminal, over SSH and to a screen reader. */
export interface Talk {
  readonly words: Words
  /** A paragraph; `first` begins its first line, and the others stand below what follows that. */
  say(text: string, first?: string): void
  /** A line to be copied, never broken. */
  copy(line: string): void
  /** What was typed, blanks at its ends taken off. Throws a Failure where nobody can answer. */
  ask(question: string, how?: 'plain' | 'hidden'): Promise<string>
  one(question: string, titles: readonly string[], fallback: number): Promise<number>
  many(question: string, titles: readonly string[], fallback: readonly number[]): Promise<readonly number[]>
  yes(question: string, fallback: boolean): Promise<boolean>
}

export interface TalkOptions {
  readonly words: Words
  readonly columns: number
  line(text: string): void
  ask(question: string, how: 'plain' | 'hidden'): Promise<string>
}

export function createTalk({ words, columns, line, ask: askPerson }: TalkOptions): Talk {
  const { init } = words
  const say = (text: string, first = '') => {
    for (const part of wrap(clean(text), columns, first)) line(part)
  }
  const ask: Talk['ask'] = async (question, how = 'plain') => {
    // What is typed should not run over the edge.
    const long = widthOf(question) > columns - 24
    if (long) say(question)
    return (await askPerson(long ? '> ' : question, how)).trim()
  }
  const list = (question: string, titles: readonly string[]) => {
    say(question)
    for (const [index, title] of titles.entries()) say(title, `  ${index + 1}  `)
  }
  /** Asks until the answer is one. */
  async function until<T>(question: string, complaint: string, read: (answer: string) => T | undefined): Promise<T> {
    for (;;) {
      const found = read(await ask(question))
      if (found !== undefined) return found
      say(complaint)
    }
  }
  return {
    words,
    say,
    copy: (text) => line(`      ${clean(text)}`),
    ask,
    one(question, titles, fallback) {
      list(question, titles)
      return until(init.number(fallback + 1), init.noSuchNumber(titles.length), (answer) =>
        pickOne(answer, titles.length, fallback),
      )
    },
    many(question, titles, fallback) {
      list(question, titles)
      return until(init.numbers(fallback.map((index) => index + 1)), init.noSuchNumbers(titles.length), (answer) =>
        pickMany(answer, titles.length, fallback),
      )
    },
    yes: (question, fallback) =>
      until(`${question} ${fallback ? '[Y/n]' : '[y/N]'} `, init.yesOrNo, (answer) => pickYes(answer, fallback)),
  }
}
