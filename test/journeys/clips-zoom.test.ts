import { expect, test, vi } from 'vitest'
import { movie } from '../../src/practice/content/movie.ts'
import { clipScopes, granularScopes } from '../../src/practice/zoom/scopes.ts'
import { storedFiles } from './archive-check.ts'
import { startCloud } from './cloud.ts'
import { checkSummary } from './course.ts'
import { run } from './program.ts'
import { smallZoom } from './small-accounts.ts'

vi.setConfig({ testTimeout: 120_000 })

test('clips by name alone: an app made for recordings ends with 0; named without the right, with 4 for them alone; then they come', async () => {
  const { model, from } = smallZoom()
  const created = Date.now() - 20 * 86_400_000
  model.addClip('Explained', movie({ kind: 'video', seconds: 20, mediaBytes: 9000, seed: 5 }), {
    created,
    passcode: 'canary-clip',
  })
  const cloud = await startCloud({ accounts: ['zoom'], zoom: { model, from } })
  const { place, zoom } = cloud
  const backup = async () => {
    const { status, stdout, stderr } = await run(place, ['backup', '--json'])
    return { status, said: stdout + stderr, sources: checkSummary(stdout) }
  }
  const usual = await backup()
  expect(usual.status, usual.said).toBe(0)
  expect(Object.keys(usual.sources)).toEqual(['zoom/recordings'])
  expect(zoom.requests.filter(({ path }) => path.startsWith('/v2/clips'))).toEqual([])

  await place.configure(cloud.settings().replace('  zoom:\n', '  zoom:\n    sources: [recordings, clips]\n'))
  const lacking = await backup()
  expect(lacking.status, lacking.said).toBe(4)
  expect(lacking.said).toMatch(/clips:read:list_user_clips/)
  expect(lacking.sources['zoom/recordings']).toMatchObject({
    failed: 0,
    pending: 0,
    unchanged: usual.sources['zoom/recordings']!.items,
  })

  zoom.setApp({ scopes: [...granularScopes, ...clipScopes] })
  expect((await run(place, ['connect', 'zoom', '--yes'])).status).toBe(0)
  const taken = await backup()
  expect(taken.status, taken.said).toBe(0)
  expect(taken.sources['zoom/clips']).toMatchObject({ items: 1, saved: 1 })
  const films = [...storedFiles(place.archive).keys()].filter((file) => file.startsWith('data/zoom/clips/'))
  expect(films).toEqual([expect.stringMatching(/^data\/zoom\/clips\/\d{4}\/\d{4}-\d\d-\d\d \d{4} Explained\.mp4$/)])
  cloud.forget()
  const quiet = await backup()
  expect(quiet.status, quiet.said).toBe(0)
  expect(zoom.requests.filter(({ host }) => host === 'ssrweb.zoom.us')).toEqual([])
  const report = await run(place, ['report'])
  expect(usual.said + taken.said + report.stdout + report.stderr).not.toMatch(/canary-clip/)
  expect((await run(place, ['verify', '--remote'])).status).toBe(0)
  expect(cloud.misdeeds()).toEqual([])
})
