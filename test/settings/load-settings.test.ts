import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Failure } from '../../src/core/failure.ts'
import { type LoadOptions, loadSettings } from '../../src/settings/load-settings.ts'
import { someProviders } from './some-providers.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'holdall-settings-'))
  await mkdir(path.join(folder, 'packaged'))
  await writeFile(path.join(folder, 'packaged/utokyo.yaml'), 'name: U\naccounts: {}\n')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const load = (options: Partial<LoadOptions> = {}) =>
  loadSettings({
    env: {},
    cwd: folder,
    home: path.join(folder, 'home'),
    platform: 'linux',
    providers: someProviders,
    profiles: { packaged: path.join(folder, 'packaged') },
    ...options,
  })

async function loadText(text: string | Uint8Array, options: Partial<LoadOptions> = {}) {
  await writeFile(path.join(folder, 'holdall.yaml'), text)
  return load(options)
}

/** The mistakes of a text, one a line, without the file's name: `3:5: sentence`. */
async function mistakes(text: string | Uint8Array, options: Partial<LoadOptions> = {}): Promise<string[]> {
  const failure = await loadText(text, options).then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(failure instanceof Failure)) throw new Error(`no Failure but ${String(failure)}`, { cause: failure })
  expect(failure.kind).toBe('settings')
  expect(failure.consequence.status).toBe(2)
  const file = `${path.join(folder, 'holdall.yaml')}:`
  return failure.message
    .split('\n')
    .slice(1)
    .map((line) => line.trim().replace(file, '').trim())
}

const cloud = 'accounts:\n  cloud:\n    client: { id: abc }\n'

/** How an app is made, as holdall init tells it, below the mistakes. */
const guided = [
  '',
  'A cloud',
  'You make an app.',
  '1. Create it: https://console.example.org',
  '- Choose "Desktop app".',
  'drive',
  'mail',
  'http://127.0.0.1/',
]

test('a missing app is told with the provider’s own guide, for the sources chosen, in both languages', async () => {
  const failure = await loadText(
    'accounts:\n  mine: { provider: cloud, sources: [mail], options: { drive: { trash: 3 } } }\n',
  ).then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(failure instanceof Failure)) throw new Error('no Failure')
  expect(failure.message).toContain('\n       mail\n       http://127.0.0.1/')
  expect(failure.message).not.toContain('       drive')
  expect(failure.said('ja').message).toContain(
    '1. 作成する: https://console.example.org\n   - 「デスクトップ アプリ」を選びます。',
  )
  expect(failure.said('ja').hint).toContain('holdall init では')
  // Once for each provider, and not where another thing is wrong.
  const two = 'accounts:\n  cloud: {}\n  mine: { provider: cloud }\n'
  expect((await mistakes(two)).filter((line) => line === 'You make an app.')).toHaveLength(1)
  expect(await mistakes('accounts:\n  cloud: { client: { id: a }, sources: [male] }\n')).not.toContain('You make an app.')
})

test('a short file becomes complete settings, every default filled in', async () => {
  expect(await loadText(cloud)).toEqual({
    file: path.join(folder, 'holdall.yaml'),
    folder: path.join(folder, 'home', '.config', 'holdall'),
    archive: path.join(folder, 'archive'),
    profile: undefined,
    accounts: [
      {
        name: 'cloud',
        provider: 'cloud',
        client: { id: 'abc', secret: undefined, place: `${path.join(folder, 'holdall.yaml')}:3:5` },
        password: undefined,
        sources: ['drive', 'mail'],
        settings: { tenant: 'common' },
        facts: undefined,
        options: { drive: { exports: ['office'], trash: false }, mail: {} },
      },
    ],
    keepVersions: false,
    language: undefined,
    limits: { transfers: 8, bandwidth: undefined, retryFor: 600_000, stall: 60_000, offline: 43_200_000 },
    tokens: 'auto',
    network: { ca: undefined, extraCa: undefined, proxy: { http: undefined, https: undefined, except: undefined } },
  })
})

