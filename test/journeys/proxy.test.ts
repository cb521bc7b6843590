import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { makeCertificate } from '../../src/practice/certificate.ts'
import { generated } from '../../src/practice/content/generated.ts'
import { docx } from '../../src/practice/content/office.ts'
import { docxType } from '../../src/practice/google/person.ts'
import { startProxy } from '../http/proxy.ts'
import { type Cloud, type CloudOptions, startCloud } from './cloud.ts'
import { run } from './program.ts'
import { smallMicrosoft, smallZoom } from './small-accounts.ts'

type ProxyServer = Awaited<ReturnType<typeof startProxy>>

/** A cloud whose certificate only the settings name, as in a company that looks into every connection. */
async function cloudBehindProxy(
  options: CloudOptions = {},
): Promise<{ cloud: Cloud; proxy: ProxyServer; env: Record<string, string> }> {
  const cloud = await startCloud({ connect: false, ...options })
  const { place, ca } = cloud
  await writeFile(path.join(place.folder, 'company.pem'), ca)
  await place.configure(cloud.settings('network: { ca: ./company.pem }'))
  // Trust comes from `network.ca` alone: the certificate of the practice file is another one.
  const other = await makeCertificate()
  const file = place.env.HOLDALL_PRACTICE ?? ''
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), ca: other.ca }))
  const proxy = await startProxy()
  return { cloud, proxy, env: { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, HTTP_PROXY: `http://127.0.0.1:${proxy.port}` } }
}

const hostsOf = (proxy: ProxyServer) => new Set(proxy.asked.map((line) => line.replace('CONNECT ', '')))

test('sign-in, the client library’s calls, downloads and WebDAV all go through the proxy, and trust network.ca', async () => {
  const { cloud, proxy, env } = await cloudBehindProxy()
  const { place, google, webdav, home, drive } = cloud
  google.settings.redirectMedia = 'always'
  drive.addFile('b.txt', 'text of b')
  // Above 10 MB an export comes from docs.google.com or from storage.
  const words = Buffer.from(generated(9 * 1024 * 1024, 7).bytes()).toString('base64')
  const long = docx(words.match(/.{1,60000}/g) ?? [])
  drive.addEditorFile('long', 'document', { exports: { [docxType]: long } })
  home.put('/a.txt', 'a')
  const connected = await run(place, ['connect', 'google', '--yes'], { env })
  expect(connected.status, connected.stderr).toBe(0)
  const { authorization, token, userinfo } = google.endpoints
  for (const url of [authorization, token, userinfo]) expect(hostsOf(proxy)).toContain(new URL(url).host)

  const backup = await run(place, ['backup', 'google/drive', 'home'], { env })
  expect(backup.status, backup.stderr).toBe(0)
  for (const url of [google.endpoints.drive, google.storage, webdav.url]) expect(hostsOf(proxy)).toContain(new URL(url).host)
  // The proxy is the only door: with one that refuses, nothing reaches any server.
  const before = google.requests.length + webdav.records.requests.length
  const closed = await startProxy({ refuse: 403 })
  const refused = await run(place, ['backup', 'google/drive', 'home'], {
    env: { HTTPS_PROXY: `http://127.0.0.1:${closed.port}`, HOLDALL_CONFIG: await impatient(cloud) },
  })
  expect(refused.status, refused.stderr).toBe(2)
  expect(refused.stderr).toMatch(/the proxy does not connect to .*it answers 403/)
  expect(google.requests.length + webdav.records.requests.length).toBe(before)
  expect(closed.asked.length).toBeGreaterThan(0)
})

