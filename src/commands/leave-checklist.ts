import type { Account } from '../app/app.ts'
import type { ArchiveSession } from '../app/open-archive.ts'
import { bringUpToDate } from '../backup/bring-up-to-date.ts'
import { Failure } from '../core/failure.ts'
import type { JsonObject } from '../core/json.ts'
import type { LeaveLine, LeavingRequest } from '../core/leaving.ts'
import type { Connection } from '../core/provider.ts'
import type { ExitStatus } from '../core/state.ts'
import { checklistText } from '../display/checklist.ts'
import { endOfDay } from '../forecast/deadline.ts'
import type { Journal } from '../journal/journal.ts'
import { rememberChecklist } from '../journal/last-checklist.ts'
import { lastCopy } from '../journal/last-copy.ts'
import { lastVerify } from '../journal/last-verify.ts'
import { addressOnly, addressStanding, colleaguesOf, ownAddress } from '../leave/checklist/address-standing.ts'
import { type BackupFacts, backupLines, type LastDay } from '../leave/checklist/backup-lines.ts'
import { type ChecklistLine, countStates, inBoth, inOrder } from '../leave/checklist/checklist.ts'
import { organisationLines } from '../leave/checklist/organisation-lines.ts'
import { outsideLines } from '../leave/checklist/outside-lines.ts'
import { rememberedItems } from '../leave/checklist/remembered-items.ts'
import { sharedFolders } from '../leave/checklist/shared-folders.ts'
import { sharedLines } from '../leave/checklist/shared-lines.ts'
import { findOutsideAccounts } from '../leave/outside-accounts/find-outside-accounts.ts'
import { readStatement } from '../report/read-statement.ts'
import type { Settings } from '../settings/settings.ts'
import { checkOrganisation } from '../signin/check-organisation.ts'
import type { Context } from './command.ts'
import { configuredSources, reportAfterRun } from './report.ts'

/** Runs of a backup that are looked at for whether anything was saved since the last check. */
const runsLookedAt = 50
/** Between two lines of progress through the saved mail, in milliseconds. */
const tellEvery = 10_000

/**
 * The whole checklist: shown, handed to scripts, and kept for the report. Status 0: nothing is to do, as far as the program can see; 3: something is; 4: an account
 * that should have been asked is not signed in.
 */
export async function showChecklist(context: Context): Promise<ExitStatus> {
  const settings = await context.settings()
  const looked = await context.openForReading()
  looked?.journal.close()
  const session = looked === undefined ? undefined : await context.openArchive('allow')
  try {
    const { lines, signIn } = await makeLines(context, settings, session)
    const { words } = context
    const counts = countStates(lines)
    const todo = counts['to-do']
    const status: ExitStatus = signIn ? 4 : todo > 0 ? 3 : 0
    for (const line of lines) context.emit(eventOf(line))
    context.out(`${words.leave.title}\n${checklistText(lines, words, context.columns)}\n`)
    context.out(`${words.leave.sum({ todo, look: counts.look, unknown: counts.unknown, done: counts.done })}\n`)
    if (status === 0) context.out(`${words.leave.allDone}\n`)
    const ended = session === undefined ? status : await keep(context, session, lines, status)
    if (session !== undefined) context.out(`${words.leave.inReport(session.archive.absolute('report.html'))}\n`)
    context.emit({ event: 'summary', command: 'leave', status: ended, details: { ...counts } })
    return ended
  } finally {
    session?.close()
  }
}

/** For the report, which is written anew. */
async function keep(
  context: Context,
  session: ArchiveSession,
  lines: readonly ChecklistLine[],
  status: ExitStatus,
): Promise<ExitStatus> {
  const { journal, archive } = session
  rememberChecklist(journal, { made: context.clock.now(), lines })
  await bringUpToDate({ journal, archive, clock: context.clock, emit: context.emit }, context.software)
  return reportAfterRun(context, session, status)
}

