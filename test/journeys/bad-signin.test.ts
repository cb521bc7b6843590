import { get } from 'node:https'
import { expect, test } from 'vitest'
import { storedFiles } from './archive-check.ts'
import { type Cloud, startCloud } from './cloud.ts'
import { checkSummary } from './course.ts'
import { expectWhole, misdeeds } from './expect-whole.ts'
import { run, start } from './program.ts'

const impatient = 'limits: { retryFor: 1s, stall: 5s }'

function fill({ drive, home }: Cloud): void {
  for (let n = 1; n <= 5; n++) drive.addFile(`on drive ${n}.txt`, `text ${n} on Drive`)
  for (let n = 1; n <= 5; n++) home.put(`/papers/at home ${n}.txt`, `text ${n} at home`)
}

test('who is not signed in hears what to type; the other account is saved', async () => {
  const cloud = await startCloud({ connect: false })
  fill(cloud)
  const { place } = cloud
  const ended = await run(place, ['backup'])
  expect(ended.status).toBe(4)
  expect(ended.stderr).toContain('holdall connect google')
  expect(storedFiles(place.archive).size).toBe(5)
  expect((await run(place, ['status'])).stdout).toContain('ended with status 4')
  expect((await run(place, ['connect', 'google', '--yes'])).status).toBe(0)
  await expectWhole(cloud, ['google', 'home'])
})

test('a sign-in that is revoked in the middle: exit 4 with the command, the other account goes on, and after connect it completes', async () => {
  const cloud = await startCloud({ settings: impatient })
  fill(cloud)
  const { place, google } = cloud
  // The third download finds that access was taken away.
  let downloads = 0
  google.addFault({
    match: ({ query }) => {
      if (query.get('alt') !== 'media' || ++downloads !== 3) return false
      google.expireAccessTokens()
      google.endSignIns()
      return false
    },
    do: { drop: true },
  })
  const ended = await run(place, ['backup', '--json', '--transfers', '1'])
  expect(ended.status, ended.stdout).toBe(4)
  const sources = checkSummary(ended.stdout)
  expect(sources['home/files']).toMatchObject({ failed: 0, pending: 0, items: 6 })
  expect(sources['google/drive']).toMatchObject({ items: 5, gone: 0 })
  expect(ended.stdout).toContain('holdall connect google')
  const saved = [...storedFiles(place.archive).keys()].filter((name) => name.startsWith('data/google/'))
  expect(saved.length).toBeGreaterThan(0)
  expect(saved.length).toBeLessThan(5)

  const again = await run(place, ['backup'])
  expect(again.status).toBe(4)
  expect(again.stderr).toContain('holdall connect google')
  google.clearFaults()
  expect((await run(place, ['connect', 'google', '--yes'])).status).toBe(0)
  const whole = await expectWhole(cloud, ['google', 'home'])
  expect(whole['google/drive']).toMatchObject({ saved: 5 - saved.length, unchanged: saved.length })
})

test('an unticked right is named, exit 4, and never an empty success', async () => {
  const cloud = await startCloud({ connect: false })
  fill(cloud)
  const { place, google } = cloud
  google.consent.grantOnly([])
  const connected = await run(place, ['connect', 'google', '--yes'])
  expect(connected.status).toBe(4)
  expect(connected.stderr).toMatch(/drive\.readonly was not granted/)
  expect(connected.stderr).toContain('tick every box')
  const ended = await run(place, ['backup'])
  expect(ended.status).toBe(4)
  expect(ended.stderr).toMatch(/google\/drive cannot be read: the sign-in was not given drive\.readonly/)
  expect(ended.stderr).toContain('holdall connect google')
  expect(storedFiles(place.archive).size).toBe(5)
  expect((await run(place, ['status'])).stdout).toContain('ended with status 4')
  google.consent.grantOnly(undefined)
  expect((await run(place, ['connect', 'google', '--yes'])).status).toBe(0)
  await expectWhole(cloud, ['google', 'home'])
})