test('Microsoft’s sign-in library, Graph, its storage, and all of Zoom’s hosts: through the proxy, with network.ca, or not at all', {
  timeout: 120_000,
}, async () => {
  const { model, notes } = smallMicrosoft()
  const recordings = smallZoom()
  const { cloud, proxy, env } = await cloudBehindProxy({
    accounts: ['microsoft', 'zoom'],
    microsoft: { model, notes, deviceIntervalSeconds: 1 },
    zoom: { model: recordings.model, from: recordings.from },
  })
  const { place, microsoft, zoom } = cloud
  const seen = (...urls: string[]) => {
    for (const url of urls) expect(hostsOf(proxy)).toContain(new URL(url).host)
  }
  for (const args of [['microsoft'], ['zoom'], ['microsoft', '--device']]) {
    const connected = await run(place, ['connect', ...args, '--yes'], { env })
    expect(connected.status, connected.stderr).toBe(0)
  }
  seen(microsoft.endpoints.authority, microsoft.endpoints.graph, zoom.endpoints.oauth, zoom.endpoints.api)
  // So that both are renewed on the way.
  microsoft.expireAccessTokens()
  zoom.expireAccessTokens()
  const backup = await run(place, ['backup'], { env })
  expect(backup.status, backup.stderr).toBe(0)
  seen(microsoft.storage.business, zoom.endpoints.download, zoom.storage)
  const asked = [...microsoft.log.requests, ...zoom.requests]
  // Nobody is left whom the proxy could have missed.
  const unseen = ['login.microsoftonline.com', 'graph.microsoft.com', 'contoso-my.sharepoint.com', 'zoom.us', 'api.zoom.us']
  expect(new Set(asked.map(({ host }) => host))).toEqual(new Set([...unseen, 'us02web.zoom.us', 'ssrweb.zoom.us']))

  // The proxy is the only door: with one that refuses, nothing reaches any server, a renewal of the sign-in neither.
  const closed = await startProxy({ refuse: 403 })
  const shut = { HTTPS_PROXY: `http://127.0.0.1:${closed.port}`, HOLDALL_CONFIG: await impatient(cloud) }
  cloud.forget()
  const refusedAt = async (...args: string[]) => {
    const { status, stdout, stderr } = await run(place, args, { env: shut })
    expect(status, `${args}: ${stderr}`).toBe(2)
    expect(stdout + stderr).toMatch(/the proxy does not connect to .*it answers 403/)
  }
  await refusedAt('backup')
  microsoft.expireAccessTokens()
  zoom.expireAccessTokens()
  await refusedAt('backup', 'microsoft')
  await refusedAt('backup', 'zoom')
  expect((await run(place, ['connect', 'microsoft', '--device', '--yes'], { env: shut })).status).toBe(2)
  expect([...microsoft.log.requests, ...zoom.requests]).toEqual([])
  expect(closed.asked.length).toBeGreaterThan(0)
  expect(cloud.misdeeds()).toEqual([])
})

async function impatient(cloud: Cloud): Promise<string> {
  const file = path.join(cloud.place.folder, 'impatient.yaml')
  await writeFile(file, cloud.settings('network: { ca: ./company.pem }\nlimits: { retryFor: 1s, offline: 1s }'))
  return file
}

test('NO_PROXY names hosts that are reached without it', async () => {
  const { cloud, proxy, env } = await cloudBehindProxy()
  const { place, google, webdav, home, drive } = cloud
  drive.addFile('b.txt', 'text of b')
  home.put('/a.txt', 'a')
  const except = { ...env, NO_PROXY: `example.org,${new URL(webdav.url).host}` }
  expect((await run(place, ['connect', 'google', '--yes'], { env: except })).status).toBe(0)
  const backup = await run(place, ['backup', 'google/drive', 'home'], { env: except })
  expect(backup.status, backup.stderr).toBe(0)
  expect(hostsOf(proxy)).not.toContain(new URL(webdav.url).host)
  expect(hostsOf(proxy)).toContain(new URL(google.endpoints.drive).host)
  expect(webdav.records.requests.length).toBeGreaterThan(0)

  const asked = proxy.asked.length
  expect((await run(place, ['backup', 'google/drive', 'home'], { env: { ...env, NO_PROXY: '127.0.0.1' } })).status).toBe(0)
  expect(proxy.asked.length).toBe(asked)
})

test('a certificate that nobody vouches for is refused', async () => {
  const { cloud, proxy, env } = await cloudBehindProxy()
  await cloud.place.configure(cloud.settings('limits: { retryFor: 1s, offline: 1s }'))
  const { status, stderr } = await run(cloud.place, ['backup', 'home'], { env })
  expect(status).not.toBe(0)
  expect(stderr).toMatch(/certificate/)
  expect(stderr).toMatch(/network\.ca/)
  expect(proxy.asked.length).toBeGreaterThan(0)
})
