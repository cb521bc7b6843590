import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import { checkBag, complete, type Derived, differences, wrongNow } from './archive-check.ts'
import { type Cloud, type CloudOptions, startCloud } from './cloud.ts'
import { createLedger, type ExpectedFile } from './expected.ts'
import { type Ended, type Place, type Running, start } from './program.ts'
import { refetched, timesFetched } from './refetched.ts'

/** An account that changes, and what an archive of it must be. */
export interface CourseAccount {
  /** How it is served, and which sources of it are taken. */
  readonly cloud: CloudOptions
  /** Told where it is served, once it is. */
  served?(cloud: Cloud): void
  /** What people do between two backups. */
  change(): void
  /** Changes places and names only: not one new byte. */
  rearrange(): void
  /** Its files, as they are now. */
  expected(): ExpectedFile[]
  /** Its folders as they stand in the archive, from `data/` on. */
  folders(): string[]
  /** Files that are made of many of its things, or that no checksum can be foretold of. */
  readonly derived?: Derived
  /** Sizes of what is fetched for those, by what it is of. */
  fetched?(): ReadonlyMap<string, number>
}

/** An account that is backed up by runs which are cut off, and what came of it so far. */
export interface Course<Account extends CourseAccount = CourseAccount> {
  readonly account: Account
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
  readonly command?: 'backup' | 'plan' | 'verify'
  /** Default: all. */
  readonly sources?: readonly string[]
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
  /** Messages that were fetched although this archive had got them before, and the most in one stretch, for each kill in it. */
  messages: number
  mostMessagesForKill: number
}

export async function startCourse<Account extends CourseAccount>(
  account: Account,
  options: { readonly folderEtags?: boolean } = {},
): Promise<Course<Account>> {
  const cloud = await startCloud(account.cloud)
  account.served?.(cloud)
  cloud.webdav.quirks.folderEtags = options.folderEtags === true
  const ledger = createLedger()
  const figures: Figures = {
    kills: 0,
    escaped: 0,
    finished: 0,
    refetched: 0,
    mostForKill: 0,
    messages: 0,
    mostMessagesForKill: 0,
  }
  let { place } = cloud
  let killsBefore = 0
  /** How often what was complete when a run was killed had been fetched by then: never again, whatever had been written down. */
  const whole = new Map<string, number>()
  /** A message never changes, so none should ever come twice into one archive. */
  let messages = new Set<string>()
  const { expected, derived } = account
  ledger.note(expected())

  async function check(what: string, ended: Ended): Promise<void> {
    expect(wrongNow(place.archive, ledger, derived), `${what}\n${ended.stderr.slice(-2000)}`).toEqual([])
    const times = timesFetched(cloud)
    const again = [...whole].filter(([of, before]) => (times.get(of) ?? 0) > before).map(([of]) => of)
    expect(again, `${what}: fetched again, although it was complete`).toEqual([])
    for (const of of complete(place.archive)) whole.set(of, times.get(of) ?? 0)
  }

  function countFetched(): void {
    const twice = refetched(cloud, expected(), account.fetched?.())
    const kills = figures.kills - killsBefore
    killsBefore = figures.kills
    figures.refetched += twice
    let messagesTwice = 0
    for (const [of, times] of timesFetched(cloud)) {
      if (!of.startsWith('google/gmail ')) continue
      messagesTwice += times - (messages.has(of) ? 0 : 1)
      messages.add(of)
    }
    figures.messages += messagesTwice
    if (kills > 0) {
      figures.mostForKill = Math.max(figures.mostForKill, twice / kills)
      figures.mostMessagesForKill = Math.max(figures.mostMessagesForKill, messagesTwice / kills)
    }
    whole.clear()
    expect(cloud.misdeeds()).toEqual([])
    cloud.forget()
  }

  return {
    account,
    cloud,
    figures,
    place: () => place,
    changed() {
      ledger.note(expected())
      whole.clear()
    },
    async afresh() {
      messages = new Set()
      whole.clear()
      place = await cloud.anotherPlace()
    },
    async cutRun(what, { command = 'backup', sources = [], under, cut }) {
      const running = start(place, [command, ...sources, '--json'], under === undefined ? {} : { under })
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
      expect(differences(place.archive, expected(), derived).wrong, what).toEqual([])
      await checkBag(place.archive)
      // Nobody but the program put anything there: it must know all of it as its own.
      expect(existsSync(path.join(place.archive, '.holdall/strays')), what).toBe(false)
      checkSummary(ended.stdout)
      const verified = await start(place, ['verify']).ended
      expect(verified.status, `${what}: ${verified.stdout}${verified.stderr}`).toBe(0)
      countFetched()
      figures.finished++
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
