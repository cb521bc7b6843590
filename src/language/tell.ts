import { told } from './ja/told/index.ts'

interface Pattern {
  readonly matches: RegExp
  readonly names: readonly string[]
  readonly japanese: string
  /** It has no word of its own, and fits any sentence with a colon in it. */
  readonly wordless: boolean
}

const kana = /[\u3041-\u30ff]/
/** Three words on end; names and commands have fewer. */
const english = /[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}/

const hole = /\{(\w+!?)\}/g

let patterns: readonly Pattern[] | undefined

/** Deep enough for a failure in a failure in a notice; a sentence that holds itself comes to an end. */
const deepest = 4

/**
 * The Japanese of a sentence that was made in English; undefined where the table has none. What stands in a hole goes over as it is; in a hole with `!`
 * it is a sentence itself, and without its Japanese there is none of the whole: no line mixes languages.
 */
export function tellInJapanese(sentence: string, depth = 0): string | undefined {
  if (Object.hasOwn(told, sentence)) return told[sentence]
  if (depth === deepest) return undefined
  // Before the patterns: a hole would take the lines below along.
  const listed = depth === 0 && sentence.includes('\n') ? tellLines(sentence) : undefined
  if (listed !== undefined) return listed
  patterns ??= compile(told)
  for (const { matches, names, japanese, wordless } of patterns) {
    const found = matches.exec(sentence)
    if (found === null) continue
    const values = new Map(names.map((name, at) => [name, filled(name, found[at + 1] ?? '', depth)]))
    if ([...values.values()].includes(undefined)) continue
    // Japanese already, and with a colon: nothing in it was told, so it is none of these.
    if (wordless && names.every((name, at) => values.get(name) === found[at + 1])) continue
    return japanese.replace(hole, (_, name: string) => values.get(name)!)
  }
  const mistake = depth < 2 ? mistakeInJapanese(sentence) : undefined
  if (mistake !== undefined) return mistake
  // It is Japanese already: of the catalogues, or beside a provider's code.
  return kana.test(sentence) && !english.test(sentence) ? sentence : undefined
}

/** A sentence with a list below it, such as the mistakes in a file: a line that has no Japanese stays as it is, alone on its line. */
function tellLines(text: string): string | undefined {
  const [first = '', ...rest] = text.split('\n')
  const head = tellInJapanese(first, 1)
  if (head === undefined) return undefined
  return [head, ...rest.map((line) => `${/^ */.exec(line)![0]}${tellInJapanese(line.trim(), 1) ?? line.trim()}`)].join('\n')
}

/** Where a mistake stands (`FILE:3:5: `), then which key it is about (`limits.stall: `), go over as they are. */
function mistakeInJapanese(line: string): string | undefined {
  const [place, rest] = cut(line, /^(?:[^\n]*?:)?\d+:\d+: /)
  const whole = place === '' ? undefined : tellInJapanese(rest, 2)
  if (whole !== undefined) return `${place}${whole}`
  // Without a place, one word before a colon need not be a key.
  const [key, mistake] = cut(rest, place === '' ? /^[\w-]+(?:\.[\w-]+|\[\d+\])+: / : /^[\w-]+(?:\.[\w-]+|\[\d+\])*: /)
  const told = key === '' ? undefined : tellInJapanese(mistake, 2)
  return told === undefined ? undefined : `${place}${key}${told}`
}

const cut = (text: string, prefix: RegExp): readonly [string, string] => {
  const [found = ''] = prefix.exec(text) ?? []
  return [found, text.slice(found.length)]
}

function filled(name: string, text: string, depth: number): string | undefined {
  return name.endsWith('!') ? tellInJapanese(text, depth + 1) : text
}

/** Sentences with the most fixed words first: `{path}: {what!}` must not take what a longer one says better. */
function compile(table: Readonly<Record<string, string>>): readonly Pattern[] {
  return Object.entries(table)
    .filter(([english]) => english.search(hole) >= 0)
    .toSorted(([a], [b]) => fixed(b) - fixed(a))
    .map(([english, japanese]) => ({
      matches: new RegExp(
        `^${english
          .split(hole)
          .map((part, at) => (at % 2 === 0 ? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : '([\\s\\S]+?)'))
          .join('')}$`,
      ),
      names: [...english.matchAll(hole)].map((match) => match[1]!),
      japanese,
      wordless: !/[a-z]/i.test(english.replace(hole, '')),
    }))
}

const fixed = (english: string) => english.replace(hole, '').length
