import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Diagnosis } from '../../src/core/diagnosis.ts'
import { createDriveModel } from '../../src/practice/google/model.ts'
import { startPracticeGoogle } from '../../src/practice/google/practice-google.ts'
import { createRecordingsModel } from '../../src/practice/zoom/model.ts'
import { startPracticeZoom } from '../../src/practice/zoom/practice-zoom.ts'
import { googleDiagnoses } from '../../src/providers/google/sign-in-diagnoses.ts'
import { zoomDiagnoses } from '../../src/providers/zoom/sign-in-diagnoses.ts'
import { closing, expectExplained, heard, signingPerson, tls } from './signing-person.ts'

const beginGoogle = async () => {
  const google = closing(await startPracticeGoogle({ tls: await tls(), model: createDriveModel() }))
  return { google, ...(await signingPerson('google', google.endpoints, google.client)) }
}
const beginZoom = async (secret?: string) => {
  const zoom = closing(await startPracticeZoom({ tls: await tls(), model: createRecordingsModel() }))
  const client = secret === undefined ? { id: zoom.client.publicId } : { id: zoom.client.id, secret }
  return { zoom, ...(await signingPerson('zoom', zoom.endpoints, client)) }
}
const zoom = (id: string): Diagnosis => zoomDiagnoses.find((one) => one.id === id)!

describe('what Google refuses', () => {
  it('is explained in advance: codes that a test cannot bring about, and what is no code', async () => {
    const { finished } = await beginGoogle()
    for (const diagnosis of googleDiagnoses) {
      const { status, out } = await finished('connect', 'mine', '--explain', diagnosis.id)
      expect(status).toBe(0)
      expectExplained(out, diagnosis)
    }
    const none = await finished('connect', 'mine', '--explain', 'mumble')
    expect(none).toMatchObject({
      status: 2,
      err: expect.stringMatching(/nothing is known about "mumble".*\n.*admin_policy_enforced/),
    })
    const nothing = await finished('connect', 'mine', '--explain')
    expect(nothing).toMatchObject({ status: 2, err: expect.stringContaining('no refused sign-in to mine is remembered') })
  })

  it('is forgotten when the sign-in works, and when the account is disconnected', async () => {
    const { google: cloud, finished, folder } = await beginGoogle()
    const kept = () => readdir(join(folder, 'refusals'))
    cloud.consent.deny()
    await finished('connect', 'mine')
    expect(await kept()).toEqual(['mine.json'])
    expect((await finished('connect', 'mine')).status).toBe(0)
    expect(await kept()).toEqual([])
    cloud.consent.deny()
    await finished('connect', 'mine')
    await finished('disconnect', 'mine')
    expect(await kept()).toEqual([])
  })

  it('says how a box is ticked', async () => {
    const { google: cloud, finished } = await beginGoogle()
    cloud.consent.grantOnly([])
    const { status, err } = await finished('connect', 'mine')
    expect(status).toBe(4)
    expect(err).toContain('tick every box on the page that asks: holdall connect mine')
  })
})

it('Zoom’s tracking id stands in the letter', async () => {
  const { zoom: _, ...wrong } = await beginZoom('another-secret')
  const { explained } = await heard(wrong, zoom('4702'))
  expect(explained).toContain('v=2.0;clid=us02;rid=WEB_PRACTICE')
})

it('a number of Zoom’s table is understood wherever it stands', async () => {
  const { finished } = await beginZoom()
  for (const { id, meaning } of zoomDiagnoses.filter((one) => /^\d+$/.test(one.id)))
    expect((await finished('connect', 'mine', '--explain', `(${id.replace(/^4/, '4,')})`)).out).toContain(meaning.en)
})

