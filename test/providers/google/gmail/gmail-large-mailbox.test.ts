import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createMailbox } from '../../../../src/practice/google/gmail/mailbox.ts'
import { createDriveModel } from '../../../../src/practice/google/model.ts'
import { startCloud } from '../../../journeys/cloud.ts'
import { type Running, run, start } from '../../../journeys/program.ts'

const count = 200_000
/** MB (10^6 bytes). A plan of ten messages takes 165. */
const most = 220

/** The largest resident memory of a process until it ended. */
async function peakOf({ pid, ended }: Running): Promise<number> {
  let peak = 0
  const look = () => {
    try {
      const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
      if (kilobytes !== undefined) peak = Math.max(peak, (Number(kilobytes) * 1024) / 1e6)
    } catch {
      // It has ended.
    }
  }
  const watching = setInterval(look, 20)
  await ended
  clearInterval(watching)
  return peak
}

const onLinux = process.platform === 'linux'
if (!onLinux) console.warn('NOT RUN: the peak memory of the program is read from /proc, which only Linux has')

test.runIf(onLinux)(
  'a plan of 200,000 messages that is interrupted in the middle goes on where it was, in constant memory',
  { timeout: 120_000 },
  async () => {
    const drive = createDriveModel()
    const mailbox = createMailbox({ email: drive.me.email })
    mailbox.addSynthetic(count, { bytes: 600 })
    const { place, google } = await startCloud({
      drive,
      google: { mailbox },
      accounts: ['google'],
      sources: ['gmail'],
      connect: false,
    })
    expect(await run(place, ['connect', 'google', '--yes'])).toMatchObject({ status: 0 })
    const pages = () => google.requests.filter(({ call }) => call === 'gmail.users.messages.list').length

    const first = start(place, ['plan', '--json'])
    const watch = setInterval(() => {
      if (pages() >= 200) first.kill('SIGINT')
    }, 5)
    const firstPeak = await peakOf(first)
    clearInterval(watch)
    expect((await first.ended).status).toBe(130)
    const before = pages()
    expect(before).toBeGreaterThanOrEqual(200)
    expect(before).toBeLessThan(390)

    const second = start(place, ['plan', '--json'])
    const secondPeak = await peakOf(second)
    const { status, stdout, stderr } = await second.ended
    expect(status, stderr).toBe(0)
    const { sources } = JSON.parse(stdout.trim().split('\n').at(-1)!)
    // Beside the messages there are the files of the settings.
    expect(sources['google/gmail'].pending).toBeGreaterThanOrEqual(count)
    expect(sources['google/gmail'].items).toBeLessThan(count + 20)
    // 400 pages of ids, one each for what was sent, trash and spam; the page under way when the signal came may be asked for twice.
    expect(pages()).toBeLessThanOrEqual(404)
    console.log(
      `a plan of ${count} messages: ${firstPeak.toFixed(0)} MB until it was stopped after ${before} pages, ${secondPeak.toFixed(0)} MB for the rest`,
    )
    expect(firstPeak).toBeGreaterThan(50)
    expect(Math.max(firstPeak, secondPeak)).toBeLessThan(most)
  },
)