async function makeLines(
  context: Context,
  settings: Settings,
  session: ArchiveSession | undefined,
): Promise<{ readonly lines: readonly ChecklistLine[]; readonly signIn: boolean }> {
  const app = await context.app()
  const lines: ChecklistLine[] = [...backupLines(backupFacts(context, settings, session))]
  let signIn = false
  const addresses: string[] = []
  for (const { name } of settings.accounts) {
    const account = app.account(name)
    const asked = await askAccount(context, account, session?.journal)
    signIn ||= asked.signIn
    lines.push(...asked.lines)
    if (asked.own !== undefined) addresses.push(asked.own)
    lines.push(...sharedOf(account, asked.own, session?.journal))
  }
  if (session !== undefined) {
    let told = context.clock.now()
    const found = await findOutsideAccounts({
      ...session,
      addresses,
      signal: context.signal,
      onProgress(read, of) {
        if (context.clock.now() - told < tellEvery || read === of) return
        told = context.clock.now()
        const { leave, format } = context.words
        context.emit({ event: 'notice', level: 'info', message: leave.reading(format.number(read), format.number(of)) })
      },
    })
    const mail = found.sources.length > 0 || settings.accounts.some(({ name }) => holdsMail(app.account(name)))
    if (mail) lines.push(...outsideLines(found))
  }
  lines.push(...organisationLines(organisationFacts(settings)))
  return { lines: inOrder(lines), signIn }
}

const holdsMail = ({ sourceTypes }: Account) => sourceTypes.some(({ holds }) => holds === 'mail')

/** What the account's service says, asked now where somebody is signed in, else out of the archive. */
async function askAccount(
  context: Context,
  account: Account,
  journal: Journal | undefined,
): Promise<{ readonly lines: readonly ChecklistLine[]; readonly own: string | undefined; readonly signIn: boolean }> {
  const { name, provider, settings } = account
  const remembered = ownAddress(journal, name)
  if (provider.leaving === undefined) return { lines: [], own: remembered, signIn: false }
  const lines: ChecklistLine[] = []
  let signIn = false
  let signedIn: { readonly connection: Connection; readonly granted: readonly string[]; readonly own: string } | undefined
  try {
    signedIn = await signedInAs(account)
  } catch (error) {
    const failure = Failure.from(error)
    if (context.signal.aborted || failure.kind !== 'signin') throw error
    signIn = true
    lines.push(
      notAsked(
        name,
        'not-signed-in',
        inBoth(({ leave }) => leave.notSignedIn),
      ),
    )
  }
  const own = addressOnly(signedIn?.own) ?? remembered
  const lastDay = settings.facts?.lastDay ?? (await context.settings()).profile?.facts.lastDay
  const request = (live: typeof signedIn): LeavingRequest => ({
    ...(live !== undefined && { connection: live.connection }),
    granted: live?.granted ?? [],
    sources: settings.sources,
    remembered: rememberedItems(journal, name),
    standing: addressStanding(own, settings.facts?.domain ?? []),
    ends: lastDay === undefined ? undefined : endOfDay(lastDay),
    forwarding: settings.facts?.forwarding,
    signal: context.signal,
  })
  const ask = async (live: typeof signedIn): Promise<readonly ChecklistLine[]> => {
    const said: LeaveLine[] = []
    for await (const line of provider.leaving?.(request(live)) ?? []) said.push(line)
    return said.map((line) => ({ ...line, account: name }))
  }
  try {
    lines.push(...(await ask(signedIn)))
  } catch (error) {
    if (context.signal.aborted || signedIn === undefined) throw error
    const failure = Failure.from(error)
    if (failure.kind === 'bug') throw failure
    signIn ||= failure.kind === 'signin'
    const why = { en: failure.said('en').message, ja: failure.said('ja').message }
    lines.push(
      notAsked(
        name,
        'no-answer',
        inBoth(({ leave, language, tell }) => leave.noAnswer(tell(why[language]) ?? why[language])),
      ),
    )
    lines.push(...(await ask(undefined)))
  }
  return { lines, own, signIn }
}

