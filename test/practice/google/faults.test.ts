import { expect, test } from 'vitest'
import { contentBytes } from '../../../src/practice/google/content.ts'
import type { FaultAction } from '../../../src/practice/serving/faults.ts'
import { driveReadonly, type Started, start } from './start.ts'

const size = 1_000_000
async function withFault(started: Started, action: FaultAction, path?: string) {
  const file = started.model.addFile('a', { size, seed: 1 })
  const fault = started.google.addFault({
    match: { host: 'www.googleapis.com', pathPattern: /^\/drive\/v3\/files\// },
    do: action,
  })
  return { fault, answer: () => started.call(path ?? `files/${file.id}?alt=media`) }
}

test('a status with its reason, in the envelope of the host, as often as told', async () => {
  await using started = await start()
  const fault = started.google.addFault({
    match: ({ path }) => path.endsWith('/files'),
    times: 2,
    do: { status: 503, reason: 'backendError', retryAfter: 7 },
  })
  const first = await started.call('files')
  expect([first.status, first.headers.get('retry-after')]).toEqual([503, '7'])
  expect(await first.json()).toMatchObject({ error: { errors: [{ reason: 'backendError' }] } })
  expect([(await started.call('files')).status, (await started.call('files')).status, fault.struck()]).toEqual([503, 200, 2])
  started.google.addFault({ match: { host: 'oauth2.googleapis.com' }, do: { status: 500, reason: 'internal_failure' } })
  const token = await started.get(started.google.endpoints.token, { method: 'POST' })
  expect([token.status, await token.json()]).toMatchObject([500, { error: 'internal_failure' }])
})

test('a body cut in the middle is a broken connection, and the log has the bytes that went out', async () => {
  await using started = await start()
  const { answer } = await withFault(started, { cutAfter: 400_000 })
  const response = await answer()
  expect([response.status, response.headers.get('content-length')]).toEqual([200, String(size)])
  await expect(response.arrayBuffer()).rejects.toThrow()
  expect(started.google.requests.at(-1)?.bytes).toBe(400_000)
  expect((await (await answer()).arrayBuffer()).byteLength).toBe(size)
})

test('a stall sends what it was told and then nothing', async () => {
  await using started = await start()
  const { answer } = await withFault(started, { stallAfter: 300_000 })
  const response = await answer()
  let got = 0
  for await (const piece of response.body ?? []) {
    got += (piece as Uint8Array).byteLength
    if (got === 300_000) break
  }
  expect(got).toBe(300_000)
  expect(started.google.requests.at(-1)?.bytes).toBe(300_000)
})

test('wrong bytes of the right length; a wrong length; a range ignored', async () => {
  await using started = await start()
  const right = contentBytes({ size, seed: 1 })
  const wrong = Buffer.from(await (await (await withFault(started, { wrongBytes: true })).answer()).arrayBuffer())
  expect([wrong.length, wrong.equals(right)]).toEqual([size, false])
  const short = await (await withFault(started, { lengthChange: -10 })).answer()
  expect(short.headers.get('content-length')).toBe(String(size - 10))
  expect(Buffer.from(await short.arrayBuffer()).equals(right.subarray(0, size - 10))).toBe(true)
  const long = await (await withFault(started, { lengthChange: 10 })).answer()
  expect((await long.arrayBuffer()).byteLength).toBe(size + 10)
  const file = started.model.addFile('b', 'hello world')
  started.google.addFault({ match: () => true, do: { ignoreRange: true } })
  const whole = await started.call(`files/${file.id}?alt=media`, { headers: { range: 'bytes=6-' } })
  expect([whole.status, await whole.text()]).toEqual([200, 'hello world'])
})

test('an HTML page, truncated JSON, redirects, a broken connection, a delay', async () => {
  await using started = await start()
  const page = await (await withFault(started, { htmlPage: true })).answer()
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  const half = await (await withFault(started, { truncatedJson: true }, 'files/root')).answer()
  const text = await half.text()
  expect(() => JSON.parse(text)).toThrow()
  const elsewhere = await (await withFault(started, { redirectTo: 'https://127.0.0.1:1/x' })).answer()
  expect([elsewhere.status, elsewhere.headers.get('location')]).toEqual([302, 'https://127.0.0.1:1/x'])
  const { fault, answer } = await withFault(started, { endlessRedirects: true })
  for (let time = 0; time < 3; time += 1) {
    const response = await answer()
    expect([response.status, response.headers.get('location')]).toEqual([302, response.url])
  }
  fault.remove()
  expect((await answer()).status).toBe(200)
  await expect((await withFault(started, { drop: true })).answer()).rejects.toThrow()
  expect((await (await withFault(started, { delayMs: 5 })).answer()).status).toBe(200)
})

test('a slow client holds the stream back, it is not buffered', async () => {
  await using started = await start()
  const file = started.model.addFile('large', { size: 256 * 1024 * 1024, seed: 5 })
  const headers = { authorization: `Bearer ${started.google.issueTokens([driveReadonly]).accessToken}` }
  const response = await started.get(`${started.google.endpoints.drive}drive/v3/files/${file.id}?alt=media`, { headers })
  const reader = response.body?.getReader()
  await reader?.read()
  // Other requests are answered while that one waits.
  for (let time = 0; time < 20; time += 1) await started.call('files?pageSize=1')
  const sent = started.google.requests.find((entry) => entry.call === 'files.get media')?.bytes ?? 0
  expect(sent).toBeLessThan(64 * 1024 * 1024)
  await reader?.cancel()
})
