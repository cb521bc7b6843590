import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { login, startCloud } from '../journeys/cloud.ts'
import { makePlace, run } from '../journeys/program.ts'

vi.setConfig({ testTimeout: 60_000 })

interface Bundle {
  readonly versions: Readonly<Record<string, string>>
  readonly variablesSet: readonly string[]
  readonly settings: { readonly accounts: readonly { readonly name: string }[]; readonly cannotBeRead?: string }
  readonly archive: {
    readonly lastRun: { readonly status: number }
    readonly sources: readonly {
      readonly source: string
      readonly counts: Readonly<Record<string, number>>
      readonly notSaved: readonly { readonly state: string; readonly reason: string; readonly count: number }[]
    }[]
    readonly logs: readonly { readonly log: string; readonly lines: readonly { readonly event: string }[] }[]
  }
}

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Bundle

test('a bundle says what went wrong, and neither secrets nor names', async () => {
  const cloud = await startCloud({ settings: 'limits: { retryFor: 1s }' })
  const { place, home, drive, webdav, google } = cloud
  const canaries = ['CanaryFile', 'CanaryFolder', 'CanaryDrive', 'Kanarienvogel', 'canary.person']
  drive.addSharedDrive('CanaryDrive & co', { [drive.me.email]: 'reader' })
  const folder = drive.addFolder('CanaryFolder of mine')
  drive.addFile('CanaryFile.txt', 'x', { parent: folder.id })
  drive.addFile('CanaryFile "quoted".bin', 'x', {
    abusive: true,
    owner: drive.addPerson('canary.person@example.org', 'Kanarienvogel').email,
    sharedWith: { [drive.me.email]: 'reader' },
  })
  drive.addEditorFile('CanaryFile form', 'form')
  home.put('/CanaryFolder/CanaryFile one.txt', 'one')
  home.put('/CanaryFolder/CanaryFile two.txt', 'two', { permissions: '' })
  webdav.faults.add({ match: { method: 'GET', path: '/CanaryFolder/CanaryFile%20one.txt' }, times: 99, do: { status: 503 } })
  webdav.faults.add({ match: { method: 'GET', path: '/CanaryFolder/CanaryFile one.txt' }, times: 99, do: { status: 503 } })
  expect((await run(place, ['backup', '--verbose'])).status).toBe(3)
  google.endSignIns()
  drive.addFile('CanaryFile after.txt', 'x')
  await run(place, ['backup'])
  await run(place, ['verify'])
  const tokens = readFileSync(path.join(place.home, 'sign-ins', 'google.json'), 'utf8').match(/ya29\.[\w-]+|1\/\/0[\w-]+/g) ?? []
  expect(tokens.length).toBeGreaterThan(0)

  const file = path.join(place.folder, 'support.json')
  const env = { HTTPS_PROXY: '', NO_PROXY: '*', HOLDALL_OTHER_PASSWORD: 'Canary-in-the-environment' }
  const made = await run(place, ['support', '--to', file], { env })
  expect(made.status, made.stderr).toBe(0)
  const text = readFileSync(file, 'utf8')
  const secrets = [...tokens, login.password, google.client.secret, google.client.id, 'Canary-in-the-environment', ...canaries]
  for (const secret of [...secrets, login.username, hostname(), place.folder, drive.me.email]) {
    for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
      expect({
        form,
        there: new RegExp(`(?<![\\p{L}\\p{N}])${form.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}`, 'iu').test(text),
      }).toEqual({ form, there: false })
  }
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)

  // And what a help desk needs is there.
  const bundle = read(file)
  expect(bundle.versions.node).toBe(process.versions.node)
  expect(bundle.versions.sqlite).toMatch(/^3\./)
  expect(bundle.variablesSet).toEqual(expect.arrayContaining(['HOLDALL_OTHER_PASSWORD', 'NO_PROXY']))
  expect(bundle.variablesSet).not.toContain('HTTPS_PROXY')
  expect(bundle.settings.accounts).toMatchObject([
    { name: 'google', provider: 'google', client: { secret: true }, sources: ['drive'] },
    { name: 'home', provider: 'webdav', password: true, settings: { url: new URL(webdav.url).origin } },
  ])
  expect(bundle.archive, text).toMatchObject({ lastRun: { status: 4 } })
  const files = bundle.archive.sources.find(({ source }) => source === 'home/files')
  expect(files?.counts.failed).toBeGreaterThanOrEqual(1)
  expect(files?.notSaved.some(({ state, reason }) => state === 'failed' && /503/.test(reason))).toBe(true)
  expect(bundle.archive.logs.map(({ log }) => log.replace(/^.*-/, ''))).toEqual(['verify.jsonl', 'backup.jsonl'])
  for (const { lines } of bundle.archive.logs) expect(lines.length).toBeGreaterThan(1)

  const again = await run(place, ['support', '--to', file])
  expect(again).toMatchObject({ status: 2, stderr: expect.stringContaining('is there already') })
  expect(readFileSync(file, 'utf8')).toBe(text)
  expect((await run(place, ['support', '--to', file, '--yes'])).status).toBe(0)
  expect(await run(place, ['support', '--to', path.join(place.archive, 'support.json')])).toMatchObject({ status: 2 })
  expect(existsSync(path.join(place.archive, 'support.json'))).toBe(false)
  expect(await run(place, ['support'])).toMatchObject({ status: 2, stderr: expect.stringContaining('--to is missing') })
})

test('with broken settings and a broken journal there is a bundle all the same, and it says so', async () => {
  const place = await makePlace()
  await place.configure('accounts: { google: { clint: { id: "Canary", secret: "CanarySecret" } } }')
  const file = path.join(place.folder, 'support.json')
  expect((await run(place, ['support', '--to', file])).status).toBe(0)
  const bundle = read(file)
  expect(bundle.settings.cannotBeRead).toContain('clint')
  expect(readFileSync(file, 'utf8')).not.toContain('Canary')

  const cloud = await startCloud({ accounts: ['home'] })
  cloud.home.put('/a.txt', 'a')
  expect((await run(cloud.place, ['backup'])).status).toBe(0)
  writeFileSync(path.join(cloud.place.archive, '.holdall/journal.db'), 'no database '.repeat(1000))
  const other = path.join(cloud.place.folder, 'support.json')
  expect((await run(cloud.place, ['support', '--to', other])).status).toBe(0)
  expect(readFileSync(other, 'utf8')).toMatch(/"cannotBeRead": "the journal …: file is not a database/)
})
