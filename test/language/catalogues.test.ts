import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { told } from '../../src/language/ja/told/index.ts'
import { wordsOf } from '../../src/language/words.ts'

const root = fileURLToPath(new URL('../../src/', import.meta.url))
/** The code that speaks: all but the catalogues. */
const code = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((name) => name.split(path.sep).join('/'))
  .filter((name) => name.endsWith('.ts') && !/^(language|practice)\//.test(name))
  // Comments use nothing.
  .map((name) => readFileSync(path.join(root, name), 'utf8').replace(/(^|\s)\/\*[\s\S]*?\*\/|(^|\s)\/\/[^\n]*/g, ''))
  .join('\n')

type Leaf = string | ((...values: readonly never[]) => unknown)

interface Entry {
  /** From the area on: `report`, `headings`, `next`. */
  readonly keys: readonly string[]
  readonly value: Leaf
}

/** Every sentence and function of a catalogue, with where it stands. */
function entries(value: unknown, keys: readonly string[] = []): Entry[] {
  if (typeof value === 'string' || typeof value === 'function') return [{ keys, value: value as Leaf }]
  if (typeof value !== 'object' || value === null) throw new Error(`${keys.join('.')} is ${typeof value}`)
  return Object.entries(value).flatMap(([key, inner]) => entries(inner, [...keys, key]))
}

function areasOf(language: 'en' | 'ja'): Entry[] {
  const { language: _, format, tell: __, ...areas } = wordsOf(language)
  return entries({ ...areas })
}

const nameOf = ({ keys }: Entry) => keys.join('.')
const english = areasOf('en')
const japanese = areasOf('ja')

/** Each entry with its kind, and a function with how many values it takes. */
function shape(of: readonly Entry[]): string[] {
  return of.map((entry) => `${nameOf(entry)}: ${typeof entry.value === 'string' ? 'text' : `function of ${entry.value.length}`}`)
}

test('both languages have the same keys, and functions of as many values', () => {
  expect(shape(japanese)).toEqual(shape(english))
  expect(english.length).toBeGreaterThan(200)
})

/**
 * Keys that no code names: `a.b.c` counts as used where `.c` stands in the code, or where a parent is read by a value (`words.states[state]`) or handed on
 * as a whole (`summary.complete(…)` reads none below).
 */
/** Areas whose command is still to come: unused as a whole for now. As soon as any code reads one, its every key counts. */
const toCome: readonly string[] = ['accountsElsewhere']

function unused(of: readonly Entry[], text: string): string[] {
  const answers = new Map<string, boolean>()
  const found = (pattern: string) => {
    const known = answers.get(pattern) ?? new RegExp(pattern).test(text)
    answers.set(pattern, known)
    return known
  }
  const named = (key: string) => found(`\\.${key}\\b|[{,]\\s*${key}\\b(?=\\s*[,:}])`)
  const dynamic = (key: string) => found(`\\b${key}\\[`)
  return of
    .filter(({ keys }) => {
      const last = keys.at(-1)!
      const above = keys.slice(0, -1)
      if (toCome.includes(keys[0]!) && !named(keys[0]!)) return false
      return !above.some((key) => dynamic(key)) && !(above.every(named) && named(last))
    })
    .map(nameOf)
}

test('no key is unused', () => {
  expect(unused(english, code)).toEqual([])
})

test('a key that nobody uses is found', () => {
  const invented: Entry = { keys: ['summary', 'neverSaidByAnybody'], value: 'x' }
  expect(unused([invented], code)).toEqual(['summary.neverSaidByAnybody'])
  const used = english.find((entry) => nameOf(entry) === 'summary.nothingYet')!
  expect(unused([used], code)).toEqual([])
  expect(unused([used], code.replaceAll('nothingYet', 'somethingElse'))).toEqual(['summary.nothingYet'])
})

/** Names and signs that are the same in both languages. */
const same: ReadonlySet<string> = new Set([
  'report.kinds.pdf',
  'report.systems.linux',
  'report.systems.mac',
  'report.systems.windows',
  'readme.systems.linux',
  'readme.systems.mac',
  'readme.systems.windows',
  'readme.kinds.pdf.one',
  'readme.kinds.pdf.many',
])
const letters = /[\u3041-\u30ff\u4e00-\u9fff]/

/** What is not really Japanese: the English again, or a sentence without a letter of the language. */
function notJapanese(of: readonly Entry[]): string[] {
  return of.flatMap((entry) => {
    const { value } = entry
    const name = nameOf(entry)
    if (same.has(name)) return []
    // Signs alone (a separator, nothing) belong to no language.
    if (typeof value === 'string') return letters.test(value) || !/[A-Za-z]/.test(value) ? [] : [name]
    const body = value.toString()
    return letters.test(body) || !/`[^`]*[A-Za-z]{3,} [a-z]/.test(body) ? [] : [name]
  })
}

