import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Failure } from '../../../src/core/failure.ts'
import { loadSettings, type ProfileWorld } from '../../../src/settings/load-settings.ts'
import { describeProfile } from '../../../src/settings/profile/describe-profile.ts'
import { keptFile, parseProfile } from '../../../src/settings/profile/load-profile.ts'
import { someProviders } from '../some-providers.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'holdall-profile-'))
  await mkdir(path.join(folder, 'packaged'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function load(settings: string, profiles: Partial<ProfileWorld> = {}) {
  await writeFile(path.join(folder, 'holdall.yaml'), settings)
  return loadSettings({
    env: {},
    cwd: folder,
    home: folder,
    platform: 'linux',
    providers: someProviders,
    profiles: { packaged: path.join(folder, 'packaged'), ...profiles },
  })
}

const home = () => path.join(folder, '.config/holdall')

async function mistake(running: Promise<unknown>): Promise<Failure> {
  const error = await running.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Failure)) throw new Error(`no Failure but ${String(error)}`)
  expect(error.kind).toBe('settings')
  return error
}

const facts = `
name: { en: Example University, ja: 見本大学 }
lastDay: 2027-03-31
accounts:
  cloud:
    client: { id: from-profile, secret: profile-secret }
    tenant: example.ac.jp
    domain: [example.ac.jp]
    options: { drive: { trash: true, exports: [pdf] } }
`

describe('what a profile says stands behind what the person wrote', () => {
  test('nothing of their own: the profile serves', async () => {
    await writeFile(path.join(folder, 'packaged/example.yaml'), facts)
    const { accounts, profile } = await load('profile: example\naccounts:\n  cloud: { sources: [drive] }\n')
    expect(accounts).toMatchObject([
      {
        client: { id: 'from-profile', secret: 'profile-secret' },
        settings: { tenant: 'example.ac.jp' },
        sources: ['drive'],
        options: { drive: { trash: true, exports: ['pdf'] } },
        facts: { domain: ['example.ac.jp'] },
      },
    ])
    expect(profile?.facts).toMatchObject({ name: { ja: '見本大学' }, lastDay: '2027-03-31' })
  })

  test('their own wins key by key, and an app of their own takes no secret from another', async () => {
    await writeFile(path.join(folder, 'own.yaml'), facts)
    const { accounts } = await load(
      'profile: ./own.yaml\naccounts:\n  mine:\n    provider: cloud\n    client: { id: own }\n    options: { drive: { trash: false } }\n',
    )
    expect(accounts).toMatchObject([
      {
        name: 'mine',
        client: { id: 'own' },
        settings: { tenant: 'example.ac.jp' },
        options: { drive: { trash: false, exports: ['pdf'] } },
      },
    ])
    expect(accounts[0]!.client!.secret).toBeUndefined()
  })
})

describe('a profile that is wrong is refused with its lines', () => {
  test.each([
    [
      'an unknown key',
      'name: U\naccounts: { cloud: { clint: { id: a } } }\n',
      'accounts.cloud.clint is no setting; did you mean "client"?',
    ],
    ['a command', 'name: U\naccounts: {}\nrun: rm -rf /\n', 'run is no setting'],
    [
      "a service's address",
      'name: U\naccounts: { cloud: { endpoints: { token: "https://evil.example/" } } }\n',
      'accounts.cloud.endpoints is no setting',
    ],
    ['scopes', 'name: U\naccounts: { cloud: { scopes: [write] } }\n', 'accounts.cloud.scopes is no setting'],
    ['a password', 'name: U\naccounts: { server: { password: x } }\n', 'accounts.server.password is no setting'],
    [
      'leave to send a password unprotected',
      'name: U\naccounts: { server: { insecure: true } }\n',
      'accounts.server.insecure: may not be true in a profile',
    ],
    [
      'a server without https',
      'name: U\naccounts: { server: { url: "http://dav.example.ac.jp/" } }\n',
      'accounts.server.url: must begin with https:// in a profile',
    ],
    [
      'a server on the own computer without https',
      'name: U\naccounts: { server: { url: "http://127.0.0.1:8080/" } }\n',
      'accounts.server.url: must begin with https:// in a profile',
    ],
    [
      "a server's address that shows another one before it",
      'name: U\naccounts: { server: { url: "https://dav.example.ac.jp@evil.example/" } }\n',
      'hold no user name',
    ],
    ['a user name', 'name: U\naccounts: { server: { username: root } }\n', 'accounts.server.username is no setting'],
    ['an archive', 'name: U\naccounts: {}\narchive: /etc\n', 'archive is no setting'],
    ['certificates to trust', 'name: U\naccounts: {}\nnetwork: { ca: ./evil.pem }\n', 'network is no setting'],
    ['where tokens are kept', 'name: U\naccounts: {}\ntokens: file\n', 'tokens is no setting'],
    ['limits', 'name: U\naccounts: {}\nlimits: { transfers: 64 }\n', 'limits is no setting'],
    ['a quota below nothing', 'name: U\naccounts: { cloud: { quotas: { calls: -1 } } }\n', 'accounts.cloud.quotas'],
    ['a page without https', 'name: U\npage: http://example.ac.jp/\naccounts: {}\n', 'https://'],
    ['a page that is a script', 'name: U\npage: "javascript:alert(1)"\naccounts: {}\n', 'page must be an address'],
    ['an unknown provider', 'name: U\naccounts: { clod: {} }\n', 'did you mean "cloud"?'],
    ['a date that is none', 'name: U\nlastDay: 2027-02-30\naccounts: {}\n', 'must be a date'],
    ["a variable of the person's", `name: "\${HOME}"\naccounts: {}\n`, 'HOME'],
    ['a list', '- a\n', 'key: value'],
    ['bytes that are no YAML', 'name: [\n', 'indentation'],
  ])('%s', async (_, text, says) => {
    await writeFile(path.join(folder, 'bad.yaml'), text)
    const { message } = await mistake(load('profile: ./bad.yaml\naccounts: { cloud: { client: { id: a } } }\n'))
    expect(message).toContain('bad.yaml')
    expect(message).toContain(says)
  })

  test('a name that does not exist', async () => {
    await writeFile(path.join(folder, 'packaged/utokyo.yaml'), facts)
    expect((await mistake(load('profile: utokio\naccounts: { cloud: { client: { id: a } } }\n'))).message).toContain(
      'did you mean "utokyo"?',
    )
    expect((await mistake(load('profile: ./nowhere.yaml\naccounts: { cloud: { client: { id: a } } }\n'))).message).toContain(
      'no such file',
    )
  })
})

