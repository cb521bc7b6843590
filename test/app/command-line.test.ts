import { describe, expect, test } from 'vitest'
import { languageTyped, readCommandLine } from '../../src/app/command-line.ts'
import { commands } from '../../src/commands/index.ts'
import { widthOf } from '../../src/display/width.ts'
import { wordsOf } from '../../src/language/words.ts'

function read(argv: readonly string[], language: 'en' | 'ja' = 'en', columns = 80) {
  let [out, err] = ['', '']
  const chosen = readCommandLine({
    commands,
    argv,
    version: '1.2.3',
    providers: ['Google', 'Zoom'],
    words: wordsOf(language),
    stdout: { isTTY: true, columns, write: (text) => (out += text) },
    stderr: { isTTY: true, columns, write: (text) => (err += text) },
  })
  return { chosen, out, err }
}

const japanese = /[\u3041-\u30ff\u4e00-\u9fff]/
/** Two words of English on end, names and what is typed aside. */
const english = /\b[a-z]{2,} [a-z]{2,}\b/
const typed = /--format mbox --to DIR|<[^>]+>|\[[^\]]+\]|\b(?:report|holdall)\.\w+|holdall( \w+)?/g

describe.each([40, 80, 120])('--help on %s columns', (columns) => {
  test.each([[], ...commands.map(({ name }) => [name])])('in Japanese: holdall %s', (...name) => {
    const { chosen, out } = read([...name, '--help'], 'ja', columns)
    expect(chosen).toBe(0)
    expect(out).toContain('使い方: holdall')
    expect(out).toContain('オプション:')
    // Joined, since a line may be broken anywhere in a sentence.
    const said = out.replace(/\n {3,}/g, '').replace(typed, '')
    expect(said.split('\n').filter((line) => english.test(line))).toEqual([])
    for (const line of out.split('\n')) {
      if (line !== '' && columns >= 80) expect([line, widthOf(line) <= columns]).toEqual([line, true])
    }
  })
})

test('descriptions stand below one another, also beside wide characters', () => {
  const { out } = read(['--help'], 'ja')
  const starts = out
    .split('\n')
    .filter((line) => /^ {2}-/.test(line))
    .map((line) => widthOf(/^ {2}\S.*? {2,}/.exec(line)![0]))
  expect(new Set(starts).size).toBe(1)
})

test('every option and command is described in Japanese', () => {
  const { tell } = wordsOf('ja')
  for (const { name, summary, options = [] } of commands)
    for (const text of [summary, ...options.map(({ description }) => description)])
      expect([name, text, japanese.test(tell(text) ?? '')]).toEqual([name, text, true])
})

test.each([
  [['bakup'], 'bakup というコマンドはありません', 'backup のことでしょうか'],
  [['backup', '--wiat'], '--wiat というオプションはありません', '--wait のことでしょうか'],
  [['connect'], 'account を指定してください', ''],
  [['connect', 'a', 'b'], 'connect の引数が多すぎます', ''],
  [['backup', '--until'], '--until <date> の値を指定してください', ''],
  [['--lang', 'fr', 'status'], '選択肢: en, ja', ''],
])('a mistake on the command line is told in Japanese: %j', (argv, says, also) => {
  const { chosen, out, err } = read(argv, 'ja')
  expect([chosen, out]).toEqual([2, ''])
  expect(err).toContain(says)
  expect(err).toContain(also)
  expect(err).not.toMatch(/error|Did you|unknown/)
  expect(read(argv).err).not.toMatch(japanese)
})

test('nothing at all shows the help and is a mistake', () => {
  expect(read([], 'ja')).toMatchObject({ chosen: 2, out: '', err: expect.stringContaining('使い方') })
  expect(read(['--version'], 'ja')).toMatchObject({ chosen: 0, out: '1.2.3\n' })
})

test('options stand on either side of the command', () => {
  for (const argv of [
    ['--json', 'backup', 'google', '--include', 'a', '--include', 'b'],
    ['backup', 'google', '--include', 'a', '--json', '--include', 'b'],
  ])
    expect(read(argv).chosen).toMatchObject({ args: ['google'], options: { json: true, include: ['a', 'b'] } })
})

test.each([
  [['--help', '--lang', 'ja'], 'ja'],
  [['--lang=ja', '--help'], 'ja'],
  [['leave', '--lang', 'en', '--lang', 'ja'], 'ja'],
  [['--lang', 'fr'], undefined],
  [['--lang'], undefined],
  [['--language', 'ja'], undefined],
] as const)('%j asks for %s', (argv, language) => expect(languageTyped(argv)).toBe(language))