test('what is said in Japanese is Japanese', () => {
  expect(notJapanese(japanese)).toEqual([])
  const twins = new Map(english.map((entry) => [nameOf(entry), entry.value]))
  const equal = japanese.filter(
    (entry) => typeof entry.value === 'string' && /[A-Za-z]/.test(entry.value) && twins.get(nameOf(entry)) === entry.value,
  )
  expect(equal.map(nameOf).filter((name) => !same.has(name))).toEqual([])
  // Every exception is still one.
  const exceptional = new Set(japanese.filter(({ value }) => typeof value === 'string' && !letters.test(value)).map(nameOf))
  expect([...same].filter((name) => !exceptional.has(name))).toEqual([])
})

test('an English entry among the Japanese is found', () => {
  expect(
    notJapanese([
      { keys: ['a'], value: 'not translated' },
      { keys: ['b'], value: (count: number) => `${count} files of many` },
      { keys: ['c'], value: '、' },
      { keys: ['d'], value: (count: number) => `${count} 件` },
    ]),
  ).toEqual(['a', 'b'])
})

/** Sentences that the code puts together out of pieces: a count and its word. */
const composed: ReadonlySet<string> = new Set([
  '1 mistake in the settings',
  '{count} mistakes in the settings',
  'the profile {from} has a mistake:',
  'run the same command again after {when}, or let `holdall backup --wait` sit it out',
  // Of the library's pieces; test/app/command-line.test.ts sees them told.
  "error: option '{flags}' argument '{value}' is invalid. Allowed choices are {choices}.",
  "error: too many arguments for '{name}'. Expected {expected} argument but got {received}: {details}.",
  "error: too many arguments for '{name}'. Expected {expected} arguments but got {received}: {details}.",
])

/** Sentences of the table that no code makes any more: of each, what stands between holes and signs must stand in the code. */
function stale(sentences: readonly string[], text: string): string[] {
  const plain = text.replaceAll("\\'", "'")
  return sentences.filter(
    (sentence) =>
      !composed.has(sentence) &&
      sentence
        .split(/\{\w+!?\}/)
        .flatMap((part) => (plain.includes(part) ? [] : part.split(/[:;,()]/)))
        .some((part) => !plain.includes(part.trim())),
  )
}

/** The library that reads the command line makes some of them. */
const commander = ['command', 'help', 'suggestSimilar', 'option']
  .map((name) => readFileSync(path.join(root, `../node_modules/commander/lib/${name}.js`), 'utf8'))
  .join('\n')

test('every sentence of the table is still made somewhere', () => {
  const catalogues = english.map(({ value }) => value.toString()).join('\n')
  expect(stale(Object.keys(told), `${code}\n${catalogues}\n${commander}`)).toEqual([])
  expect(stale(['the disk is made of cheese', 'no permission: {path}'], code)).toEqual(['the disk is made of cheese'])
})

test('the table has the same holes in both languages, and no Japanese without Japanese letters', () => {
  const holes = (text: string) => [...new Set([...text.matchAll(/\{\w+!?\}/g)].map(([hole]) => hole))].sort()
  for (const [sentence, inJapanese] of Object.entries(told)) {
    // A hole may be left out where Japanese says it otherwise; none is invented.
    expect([sentence, holes(inJapanese).filter((hole) => !holes(sentence).includes(hole))]).toEqual([sentence, []])
    expect(inJapanese).toMatch(letters)
  }
})

test('a stored sentence is said in Japanese, and what has none is not', () => {
  const { tell } = wordsOf('ja')
  expect(tell('not taken yet')).toBe('まだ取得していません')
  expect(tell('the disk is full: /media/disk')).toBe('ディスクの空き容量がありません: /media/disk')
  expect(tell('the bag could not be sealed: the disk is full')).toBe(
    'チェックサム一覧を書き込めませんでした: ディスクの空き容量がありません',
  )
  expect(tell('drive.example.org could not be found (GET https://drive.example.org/)')).toBe(
    'drive.example.org が見つかりません（GET https://drive.example.org/）',
  )
  // A whole whose inner sentence has no Japanese stays as it is: no line mixes languages.
  expect(tell('the bag could not be sealed: something nobody wrote down')).toBeUndefined()
  expect(tell('もう一度サインインしてください：holdall connect x')).toBe('もう一度サインインしてください：holdall connect x')
  expect(tell('the folder 資料フォルダー fell into the sea')).toBeUndefined()
  expect(tell('toString')).toBeUndefined()
  expect(wordsOf('en').tell('anything')).toBe('anything')
})
