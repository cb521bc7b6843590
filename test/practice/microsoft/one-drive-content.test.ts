import { expect, test } from 'vitest'
import { contentBytes } from '../../../src/practice/microsoft/drive/content.ts'
import { createOneDriveModel } from '../../../src/practice/microsoft/drive/model.ts'
import { createQuickXor } from '../../../src/practice/microsoft/drive/quick-xor.ts'
import { type Started, start } from './start.ts'

const addressOf = async (started: Started, id: string, headers: Record<string, string> = {}) => {
  const response = await started.call(`me/drive/items/${id}/content`, { headers })
  return { status: response.status, location: response.headers.get('location') ?? '' }
}

test('quickXorHash: the vectors that other programs test with, however the bytes come', () => {
  // https://github.com/rclone/rclone/blob/master/backend/onedrive/quickxorhash/quickxorhash_test.go
  const table: [input: string, hash: string][] = [
    ['', 'AAAAAAAAAAAAAAAAAAAAAAAAAAA='],
    ['Sg==', 'SgAAAAAAAAAAAAAAAQAAAAAAAAA='],
    ['jRRDVA==', 'jaDAEKgAAAAAAAAABAAAAAAAAAA='],
    ['2fuxhBJXtpWFe8dOfdGeHw==', 'O9tHLAghgSvYohKFyMMxnNCHaHg='],
    ['T6LYJIfDh81JrAK309H2JMJTXis=', 'zBTHrspn3mEcohlJdIUAbjGNaNg='],
  ]
  for (const [input, hash] of table) {
    const bytes = Buffer.from(input, 'base64')
    const whole = createQuickXor()
    whole.update(bytes)
    const pieces = createQuickXor()
    for (const byte of bytes) pieces.update(Uint8Array.of(byte))
    expect([whole.digest(), pieces.digest()], input).toEqual([hash, hash])
  }
  // Whatever the pieces and where they lie in memory.
  const bytes = Buffer.from(contentBytes({ size: 100_003, seed: 5 }))
  const digests = [1, 3, 4, 160, 4096, 100_003].map((size) => {
    const quickXor = createQuickXor()
    for (let at = 0; at < bytes.length; at += size) quickXor.update(bytes.subarray(at, at + size))
    return quickXor.digest()
  })
  expect(new Set(digests).size).toBe(1)
})

test('a download: 302 to the storage host of its kind of drive, whole and in part', async () => {
  for (const kind of ['business', 'personal'] as const) {
    await using started = await start({ model: createOneDriveModel({ kind }) })
    const { model, get, microsoft } = started
    const file = model.addFile('video.mp4', { size: 600_000, seed: 9 }, { mimeType: 'video/mp4' })
    const bytes = contentBytes({ size: 600_000, seed: 9 })
    const { status, location } = await addressOf(started, file.id)
    expect(status).toBe(302)
    expect(location.startsWith(microsoft.storage[kind])).toBe(true)
    expect(location).toContain('tempauth=')
    const whole = await get(location)
    expect([whole.status, whole.headers.get('content-type')]).toEqual([200, 'video/mp4'])
    expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true)
    const part = await get(location, { headers: { range: 'bytes=500000-500009' } })
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 500000-500009/600000'])
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(500_000, 500_010))).toBe(true)
    const beyond = await get(location, { headers: { range: 'bytes=600000-' } })
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */600000'])
    microsoft.settings.ignoreRanges = true
    expect((await get(location, { headers: { range: 'bytes=500000-' } })).status).toBe(200)
    const item = await started.json(`me/drive/items/${file.id}?$select=id,@microsoft.graph.downloadUrl`)
    expect((await get(String(item['@microsoft.graph.downloadUrl']))).status).toBe(200)
    expect(microsoft.log.violations).toEqual([])
    // What opens the file stands in no log.
    expect(JSON.stringify(microsoft.log.requests)).not.toContain(/tempauth=([^&]+)/.exec(location)?.[1])
  }
})

