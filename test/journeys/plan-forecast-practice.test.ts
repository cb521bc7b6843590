import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { runProgram } from '../../src/app/program.ts'
import type { RunEvent } from '../../src/core/events.ts'
import { createOutlook, type Remaining } from '../../src/forecast/outlook.ts'
import { createMailbox } from '../../src/practice/google/gmail/mailbox.ts'
import { createDriveModel } from '../../src/practice/google/model.ts'
import { startPracticeGoogle } from '../../src/practice/google/practice-google.ts'
import { drive as driveSource } from '../../src/providers/google/drive/source.ts'
import { gmail } from '../../src/providers/google/gmail/source.ts'
import { budgets } from '../../src/providers/google/limits.ts'
import { createSlowLine } from '../forecast/slow-line.ts'
import { virtualTime } from '../forecast/virtual-time.ts'
import { chance } from '../forecast/worlds.ts'
import { testCertificate } from './cloud.ts'
import { makePlace, type Place } from './program.ts'

const minute = 60_000
const kB = 1000

interface Practice {
  readonly messages: number
  readonly files: readonly number[]
  readonly latencyMs: number
  readonly bytesPerSecond: number
  readonly gmailPerMinute: number
  readonly drivePerMinute: number
  readonly window: 'clock' | 'sliding'
}

/** Runs a command in this process, which is where the clock is virtual; gives its status and its events. */
async function program(
  place: Place,
  argv: readonly string[],
  heard: (event: RunEvent) => void = () => undefined,
): Promise<number> {
  const sink = (write: (text: string) => void) =>
    Object.assign(new PassThrough(), {
      write: (text: string) => {
        write(text)
        return true
      },
    }) as unknown as NodeJS.WriteStream
  let errors = ''
  const status = await runProgram({
    argv,
    env: place.env,
    locale: 'en',
    cwd: place.folder,
    home: place.home,
    host: 'practice',
    platform: process.platform,
    pid: process.pid,
    version: '0.0.0',
    versions: process.versions,
    profiles: fileURLToPath(new URL('../../config/profiles/', import.meta.url)),
    stdin: new PassThrough() as unknown as NodeJS.ReadStream,
    stdout: sink((text) => {
      for (const line of text.split('\n')) if (line.startsWith('{')) heard(JSON.parse(line) as RunEvent)
    }),
    stderr: sink((text) => {
      errors += text
    }),
    spawn,
    interrupt: new AbortController().signal,
  })
  if (status !== 0) throw new Error(`${argv[0]} ended with ${status}: ${errors}`)
  return status
}

interface Look extends Pick<Remaining, 'ms' | 'least' | 'most' | 'sure'> {
  readonly at: number
}

/** The real program against the real practice Google over real connections: what a forecast said each minute from the fifth on, and how long it took. */
async function follow(practice: Practice): Promise<{ took: number; looks: readonly Look[] }> {
  const model = createDriveModel()
  for (const [n, size] of practice.files.entries()) model.addFile(`file ${n}.bin`, { size, seed: n })
  const mailbox = createMailbox({ email: model.me.email })
  mailbox.addSynthetic(practice.messages)
  const google = await startPracticeGoogle({ tls: undefined, model, mailbox })
  onTestFinished(() => google.close())
  google.setApiQuota('gmail', { unitsPerMinute: practice.gmailPerMinute, window: practice.window })
  google.setQuota({ unitsPerMinute: practice.drivePerMinute })
  const line = createSlowLine(practice)
  onTestFinished(() => line.close())
  const place = await makePlace()
  const relayed = await Promise.all(
    Object.entries(google.endpoints).map(async ([name, url]) => [name, await line.relay(url)] as const),
  )
  const endpoints = { ...Object.fromEntries(relayed), photos: google.photos }
  const file = path.join(place.folder, 'practice.json')
  await writeFile(file, JSON.stringify({ endpoints: { google: endpoints }, ca: (await testCertificate()).ca }))
  Object.assign(place.env, { HOLDALL_PRACTICE: file })
  const sources = [...(practice.messages > 0 ? ['gmail'] : []), ...(practice.files.length > 0 ? ['drive'] : [])]
  await place.configure(
    [
      'archive: ./archive',
      'accounts:',
      '  google:',
      `    client: { id: ${JSON.stringify(google.client.id)}, secret: ${JSON.stringify(google.client.secret)} }`,
      `    sources: [${sources.join(', ')}]`,
      'tokens: file',
    ].join('\n'),
  )
  await program(place, ['connect', 'google', '--yes'])

  const work = (cost: typeof gmail.cost) => ({ account: 'google', cost, budgets })
  const outlook = createOutlook({
    work: new Map([
      ['google/gmail', work(gmail.cost)],
      ['google/drive', work(driveSource.cost)],
    ]),
  })
  const looks: Look[] = []
  const time = virtualTime()
  const began = Date.now()
  let next = 5 * minute
  const heard = (event: RunEvent) => {
    const now = Date.now()
    if (event.event === 'throttled') outlook.refused(now, event.account, event.budget)
    if (event.event !== 'progress') return
    outlook.note(now, event.sources)
    const at = now - began
    if (at < next) return
    next += minute
    const remaining = outlook.remaining()
    if (remaining !== undefined) looks.push({ at, ...remaining })
  }
  await time.run(program(place, ['backup', '--json'], heard), line)
  expect(google.errors).toEqual([])
  expect(google.violations).toEqual([])
  const took = Date.now() - began
  return { took, looks: looks.filter(({ at }) => at < took - minute) }
}

