import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { login, startCloud } from './cloud.ts'
import { everything, expectNone, redirectionOf } from './leaks.ts'
import { type Ended, run, start } from './program.ts'
import { smallMicrosoft, smallZoom } from './small-accounts.ts'
import { tapSecrets } from './wiretap.ts'

// Many runs of the program after each other, on machines that may be busy.
vi.setConfig({ testTimeout: 240_000 })

const planted = 'CANARY-in-an-error-page'
const page = {
  status: 403,
  contentType: 'text/html',
  body: `<p>https://contoso-my.sharepoint.com/download.aspx?tempauth=v1%2E${planted}&x=1 and Bearer ${planted}</p>`,
}

test('no token, code, passcode or signed address of Microsoft or Zoom is in the archive, its journal and logs, or in anything said', async () => {
  const { found } = tapSecrets()
  const { model, notes, files } = smallMicrosoft()
  const recordings = smallZoom()
  for (const [index, meeting] of recordings.meetings.entries()) meeting.passcode = `Passc0de-of-${index}!`
  recordings.meetings[2]!.files[1]!.status = 'processing'
  const cloud = await startCloud({
    accounts: ['microsoft', 'zoom'],
    connect: false,
    microsoft: { model, notes, deviceIntervalSeconds: 1 },
    zoom: { model: recordings.model, from: recordings.from },
    settings: 'limits: { retryFor: 1s, stall: 2s }',
  })
  const { place, microsoft, zoom } = cloud
  // The app with a secret, which signing in on another device needs.
  writeFileSync(place.config, cloud.settings().replace(zoom.client.publicId, zoom.client.id))
  const env = { HOLDALL_ZOOM_CLIENT_SECRET: zoom.client.secret }
  const ended: Ended[] = []
  const step = async (...args: readonly string[]) => {
    const one = await run(place, args, { env })
    ended.push(one)
    return one.status
  }

  for (const account of ['microsoft', 'zoom']) {
    const connecting = start(place, ['connect', account, '--no-browser', '--yes', '--verbose'], { env })
    await connecting.until(/^https:\/\/.*\n/)
    const redirected = await redirectionOf(connecting.said().match(/^https:\/\/\S+$/m)?.[0] ?? '', cloud)
    const code = new URL(redirected).searchParams.get('code') ?? ''
    // One with another sign-in's state, and one with a code that was cut off, which the service may repeat in its refusal; then the right one.
    connecting.write(`${redirected.replace(/state=[^&]+/, 'state=x')}\n${redirected}\n`)
    const signedIn = await connecting.ended
    expect(signedIn.status, signedIn.stderr).toBe(0)
    expect([...found().keys()]).toContain(code)
    ended.push({ ...signedIn, stdout: signedIn.stdout.replace(/^https:.*\n/, '') })
  }
  expect(await step('connect', 'microsoft', '--device', '--yes', '--verbose')).toBe(0)
  const device = start(place, ['connect', 'zoom', '--device', '--yes', '--verbose'], { env })
  await device.until(/enter the code/)
  expect(zoom.consent.answerDevices('allow')).toBe(1)
  const allowed = await device.ended
  expect(allowed.status, allowed.stderr).toBe(0)
  ended.push(allowed)

  // Everything goes wrong, each thing for a while.
  const storage = { host: 'contoso-my.sharepoint.com' }
  for (const action of [
    page,
    { status: 404 },
    { status: 500 },
    { drop: true as const },
    { cutAfter: 5 },
    { htmlPage: true as const },
  ])
    microsoft.faults.add({ match: storage, times: 2, do: action })
  microsoft.faults.add({
    match: { host: 'graph.microsoft.com', pathPattern: /delta/ },
    times: 1,
    do: { status: 429, retryAfter: 1 },
  })
  microsoft.faults.add({ match: { host: 'graph.microsoft.com', pathPattern: /content$/ }, times: 1, do: page })
  for (const action of [page, { status: 403 }, { status: 500 }, { drop: true as const }])
    zoom.addFault({ match: { host: 'ssrweb.zoom.us' }, times: 1, do: action })
  zoom.addFault({ match: { host: 'us02web.zoom.us' }, times: 1, do: { htmlPage: true } })
  zoom.addFault({ match: { host: 'us02web.zoom.us' }, times: 1, do: page })
  zoom.addFault({ match: { host: 'api.zoom.us', pathPattern: /participants$/ }, times: 1, do: { ...page, status: 500 } })
  expect([0, 3]).toContain(await step('backup', '--verbose'))
  microsoft.faults.clear()
  zoom.clearFaults()
  microsoft.expireDownloadLinks()
  zoom.expireLinks()
  microsoft.expireAccessTokens()
  zoom.expireAccessTokens()
  for (const { id } of files.slice(0, 4)) model.replaceContent(id, 'other words')
  microsoft.faults.add({ match: storage, times: 99, do: page })
  zoom.addFault({ match: { host: 'zoom.us' }, times: 1, do: { ...page, status: 500 } })
  microsoft.faults.add({ match: { host: 'login.microsoftonline.com' }, times: 1, do: { ...page, status: 500 } })
  await step('backup', '--json', '--verbose')
  microsoft.faults.clear()
  expect(await step('backup', '--verbose')).toBe(3)
  for (const args of [['status'], ['accounts', '--json'], ['verify', '--verbose'], ['verify', '--remote'], ['plan', '--json']])
    await step(...args)
  recordings.meetings[2]!.files[1]!.status = 'completed'
  expect(await step('backup', '--json')).toBe(0)
  zoom.exhaustDay()
  await step('backup', 'zoom', '--verbose')
  microsoft.endSignIns()
  microsoft.expireAccessTokens()
  expect(await step('backup', 'microsoft', '--verbose')).toBe(4)
  const forHelp = path.join(place.folder, 'for-help')
  mkdirSync(forHelp)
  expect(await step('support', '--to', path.join(forHelp, 'bundle.txt'))).toBe(0)
  await step('disconnect', 'zoom')

  // The test itself knows what it looks for.
  const secrets = found()
  const kinds = new Set(secrets.values())
  for (const kind of [
    'access_token',
    'refresh_token',
    'id_token',
    'device_code',
    'code',
    'tempauth',
    '@microsoft.graph.downloadUrl',
  ])
    expect(kinds, kind).toContain(kind)
  for (const kind of [
    'recording_play_passcode',
    'download_url',
    'play_url',
    'share_url',
    'recording address',
    'Signature',
    'Policy',
  ])
    expect(kinds, kind).toContain(kind)
  const texts = everything(ended, place.archive, forHelp)
  expect([...texts.keys()].some((name) => name.endsWith('journal.db'))).toBe(true)
  expect([...texts.keys()].filter((name) => name.includes('/logs/')).length).toBeGreaterThan(1)
  expectNone(texts, [...secrets.keys(), zoom.client.secret, login.password, planted])
  expect(cloud.misdeeds()).toEqual([])
  // And a planted one is found.
  const [any = ''] = [...secrets].find(([, kind]) => kind === 'play_url') ?? []
  expect(() => expectNone(new Map([['planted', `x ${encodeURIComponent(any)}`]]), [...secrets.keys()])).toThrow()
})
