import { formats } from '../formats.ts'

const { number: n, duration, size, time } = formats.en

/** What a run says while it goes on: messages, lines of progress, bars. */
export const run = {
  warning: 'warning',
  error: 'error',
  started: (command: string, where: { archive: string | undefined; run: number | undefined }) =>
    `${command}${where.archive === undefined ? '' : ` in ${where.archive}`}${where.run === undefined ? '' : ` (run ${where.run})`}`,
  moved: (from: string, to: string) => `moved: ${from} -> ${to}`,
  counted: (source: string, ids: number, asOf: string) =>
    `${source}: counted once more by another way (${n(ids)} entries): nothing that was there at ${time(asOf)} is missing`,
  damaged: (path: string) => `damaged: ${path}`,
  paused: (account: string) => `${account}: paused, goes on by itself`,
  resumed: (account: string, afterMs: number) => `${account}: goes on after ${duration(afterMs)}`,
  throttled: (account: string, waitMs: number) => `${account}: the service asks to wait ${duration(waitMs)}`,
  throttledStill: (account: string, waitMs: number) => `${account}: the service asks to wait, ${duration(waitMs)} more`,
  retry: (account: string, what: string, inMs: number) => `${account}: ${what}: tried again in ${duration(inMs)}`,
  /** What happened to an item, before its path. */
  items: {
    saved: 'saved',
    unchanged: 'unchanged',
    unexportable: 'not exportable',
    excluded: 'left out',
    gone: 'gone',
    pending: 'pending',
    failed: 'not saved',
  },
  tooMany: (source: string, count: number, what: string) =>
    `${source}: more than ${n(count)} items ${what}; the others are counted in the summary`,
  listing: {
    begun: (source: string, stream: string) => `${source}: listing ${stream}`,
    resumed: (source: string, stream: string) => `${source}: going on listing ${stream}`,
    changes: (source: string, stream: string) => `${source}: asking what changed in ${stream}`,
    done: (source: string, stream: string, items: number) => `${source}: ${stream} listed, ${n(items)} items`,
  },
  sealing: 'sealing the archive',
  sealed: (files: number) => `sealed: ${n(files)} files`,
  checked: (files: number, bytes: number, damaged: number) => `checked ${n(files)} files, ${size(bytes)}, ${n(damaged)} damaged`,
  taking: (path: string) => `taking ${path}`,
  separator: ', ',
  done: (done: number, items: number) => `${n(done)} of ${n(items)} items`,
  amount: (done: number, all: number) => `${size(done)} of ${size(all)}`,
  failures: (count: number) => `${n(count)} failed`,
  stillListing: 'still listing',
  nothingMoves: 'nothing moves at the moment',
  about: (leftMs: number) => `about ${duration(leftMs)} left`,
  moreSources: (count: number) => `and ${n(count)} more sources`,
  bar: {
    paused: 'paused',
    slowed: 'slowed',
    stopped: 'stopped',
    done: 'done',
    stalled: 'stalled',
    listing: 'listing...',
    left: (ms: number) => `${duration(ms)} left`,
  },
}
