import { expect, test, vi } from 'vitest'
import { storedFiles } from './archive-check.ts'
import { type Cloud, startCloud } from './cloud.ts'
import { run } from './program.ts'
import { type QuickClock, quickNow } from './quick-clock.ts'
import { smallZoom } from './small-accounts.ts'

vi.setConfig({ testTimeout: 120_000 })

const minute = 60_000
const day = 86_400_000
/** The midnight at which Zoom's counters begin again. */
const midnight = (Math.floor(Date.now() / day) + 1) * day

/** From now on it is this long before midnight, for the program and for Zoom alike, and a minute takes a second. */
function quicken({ place, zoom }: Cloud, clock: QuickClock): void {
  place.env.NODE_OPTIONS = `--import ${new URL('quick-preload.ts', import.meta.url).href}`
  place.env.TEST_CLOCK = JSON.stringify(clock)
  zoom.resetLog()
}

test('--wait sits out the day’s share of Zoom until the time that Zoom names, and completes; without it that time is said', async () => {
  const { model, from } = smallZoom()
  let clock: QuickClock | undefined
  const now = () => (clock === undefined ? Date.now() : quickNow(clock))
  const cloud = await startCloud({ accounts: ['zoom'], zoom: { model, from, now } })
  clock = { began: Date.now(), start: midnight - 18 * minute, speed: 60 }
  quicken(cloud, clock)
  cloud.zoom.exhaustDay()

  const named = new Date(midnight).toISOString().slice(0, 10)
  const impatient = await run(cloud.place, ['backup'])
  expect(impatient.status, impatient.stderr).toBe(3)
  expect(impatient.stderr).toContain(named)
  expect(now(), 'too slow a machine: midnight came first').toBeLessThan(midnight - 3 * minute)
  expect(storedFiles(cloud.place.archive).size).toBe(0)

  cloud.zoom.resetLog()
  const patient = await run(cloud.place, ['backup', '--wait'])
  expect(patient.status, patient.stderr).toBe(0)
  expect(patient.stderr).toMatch(new RegExp(`a daily limit is used up: waiting until ${named} 00:0\\d UTC`))
  expect(now()).toBeGreaterThanOrEqual(midnight)
  expect([...storedFiles(cloud.place.archive).keys()].filter((file) => /\.(mp4|vtt)$/.test(file))).toHaveLength(8)
  // Asked and refused, then left in peace until midnight.
  const refused = cloud.zoom.requests.filter(({ status }) => status === 429)
  expect(refused.length).toBeGreaterThanOrEqual(1)
  expect(refused.length).toBeLessThanOrEqual(4)
  expect(cloud.misdeeds()).toEqual([])
})
