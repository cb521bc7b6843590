import { describe, expect, test } from 'vitest'
import { createMailbox } from '../../src/practice/google/gmail/mailbox.ts'
import { createDriveModel } from '../../src/practice/google/model.ts'
import { startCloud } from './cloud.ts'
import { type Running, run, start } from './program.ts'

const hour = 3_600_000
const within = (ms: number) => new Date(Math.ceil((Date.now() + ms) / 1000) * 1000).toISOString()

interface Details {
  readonly bytesNeeded: number
  readonly bytesNeededLeast: number
  readonly bytesNeededMost: number
  readonly withoutSize: number
  readonly samples: readonly { source: string; looked: number; from: string; least: number; most: number; unsized: number }[]
  readonly forecast: {
    earliest: string
    ms: number
    until: string | null
    verdict: string | null
    limits: readonly { kind: string; budget: string; ms: number }[]
    sources: readonly { source: string; share: number }[]
  } | null
  readonly notTaken: readonly { what: string; howByHand: string; page: string }[]
}

const summaryOf = (stdout: string) => {
  const summary = stdout.trimEnd().split('\n').at(-1)!
  return JSON.parse(summary) as {
    status: number
    details: Details & { remainder: unknown[]; until: string }
    sources: Readonly<Record<string, { pending: number; failed: number }>>
  }
}

async function cloudOf(messages: number, more: { files?: number; swift?: boolean } = {}) {
  const drive = createDriveModel()
  for (let n = 0; n < (more.files ?? 0); n++) drive.addFile(`paper ${n}.txt`, `text of paper ${n}`)
  const mailbox = createMailbox({ email: drive.me.email })
  mailbox.addSynthetic(messages, { bytes: 600 })
  return startCloud({
    drive,
    google: { mailbox },
    accounts: ['google'],
    sources: more.files === undefined ? ['gmail'] : ['gmail', 'drive'],
    ...(more.swift === true && { swift: true }),
  })
}

describe('plan', () => {
  test('what it lists the backup does not list again', { timeout: 60_000 }, async () => {
    const { place, google, forget } = await cloudOf(520, { files: 300, swift: true })
    const planned = await run(place, ['plan', '--json'])
    expect(planned).toMatchObject({ status: 0 })
    const calls = (call: string) => google.requests.filter((one) => one.call === call)
    // A page of what was sent, two of mail, one each of trash and spam.
    expect(calls('gmail.users.messages.list')).toHaveLength(5)
    forget()
    expect(await run(place, ['backup', '--json'])).toMatchObject({ status: 0 })
    // The labels one by one, for the closing count alone; of Drive only what changed since.
    const lists = google.requests.filter(({ call }) => call === 'gmail.users.messages.list')
    const firstGet = google.requests.findIndex(({ call }) => call === 'gmail.users.messages.get')
    const lastGet = google.requests.findLastIndex(({ call }) => call === 'gmail.users.messages.get')
    expect(firstGet).toBeGreaterThan(-1)
    expect(google.requests.slice(0, lastGet).filter(({ call }) => call === 'gmail.users.messages.list')).toEqual([])
    expect(lists.length).toBeGreaterThan(0)
    expect(calls('gmail.users.messages.get')).toHaveLength(520)
    const changes = calls('changes.list')
    expect(changes.length).toBeGreaterThan(0)
    expect(changes.length).toBeLessThanOrEqual(3)
  })

  test('says a range from a sample, the earliest end with its reasons, and what was never asked for', {
    timeout: 60_000,
  }, async () => {
    const { place, google } = await cloudOf(2000)
    const ended = await run(place, ['plan', '--json', '--until', within(240 * hour)])
    const { details } = summaryOf(ended.stdout)
    expect(details.withoutSize).toBeGreaterThanOrEqual(2000)
    const [sample] = details.samples
    expect(sample).toMatchObject({ source: 'google/gmail', from: 'asked' })
    expect(sample!.looked).toBeGreaterThan(20)
    expect(sample!.looked).toBeLessThanOrEqual(40)
    expect(google.requests.filter(({ call }) => call === 'gmail.users.messages.get').length).toBe(sample!.looked)
    expect(details.bytesNeededLeast).toBeGreaterThan(2000 * 500)
    expect(details.bytesNeededMost).toBeGreaterThanOrEqual(details.bytesNeededLeast)
    expect(details.forecast).toMatchObject({ verdict: 'fits', limits: [{ kind: 'quota', budget: 'gmail' }] })
    // 20 units for a message, some 97 a second.
    expect(details.forecast!.ms / 1000).toBeGreaterThan(380)
    expect(details.forecast!.ms / 1000).toBeLessThan(450)
    expect(details.notTaken.map(({ what }) => what)).toContain('Google Photos')

    const japanese = await run(place, ['plan', '--until', within(240 * hour), '--lang', 'ja'])
    expect(japanese.stdout).toMatch(/最も早い終了予定/)
    expect(japanese.stdout).toMatch(/間に合う見込みです/)
    expect(japanese.stdout).not.toMatch(/Earliest|Needed|quota|Holdall takes/)
  })

  test('never promises 100,000 messages in four hours, and says what to do first', { timeout: 120_000 }, async () => {
    const { place, google } = await cloudOf(100_000, { swift: true })
    // Listed without the pace of the quota, which would take its time; what the second plan says is reckoned with the real one.
    expect(await run(place, ['plan', '--json'])).toMatchObject({ status: 0 })
    delete place.env.NODE_OPTIONS
    const text = (await run(place, ['plan', '--until', within(4 * hour), '--lang', 'en'])).stdout
    expect(google.requests.filter(({ call }) => call === 'gmail.users.messages.list').length).toBeLessThan(250)
    expect(text).toMatch(/From a sample \(\d+ asked for at the service\)/)
    expect(text).toMatch(/Earliest end: .* That is a forecast, not a promise\./)
    expect(text).toMatch(/the quota “gmail” of google: [\d,]+ units at 97\.3 a second/)
    expect(text).toMatch(/google: Google Photos/)
    expect(text).toMatch(/It cannot be done by/)
    expect(text).toMatch(/What to do first:\n {2}- start now/)
    expect(text).toMatch(/google\/gmail: about [67]\d %/)
  })
})