describe('an address', () => {
  const settings = 'profile: https://profiles.example.ac.jp/holdall.yaml\naccounts:\n  cloud: {}\n'

  test('is fetched once and kept', async () => {
    let fetched = 0
    const fetch = async (address: string) => {
      fetched++
      expect(address).toBe('https://profiles.example.ac.jp/holdall.yaml')
      return facts
    }
    expect((await load(settings, { fetch })).accounts[0]!.client!.id).toBe('from-profile')
    expect((await load(settings, { fetch: async () => facts.replace('from-profile', 'another') })).accounts[0]!.client!.id).toBe(
      'from-profile',
    )
    expect(fetched).toBe(1)
    expect(await readFile(keptFile(home(), 'https://profiles.example.ac.jp/holdall.yaml'), 'utf8')).toBe(facts)
  })

  test('is not used before somebody agreed', async () => {
    expect((await mistake(load(settings, { fetch: async () => undefined }))).message).toContain('has not been looked at')
    expect((await mistake(load(settings))).hint).toContain('on a terminal')
  })

  test.each(['http://profiles.example.ac.jp/holdall.yaml', 'https://me@profiles.example.ac.jp/x', 'file:///etc/passwd'])(
    '%s is refused',
    async (address) => {
      const { message } = await mistake(load(settings.replace(/https:\S+/, address), { fetch: async () => facts }))
      expect(message).toContain('only fetched from an address that begins with https://')
    },
  )
})

test('the person may still say of their own server what a profile may not', async () => {
  await writeFile(path.join(folder, 'own.yaml'), 'name: U\naccounts: { server: { insecure: false } }\n')
  const { accounts } = await load(
    'profile: ./own.yaml\naccounts: { server: { url: "http://dav.example.org/", username: me, insecure: true } }\n',
  )
  expect(accounts[0]!.settings).toMatchObject({ url: 'http://dav.example.org/', insecure: true })
})

test('all that it would set is shown, and what is wider than usual apart', () => {
  const described = describeProfile(parseProfile(facts, 'x', someProviders), someProviders, 'ja')
  expect(described).toMatchObject({ name: '見本大学', lastDay: '2027-03-31' })
  expect(described.accounts[0]!.settings).toEqual([
    'client.id: from-profile',
    'client.secret: profile-secret',
    'tenant: example.ac.jp',
    'options.drive.trash: true',
    'options.drive.exports: pdf',
  ])
})

test('a source that needs more rights than the usual ones is shown as such where a profile names it, whatever the options', () => {
  const [cloud, ...others] = someProviders
  const drive = cloud!.sources[0]!
  const more = { ...drive, id: 'more', byName: true as const, scopes: () => ['more.read'] }
  const providers = [{ ...cloud!, sources: [...cloud!.sources, more] }, ...others]
  const widened = (account: string) =>
    describeProfile(parseProfile(`name: U\naccounts: { cloud: ${account} }\n`, 'x', providers), providers, 'en').accounts[0]!
      .widened
  expect(widened('{ sources: [drive, more] }')).toEqual(['more.read'])
  expect(widened('{ sources: [drive] }')).toEqual([])
})