async function signedInAs(account: Account) {
  if (account.provider.signIn.method === 'password') {
    const { credentials, identity } = await account.password()
    return { connection: account.connect(credentials), granted: [], own: identity?.name ?? '' }
  }
  const credentials = await account.oauth()
  const { scopes, name } = await credentials.describe()
  checkOrganisation(account.name, account.settings.facts?.domain, { name })
  return { connection: account.connect(credentials), granted: scopes, own: name }
}

const notAsked = (account: string, about: string, why: ChecklistLine['why']): ChecklistLine => ({
  section: 'services',
  about,
  account,
  state: 'unknown',
  what: inBoth(({ leave }) => (about === 'not-signed-in' ? leave.signedIn : leave.service(account))),
  why,
  next: [{ command: `holdall connect ${account}` }],
})

function sharedOf(account: Account, own: string | undefined, journal: Journal | undefined): ChecklistLine[] {
  return account.sourceTypes.flatMap(({ id, dependents }) => {
    if (dependents === undefined) return []
    const source = `${account.name}/${id}`
    const listed = journal?.sources().find(({ name }) => name === source)?.listed ?? undefined
    const shared =
      journal === undefined || listed === undefined
        ? undefined
        : sharedFolders({ journal, source, dependents, own, inside: colleaguesOf(own, account.settings.facts) })
    return sharedLines({ account: account.name, source, dependents, shared })
  })
}

function backupFacts(context: Context, settings: Settings, session: ArchiveSession | undefined): BackupFacts {
  const { profile } = settings
  const now = context.clock.now()
  const rest = { now, lastDays: lastDaysOf(settings), lastDayRule: profile?.facts.lastDayRule }
  if (session === undefined) return { ...rest, archive: undefined }
  const { journal, synced } = session
  const { sources } = readStatement(journal, configuredSources(settings), now)
  const verify = lastVerify(journal)
  const backups = journal.lastRuns(runsLookedAt).filter(({ command }) => command === 'backup')
  const since = verify === undefined ? [] : backups.filter(({ started }) => started > verify.ended)
  const [last] = backups
  // What the last run saved is known; of those before it, only that they were.
  const saved = sources.some(({ tally }) => tally.saved > 0)
  return {
    ...rest,
    archive: {
      sources: sources
        .filter(({ configured }) => configured)
        .map(({ source, verdict, tally, asOf }) => ({
          source,
          complete: verdict !== 'not-complete',
          butFor: tally.unexportable + tally.excluded + tally.gone,
          open: tally.pending + tally.failed,
          asOf,
        })),
      verify,
      savedSinceVerify: since.length > 1 || (since.length === 1 && saved),
      synced,
      copy: lastCopy(journal),
      run: saved || last === undefined ? (last?.n ?? 0) : (backups[1]?.n ?? 0),
    },
  }
}

/** The last days that the profile states, the earliest first, each with its accounts. */
function lastDaysOf({ profile, accounts }: Settings): readonly LastDay[] {
  const days = Map.groupBy(accounts, ({ facts }) => facts?.lastDay ?? profile?.facts.lastDay)
  return [...days]
    .flatMap(([day, theirs]) => {
      const ends = day === undefined ? undefined : endOfDay(day)
      return day === undefined || ends === undefined ? [] : [{ day, ends, accounts: theirs.map(({ name }) => name) }]
    })
    .toSorted((a, b) => a.ends - b.ends)
}

function organisationFacts({ profile, accounts }: Settings): Parameters<typeof organisationLines>[0] {
  if (profile === undefined) return undefined
  return {
    ...profile.facts,
    accounts: accounts.flatMap(({ name, facts }) =>
      facts === undefined
        ? []
        : [{ account: name, title: facts.title ?? { en: name, ja: name }, notes: facts.notes, transfer: facts.transfer }],
    ),
  }
}

/** In English, as everything that scripts read. */
function eventOf({ section, about, account, state, what, why, next, facts }: ChecklistLine) {
  return {
    event: 'checklist' as const,
    section,
    about,
    state,
    ...(account !== undefined && { account }),
    what: what.en,
    why: why.en,
    next: next.map(({ text, ...rest }) => ({ ...rest, ...(text !== undefined && { text: text.en }) })),
    ...(facts !== undefined && { facts: facts as JsonObject }),
  }
}
