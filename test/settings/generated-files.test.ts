import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { definition } from '../../src/settings/definition.ts'
import { exampleText, schemaText, settingsHelp } from '../../src/settings/generated-files.ts'
import { loadSettings } from '../../src/settings/load-settings.ts'
import { fieldsOf, metaOf, presence, type Schema } from '../../src/settings/schema-walk.ts'
import { settingsFileText } from '../../src/settings/write.ts'
import { someProviders } from './some-providers.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'holdall-settings-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function load(text: string, env: Readonly<Record<string, string>> = {}) {
  await writeFile(path.join(folder, 'holdall.yaml'), text)
  return loadSettings({
    env,
    cwd: folder,
    home: folder,
    platform: 'linux',
    providers: someProviders,
    profiles: { packaged: folder },
  })
}

test('every setting says what it means, and has a default or an example', () => {
  const silent: string[] = []
  const look = (schema: Schema, name: string): void => {
    for (const [key, field] of Object.entries(fieldsOf(schema) ?? {})) {
      const { description, example } = metaOf(field)
      if (description === undefined) silent.push(`${name}${key}: no description`)
      const literal = key === 'provider'
      if (fieldsOf(field) === undefined && presence(field).fallback === undefined && example === undefined && !literal)
        silent.push(`${name}${key}: no example`)
      look(field, `${name}${key}.`)
    }
  }
  look(definition(someProviders), '')
  expect(silent).toEqual([])
})

test('the example is a valid file, and says the defaults', async () => {
  const shown = await load(exampleText(someProviders))
  const least = await load(
    'accounts:\n  cloud: { client: { id: YOUR-CLIENT-ID } }\n  server: { url: "https://dav.example.org/home/", username: a123456 }',
  )
  const places = (one: typeof shown) => one.accounts.map((account) => ({ ...account, client: { ...account.client, place: '' } }))
  expect({ ...shown, accounts: places(shown) }).toEqual({ ...least, accounts: places(least) })
})

test('the example is still valid with every "# key:" taken in', async () => {
  const all = exampleText(someProviders).replaceAll(
    /^( *)# (?=(?:secret|password|profile|language|bandwidth|ca|network):)/gm,
    '$1',
  )
  await writeFile(path.join(folder, 'ca.pem'), '')
  await writeFile(path.join(folder, 'utokyo.yaml'), 'name: U\naccounts: {}\n')
  const settings = await load(all, { CLIENT_SECRET: 's', PASSWORD: 'p' })
  expect(settings).toMatchObject({
    profile: { wanted: 'utokyo' },
    language: 'en',
    limits: { bandwidth: 20 * 1024 ** 2 },
    network: { ca: path.join(folder, 'ca.pem') },
  })
  expect(settings.accounts[0]?.client?.secret).toBe('s')
  expect(settings.accounts[1]?.password).toBe('p')
})

test('the JSON schema takes what the program takes, and nothing else', () => {
  const schema = z.fromJSONSchema(JSON.parse(schemaText(someProviders)))
  const valid = (text: string) => schema.safeParse(parse(text)).success
  expect(valid(exampleText(someProviders))).toBe(true)
  expect(valid('accounts: { cloud: { client: { id: x } }, b: { provider: cloud, client: { id: x } } }')).toBe(true)
  expect(valid('accounts: { b: { client: { id: x } } }')).toBe(false)
  expect(valid('accounts: { cloud: { client: { id: x }, url: "https://x/" } }')).toBe(false)
  expect(valid('accounts: {}\nlimits: { transfers: many }')).toBe(false)
  expect(valid('accounts: {}\nlimits: { bandwidth: 20M, stall: 90 }')).toBe(true)
  expect(valid('accounts: {}\narchiv: x')).toBe(false)
})

test('help lists every setting once', () => {
  const help = settingsHelp(someProviders)
  expect(help).toContainEqual({ key: 'limits.transfers', fallback: '8', meaning: expect.stringContaining('at once') })
  expect(help).toContainEqual({ key: 'accounts.server.url', fallback: 'needed', meaning: 'the address of the folder' })
  expect(new Set(help.map(({ key }) => key)).size).toBe(help.length)
})

test('what init writes is read back as it was answered, odd characters too', async () => {
  const text = settingsFileText(
    {
      archive: path.join(folder, `my "copies": \${x} # 1`),
      language: 'ja',
      accounts: [
        { name: 'cloud', provider: 'cloud', client: { id: '012', secret: `\${SECRET}` }, sources: ['mail'] },
        { name: 'home', provider: 'server', settings: { url: 'https://x.example.org/a b/', username: 'yes', insecure: true } },
      ],
    },
    someProviders,
  )
  expect(text).toContain('# the address of the folder')
  const settings = await load(text, { SECRET: 'from the environment' })
  expect(settings).toMatchObject({
    archive: path.join(folder, `my "copies": \${x} # 1`),
    language: 'ja',
    accounts: [
      { name: 'cloud', client: { id: '012', secret: 'from the environment' }, sources: ['mail'] },
      { name: 'home', provider: 'server', settings: { url: 'https://x.example.org/a b/', username: 'yes', insecure: true } },
    ],
  })
})