test('the storage host refuses an Authorization header, re-encoded addresses and old ones', async () => {
  let time = Date.now()
  await using started = await start({ now: () => time, settings: { linkSeconds: 120 } })
  const { model, get, microsoft } = started
  const file = model.addFile('a.txt', 'abc')
  const { location } = await addressOf(started, file.id)
  const { accessToken } = microsoft.issueTokens(['Files.Read'])
  expect((await get(location, { headers: { authorization: `Bearer ${accessToken}` } })).status).toBe(401)
  expect((await get(location, { headers: { authorization: 'Basic YTpi' } })).status).toBe(401)
  expect(microsoft.log.violations).toHaveLength(2)
  expect(microsoft.log.violations[0]).toContain('contoso-my.sharepoint.com: got a bearer token')
  microsoft.settings.tolerateBearer = true
  expect((await get(location, { headers: { authorization: `Bearer ${accessToken}` } })).status).toBe(200)
  expect(microsoft.log.violations).toHaveLength(3)
  expect((await get(location.replaceAll('%2E', '.'))).status).toBe(401)
  expect((await get(location.replace(/tempauth=[^&]{20}/, 'tempauth=x'))).status).toBe(401)
  time += 121_000
  for (const status of [401, 403, 404] as const) {
    microsoft.settings.deadLinkStatus = status
    const dead = await get(location)
    expect([dead.status, dead.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8'])
  }
  const fresh = (await addressOf(started, file.id)).location
  expect((await get(fresh)).status).toBe(200)
  microsoft.expireDownloadLinks()
  expect((await get(fresh)).status).toBe(404)
})

test('what has no content, or may not be downloaded, says so in Graph’s form', async () => {
  await using started = await start()
  const { model } = started
  const folder = model.addFolder('f')
  const table: [id: string, status: number, code: string][] = [
    [folder.id, 400, 'notSupported'],
    [model.addPackage('Notes', 'oneNote').id, 400, 'notSupported'],
    [model.addWithoutFacet('Vault').id, 400, 'notSupported'],
    [model.addFile('virus', 'x', { malware: true }).id, 403, 'malwareDetected'],
    [model.addFile('view only', 'x', { blocked: true }).id, 403, 'accessDenied'],
    ['01NOTHING', 404, 'itemNotFound'],
  ]
  for (const [id, status, code] of table) {
    expect(await started.refusal(`me/drive/items/${id}/content`), code).toMatchObject({ status, code })
  }
  expect(await started.json(`me/drive/items/${table[3]![0]}`)).toMatchObject({ malware: {}, file: {} })
  expect(await started.json(`me/drive/items/${table[3]![0]}`)).not.toHaveProperty('@microsoft.graph.downloadUrl')
})

test('If-None-Match with either tag gives 304; a change of content changes both tags, a new name only one', async () => {
  await using started = await start({ model: createOneDriveModel({ kind: 'personal' }) })
  const { model } = started
  const file = model.addFile('a', 'one')
  const first = await started.json(`me/drive/items/${file.id}`)
  expect((await addressOf(started, file.id, { 'if-none-match': String(first.cTag) })).status).toBe(304)
  model.rename(file.id, 'b')
  const second = await started.json(`me/drive/items/${file.id}`)
  expect([second.cTag === first.cTag, second.eTag === first.eTag]).toEqual([true, false])
  model.replaceContent(file.id, 'two')
  const third = await started.json(`me/drive/items/${file.id}`)
  expect([third.cTag === first.cTag, third.eTag === second.eTag]).toEqual([false, false])
  expect((await addressOf(started, file.id, { 'if-none-match': String(first.cTag) })).status).toBe(302)
})

test('a file whose stated size and checksum are not those of its bytes, until it is replaced', async () => {
  await using started = await start()
  const { model, get } = started
  const file = model.addFile('essay.docx', 'as uploaded', { served: 'as the service rewrote it' })
  expect(await started.json(`me/drive/items/${file.id}`)).toMatchObject({ size: 11 })
  const { location } = await addressOf(started, file.id)
  expect(await (await get(location)).text()).toBe('as the service rewrote it')
  model.replaceContent(file.id, 'new')
  expect(await (await get(location)).text()).toBe('new')
  model.remove(file.id)
  expect((await get(location)).status).toBe(404)
})

test('faults: refusals in the form of each host, other bytes, a broken connection, a wrong length', async () => {
  await using started = await start()
  const { model, get, microsoft } = started
  const file = model.addFile('a.bin', { size: 5000, seed: 3 })
  microsoft.faults.add({ match: { host: 'graph.microsoft.com' }, do: { status: 429, retryAfter: 7 } })
  const refused = await started.call('me/drive')
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '7'])
  expect(await refused.json()).toMatchObject({ error: { code: 'activityLimitReached', innerError: {} } })
  const { location } = await addressOf(started, file.id)
  const host = 'contoso-my.sharepoint.com'
  microsoft.faults.add({ match: { host }, do: { status: 404 } })
  microsoft.faults.add({ match: { host }, do: { status: 503, retryAfter: 3 } })
  microsoft.faults.add({ match: { host }, do: { wrongBytes: true } })
  microsoft.faults.add({ match: { host }, do: { cutAfter: 100 } })
  expect((await get(location)).status).toBe(404)
  expect((await get(location)).headers.get('retry-after')).toBe('3')
  expect(Buffer.from(await (await get(location)).arrayBuffer()).equals(contentBytes({ size: 5000, seed: 3 }))).toBe(false)
  await expect(get(location).then((response) => response.arrayBuffer())).rejects.toThrow()
  microsoft.faults.add({ match: { host: 'graph.microsoft.com' }, do: { lengthChange: -60 } })
  await expect(started.json('me/drive')).rejects.toThrow()
  expect(microsoft.errors).toEqual([])
})