test('everything that can be set is taken', async () => {
  await writeFile(path.join(folder, 'ca.pem'), '')
  const settings = await loadText(
    `
archive: ~/copies
profile: utokyo
accounts:
  work-2:
    provider: cloud
    client: { id: 0123, secret: "\${SECRET}" }
    tenant: example.org
    sources: [mail, drive]
    options: { drive: { exports: [office, pdf], trash: true } }
  home:
    provider: server
    url: https://dav.example.org/home/
    username: 0123456
    password: 'pa$$\{x}'
keepVersions: true
language: ja
limits: { transfers: "\${N}", bandwidth: 20M, retryFor: 1h30m, stall: 90, offline: 0 }
tokens: file
network: { ca: ca.pem }
`,
    { env: { SECRET: '007', N: '3', https_proxy: 'http://proxy:8080', NODE_EXTRA_CA_CERTS: '/x.pem' } },
  )
  expect(settings).toMatchObject({
    archive: path.join(folder, 'home', 'copies'),
    profile: {
      wanted: 'utokyo',
      file: path.join(folder, 'packaged/utokyo.yaml'),
      facts: { name: { en: 'U', ja: 'U' }, accounts: {}, others: [], changes: [] },
      accounts: {},
    },
    keepVersions: true,
    language: 'ja',
    limits: { transfers: 3, bandwidth: 20 * 1024 * 1024, retryFor: 5_400_000, stall: 90_000, offline: 0 },
    tokens: 'file',
    network: { ca: path.join(folder, 'ca.pem'), extraCa: '/x.pem', proxy: { https: 'http://proxy:8080' } },
    accounts: [
      {
        name: 'work-2',
        provider: 'cloud',
        client: { id: '0123', secret: '007' },
        // In the provider's order, whatever the file's.
        sources: ['drive', 'mail'],
        settings: { tenant: 'example.org' },
        options: { drive: { exports: ['office', 'pdf'], trash: true } },
      },
      {
        name: 'home',
        client: undefined,
        // A student's number keeps its zero; `$${` is `${`.
        settings: { url: 'https://dav.example.org/home/', username: '0123456', insecure: false },
        password: 'pa$' + '{x}',
        options: { files: { depth: 1 } },
      },
    ],
  })
})

test('secrets come from the environment and win over the file', async () => {
  const text = `accounts:
  my-cloud: { provider: cloud, client: { id: abc, secret: old } }
  home: { provider: server, url: "https://x/", username: u }`
  const env = { HOLDALL_MY_CLOUD_CLIENT_SECRET: 'new', HOLDALL_HOME_PASSWORD: 'pw', HOLDALL_MY_CLOUD_PASSWORD: 'no' }
  const [first, second] = (await loadText(text, { env })).accounts
  expect(first).toMatchObject({ client: { id: 'abc', secret: 'new' }, password: undefined })
  expect(second).toMatchObject({ password: 'pw', settings: { url: 'https://x/', username: 'u', insecure: false } })
})

test('the command line wins over the file', async () => {
  const settings = await loadText(`archive: a\nlanguage: en\nlimits: { transfers: 2, bandwidth: 1M }\n${cloud}`, {
    overrides: { archive: 'b', language: 'ja', transfers: 5, bandwidth: '2M' },
  })
  expect(settings).toMatchObject({
    archive: path.join(folder, 'b'),
    language: 'ja',
    limits: { transfers: 5, bandwidth: 2 * 1024 ** 2 },
  })
  expect(await mistakes(cloud, { overrides: { bandwidth: 'fast' } })).toEqual([expect.stringContaining('--bandwidth fast')])
  for (const transfers of [0, 1.5, Number.NaN, 65]) {
    expect(await mistakes(cloud, { overrides: { transfers } })).toEqual([expect.stringContaining('--transfers')])
  }
})

