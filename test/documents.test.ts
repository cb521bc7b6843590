import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { providers } from '../src/providers/index.ts'
import { reportSchemaText } from '../src/report/report-schema.ts'
import { exampleText, profileSchemaText, schemaText } from '../src/settings/generated-files.ts'
import { loadSettings } from '../src/settings/load-settings.ts'

const config = (name: string) => fileURLToPath(new URL(`../config/${name}`, import.meta.url))

test.each([
  ['holdall.schema.json', schemaText],
  ['profile.schema.json', profileSchemaText],
  ['holdall.example.yaml', exampleText],
  ['report.schema.json', reportSchemaText],
])('config/%s is what the code says (else: npm run generate)', async (name, text) => {
  expect(await readFile(config(name), 'utf8')).toBe(text(providers))
})

test('the example is a valid settings file with an account at each provider', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'holdall-example-'))
  try {
    const settings = await loadSettings({
      file: config('holdall.example.yaml'),
      env: {},
      cwd: folder,
      home: folder,
      platform: 'linux',
      providers,
      profiles: { packaged: config('profiles') },
    })
    expect(settings.accounts.map((account) => account.provider)).toEqual(providers.map((provider) => provider.id))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
