import { formats } from '../formats.ts'

const { number: n, size, duration, time } = formats.en

const items = (count: number) => (count === 1 ? '1 item' : `${n(count)} items`)
const rate = (bytesPerSecond: number) => `${size(bytesPerSecond)} a second`

/** As contracts and speed tests write it. */
const mbit = (bytesPerSecond: number) => `${n(Math.max(1, Math.ceil((bytesPerSecond * 8) / 1e6)))} Mbit/s`

/** When a backup will be done, and why not sooner: `plan`, and `backup --until`. */
export const forecast = {
  /** `end` is ISO 8601. */
  earliest: (end: string, ms: number) =>
    `Earliest end: ${time(end)}, after ${duration(ms)} without a break. That is a forecast, not a promise.`,
  /** The line was not measured: both ends, each with the line that it takes, bytes a second. */
  byLine: (soon: string, soonMs: number, quick: number, late: string, lateMs: number, slow: number) =>
    `Earliest end: between ${time(soon)} (after ${duration(soonMs)}, over a connection of ${mbit(quick)}) and ${time(late)} (after ${duration(lateMs)}, over one of ${mbit(slow)}). How fast yours is has not been measured yet. That is a forecast, not a promise.`,
  count: (ms: number) => `the closing count, which lists everything once more, as the listing took: ${duration(ms)}`,
  nothingLeft: 'Nothing is left to take.',
  unknown: 'How long it will take is not known: its services say nothing of their limits.',
  because: 'What it rests on, the slowest first:',
  quota: (account: string, budget: string, units: number, perSecond: number, ms: number) =>
    `the quota “${budget}” of ${account}: ${n(Math.ceil(units))} units at ${n(Math.round(perSecond * 10) / 10)} a second: ${duration(ms)}`,
  daily: (account: string, budget: string, units: number, perDay: number, ms: number) =>
    `the daily cap “${budget}” of ${account}: ${n(Math.ceil(units))} units at ${n(perDay)} a day: ${duration(ms)}`,
  bytes: (bytes: number, perSecond: number, ms: number) =>
    `the connection: ${size(bytes)} at ${rate(perSecond)}, as measured before or limited by you: ${duration(ms)}`,
  pace: (source: string, count: number, ms: number) =>
    `${source}: ${items(count)} at the pace of an earlier run: ${duration(ms)}`,
  unmeasured: (bytes: number) =>
    `not counted: the time for ${size(bytes)} over your connection, which has not been measured yet; the first backup measures it`,
  fits: (until: string) => `It fits: there is time enough until ${time(until)}.`,
  tight: (until: string) => `It is tight: until ${time(until)} there is hardly more time than it needs.`,
  impossible: (until: string) => `It cannot be done by ${time(until)}.`,
  fitsFrom: (until: string, bytesPerSecond: number) =>
    `Whether it fits until ${time(until)} depends on your connection, which has not been measured yet: it fits if that brings at least ${rate(bytesPerSecond)} (${mbit(bytesPerSecond)}) on average, day and night.`,
  neededRate: (bytesPerSecond: number) => `Your connection has to bring ${rate(bytesPerSecond)} on average, day and night.`,
  first: 'What to do first:',
  start: (command: string) =>
    `start now and leave it running: ${command} takes first what will be lost first or can least be recovered (recordings about to be deleted, your own files before those of others, recent and sent mail before old)`,
  shares: 'by then would be done, each by itself:',
  share: (source: string, share: number) => `${source}: ${share >= 1 ? 'everything' : `about ${n(Math.floor(share * 100))} %`}`,
  byHand: (sources: string) =>
    `for ${sources} order the service’s own full export as well, if it has one: that does not draw on these quotas`,
  /** During a run, when the verdict changes. */
  turned: (verdict: 'fits' | 'tight' | 'impossible', end: string, until: string) =>
    `${verdict === 'fits' ? 'it will be done in time' : verdict === 'tight' ? 'it will be tight' : 'it will not be done in time'}: as measured it ends about ${time(end)}, and there is time until ${time(until)}`,
  /** As `turned`, where what was measured does not yet tell the end any better. */
  turnedBetween: (verdict: 'fits' | 'tight' | 'impossible', earliest: string, latest: string, until: string) =>
    `${verdict === 'fits' ? 'it will be done in time' : verdict === 'tight' ? 'whether it will be done in time is not known yet' : 'it will not be done in time'}: as measured it ends between ${time(earliest)} and ${time(latest)}, and there is time until ${time(until)}`,
  passed: (until: string) => `the date ${time(until)} has passed; the run goes on for as long as the service lets it`,
  nothingRemains: (until: string) => `Done before ${time(until)}: nothing remains.`,
  remainder: (until: string) => `Not taken yet (there is time until ${time(until)}):`,
  remains: (source: string, count: number, bytes: number, unsized: number) =>
    `${source}: ${items(count)}, ${size(bytes)}${unsized > 0 ? ` and ${unsized === 1 ? '1 file' : `${n(unsized)} files`} of unknown size` : ''}`,
  remainderNext: (command: string) =>
    `${command} goes on where this ended. What it may not reach in time you find in the report, to get it by hand.`,
}