describe('where the file is found', () => {
  const named = (name: string) => `archive: ./${name}\n${cloud}`
  beforeEach(async () => {
    await mkdir(path.join(folder, 'home', '.config', 'holdall'), { recursive: true })
    await mkdir(path.join(folder, 'own'))
    await writeFile(path.join(folder, 'home', '.config', 'holdall', 'holdall.yaml'), named('user'))
    await writeFile(path.join(folder, 'own', 'holdall.yaml'), named('own'))
    await writeFile(path.join(folder, 'other.yaml'), named('variable'))
    await writeFile(path.join(folder, 'third.yaml'), named('option'))
  })
  test('the user’s folder, $HOLDALL_HOME, ./holdall.yaml, $HOLDALL_CONFIG, --config: each wins over those before', async () => {
    expect((await load()).archive).toBe(path.join(folder, 'home', '.config', 'holdall', 'user'))
    expect((await load({ env: { HOLDALL_HOME: 'own' } })).archive).toBe(path.join(folder, 'own', 'own'))
    const here = named('here')
    expect((await loadText(here, { env: { HOLDALL_HOME: 'own' } })).archive).toBe(path.join(folder, 'here'))
    expect((await loadText(here, { env: { HOLDALL_CONFIG: 'other.yaml' } })).archive).toBe(path.join(folder, 'variable'))
    expect((await loadText(here, { file: 'third.yaml', env: { HOLDALL_CONFIG: 'other.yaml' } })).archive).toBe(
      path.join(folder, 'option'),
    )
  })
  test('a named file that does not exist is not replaced by another', async () => {
    await expect(load({ file: 'nowhere.yaml' })).rejects.toThrow(/--config names .*nowhere\.yaml, but there is no such file/)
    await expect(load({ env: { HOLDALL_CONFIG: 'own' } })).rejects.toThrow(/\$HOLDALL_CONFIG names .*own, but that is a folder/)
  })
  test('no file: a Failure that says where it looked, or an archive alone', async () => {
    const env = { HOLDALL_HOME: path.join(folder, 'nothing') }
    const failure = await load({ env }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ kind: 'settings', hint: expect.stringContaining('holdall init') })
    expect(String(failure)).toContain(path.join(folder, 'nothing', 'holdall.yaml'))
    expect(await load({ env, overrides: { archive: 'x' } })).toMatchObject({
      file: undefined,
      archive: path.join(folder, 'x'),
      accounts: [],
    })
  })
})

