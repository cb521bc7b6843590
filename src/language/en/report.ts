import { formats } from '../formats.ts'

const { number: n, size, time } = formats.en

type Verdict = 'complete' | 'complete-but' | 'not-complete'

const items = (count: number) => (count === 1 ? '1 item' : `${n(count)} items`)
const files = (count: number) => (count === 1 ? '1 file' : `${n(count)} files`)

/** Every word of report.html, and of what `holdall report` says. */
export const report = {
  title: 'Report on this archive',
  items,
  files,
  states: {
    saved: 'saved',
    unchanged: 'saved before',
    unexportable: 'not exportable',
    excluded: 'left out',
    gone: 'gone',
    pending: 'pending',
    failed: 'failed',
  },
  meanings: {
    saved: 'saved in the last run',
    unchanged: 'saved in an earlier run, and unchanged since',
    unexportable: 'the service does not give it out',
    excluded: 'left out by your settings',
    gone: 'vanished at the source before it was taken',
    pending: 'not taken yet',
    failed: 'could not be taken; another run may mend it',
  },
  verdicts: { complete: 'complete', 'complete-but': 'complete, with exceptions', 'not-complete': 'not complete' },
  headline(verdict: Verdict, { butFor, open, unsure }: { butFor: number; open: number; unsure: number }) {
    if (verdict === 'complete') return 'Complete. All that was asked for is here.'
    if (verdict === 'complete-but') return `Complete, but for ${items(butFor)}.`
    const sources = unsure === 1 ? '1 source is' : `${n(unsure)} sources are`
    if (unsure > 0) return `Not complete. ${sources} not fully known${open > 0 ? `, and ${items(open)} still missing` : ''}.`
    return open > 0 ? `Not complete. ${items(open)} still missing.` : 'Not complete. Nothing was listed yet.'
  },
  lead: {
    complete: 'Every item that the sources below listed is saved, and nothing is pending or failed.',
    'complete-but':
      'Nothing is pending and nothing failed. What is not here cannot be had this way, or was left out on purpose; it is named below.',
    'not-complete':
      'Do not close the account yet. What is saved is safe; what is missing, and what to do about it, is named below.',
  },
  butFor: ({ unexportable, gone, excluded }: { unexportable: number; gone: number; excluded: number }) =>
    `These are not here: ${[
      ...(unexportable > 0 ? [`${n(unexportable)} that the service does not give out`] : []),
      ...(gone > 0 ? [`${n(gone)} that vanished before being taken`] : []),
      ...(excluded > 0 ? [`${n(excluded)} that your settings leave out`] : []),
    ].join(', ')}.`,
  obstacles: {
    'never-listed': (_count: number) => 'It has never been listed to its end: nobody knows yet what it holds.',
    failure: (_count: number) => 'It could not be finished:',
    unsettled: (_count: number) => 'Something changed since it was last counted to the end.',
    pending: (count: number) => `${items(count)} not taken yet.`,
    failed: (count: number) => `${items(count)} could not be taken.`,
  },
  remedies: {
    'never-listed': 'Sign in if need be (holdall connect), then run holdall backup.',
    failure: 'Run holdall backup again when that is mended.',
    unsettled: 'Run holdall backup again.',
    pending: 'Run holdall backup again: it goes on where it stopped.',
    failed: 'Run holdall backup again; what keeps failing is named below with its reason.',
  },
  withoutReason: {
    unexportable: 'the service does not give it out',
    excluded: 'left out by the settings',
    gone: 'it vanished at the source before it was taken',
    pending: 'not taken yet',
    failed: 'for a reason that was not recorded',
  },
  inState: (count: number, state: string) => `${n(count)} ${state}:`,
  otherReasons: 'for other reasons',
  kinds: {
    documents: 'documents',
    sheets: 'tables',
    slides: 'slides',
    pdf: 'PDF',
    pictures: 'pictures',
    video: 'video',
    sound: 'sound',
    mail: 'mail',
    contacts: 'contacts',
    calendars: 'calendars and tasks',
    pages: 'web pages and links',
    text: 'text',
    data: 'data (JSON, XML …)',
    packed: 'packed files (zip …)',
    other: 'other files',
  },
  asOf(iso: string, { counted, verdict }: { counted: boolean; verdict: Verdict }) {
    const when = time(iso)
    const what = verdict === 'complete' ? 'missing' : 'unknown'
    return counted
      ? `As of ${when} nothing older is ${what}: a second count, by another road than the listing, named nothing new.`
      : `As of ${when} all that was listed is ${verdict === 'complete' ? 'here' : 'known'}. There was no second count by another road.`
  },
  clockAhead:
    'As of when nothing older is missing is not certain: it was counted while the clock of the computer ran ahead. Run holdall backup once more: it counts anew.',
  lastListed: (iso: string) => `Last listed to its end: ${time(iso)}.`,
  keptThoughGone: (count: number) => `${items(count)} no longer at the source, and kept here.`,
  notConfigured: 'The settings do not name this source any more; what was saved is kept.',
  empty: 'Nothing at all was found in it: see that it is the account that you mean.',
  sum: (count: number, saved: number, bytes: number) => `= ${items(count)} in all · ${files(saved)}, ${size(bytes)}`,
  headings: {
    next: 'What to do now',
    sources: 'Source by source',
    notSaved: 'What is not saved, and why',
    overview: 'What there is',
    bySource: 'By source',
    byYear: 'By year of the last change',
    byKind: 'By kind of file',
    displayed: 'What the services show of themselves',
    never: 'What was never asked for',
    check: 'What is in this archive, and how to check it without Holdall',
    times: 'Versions and times',
  },
  columns: {
    source: 'Source',
    year: 'Year',
    kind: 'Kind',
    files: 'Files',
    size: 'Size',
    command: 'Command',
    began: 'Began',
    ended: 'Ended',
    status: 'Outcome',
    account: 'Account',
    who: 'Signed in as',
    counted: 'What is counted',
    shownThere: 'Shown there',
    foundHere: 'Found here',
  },
  unknownYear: 'not known',
  nothingNotSaved: 'Nothing: every item known is saved.',
  notSavedLead: 'Grouped by reason, with the first names of each; every single one stands in the metadata file of its source.',
  more: (count: number) => `and ${n(count)} more`,
  moreReasons: (count: number) => `${items(count)} more, for other reasons`,
  seeMetadata: 'all of them in',
  whatToDo: 'What you can do:',
  atService: 'at the service',
  overviewLead: 'Files as they lie in the archive. An item can be several files, or none (a folder).',
  displayedLead:
    'These totals stand beside ours, and decide nothing: a service counts other things than it gives out. Whether something is missing is said above, item by item.',
  notCounted: 'not counted',
  whyDifferent: 'Why the two are known to differ:',
  displayedRead: (iso: string) => `Shown by the service on ${time(iso)}.`,
  neverLead:
    'Accounts of these kinds may hold more than Holdall takes. Unless it says otherwise, Holdall cannot see whether you have any; what you use of it, fetch yourself before the account ends.',
  howToPage: 'how it is done',
  checkLead: (count: number, bytes: number) =>
    `${files(count)} with ${size(bytes)} in all, as ordinary files in ordinary folders. Nothing here needs Holdall or any account.`,
  checkWhere: {
    data: 'what was saved: a folder for each account, in it one for each source',
    metadata: 'what is known of each item: where it came from, times, owner, sharing; and why not, where it is not saved',
    manifests: 'a checksum for every file',
    readme: 'explains all of this to whoever finds the archive later',
    json: 'this report for programs',
  },
  checkHow: 'Open a terminal in the archive’s folder and let the computer compare every file with its checksum:',
  systems: { linux: 'Linux', mac: 'macOS', windows: 'Windows (PowerShell)' },
  checkAfter:
    'Silence, or “all is well”, means that every byte is as it was saved. Any validator of BagIt bags (RFC 8493) does the same. With Holdall: holdall verify.',
  madeBy: (software: string, iso: string) => `Written by ${software} on ${time(iso)}. All times are UTC.`,
  neverVerified: 'Holdall has not read it again since it was saved (holdall verify).',
  lastVerified: (last: { iso: string; files: number; damaged: number; read: 'every-byte' | 'sizes' }) =>
    `Last verified: ${time(last.iso)}, ${files(last.files)}, ${last.read === 'sizes' ? 'by sizes and times' : 'every byte read'}. ${
      last.damaged === 0
        ? 'Everything was as it was saved.'
        : `Not as it was saved: ${items(last.damaged)}; holdall backup takes again what can be had.`
    }`,
  cutOff: 'cut off, or under way',
  statuses: (status: number) =>
    (
      ({
        0: 'all done',
        1: 'an unexpected error',
        2: 'a mistake in the settings',
        3: 'something pending or failed',
        4: 'a sign-in was missing',
        5: 'the archive could not be used',
        130: 'interrupted',
      }) as Readonly<Record<number, string>>
    )[status] ?? `status ${status}`,
  figures: { items: 'items known', saved: 'saved', files: 'files', size: 'size' },
  written: (count: number, bytes: number, path: string) => `${files(count)}, ${size(bytes)}. Written: ${path}`,
}