it('keeps and prints no secret, whatever the server repeats', async () => {
  const { zoom: cloud, finished, folder } = await beginZoom('canary-client-secret-0123456789')
  const canaries = ['canary-client-secret-0123456789', 'canary.access.token-abcdefghijklmnopqrstuvwxyz0123456789']
  let state = ''
  cloud.addFault({
    match: ({ path, query }) => {
      state = query.get('state') ?? state
      return path.endsWith('/oauth/token')
    },
    do: {
      status: 400,
      body: JSON.stringify({
        error: 'invalid_request',
        error_description: `4738 Bearer ${canaries[1]} for ${canaries[0]} at https://zoom.us/x?code=${canaries[1]}`,
        access_token: canaries[1],
      }),
      contentType: 'application/json',
    },
  })
  const { status, err, out } = await finished('connect', 'mine')
  expect(status, err).toBe(4)
  const kept = await readFile(join(folder, 'refusals', 'mine.json'), 'utf8')
  expect(kept).toContain('4738')
  const explained = await finished('connect', 'mine', '--explain')
  const json = await finished('connect', 'mine', '--explain', '--json')
  const everything = [err, out, kept, explained.out, explained.err, json.out, json.err].join('\n')
  for (const canary of canaries) expect(everything).not.toContain(canary)
  // What belongs to one sign-in alone is in the address that was opened, and nowhere after that.
  expect(state).not.toBe('')
  expect([kept, explained.out, json.out].join('\n')).not.toContain(state)
  const summary = JSON.parse(json.out.trim().split('\n').at(-1) ?? '') as { details: object }
  expect(summary.details).toMatchObject({ account: 'mine', code: '4738', letter: expect.stringContaining('Subject:') })
})

it('speaks the person’s language, and English to scripts', async () => {
  const { google: cloud, finished } = await beginGoogle()
  cloud.consent.deny(2)
  const japanese = await finished('connect', 'mine', '--lang', 'ja')
  expect(japanese.status).toBe(4)
  expect(japanese.err).toMatch(/^エラー: Google の画面でアクセスが許可されませんでした。$/m)
  expect(japanese.err).toContain('ブラウザーが開きます')
  expect(japanese.err).toContain('holdall connect mine --explain で、ヘルプデスクに送る文面を表示できます')
  const script = await finished('connect', 'mine', '--lang', 'ja', '--json')
  expect(script.out).not.toMatch(/[ぁ-ん]/)
  const good = await finished('connect', 'mine', '--lang', 'ja')
  expect(good.out).toMatch(/としてサインインしました|として mine にサインインしました/)
  const listed = await finished('accounts', '--lang', 'ja')
  expect(listed.out).toContain('取り消されるまで')
  const ended = await finished('disconnect', 'mine', '--lang', 'ja')
  expect(ended.out).toBe('mine からサインアウトしました。保存済みのデータはアーカイブに残ります。\n')
})

const hurry = vi.hoisted(() => ({ on: false }))
// A minute, and ten of them, pass at once where a test says so.
vi.mock('../../src/core/clock.ts', async (original) => {
  const real = await original<typeof import('../../src/core/clock.ts')>()
  const sleep: typeof real.systemClock.sleep = (ms, signal) => real.systemClock.sleep(hurry.on && ms >= 60_000 ? 300 : ms, signal)
  return { ...real, systemClock: { ...real.systemClock, sleep } }
})

it('says while it waits, and when nobody came, that a page may have shown a code', async () => {
  const { google: cloud, finished } = await beginGoogle()
  cloud.setApp({ policy: 'blocked' })
  hurry.on = true
  onTestFinished(() => {
    hurry.on = false
  })
  const { status, err } = await finished('connect', 'mine')
  expect(status).toBe(4)
  expect(err).toMatch(
    /still waiting for the browser; .* such as admin_policy_enforced\), end this with Ctrl-C and run: holdall connect mine --explain CODE/,
  )
  expect(err).toMatch(
    /error: nobody signed in within ten minutes\n.*if the page in the browser showed a code such as admin_policy_enforced/,
  )
  // Nothing was refused as far as the program knows.
  expect((await finished('connect', 'mine', '--explain')).status).toBe(2)
})