describe('mistakes', () => {
  const table: readonly [string, string, readonly (string | RegExp)[]][] = [
    ['unknown key', `archiv: x\n${cloud}`, ['1:1: archiv is no setting; did you mean "archive"?']],
    ['nested unknown key', `${cloud}limits:\n  tranfsers: 3`, ['5:3: limits.tranfsers is no setting; did you mean "transfers"?']],
    ['a key in the wrong place', `bandwidth: 3M\n${cloud}`, ['1:1: bandwidth is no setting; "bandwidth" belongs under limits']],
    ['unknown key, none near', `${cloud}network: { colour: red }`, [/^4:12: network\.colour is no setting; known here: ca$/]],
    [
      'unknown provider',
      'accounts:\n  a: { provider: clod }',
      [/^2:8: accounts\.a\.provider: "clod" is not known; did you mean "cloud"\? Known: cloud, server$/],
    ],
    ['no provider', 'accounts:\n  a: {}', ['2:3: accounts.a.provider is missing; one of cloud, server']],
    ['name of another provider', 'accounts:\n  cloud: { provider: server }', [/^2:12: .*give this one another name/]],
    [
      'unknown source',
      `${cloud}    sources: [drvie]`,
      [/^4:15: accounts\.cloud\.sources\[0\]: "drvie" is not known; did you mean "drive"/],
    ],
    ['no sources', `${cloud}    sources: []`, [/^4:5: .*empty list/]],
    [
      'two accounts with one name',
      `${cloud}  cloud:\n    client: { id: b }`,
      ['4:3: two accounts are called "cloud"; the first one is in line 2'],
    ],
    ['a key twice', `archive: a\n${cloud}archive: b`, ['5:1: archive stands twice; the first one is in line 1']],
    [
      'account name',
      'accounts:\n  Cloud_1: { provider: cloud, client: { id: x } }',
      [/^2:3: accounts\.Cloud_1: .*small letters/],
    ],
    ['account name of a device', 'accounts:\n  aux: { provider: cloud, client: { id: x } }', [/^2:3: accounts\.aux: Windows/]],
    [
      'no client',
      'accounts:\n  cloud: {}',
      [/^2:3: accounts\.cloud\.client is missing: .*the app's client id; `holdall init` leads/, ...guided],
    ],
    [
      'no client id',
      'accounts:\n  cloud: { client: { secret: s } }',
      [/^2:12: accounts\.cloud\.client\.id is missing: the app's client id/, ...guided],
    ],
    ['empty client id', 'accounts:\n  cloud: { client: { id: "" } }', ['2:22: accounts.cloud.client.id is empty']],
    [
      'provider’s own key missing',
      'accounts:\n  home: { provider: server, username: u }',
      ['2:3: accounts.home.url is missing: the address of the folder'],
    ],
    [
      'provider’s own key of the wrong form',
      'accounts:\n  home: { provider: server, username: u, url: nas }',
      [/^2:42: accounts\.home\.url must be an address/],
    ],
    [
      'provider’s own rule',
      'accounts:\n  home: { provider: server, username: u, url: "http://x/" }',
      ['2:42: accounts.home.url: a password would go over plain http'],
    ],
    [
      'source’s own setting',
      `${cloud}    options: { drive: { exports: [word], trsh: true } }`,
      [/^4:35: .*exports\[0\]: "word" is not known/, /^4:42: .*did you mean "trash"/],
    ],
    ['wrong type', `${cloud}limits: { transfers: many }`, ['4:11: limits.transfers must be a number, not text']],
    ['a fraction', `${cloud}limits: { transfers: 1.5 }`, ['4:11: limits.transfers must be a whole number']],
    ['too few', `${cloud}limits: { transfers: 0 }`, ['4:11: limits.transfers must be at least 1']],
    ['text for a yes or no', `keepVersions: often\n${cloud}`, ['1:1: keepVersions must be true or false, not text']],
    ['a section for a text', `archive: { a: b }\n${cloud}`, ['1:1: archive must be text, not a section']],
    ['a list for accounts', 'accounts: [cloud]', ['1:1: accounts must be a section of "key: value" lines, not a list']],
    ['bandwidth in bits', `${cloud}limits: { bandwidth: 20Mbit }`, [/^4:11: limits\.bandwidth: write a number with K, M or G/]],
    ['duration', `${cloud}limits: { stall: soon }`, [/^4:11: limits\.stall: write a duration/]],
    ['language', `language: fr\n${cloud}`, ['1:1: language: "fr" is not known; known: en, ja']],
    ['no accounts', 'archive: x', [/^accounts is missing: /]],
    ['no accounts in the section', 'archive: x\naccounts: {}', [/^2:1: accounts is empty: there is nothing to copy/]],
    ['an empty file', '', [/^accounts is missing/]],
    ['not a map', 'archive', ['1:1: the file must consist of "key: value" lines']],
    ['tab', 'accounts:\n\tcloud: x', ['2:1: a tab stands where spaces must be; indent by spaces only']],
    ['indentation', 'accounts:\n  a: {}\n b: {}', [/^3:\d+: /]],
    ['open quote', 'archive: "x\naccounts: {}', [/^\d+:\d+: something is missing/]],
    ['variable not set', `${cloud}archive: \${NOWHERE}/x`, ['4:10: archive: the environment variable NOWHERE is not set']],
    ['no variable name', `${cloud}archive: \${NO WHERE}/x`, [/^4:10: archive: .*no name of an environment variable/]],
    [
      'alias',
      'archive: &a x\naccounts: *a',
      [/^2:1: accounts is missing/, /^2:11: accounts: a value that begins with \* must stand in quotes$/],
    ],
  ]
  test.each(table)('%s', async (_, text, expected) => {
    const found = await mistakes(text)
    expect(found).toEqual(expected.map((one) => (typeof one === 'string' ? one : expect.stringMatching(one))))
  })

  test('all at once, in the order of the file', async () => {
    const found = await mistakes(
      `archiv: x\nlimits:\n  transfers: no\naccounts:\n  a: { provider: x }\n  b: { provider: server, user: u, url: "\${NONE}" }\nkeepVersions: 3\n`,
    )
    expect(found.map((line) => line.split(':')[0])).toEqual(['1', '3', '5', '6', '6', '6', '6', '7'])
  })

  test('no secret is quoted, whatever is wrong with it', async () => {
    const secret = 'hunter2-correct-horse'
    for (const value of [
      `*${secret}`,
      `!${secret}`,
      `@${secret}`,
      `"${secret}`,
      `[${secret}]`,
      `{ a: ${secret} }`,
      `x: ${secret}`,
      `"${secret}\\q"`,
    ]) {
      const text = `accounts:\n  home:\n    provider: server\n    url: ${secret}\n    username: u\n    password: ${value}\n`
      const found = (await mistakes(text)).join('\n')
      expect(found).not.toContain('hunter2')
      expect(found).toMatch(/^\d+:\d+: /)
    }
  })

  test('text in another encoding is named, not guessed', async () => {
    await expect(loadText(Buffer.from(`﻿${cloud}`, 'utf16le'))).rejects.toThrow(/is not text in UTF-8/)
    await expect(loadText(Buffer.from([0x61, 0x3a, 0x20, 0x82, 0xa0]))).rejects.toThrow(/is not text in UTF-8/)
    expect((await loadText(`﻿${cloud}`)).accounts).toHaveLength(1)
  })

  test('a key called __proto__ is an unknown key', async () => {
    expect(await mistakes(`${cloud}__proto__: { archive: /etc }`)).toEqual([expect.stringContaining('__proto__ is no setting')])
  })
})