test('another identity under the same account name is refused, both named, and nothing is mixed', async () => {
  const cloud = await startCloud()
  fill(cloud)
  const { place, google, drive } = cloud
  await expectWhole(cloud, ['google', 'home'])
  const other = drive.addPerson('someone.else@example.org', 'Someone Else')
  google.consent.signInAs(other.email)
  const refused = await run(place, ['connect', 'google', '--yes'])
  expect(refused.status).toBe(2)
  expect(refused.stderr).toContain(drive.me.email)
  expect(refused.stderr).toContain(other.email)
  // The first sign-in still works.
  drive.addFile('later.txt', 'later')
  expect((await expectWhole(cloud, ['google', 'home']))['google/drive']).toMatchObject({ saved: 1, gone: 0 })

  // Also when the old sign-in is forgotten: the archive remembers whose it is.
  expect((await run(place, ['disconnect', 'google', '--yes'])).status).toBe(0)
  const mixed = await run(place, ['connect', 'google', '--yes'])
  expect(mixed.status).toBe(2)
  expect(mixed.stderr).toMatch(new RegExp(`${drive.me.email}.*${other.email}`))
  google.consent.signInAs(undefined)
  expect((await run(place, ['connect', 'google', '--yes'])).status).toBe(0)
  await expectWhole(cloud, ['google', 'home'])
})

test.for(['basic', 'digest'] as const)('a wrong WebDAV password (%s) is tried once: exit 4', async (auth) => {
  const cloud = await startCloud({ accounts: ['home'], settings: impatient, webdav: { auth } })
  const { place, webdav, home } = cloud
  for (let n = 1; n <= 5; n++) home.put(`/folder ${n}/at home.txt`, `text ${n} at home`)
  await expectWhole(cloud, ['home'])
  webdav.records.counters.wrongPasswords = 0
  for (const command of ['connect home', 'backup']) {
    const { status, stderr } = await run(place, command.split(' '), { env: { HOLDALL_HOME_PASSWORD: 'no longer this one' } })
    expect({ command, status }, stderr).toEqual({ command, status: 4 })
    expect(stderr).toMatch(/refused the user name or the password of home/)
    expect(stderr).toContain('holdall connect home')
    expect(stderr).not.toContain('no longer this one')
    expect(webdav.records.counters.wrongPasswords).toBe(1)
    webdav.records.counters.wrongPasswords = 0
  }
  home.put('/new.txt', 'new')
  expect((await expectWhole(cloud, ['home']))['home/files']).toMatchObject({ saved: 1, gone: 0 })
})

test('--no-browser prints the address alone on a line, and takes the redirected one on stdin', async () => {
  const cloud = await startCloud({ accounts: ['google'], connect: false })
  fill(cloud)
  const { place, google } = cloud
  const connecting = start(place, ['connect', 'google', '--no-browser', '--yes'])
  await connecting.until(/^https:\/\/.*\n/)
  const address = connecting.said().match(/^https:\/\/\S+$/m)?.[0] ?? ''
  expect(new URL(address).searchParams.get('code_challenge_method')).toBe('S256')

  // A browser on another machine: it ends at a loopback address that it cannot reach.
  const consent = await askGoogle(address, cloud)
  connecting.write('what is this\n')
  await connecting.until(/that is not an address/)
  connecting.write(`${address}\n`)
  await connecting.until(/that is the page to sign in on/)
  connecting.write(`${consent}\n`)
  const ended = await connecting.ended
  expect(ended.status, ended.stderr).toBe(0)
  expect(ended.stdout.split('\n')[0]).toBe(address)
  expect(ended.stdout).toContain(`Signed in to google as ${google.model.me.email}`)
  const code = new URL(consent).searchParams.get('code') ?? ''
  expect(code).not.toBe('')
  expect(ended.stdout + ended.stderr).not.toContain(code)
  expect(misdeeds(cloud)).toEqual([])
  await expectWhole(cloud, ['google'])
})

/** Where the page of consent sends the browser to. */
function askGoogle(address: string, { ca }: Cloud): Promise<string> {
  return new Promise((resolve, reject) => {
    get(address, { ca }, (answer) => {
      answer.resume()
      resolve(answer.headers.location ?? '')
    }).on('error', reject)
  })
}
