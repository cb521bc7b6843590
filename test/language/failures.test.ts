import { expect, test } from 'vitest'
import { tellInJapanese } from '../../src/language/tell.ts'
import { sentencesIn, sentencesOfFailures } from './sentences-in-code.ts'

const told = (form: string) => form === '' || tellInJapanese(form) !== undefined

/** Sentences that are made of values of other tables; an example of each, which has its Japanese. */
const composed: Readonly<Record<string, string>> = {
  'another run is using this archive${who}': 'another run is using this archive: process 1 on host, since 2026-11-24',
  '${held(holder, file).message}; it gave no sign of life for ${minutes} minutes':
    'another run is using this archive: process 1 on host, since 2026-11-24; it gave no sign of life for 5 minutes',
  '${host} ${unreachable[code]} (${what})': 'dav.example.org does not answer (GET https://dav.example.org/)',
  '${portal}, then run the same command again':
    'if this network has a login page, open it in a browser first, then run the same command again',
  '${method} ${redactUrl(address ?? hop.url)} ${how}${stations}':
    'GET https://a.example/ leads round in a circle: https://b.example/ → https://a.example/',
  // Cut out of an address in a sentence that is told as a whole.
  '/…': '',
}

test('every sentence of a Failure has its Japanese, in one form at least', () => {
  const all = sentencesOfFailures()
  expect(all.length).toBeGreaterThan(400)
  const missing = all.filter(({ source, forms }) => !(source.slice(1, -1) in composed) && !forms.some(told))
  expect(missing.map(({ file, source }) => `${file}: ${source}`)).toEqual([])
  for (const [source, example] of Object.entries(composed)) {
    expect(all.map((one) => one.source.slice(1, -1))).toContain(source)
    expect([example, told(example)]).toEqual([example, true])
  }
})

test('a sentence without Japanese is found, wherever it stands in the call', () => {
  const hole = (name: string) => `$\{${name}}`
  const [message, hint, other] = sentencesIn(
    'x.ts',
    `throw new Failure('gone', \`the moon ${hole('name')} is away (${hole("a ? 'x' : 'y'")})\`, { hint: c ? 'look up' : 'sit down', cause })`,
  )
  expect(message?.forms).toEqual([
    'the moon NAME is away (x)',
    'the moon NAME is away (y)',
    'the moon not taken yet is away (x)',
    'the moon not taken yet is away (y)',
  ])
  expect([hint?.source, other?.source]).toEqual(["'look up'", "'sit down'"])
  expect([message, hint, other].flatMap((one) => one!.forms).some(told)).toBe(false)
  expect(sentencesIn('x.ts', "new Failure('bug', 'cannot happen')")).toEqual([])
})

test('a list of mistakes is told line by line', () => {
  expect(tellInJapanese('2 mistakes in the settings\n  /x/holdall.yaml:3:5: something nobody wrote down\n  --other thing')).toBe(
    '設定に 2 か所の誤りがあります\n  /x/holdall.yaml:3:5: something nobody wrote down\n  --other thing',
  )
})
