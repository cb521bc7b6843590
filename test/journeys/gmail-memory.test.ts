import { readFileSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createMailbox } from '../../src/practice/google/gmail/mailbox.ts'
import { createDriveModel } from '../../src/practice/google/model.ts'
import { startCloud } from './cloud.ts'
import { run, start } from './program.ts'

/** The largest resident memory of a process so far, in MB (10^6 bytes); Linux tells it. */
function peakOf(pid: number): number | undefined {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kilobytes === undefined ? undefined : (Number(kilobytes) * 1024) / 1e6
  } catch {
    return undefined
  }
}

const onLinux = process.platform === 'linux'
if (!onLinux) console.warn('NOT RUN: the peak memory of the program is read from /proc, which only Linux has')

test.runIf(onLinux)(
  'the program takes five messages of 50 MB at once in less than 200 MB of memory',
  { timeout: 180_000 },
  async () => {
    const drive = createDriveModel()
    const mailbox = createMailbox({ email: drive.me.email })
    mailbox.addSynthetic(5, { bytes: 50_000_000 })
    const cloud = await startCloud({ drive, google: { mailbox }, accounts: ['google'], connect: false })
    const { place, google } = cloud
    await place.configure(cloud.settings().replace('[drive]', '[gmail]'))
    expect(await run(place, ['connect', 'google', '--yes'])).toMatchObject({ status: 0 })
    const running = start(place, ['backup', '--quiet'])
    let peak = 0
    const watching = setInterval(() => {
      peak = Math.max(peak, peakOf(running.pid) ?? 0)
    }, 20)
    const { status, stderr } = await running.ended
    clearInterval(watching)
    expect(status, stderr).toBe(0)
    const saved = (await readdir(path.join(place.archive, 'data/google/gmail'), { recursive: true })).filter((name) =>
      name.endsWith('.eml'),
    )
    expect(saved).toHaveLength(5)
    for (const name of saved) expect((await stat(path.join(place.archive, 'data/google/gmail', name))).size).toBe(50_000_000)
    const gets = google.requests.filter(({ call }) => call === 'gmail.users.messages.get').map(({ time }) => time)
    expect(gets).toHaveLength(5)
    expect(Math.max(...gets) - Math.min(...gets)).toBeLessThan(3000)
    console.log(`five messages of 50 MB, the whole program: ${peak.toFixed(0)} MB at most`)
    expect(peak).toBeGreaterThan(50)
    expect(peak).toBeLessThan(200)
  },
)
