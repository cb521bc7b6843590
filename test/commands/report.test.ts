import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { type Report, reportSchema } from '../../src/report/report-schema.ts'
import { checkWithSha256sum, withoutSha256sum } from '../archive/sha256sum.ts'
import { startCloud } from '../journeys/cloud.ts'
import { makePlace, type Place, run } from '../journeys/program.ts'

const home = { accounts: ['home'], settings: 'limits: { retryFor: 1s }' } as const

function reportIn(place: Place): Report {
  return reportSchema.parse(JSON.parse(readFileSync(path.join(place.archive, 'report.json'), 'utf8')))
}

async function expectValidBag(place: Place): Promise<void> {
  if (withoutSha256sum) return
  await checkWithSha256sum(place.archive, 'manifest-sha256.txt')
  const checked = await checkWithSha256sum(place.archive, 'tagmanifest-sha256.txt')
  expect(checked).toEqual(expect.arrayContaining(['report.html: OK', 'report.json: OK']))
}

test('before anything is saved: exit 2, said, and no archive comes into being', async () => {
  const place = await makePlace()
  await place.configure('archive: ./archive\naccounts:\n  home: { provider: webdav, url: "https://127.0.0.1:1/", username: b }\n')
  const { status, stderr } = await run(place, ['report'])
  expect(status).toBe(2)
  expect(stderr).toMatch(/nothing is saved yet[\s\S]*holdall backup/)
  expect(existsSync(place.archive)).toBe(false)
})

test('backup leaves a report; report, status and backup speak with one voice, complete or not', async () => {
  const { place, home: files } = await startCloud(home)
  files.put('/papers/a.txt', 'one')
  files.put('/papers/forbidden.txt', 'not for you', { permissions: '' })
  const incomplete = await run(place, ['backup'])
  expect(incomplete.status).toBe(3)
  expect(reportIn(place)).toMatchObject({ verdict: 'not-complete', total: { failed: 1 } })
  await expectValidBag(place)
  const said = await run(place, ['report'])
  expect(said.status).toBe(3)
  expect(said.stdout).toMatch(/^Not complete\. 1 item still missing\.\n/)
  expect((await run(place, ['status'])).status).toBe(3)

  files.put('/papers/forbidden.txt', 'for you')
  expect((await run(place, ['backup'])).status).toBe(0)
  expect(reportIn(place)).toMatchObject({ verdict: 'complete', runs: [{ command: 'backup', status: 0 }, { status: 3 }] })
  const { status, stdout } = await run(place, ['report', '--json'])
  expect(status).toBe(0)
  expect(JSON.parse(stdout.trimEnd().split('\n').at(-1)!)).toMatchObject({
    event: 'summary',
    command: 'report',
    status: 0,
    sources: { 'home/files': { failed: 0 } },
    details: { verdict: 'complete', butFor: 0 },
  })
  await expectValidBag(place)
  expect((await run(place, ['verify'])).status).toBe(0)
  expect((await run(place, ['status'])).status).toBe(0)
})

test('a source that was never reached is missing, for report and for status, although what was asked for is done', async () => {
  const { place, home: files } = await startCloud({ accounts: ['google', 'home'], connect: false, settings: home.settings })
  files.put('/a.txt', 'one')
  expect((await run(place, ['connect', 'home'], { stdin: 'Only-4-practising!\n' })).status).toBe(0)
  expect((await run(place, ['backup', 'home'])).status).toBe(0)
  expect(reportIn(place)).toMatchObject({
    verdict: 'not-complete',
    sources: [
      { source: 'google/drive', verdict: 'not-complete', obstacles: ['never-listed'] },
      { source: 'home/files', verdict: 'complete' },
    ],
  })
  expect((await run(place, ['status'])).status).toBe(3)
  expect((await run(place, ['backup'])).status).toBe(4)
  expect(reportIn(place).sources[0]).toMatchObject({ obstacles: ['never-listed', 'failure'], failure: { kind: 'signin' } })
  const { status, stdout } = await run(place, ['status'])
  expect(status).toBe(3)
  expect(stdout).toContain('holdall connect google')
  // The source that the archive has just heard of has no metadata yet, and that is no damage.
  const verified = await run(place, ['verify'])
  expect(verified.status, verified.stderr).toBe(0)
  await expectValidBag(place)
})
