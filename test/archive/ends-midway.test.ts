import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endsMidway } from '../../src/archive/inspect/ends-midway.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'holdall-ends-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const look = async (name: string, text: string) => {
  const file = path.join(folder, 'x')
  await writeFile(file, text)
  return endsMidway(file, name)
}

const head = 'WEBVTT\r\n\r\n1\r\n00:00:01.000 --> 00:00:02.000\r\n先生: はい\r\n\r\n'

test.each([
  ['alone', 'WEBVTT'],
  ['alone, with an end of line', 'WEBVTT\n'],
  ['with an empty line', 'WEBVTT\r\n\r\n'],
  ['empty', ''],
  ['with a title and a byte order mark', '\ufeffWEBVTT - lecture\nKind: captions\n'],
  ['as Zoom ends it', head],
  ['without an end of line', head.trimEnd()],
  ['with one end of line', `${head.trimEnd()}\n`],
  ['with old ends of lines', head.replaceAll('\r\n', '\r')],
  ['with an empty cue at the end', `${head}2\n00:00:03.000 --> 00:00:04.000\n\n`],
  ['with a cue without a name', `${head}00:03.000 --> 00:04.000 align:start\nはい`],
  ['with an arrow in what is said', `${head}2\n00:00:03.000 --> 00:00:04.000\na --> b\nc`],
  ['with a note at the end', `${head}NOTE made by hand`],
  ['with a style', 'WEBVTT\n\nSTYLE\n::cue { color: red }'],
  ['with numbers that are said', `${head}2\n00:00:03.000 --> 00:00:04.000\n2024`],
])('captions that are whole: %s', async (_, text) => {
  expect(await look('Transcript.vtt', text)).toBeUndefined()
})

const cue = '12\r\n00:00:03.000 --> 00:00:04.000\r\nいいえ\r\n'
test('captions that are cut anywhere before the words of the last cue', async () => {
  const said = cue.indexOf('いいえ')
  for (let end = 1; end <= said; end++)
    expect(await look('Transcript.VTT', head + cue.slice(0, end)), JSON.stringify(cue.slice(0, end))).toMatch(/end in the middle/)
  for (let end = said + 1; end <= cue.length; end++)
    expect(await look('Transcript.vtt', head + cue.slice(0, end))).toBeUndefined()
})

test('captions whose end lies behind a megabyte of others', async () => {
  const long = `WEBVTT\n\n${'1\n00:00:01.000 --> 00:00:02.000\nはい\n\n'.repeat(30_000)}`
  expect(await look('a.vtt', long)).toBeUndefined()
  expect(await look('a.vtt', `${long}2\n00:00:03.000 -->`)).toMatch(/end in the middle/)
})

test.each([
  ['empty', '', undefined],
  ['plain', 'a,b\r\n1,2', undefined],
  ['quoted, with a comma, marks and an end of line', 'a\r\n"x, ""y""\r\nz"\r\n', undefined],
  ['cut off within quotation marks', 'a\r\n1,"Yamada, Han', 'middle'],
  ['cut off after two marks that mean one', 'a\r\n1,"x ""y', 'middle'],
  ['longer than is read at once', `"${'x'.repeat(1_048_575)}\n`, 'middle'],
])('a table: %s', async (_, text, wrong) => {
  const found = await look('Polls.csv', text)
  if (wrong === undefined) expect(found).toBeUndefined()
  else expect(found).toContain(wrong)
})

test('other kinds are not looked at', async () => {
  expect(await look('Chat.txt', '"')).toBeUndefined()
  expect(await look('noending', '"')).toBeUndefined()
})