test('a date that is none, or has passed, is a mistake of the command line', { timeout: 60_000 }, async () => {
  const { place } = await cloudOf(3)
  for (const command of ['plan', 'backup']) {
    for (const date of ['31.3.2027', '2020-01-01', '2027-02-30', '2027-00-10']) {
      const ended = await run(place, [command, '--until', date])
      expect(ended.status, date).toBe(2)
      expect(ended.stderr + ended.stdout).toContain(date)
    }
  }
})

test('a backup with a date hands over exactly what remains', { timeout: 60_000 }, async () => {
  const { place, google } = await cloudOf(300)
  const until = within(4 * hour)
  const got = () => google.requests.filter(({ call }) => call === 'gmail.users.messages.get').length
  /** Interrupts, once, when so many messages more were asked for. */
  const stopAfter = async (running: Running, messages: number) => {
    const before = got()
    const watch = setInterval(() => {
      if (got() < before + messages) return
      clearInterval(watch)
      running.kill('SIGINT')
    }, 5)
    const ended = await running.ended
    clearInterval(watch)
    return ended
  }
  const ended = await stopAfter(start(place, ['backup', '--json', '--until', until]), 8)
  expect(ended).toMatchObject({ status: 130 })
  const { details, sources } = summaryOf(ended.stdout)
  const tally = sources['google/gmail']!
  expect(tally.pending).toBeGreaterThan(200)
  expect(details.until).toBe(until)
  expect(details.remainder).toEqual([{ source: 'google/gmail', items: tally.pending, bytes: 0, unsized: tally.pending }])

  // In the middle of it again, for people.
  const text = (await stopAfter(start(place, ['backup', '--lang', 'en', '--until', until]), 3)).stdout
  expect(text).toMatch(
    /Not taken yet \(there is time until .*\):\n {2}google\/gmail: [\d,]+ items, 0 B and [\d,]+ files of unknown size/,
  )
  expect(text).toMatch(/holdall backup --until \S+Z goes on where this ended/)
})

test('a service that gives no more for today leaves a remainder, by source, items and bytes: exit status 3', {
  timeout: 60_000,
}, async () => {
  const { place, google } = await cloudOf(60, { files: 10, swift: true })
  const until = within(4 * hour)
  let got = 0
  const limit = google.addFault({
    match: ({ path }) => /\/messages\/[^/]+$/.test(path) && ++got > 20,
    do: { status: 403, reason: 'dailyLimitExceeded', message: 'Daily Limit Exceeded' },
    times: Number.POSITIVE_INFINITY,
  })
  const ended = await run(place, ['backup', '--json', '--until', until])
  expect(limit.struck()).toBeGreaterThan(0)
  expect(ended.status).toBe(3)
  const { status, details, sources } = summaryOf(ended.stdout)
  expect(status).toBe(3)
  const tally = sources['google/gmail']!
  const open = tally.pending + tally.failed
  expect(open).toBeGreaterThanOrEqual(40)
  expect(sources['google/drive']).toMatchObject({ pending: 0, failed: 0 })
  expect(details.remainder).toEqual([{ source: 'google/gmail', items: open, bytes: 0, unsized: open }])

  google.clearFaults()
  const rest = await run(place, ['backup', '--json', '--until', until])
  expect(rest.status).toBe(0)
  expect(summaryOf(rest.stdout).details.remainder).toEqual([])
  expect(summaryOf(rest.stdout).sources['google/gmail']).toMatchObject({ pending: 0, failed: 0, saved: expect.any(Number) })
})

test('a backup with a date that leaves nothing says so', { timeout: 60_000 }, async () => {
  const { place } = await cloudOf(3)
  const whole = await run(place, ['backup', '--until', within(4 * hour), '--lang', 'ja'])
  expect(whole).toMatchObject({ status: 0 })
  expect(whole.stdout).toMatch(/残っているものはありません/)
})
