import { setTimeout as sleep } from 'node:timers/promises'
import { createLedger, type ExpectedFile } from '../journeys/expected.ts'
import { below, type Random, seeded } from '../journeys/random.ts'
import { type Summary, summaryOf, wrongAtAnyMoment, wrongStatements, wrongWhenDone } from './check.ts'
import { type Cloud, startCloud } from './cloud.ts'
import { type AccountKind, type Contents, createContents } from './contents.ts'
import { createFaults, type FaultKind, type FaultsAtWork, leastFaults, planFaults } from './faults.ts'
import { differencesFromFresh } from './fresh.ts'
import { type Ended, start } from './program.ts'

export const leastItems = 50

/** What a round was; figures add up over rounds. */
export interface Figures {
  rounds: number
  processes: number
  kills: number
  interrupts: number
  /** Runs that said that all is done, and runs that said what is missing. */
  complete: number
  incomplete: number
  edits: number
  /** Items at the sources, added up over rounds; fewest in a round. */
  items: number
  fewestItems: number
  fewestFaults: number
  requests: number
  freshCopies: number
  /** Bytes of the archives at their chains' ends. */
  bytes: number
  faults: Partial<Record<FaultKind, number>>
}

export const noFigures = (): Figures => ({
  rounds: 0,
  processes: 0,
  kills: 0,
  interrupts: 0,
  complete: 0,
  incomplete: 0,
  edits: 0,
  items: 0,
  fewestItems: Number.POSITIVE_INFINITY,
  fewestFaults: Number.POSITIVE_INFINITY,
  requests: 0,
  freshCopies: 0,
  bytes: 0,
  faults: {},
})

export function add(all: Figures, more: Figures): void {
  for (const [key, value] of Object.entries(more) as [keyof Figures, Figures[keyof Figures]][]) {
    if (typeof value !== 'number') continue
    const counted = key as Exclude<keyof Figures, 'faults'>
    all[counted] = key.startsWith('fewest') ? Math.min(all[counted], value) : all[counted] + value
  }
  for (const [kind, count] of Object.entries(more.faults) as [FaultKind, number][])
    all.faults[kind] = (all.faults[kind] ?? 0) + count
}

export interface ChainOptions {
  readonly seed: number
  /** These kinds of accounts instead of those that the seed chooses. */
  readonly only?: readonly AccountKind[] | undefined
  readonly rounds: number
  /** Told of each round when it is over. */
  readonly log: (line: string) => void
  /** Whether the folder stays, for a look at it. */
  readonly keep?: boolean
}

/** A chain that went wrong: where, and how. */
export class Wrong extends Error {
  readonly round: number
  readonly folder: string
  constructor(round: number, folder: string, message: string) {
    super(message)
    this.round = round
    this.folder = folder
  }
}

/**
 * One archive through a chain of rounds: the accounts change, things go wrong on the wire, the program is killed, again and again; after each process
 * nothing wrong may stand in the archive, and whenever the program says that all is done it must be so. Then a run without trouble, after which the
 * archive equals the accounts and a fresh copy of them, and all statements about it are true. Throws Wrong.
 */
export async function runChain({ seed, rounds, log, only, keep = false }: ChainOptions): Promise<Figures> {
  const figures = noFigures()
  const contents = createContents(seed, only)
  const cloud = await startCloud(contents.cloud, contents.quirks)
  let round = 0
  let good = false
  try {
    contents.served(cloud)
    const ledger = createLedger()
    ledger.note(everAllowed(contents))
    const faults = createFaults(cloud)
    for (round = 1; round <= rounds; round++) {
      // A generator of its own for each round: how long an earlier one took changes nothing of it.
      const random = seeded(seed * 31 + round * 7919)
      if (round > 1) {
        figures.edits += contents.edit()
        ledger.note(everAllowed(contents))
      }
      const atWork = faults.begin(planFaults(random, round === 1))
      const wrong = () => wrongAtAnyMoment(cloud.place.archive, ledger, contents)
      const what = await playRound({ random, cloud, contents, atWork, figures, wrong })
      atWork.stop()
      const items = contents.items()
      figures.rounds++
      figures.items += items
      figures.fewestItems = Math.min(figures.fewestItems, items)
      figures.fewestFaults = Math.min(figures.fewestFaults, atWork.total())
      figures.requests += atWork.requests()
      for (const [kind, count] of atWork.struck()) figures.faults[kind] = (figures.faults[kind] ?? 0) + count
      log(`round ${round}: ${items} items, ${atWork.requests()} requests, ${describe(atWork)}; ${what}`)
      if (items < leastItems) throw new Error(`only ${items} items in this round`)
      if (atWork.total() < leastFaults) throw new Error(`only ${atWork.total()} faults struck in this round`)
      check('misdeeds', cloud.misdeeds())
      cloud.forget()
    }
    await finish(cloud, contents, figures)
    check('misdeeds', cloud.misdeeds())
    good = true
    return figures
  } catch (error) {
    throw new Wrong(round, cloud.place.folder, error instanceof Error ? (error.stack ?? error.message) : String(error))
  } finally {
    await cloud.close()
    if (good && !keep) cloud.remove()
  }
}

/**
 * What may stand in the archive at whatever moment. Over WebDAV, bytes that changed since a listing are taken with the time that this listing stated,
 * and get their own with the next one.
 */
const everAllowed = (contents: Contents): ExpectedFile[] =>
  contents.expected().map((file) => {
    if (file.source !== 'home/files') return file
    const { modified: _, ...atAnyTime } = file
    return atAnyTime
  })

const describe = (atWork: FaultsAtWork) =>
  [...atWork.struck()].map(([kind, count]) => (count === 1 ? kind : `${kind} ×${count}`)).join(', ')

