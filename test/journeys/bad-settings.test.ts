import { writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { storedFiles } from './archive-check.ts'
import { startCloud } from './cloud.ts'
import { expectWhole } from './expect-whole.ts'
import { makePlace, run } from './program.ts'

const home = '  home:\n    provider: webdav\n    url: https://127.0.0.1:1/\n    username: b\n'

const mistakes: readonly (readonly [title: string, yaml: string, said: readonly RegExp[]])[] = [
  [
    'a misspelt key',
    'archive: ./archive\naccounts:\n  google:\n    cleint: { id: a, secret: b }\n',
    [/:4:5: accounts\.google\.cleint .*did you mean "client"/],
  ],
  [
    'wrong types, all at once',
    `archive: ./archive\nkeepVersions: often\nlimits: { transfers: many, bandwidth: fast }\naccounts:\n${home}`,
    [/:2:1: keepVersions must be true or false/, /:3:11: limits\.transfers must be a number/, /:3:28: limits\.bandwidth: .*20M/],
  ],
  [
    'an unknown provider',
    'archive: ./archive\naccounts:\n  home:\n    provider: webdaw\n    url: https://x/\n',
    [/:4:5: accounts\.home\.provider: "webdaw" is not known; did you mean "webdav"/],
  ],
  [
    'two accounts with one name',
    `archive: ./archive\naccounts:\n${home}${home}`,
    [/:7:3: two accounts are called "home"; the first one is in line 3/],
  ],
  [
    'a secret in a variable that is not set',
    'archive: ./archive\naccounts:\n  google:\n    client: { id: a, secret: "$' + '{NOT_SET}" }\n',
    [/:4:30: accounts\.google\.client\.secret: .*NOT_SET is not set/],
  ],
  [
    'no client secret at all',
    'archive: ./archive\naccounts:\n  google:\n    client: { id: a }\n',
    [/holdall\.yaml:\d+:\d+: accounts\.google\.client has no secret/, /HOLDALL_GOOGLE_CLIENT_SECRET/],
  ],
  [
    'a password over plain http',
    'archive: ./archive\naccounts:\n  home:\n    provider: webdav\n    url: http://example.org/\n    username: b\n',
    [/:5:5: accounts\.home\.url: .*plain http/],
  ],
  ['no YAML', 'archive: "./archive\naccounts:\n', [/holdall\.yaml:\d+:\d+: /]],
]

test.for(mistakes)('%s: exit 2, with the file, the line and the key', async ([, yaml, said]) => {
  const place = await makePlace()
  await place.configure(yaml)
  const { status, stdout, stderr } = await run(place, ['backup'])
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toContain(place.config)
  for (const pattern of said) expect(stderr).toMatch(pattern)
  expect(stderr).not.toMatch(/ {4}at |ZodError/)
})

test('unknown options, commands, sources, and a settings file that is not there', async () => {
  const place = await makePlace()
  await place.configure(`accounts:\n${home}`)
  for (const [args, said] of [
    [['backup', '--bandwith', '1M'], /--bandwidth/],
    [['bakcup'], /backup/],
    [['backup', 'hime'], /home\/files/],
    [['backup', '--config', 'nowhere.yaml'], /nowhere\.yaml/],
  ] as const) {
    const { status, stderr } = await run(place, args)
    expect({ args, status }).toEqual({ args, status: 2 })
    expect(stderr).toMatch(said)
  }
})

test('a mistake made between two runs touches nothing that was saved', async () => {
  const cloud = await startCloud({ accounts: ['home'] })
  cloud.home.put('/papers/a.txt', 'a')
  cloud.home.put('/papers/b.txt', 'b')
  expect((await run(cloud.place, ['backup'])).status).toBe(0)
  const before = storedFiles(cloud.place.archive)

  await writeFile(cloud.place.config, cloud.settings('keepVersion: true'))
  const wrong = await run(cloud.place, ['backup'])
  expect(wrong.status).toBe(2)
  expect(wrong.stderr).toMatch(/keepVersion .*did you mean "keepVersions"/)
  expect(storedFiles(cloud.place.archive)).toEqual(before)

  await writeFile(cloud.place.config, cloud.settings())
  cloud.home.put('/papers/c.txt', 'c')
  expect((await expectWhole(cloud, ['home']))['home/files']).toMatchObject({ saved: 1, failed: 0 })
})
