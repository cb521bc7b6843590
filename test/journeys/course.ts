import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import { checkBag, differences, wrongNow } from './archive-check.ts'
import { type Cloud, startCloud } from './cloud.ts'
import { createLedger, expectedFiles } from './expected.ts'
import { createMixedAccount, type MixedAccount, type MixedAccountOptions } from './mixed-account.ts'
import { type Ended, type Place, type Running, start } from './program.ts'
import { refetched } from './refetched.ts'

/** A mixed account that is backed up by runs which are cut off, and what came of it so far. */
export interface Course {
  readonly account: MixedAccount
  readonly cloud: Cloud
  readonly figures: Figures
  place(): Place
  /** The source has changed. */
  changed(): void
  /** Begins again with an empty archive. */
  afresh(): Promise<void>
  /** Lets a run be cut off by `cut`, or end before; looks at once whether anything wrong stands there. Says which it was. */
  cutRun(what: string, options: CutOptions): Promise<'cut' | 'ended'>
  /** A run to the end; then the archive must equal the source in everything. */
  finish(what: string): Promise<void>
}

export interface CutOptions {
  readonly command?: 'backup' | 'verify'
  /** strace and its arguments. */
  readonly under?: readonly string[]
  /** Kills it at some moment; not needed with `under`. */
  readonly cut?: (running: Running) => Promise<void>
}

export interface Figures {
  kills: number
  /** Runs that ended before anything cut them. */
  escaped: number
  finished: number
  /** Bytes that the servers sent twice, since the start; and the most in one stretch, for each kill in it. */
  refetched: number
  mostForKill: number
}

export async function startCourse(options: MixedAccountOptions & { readonly folderEtags?: boolean }): Promise<Course> {
  const account = createMixedAccount(options)
  const cloud = await startCloud(account)
  cloud.webdav.quirks.folderEtags = options.folderEtags === true
  const ledger = createLedger()
  const figures: Figures = { kills: 0, escaped: 0, finished: 0, refetched: 0, mostForKill: 0 }
  let { place } = cloud
  let killsBefore = 0
  const expected = () => expectedFiles(account)
  ledger.note(expected())

  async function check(what: string, ended: Ended): Promise<void> {
    expect(wrongNow(place.archive, ledger), `${what}\n${ended.stderr.slice(-2000)}`).toEqual([])
  }

  function countFetched(): void {
    const twice = refetched(cloud, expected())
    const kills = figures.kills - killsBefore
    killsBefore = figures.kills
    figures.refetched += twice
    if (kills > 0) figures.mostForKill = Math.max(figures.mostForKill, twice / kills)
    cloud.google.resetLog()
    cloud.webdav.records.requests.length = 0
  }

  return {
    account,
    cloud,
    figures,
    place: () => place,
    changed() {
      ledger.note(expected())
    },
    async afresh() {
      place = await cloud.anotherPlace()
    },
    async cutRun(what, { command = 'backup', under, cut }) {
      const running = start(place, [command, '--json'], under === undefined ? {} : { under })
      await cut?.(running)
      const ended = await running.ended
      const wasCut = ended.signal === 'SIGKILL' || ended.status === 137
      if (wasCut) figures.kills++
      else figures.escaped++
      if (!wasCut) expect(ended.status, `${what}: ${troubles(ended)}`).toBe(0)
      await check(what, ended)
      return wasCut ? 'cut' : 'ended'
    },
    async finish(what) {
      const ended = await start(place, ['backup', '--json']).ended
      expect(ended.status, `${what}: ${troubles(ended)}`).toBe(0)
      await check(what, ended)
      expect(differences(place.archive, expected()).wrong, what).toEqual([])
      await checkBag(place.archive)
      // Nobody but the program put anything there: it must know all of it as its own.
      expect(existsSync(path.join(place.archive, '.holdall/strays')), what).toBe(false)
      checkSummary(ended.stdout)
      const verified = await start(place, ['verify']).ended
      expect(verified.status, `${what}: ${verified.stdout}${verified.stderr}`).toBe(0)
      countFetched()
      figures.finished++
      expect([...cloud.google.violations, ...cloud.google.errors, ...cloud.webdav.records.errors]).toEqual([])
    },
  }
}

/** Every line is an event; the last one is the summary, and its counts add up. */
export function checkSummary(stdout: string): Record<string, Record<string, number>> {
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { event: string; time: string; sources?: Record<string, Record<string, number>> })
  for (const { event, time } of events) expect([typeof event, Number.isNaN(Date.parse(time))]).toEqual(['string', false])
  const summary = events.at(-1)
  expect(summary?.event).toBe('summary')
  const sources = summary?.sources ?? {}
  for (const tally of Object.values(sources)) {
    const { items, bytes: _, ...states } = tally
    expect(Object.keys(states).toSorted()).toEqual([
      'excluded',
      'failed',
      'gone',
      'pending',
      'saved',
      'unchanged',
      'unexportable',
    ])
    expect(Object.values(states).reduce((sum, count) => sum + count, 0)).toBe(items)
  }
  return sources
}

/** What a run with --json had to complain about. */
export function troubles({ stdout, stderr }: Pick<Ended, 'stdout' | 'stderr'>): string {
  const lines = stdout.split('\n').filter((line) => /"event":"(failed|retry|notice|damaged|summary)"|"state":"failed"/.test(line))
  return [...lines, stderr].join('\n')
}