const between = (dice: () => number, least: number, most: number) => least * (most / least) ** dice()

/** Everything by chance, of a size that takes eight to eleven minutes. */
function practiceOf(shape: 'mail' | 'drive' | 'both', seed: number): Practice {
  const dice = chance(seed * 104_729)
  const latencyMs = between(dice, 40, 600)
  const bytesPerSecond = between(dice, 60 * kB, 250 * kB)
  const gmailPerMinute = 6000 * between(dice, 0.3, 0.8)
  const drivePerMinute = 325_000 * between(dice, 0.35, 1.2)
  const seconds = between(dice, 480, 660)
  const messages = shape === 'drive' ? 0 : Math.round((Math.min(gmailPerMinute, 5800) / 60 / 20) * seconds)
  const files: number[] = []
  const bytes = (bytesPerSecond - (shape === 'both' ? 30 * kB : 0)) * seconds
  for (let sum = 0; shape !== 'mail' && sum < bytes; sum += files.at(-1)!)
    files.push(Math.round(dice() < 0.1 ? between(dice, 1000 * kB, 8000 * kB) : between(dice, 2 * kB, 200 * kB)))
  return {
    messages,
    files,
    latencyMs,
    bytesPerSecond,
    gmailPerMinute,
    drivePerMinute,
    window: dice() < 0.5 ? 'clock' : 'sliding',
  }
}

const figures = { alone: 0, sideBySide: 0 }
const ranges = { alone: 0, sideBySide: 0 }

describe('the real program and the practice Google, on one virtual clock', () => {
  test.each([
    ['mail', 1],
    ['mail', 2],
    ['drive', 1],
    ['drive', 2],
    ['both', 1],
    ['both', 2],
  ] as const)('%s, seed %i', { timeout: 240_000 }, async (shape, seed) => {
    const { took, looks } = await follow(practiceOf(shape, seed))
    expect(looks.length).toBeGreaterThan(2)
    for (const { at, ms, least, most, sure } of looks) {
      const when = `${Math.round(at / minute)} min of ${Math.round(took / minute)}`
      if (sure) expect(Math.abs(at + ms - took) / took, when).toBeLessThan(0.1)
      else {
        expect(at + least, when).toBeLessThanOrEqual(took * 1.02)
        expect(at + most, when).toBeGreaterThanOrEqual(took * 0.98)
      }
    }
    const how = shape === 'both' ? 'sideBySide' : 'alone'
    figures[how] += looks.filter(({ sure }) => sure).length
    ranges[how] += looks.filter(({ sure }) => !sure).length
  })

  test('of a source alone a figure is the rule', () => {
    expect(figures.alone).toBeGreaterThan(ranges.alone)
  })

  // What one leaves the other when it ends is known when it has ended, which is most of a run as short as these.
  test('of two at once there are figures as well', () => {
    expect(figures.sideBySide).toBeGreaterThan(0)
  })
})
