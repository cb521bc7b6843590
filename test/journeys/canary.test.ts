import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { login, startCloud } from './cloud.ts'
import { everything, expectNone, redirectionOf } from './leaks.ts'
import { type Ended, run, start } from './program.ts'

// Many runs of the program after each other, on machines that may be busy.
vi.setConfig({ testTimeout: 180_000 })

const tokensIn = (text: string) => text.match(/ya29\.[\w-]+|1\/\/0[\w-]+/g) ?? []

test('no token, code, secret or password is in the archive, in its journal and logs, or in anything said, whatever goes wrong', async () => {
  const cloud = await startCloud({ connect: false, settings: 'limits: { retryFor: 1s, stall: 2s }' })
  const { place, google, webdav, drive, home } = cloud
  // The client's secret comes from the environment: the settings file lies beside the archive.
  writeFileSync(place.config, cloud.settings().replace(/, secret: "[^"]*"/, ''))
  const env = { HOLDALL_GOOGLE_CLIENT_SECRET: google.client.secret }
  for (let n = 1; n <= 8; n++) drive.addFile(`on drive ${n}.txt`, `text ${n} on Drive`)
  for (let n = 1; n <= 8; n++) home.put(`/papers/at home ${n}.txt`, `text ${n} at home`)
  drive.addEditorFile('essay', 'document')
  google.settings.redirectMedia = 'always'

  const ended: Ended[] = []
  const tokens = new Set<string>()
  const step = async (...args: readonly string[]) => {
    const one = await run(place, args, { env })
    ended.push(one)
    // Where sign-ins are kept is their place, and the only one.
    for (const [, text] of everything([], path.join(place.home, 'sign-ins')))
      for (const token of tokensIn(text)) tokens.add(token)
    return one.status
  }

  const connecting = start(place, ['connect', 'google', '--no-browser', '--yes', '--verbose'], { env })
  await connecting.until(/^https:\/\/.*\n/)
  const redirected = await redirectionOf(connecting.said().match(/^https:\/\/\S+$/m)?.[0] ?? '', cloud)
  const code = new URL(redirected).searchParams.get('code') ?? 'none'
  // One that was cut off, one of another sign-in, then the right one.
  connecting.write(
    `${redirected.slice(0, redirected.indexOf('code='))}\n${redirected.replace(/state=[^&]+/, 'state=x')}\n${redirected}\n`,
  )
  const signedIn = await connecting.ended
  expect(signedIn.status, signedIn.stderr).toBe(0)
  ended.push({ ...signedIn, stdout: signedIn.stdout.replace(/^https:.*\n/, '') })

  google.addFault({
    match: ({ path: at }) => at.endsWith('/files'),
    times: 2,
    do: { status: 403, reason: 'userRateLimitExceeded' },
  })
  google.addFault({ match: { host: 'storage' }, times: 2, do: { status: 500 } })
  google.addFault({ match: { host: 'storage' }, times: 1, do: { drop: true } })
  webdav.faults.add({ match: { method: 'GET' }, times: 3, do: { status: 503 } })
  expect([0, 3]).toContain(await step('backup', '--verbose'))
  google.addFault({ match: { host: 'storage' }, times: 99, do: { status: 403 } })
  google.addFault({ match: { host: 'oauth2.googleapis.com' }, times: 1, do: { status: 500 } })
  google.expireAccessTokens()
  for (let n = 1; n <= 4; n++) drive.addFile(`later ${n}.txt`, `later ${n}`)
  expect(await step('backup', '--json', '--verbose')).toBe(3)
  google.clearFaults()
  webdav.quirks.crossHostRedirect = 'everything'
  await step('backup', 'home', '--json', '--verbose')
  webdav.quirks.crossHostRedirect = 'nothing'
  for (const args of [['status'], ['accounts', '--json'], ['verify', '--verbose'], ['plan', '--json']]) await step(...args)
  google.endSignIns()
  expect(await step('backup', '--verbose')).toBe(4)
  ended.push(
    await run(place, ['backup', 'home', '--verbose'], { env: { ...env, HOLDALL_HOME_PASSWORD: 'Another-one-that-is-wrong!' } }),
  )
  expect(ended.at(-1)?.status).toBe(4)
  expect(await step('backup', 'home', '--json')).toBe(0)

  // The test itself knows what it looks for.
  expect(tokens.size).toBeGreaterThanOrEqual(2)
  expect(code).toMatch(/^4\/0A/)
  const secrets = [...tokens, code, google.client.secret, login.password, 'Another-one-that-is-wrong!']
  const texts = everything(ended, place.archive)
  expect([...texts.keys()].some((name) => name.endsWith('journal.db'))).toBe(true)
  expect([...texts.keys()].filter((name) => name.includes('/logs/')).length).toBeGreaterThan(1)
  expectNone(texts, secrets)
  // And a planted one is found.
  expect(() => expectNone(new Map([['planted', `x ${encodeURIComponent(code)}`]]), secrets)).toThrow()
})
