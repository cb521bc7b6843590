import { formats } from '../formats.ts'

const { number: n, size, time, date } = formats.en

const items = (count: number) => (count === 1 ? '1 item' : `${n(count)} items`)
/** What is open, in brackets, where anything is. */
const so = (open: string) => (open === '' ? '' : ` (${open})`)

/** How a run ended, what is saved and what is not, and what to do next: the last words of `backup`, and all of `status`. */
export const summary = {
  states: {
    saved: 'saved',
    unchanged: 'unchanged',
    unexportable: 'not exportable',
    excluded: 'left out',
    gone: 'gone',
    pending: 'pending',
    failed: 'failed',
  },
  source: 'source',
  itemsColumn: 'items',
  bytesColumn: 'bytes',
  all: 'all',
  items,
  inState: (count: number, state: string) => `${n(count)} ${state}`,
  separator: ', ',
  interrupted: (open: string) =>
    `Not complete: interrupted${so(open)}. What was done is kept; run the same command again to go on.`,
  unexpected: (open: string) =>
    `Not complete: an unexpected error${so(open)}; see the messages. What was done is kept; run the same command again.`,
  mistake: (open: string) => `Not complete: the settings or the command line have a mistake${so(open)}; see the messages.`,
  signInFirst: (open: string) => `Not complete: sign in first (holdall connect)${so(open)}; then run the same command again.`,
  unusable: (open: string) =>
    `Not complete: the archive cannot be used${so(open)}; see the messages. What was saved is kept; run the same command again when that is mended.`,
  listed: (count: number) => `Listed: ${items(count)}. Nothing was downloaded.`,
  unlisted: 'Not complete: not everything could be listed, see the messages; run the same command again.',
  open: (open: string) => `Not complete: ${open}; run the same command again.`,
  noSource: 'Nothing was done: no source was chosen.',
  complete: (count: number, { unexportable, excluded, gone }: { unexportable: number; excluded: number; gone: number }) => {
    const left = [
      ...(unexportable > 0 ? [`${n(unexportable)} that the service does not give out`] : []),
      ...(excluded > 0 ? [`${n(excluded)} left out by your settings`] : []),
      ...(gone > 0 ? [`${n(gone)} that vanished at the source first`] : []),
    ]
    return `Complete: ${items(count)} listed, nothing pending, nothing failed${left.length > 0 ? `; not saved: ${left.join(', ')}` : ''}.`
  },
  empty: (sources: string) => `Nothing at all was found in ${sources}: see that it is the account that you mean.`,
  nothingYet: 'Nothing is saved yet. Next: holdall backup',
  bytesSaved: (bytes: number) => `${size(bytes)} are saved.`,
  lastRun: (command: string, began: string, status: number | null | undefined) =>
    `The last ${command} began at ${time(began)} and ${status === undefined ? 'is still running, or was cut off' : `ended with status ${status}`}.`,
  lags: 'The manifests lag behind what is saved: holdall backup or holdall verify brings them up to date.',
  notComplete: 'Not complete. Next: holdall backup',
  nothingOpen: 'Nothing is pending and nothing failed. Next: holdall verify',
  expiring: (source: string, count: number, first: string, last: string) => {
    const when = date(first) === date(last) ? `on ${date(first)}` : `between ${date(first)} and ${date(last)}`
    const many = count === 1 ? '1 item that is not saved yet' : `${n(count)} items that are not saved yet`
    return `${source}: ${many} will be removed by the service itself ${when} (its retention rules); a backup takes them first`
  },
  moreOf: (count: number, place: string) => `and ${n(count)} more; see ${place}`,
  moreReasons: (count: number, reasons: number, place: string) =>
    `${n(count)} more for ${n(reasons)} other reasons; see ${place}`,
  whatToDo: 'What you can do',
  bug: 'This is a fault of Holdall; what was saved is kept.',
}