function check(what: string, wrong: readonly unknown[]): void {
  if (wrong.length > 0)
    throw new Error(
      `${what}:\n${wrong.slice(0, 20).map(String).join('\n')}${wrong.length > 20 ? `\n… ${wrong.length} in all` : ''}`,
    )
}

interface Round {
  readonly random: Random
  readonly cloud: Cloud
  readonly contents: Contents
  readonly atWork: FaultsAtWork
  readonly figures: Figures
  readonly wrong: () => string[]
}

/** When a process is stopped, and how. */
interface Stop {
  readonly signal: 'SIGKILL' | 'SIGINT'
  /** After so many requests, and so many milliseconds more. */
  readonly requests: number
  readonly ms: number
}

function planStops(random: Random): Stop[] {
  const count = random() < 0.2 ? 0 : random() < 0.7 ? 1 : 2
  return Array.from({ length: count }, () => {
    const signal = random() < 0.85 ? 'SIGKILL' : 'SIGINT'
    // By the clock alone, so that each moment of a start and of an end has its turn, or by what was asked for.
    return random() < 0.35
      ? { signal, requests: 0, ms: 100 + below(random, 2500) }
      : { signal, requests: 1 + Math.floor(random() ** 2 * 300), ms: below(random, 80) }
  })
}

/** Where a listing breaks off at once, a process meets little. */
const mostProcesses = 12

/** Processes, stopped or not, until at least three faults have struck. Returns what happened, in words. */
async function playRound(options: Round): Promise<string> {
  const { random, atWork, figures } = options
  const stops = planStops(random)
  const toTheEnd = random() < 0.6
  const story: string[] = []
  for (const stop of stops) story.push(await playProcess(options, stop))
  const stopped = () => /^SIG/.test(story.at(-1) ?? '')
  if (story.length === 0 || (toTheEnd && stopped())) story.push(await playProcess(options, undefined))
  while (atWork.total() < leastFaults && story.length < mostProcesses) story.push(await playProcess(options, undefined))
  figures.processes += story.length
  return story.join(', then ')
}

async function playProcess({ cloud, contents, atWork, figures, wrong }: Round, stop: Stop | undefined): Promise<string> {
  const running = start(cloud.place, ['backup', '--json'])
  let ended: Ended | undefined
  if (stop !== undefined) {
    let over = false
    running.ended.then(
      () => {
        over = true
      },
      () => {
        over = true
      },
    )
    const until = atWork.requests() + stop.requests
    while (!over && stop.requests > 0 && atWork.requests() < until) await sleep(2)
    await Promise.race([sleep(stop.ms), running.ended])
    running.kill(stop.signal)
  }
  ended = await running.ended
  const said = troubles(ended)
  const guard = (what: string, found: readonly string[]) => {
    if (found.length > 0) check(`${what}\n${said}\n`, found)
  }
  guard('after this run', wrong())
  if (ended.signal === 'SIGKILL') {
    figures.kills++
    return 'SIGKILL'
  }
  if (ended.status === 130 || ended.signal === 'SIGINT') {
    if (stop?.signal !== 'SIGINT')
      throw new Error(`status ${ended.status}, signal ${ended.signal}, and nobody interrupted it\n${said}`)
    figures.interrupts++
    return 'SIGINT'
  }
  if (ended.status !== 0 && ended.status !== 3) throw new Error(`status ${ended.status}\n${said}`)
  let summary: Summary
  try {
    summary = summaryOf(ended)
  } catch (error) {
    throw new Error(`${error}\n${said}`)
  }
  if (ended.status === 3) {
    guard('it says that something is missing, and not what', unexplained(summary, ended))
    figures.incomplete++
    return 'incomplete'
  }
  guard('it says that all is done', wrongWhenDone(cloud.place.archive, summary, contents))
  figures.complete++
  return 'complete'
}

/** An exit status of 3 has a reason, and it is said: items that are not saved, or what could not be listed or counted. */
function unexplained(summary: Summary, { stdout }: Ended): string[] {
  const open = Object.values(summary.sources).some(({ pending = 0, failed = 0 }) => pending + failed > 0)
  return open || stdout.includes('"event":"failed"') ? [] : ['nothing is pending or failed, and no event says what went wrong']
}

/** What a run had to complain about. */
function troubles({ stdout, stderr }: Ended): string {
  const lines = stdout.split('\n').filter((line) => /"event":"(failed|retry|notice|damaged|summary)"|"state":"failed"/.test(line))
  return [...lines.slice(-25), stderr.slice(-3000)].join('\n')
}

/** Nothing goes wrong any more. */
async function finish(cloud: Cloud, contents: Contents, figures: Figures): Promise<void> {
  const { place } = cloud
  const ended = await start(place, ['backup', '--json']).ended
  if (ended.status !== 0) throw new Error(`the last run ended with ${ended.status}\n${troubles(ended)}`)
  const summary = summaryOf(ended)
  check('after the last run', wrongWhenDone(place.archive, summary, contents))
  check('statements', await wrongStatements(place, summary))
  const fresh = `${place.folder}/fresh`
  const copied = await start(place, ['backup', '--json', '--archive', fresh]).ended
  if (copied.status !== 0)
    throw new Error(`the fresh copy ended with ${copied.status}\n${copied.stdout.slice(-1000)}${copied.stderr}`)
  check('a fresh copy', wrongWhenDone(fresh, summaryOf(copied), contents))
  check('compared with a fresh copy', differencesFromFresh(place.archive, fresh, contents))
  figures.freshCopies++
  figures.bytes += Object.values(summary.sources).reduce((sum, tally) => sum + (tally.bytes ?? 0), 0)
}
