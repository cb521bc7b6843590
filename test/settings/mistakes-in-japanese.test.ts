import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { Failure } from '../../src/core/failure.ts'
import { tellInJapanese } from '../../src/language/tell.ts'
import { providers } from '../../src/providers/index.ts'
import { loadSettings } from '../../src/settings/load-settings.ts'
import { parseProfile } from '../../src/settings/profile/load-profile.ts'

const home = 'accounts:\n  home:\n    provider: webdav\n    url: https://dav.example.org/\n    username: a\n'
const variable = (name: string) => `$\{${name}}`

/** What people write, and where it is said to stand. */
const inSettings: readonly (readonly [title: string, text: string, place: string])[] = [
  ['a key that is misspelt', `archvie: ./x\n${home}`, '1:1: archvie'],
  ['a key that belongs elsewhere', `bandwidth: 20M\n${home}`, '1:1: bandwidth'],
  ['a key like no other', `${home}    colour: red\n`, '6:5: accounts.home.colour'],
  ['a wrong type', `keepVersions: often\n${home}`, '1:1: keepVersions'],
  ['a list instead of a word', `language: [en]\n${home}`, '1:1: language'],
  ['a word instead of a section', `limits: fast\n${home}`, '1:1: limits'],
  ['a word instead of a number', `limits: { transfers: many }\n${home}`, '1:11: limits.transfers'],
  ['half a number', `limits: { transfers: 1.5 }\n${home}`, '1:11: limits.transfers'],
  ['too much', `limits: { transfers: 9999 }\n${home}`, '1:11: limits.transfers'],
  ['too little', `limits: { transfers: 0 }\n${home}`, '1:11: limits.transfers'],
  ['a unit that there is not', `limits: { bandwidth: 20MBit }\n${home}`, '1:11: limits.bandwidth'],
  ['a duration that is none', `limits: { stall: soon }\n${home}`, '1:11: limits.stall'],
  ['a duration that is too short', `limits: { stall: 1ms }\n${home}`, '1:11: limits.stall'],
  ['a word that is not known', `tokens: keychains\n${home}`, '1:1: tokens'],
  ['a provider that is not known', 'accounts:\n  home:\n    provider: webdaw\n', '3:5: accounts.home.provider'],
  ['no provider', 'accounts:\n  home:\n    username: a\n', '2:3: accounts.home.provider'],
  ['no client', 'accounts:\n  google: {}\n', '2:3: accounts.google.client'],
  ['no client id', 'accounts:\n  zoom:\n    client: {}\n', '3:5: accounts.zoom.client.id'],
  ['no url', 'accounts:\n  home:\n    provider: webdav\n    username: a\n', '2:3: accounts.home.url'],
  ['no user name', 'accounts:\n  home:\n    provider: webdav\n    url: https://a.example/\n', '2:3: accounts.home.username'],
  ['no account at all', 'accounts: {}\n', '1:1: accounts'],
  ['a url that is none', home.replace('https://dav.example.org/', 'dav'), '4:5: accounts.home.url'],
  ['a url without encryption', home.replace('https:', 'http:'), '4:5: accounts.home.url'],
  ['a password in the url', home.replace('https://', 'https://a:b@'), '4:5: accounts.home.url'],
  ['an empty list', `${home}    sources: []\n`, '6:5: accounts.home.sources'],
  ['a source that is not known', `${home}    sources: [fils]\n`, '6:15: accounts.home.sources'],
  ['the same key twice', `archive: ./a\narchive: ./b\n${home}`, '2:1: archive'],
  ['two accounts of one name', `${home}${home.slice('accounts:\n'.length)}`, '6:3: '],
  ['an account of a strange name', home.replace('home:', 'Home Sweet:'), '2:3: accounts'],
  ['a name that Windows keeps for itself', home.replace('home:', 'con:'), '2:3: accounts.con'],
  ['a variable that is not set', home.replace('username: a', `username: "${variable('NOT_SET')}"`), 'accounts.home.username'],
  ['a variable that is none', home.replace('username: a', `username: "${variable('a b')}"`), 'accounts.home.username'],
  ['a tab', 'accounts:\n\thome:\n', '2:1: '],
  ['a quote that does not end', `archive: "./a\n${home}`, ':'],
  ['a bad indent', 'accounts:\n  home:\n    provider: webdav\n   url: x\n', ':'],
  ['two pairs in one line', `archive: a: b\n${home}`, '1:10: '],
  ['a star', `archive: *x\n${home}`, ':'],
  ['a variable in braces, without quotes', `limits: { transfers: ${variable('N')} }\n${home}`, ':'],
  ['no keys', '- a\n- b\n', '1:1: '],
]

const inProfiles: readonly (readonly [title: string, text: string, place: string])[] = [
  ['a key that is misspelt', 'nmae: X\n', '1:1: nmae'],
  ['a date that is none', 'name: X\nends: soon\n', 'ends'],
  ['a password over an open line', 'name: X\naccounts:\n  webdav: { insecure: true }\n', 'accounts.webdav.insecure'],
  ['an address without encryption', 'name: X\naccounts:\n  webdav: { url: "http://a.example/" }\n', 'accounts.webdav.url'],
]

/** Three English words on end, of which none is a name, a key or a command. */
const english = /(?<![\w./"`:-])[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}/

function expectJapanese(failure: unknown, place: string, file: string): void {
  if (!(failure instanceof Failure)) throw new Error(`no Failure but ${String(failure)}`)
  const told = tellInJapanese(failure.message) ?? failure.message
  const lines = told
    .split('\n')
    .slice(1)
    .map((line) => line.replace(file, 'FILE').trim())
  expect(lines.length).toBeGreaterThan(0)
  expect(told).toContain(place)
  expect(told.split('\n')[0]).toMatch(/か所の誤りがあります:?$/)
  // The guide for making an app follows after an empty line, and has its own test.
  const list = lines.slice(0, lines.includes('') ? lines.indexOf('') : undefined)
  // A face may show it line by line.
  for (const line of failure.message.split('\n').slice(1, 1 + list.length)) expect(told).toContain(tellInJapanese(line.trim()))
  for (const line of list) {
    expect(line).toMatch(/[ぁ-んァ-ン]/)
    expect(line).not.toMatch(english)
  }
}

test.each(inSettings)('settings: %s', async (_, text, place) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'holdall-mistakes-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = path.join(folder, 'holdall.yaml')
  await writeFile(file, text)
  const failure = await loadSettings({
    env: {},
    cwd: folder,
    home: folder,
    platform: 'linux',
    providers,
    profiles: { packaged: folder },
  }).then(
    () => 'loaded',
    (error: unknown) => error,
  )
  expectJapanese(failure, place, file)
})

test.each(inProfiles)('a profile: %s', (_, text, place) => {
  let failure: unknown
  try {
    parseProfile(text, 'a-profile.yaml', providers)
  } catch (error) {
    failure = error
  }
  expectJapanese(failure, place, 'a-profile.yaml')
})
