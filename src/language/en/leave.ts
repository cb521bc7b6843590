import { formats } from '../formats.ts'

const { number: n, time, date } = formats.en

const files = (count: number) => (count === 1 ? '1 file' : `${n(count)} files`)
const list = (items: readonly string[]) => new Intl.ListFormat('en', { type: 'conjunction' }).format(items)

/** `holdall leave`: the leaver's checklist. */
export const leave = {
  title: 'Before the account ends',
  /** Between two sentences. */
  between: ' ',
  states: { done: 'done', 'to-do': 'TO DO', look: 'look at it', unknown: 'not known' },
  sections: {
    backups: 'Backups',
    mail: 'Mail',
    'accounts-elsewhere': 'Accounts elsewhere',
    'shared-files': 'Files that others use',
    services: 'Meetings and calendars',
    organisation: 'What your organisation says',
  },
  sum: ({ todo, look, unknown, done }: { todo: number; look: number; unknown: number; done: number }) =>
    `${n(todo)} to do, ${n(look)} to look at, ${n(unknown)} not known, ${n(done)} done.`,
  allDone: 'All that the program can see is done; what is to look at, only you can tell.',
  inReportOnly: (count: number) => `… and ${n(count)} more, which the report lists.`,
  signedIn: 'Signed in',
  notSignedIn: 'Nobody is signed in, so the service could not be asked; what is said of it below is what was saved.',
  inReport: (file: string) => `The same stands in the report: ${file}`,
  reading: (read: string, of: string) => `looking for accounts elsewhere in the saved mail: ${read} of ${of} messages`,
  service: (account: string) => `The service of ${account}`,
  noAnswer: (reason: string) => `It could not be asked: ${reason}`,
  reportSection: 'Before the account ends',
  reportLead: (iso: string) =>
    `The checklist of holdall leave as it was at ${time(iso)}. The command makes it anew; what a person changes elsewhere it cannot see.`,
  backups: {
    complete: 'Everything is saved',
    completeOf: (source: string) => `Everything of ${source} is saved`,
    nothing: 'Nothing has been saved yet.',
    missing: (count: number) => `${count === 1 ? '1 item is' : `${n(count)} items are`} still missing.`,
    notKnown: 'It is not known whether anything is missing: it was never listed to its end, or could not be finished.',
    all: ({ sources, asOf, butFor }: { sources: number; asOf: string | undefined; butFor: number }) =>
      [
        `${sources === 1 ? 'The source is' : `All ${n(sources)} sources are`} complete${asOf === undefined ? '' : `: as of ${time(asOf)} nothing older is missing`}.`,
        ...(butFor > 0
          ? [
              `${butFor === 1 ? '1 item' : `${n(butFor)} items`} cannot be had this way or ${butFor === 1 ? 'was' : 'were'} left out; the report names them.`,
            ]
          : []),
      ].join(' '),
    verified: 'The backup was read again and checked',
    neverVerified: 'It was never checked.',
    damaged: (count: number, iso: string) =>
      `The check of ${time(iso)} found ${count === 1 ? '1 thing' : `${n(count)} things`} that ${count === 1 ? 'was' : 'were'} not as saved: a backup takes it again.`,
    savedSince: (iso: string) => `Files may have been saved since the last check (${time(iso)}).`,
    sizesOnly: (iso: string) => `The last check (${time(iso)}) found nothing wrong, but did not read every byte.`,
    partly: (sources: string, iso: string) =>
      `The last check (${time(iso)}) found nothing wrong, but looked at ${sources} alone.`,
    readAgain: (count: number, iso: string) => `Every byte of ${files(count)} was read and found right (${time(iso)}).`,
    lastDay: 'A last backup on the last day',
    lastDayUnknown: 'The last day is not known. What arrives between the last backup and the last day is lost.',
    rerunDone: (iso: string) => `It was made on the last day (${date(iso)}).`,
    rerunToCome: (iso: string, days: number, accounts: string) =>
      `The last day of ${accounts} is ${date(iso)} (${days === 0 ? 'within a day' : days === 1 ? 'in 1 day' : `in ${n(days)} days`}): run the backup once more then.`,
    lastDayPassed: (iso: string) =>
      `The last day (${date(iso)}) has passed without one. Try it all the same: accounts often live a little longer.`,
    place: 'The archive lies outside of synced folders',
    notSynced: 'No sync client was found that would carry it into an account.',
    synced: {
      certain: (client: string, root: string) =>
        `${client} syncs the folder it lies in (${root}): it would vanish with that account.`,
      likely: (client: string, root: string) =>
        `${client} may sync the folder it lies in (${root}): it would vanish with that account.`,
    },
    moveIt: 'move the archive out of that folder and name the new place in holdall.yaml',
    secondCopy: 'A second copy on another disk',
    noCopy: 'None is known. A disk can fail, and nothing can be fetched again after the account has ended.',
    copyBehind: (to: string, iso: string) => `The copy in ${to} (${time(iso)}) does not hold what the last backup saved.`,
    copyBeside: (to: string, iso: string) => `The copy in ${to} (${time(iso)}) lies on the same disk, and fails with it.`,
    copied: (to: string, iso: string) => `It was made in ${to} (${time(iso)}).`,
  },
  elsewhere: {
    found: (services: number, read: string) =>
      `${services === 1 ? '1 service' : `${n(services)} services`} found in ${read} messages; each is listed below.`,
    more: (count: number) => `${n(count)} further services are not shown.`,
    kind: (kind: string, count: string) => `${kind} (${count})`,
    why: ({
      confidence,
      category,
      seen,
      last,
      shows,
    }: {
      confidence: string
      category: string | undefined
      seen: readonly string[]
      last: string | undefined
      shows: string | undefined
    }) =>
      `${confidence}${category === undefined ? '' : `, ${category}`}: ${list(seen)}${last === undefined ? '' : `; last seen ${last}`}${shows === undefined ? '' : `; a message ${shows}`}.`,
    message: (subject: string) => `the message “${subject}”`,
    doubtful: (count: number) => (count === 1 ? '1 message that may be forged' : `${n(count)} messages that may be forged`),
    notCounted: (lead: string, reasons: readonly string[]) => `${lead} (${reasons.join('; ')}).`,
  },
  shared: {
    what: (source: string) => `Files of ${source} that others use`,
    notListed: 'It was never listed, so nothing is known.',
    none: 'Nothing that you own there is shared.',
    count: (count: number) => (count === 0 ? 'A shared folder without files of yours.' : `${files(count)} of yours.`),
    people: (shown: readonly string[], more: number) =>
      `Used by ${more > 0 ? list([...shown, `${n(more)} more`]) : list(shown)}.`,
    unnamed: 'The listing does not say with whom; its page does.',
    open: { anyone: 'Open to everyone who has the link.', organisation: 'Open to the whole organisation.' },
    likeliest: (address: string, of: string) =>
      `Likeliest new owner: ${address}${of === '1' ? '' : ` (of ${of} who may write)`}.`,
    more: (folders: number, count: number) => `${n(folders)} further folders with ${files(count)} are not shown.`,
  },
  propose: {
    none: 'Nothing can be proposed: no file that you own is shared with a colleague who may change it.',
    written: (file: string, count: number, account: string) =>
      `${file}: a plan with ${count === 1 ? '1 file or folder' : `${n(count)} files and folders`} of ${account}. Read it, change it, then: holdall leave --transfer ${file}`,
    nobody: (account: string) => `The rules of your organisation let no files of ${account} be given away; no plan was made.`,
    plan: {
      lead: [
        'A proposal: who would become the owner of what. Nothing is done by this file.',
        'Change the addresses, take out what you want to keep, then look at it once more:',
        '  holdall leave --transfer THIS-FILE --dry-run',
        'A new owner cannot be undone by you. Folders are given without what is in them.',
      ],
      without: (count: number) =>
        `No colleague may change these (${n(count)}); add them by hand with an address, or let people take a copy:`,
      left: (count: number) => `${n(count)} more would not fit into one plan; make another one after this.`,
    },
  },
  organisation: {
    what: 'What your organisation says to those who leave',
    noProfile: 'No profile of an organisation is chosen, so its rules and other systems are not known here.',
    ask: 'ask your help desk: when the account ends, how long mail is forwarded, which other systems have data of yours',
    salvage: 'What can still be had afterwards',
    change: (day: string) => `Changed on ${day}`,
    contact: 'Who helps',
    page: 'The page for those who leave.',
  },
}
