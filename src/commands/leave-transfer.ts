import { readFile } from 'node:fs/promises'
import type { Account } from '../app/app.ts'
import { Failure } from '../core/failure.ts'
import type { Ownership } from '../core/ownership.ts'
import type { Connection } from '../core/provider.ts'
import type { ExitStatus } from '../core/state.ts'
import { clean } from '../display/clean.ts'
import { table } from '../display/table.ts'
import {
  carryOutTransfer,
  type PreparedTransfer,
  prepareTransfer,
  type TransferRequest,
  type TransferResult,
  toDo,
  untried,
} from '../leave/transfer/transfer.ts'
import { readTransferPlan, type TransferPlan } from '../leave/transfer/transfer-plan.ts'
import { signInWithBrowser } from '../signin/browser-flow.ts'
import { checkOrganisation } from '../signin/check-organisation.ts'
import { missingScopes } from '../signin/granted.ts'
import { boundAccount, freshCredentials } from '../signin/oauth-credentials.ts'
import type { Context } from './command.ts'

/**
 * Gives the files of a plan to others, after the exact list was shown and a person agreed at a terminal: the only thing that Holdall ever changes in an
 * account. `dry` stops before the question. The right to write is asked for now, lives in memory, and is not renewed.
 */
export async function transferFiles(context: Context, file: string, dry: boolean): Promise<ExitStatus> {
  const plan = readTransferPlan(await readPlan(file), file)
  const app = await context.app()
  const account = app.account(plan.account)
  const { ownership } = account.provider
  const words = context.words.transfer
  if (ownership === undefined) throw new Failure('settings', words.none(account.provider.title))
  const bound = await boundAccount(account.name, await app.tokens())
  // Throws the usual "sign in first" where nobody is.
  const own = bound?.name ?? (await (await account.oauth()).describe()).name
  checkOrganisation(account.name, account.settings.facts?.domain, { name: own })
  const request = (connection: Connection): TransferRequest => ({
    plan,
    ownership,
    connection,
    own,
    rule: account.settings.facts?.transfer,
    domains: account.settings.facts?.domain ?? [],
    signal: context.signal,
  })
  const prepared = await prepareTransfer(request(account.connect(await account.oauth())))
  showPrepared(context, plan, own, prepared)
  const planned = toDo(prepared)
  const leaveAll = (line: string): ExitStatus => {
    context.out(`${line}\n`)
    return end(context, plan, { results: prepared.map(untried), tried: false })
  }
  if (planned.length === 0) return leaveAll(words.nothing)
  if (dry) return leaveAll(words.dry)
  const count = String(planned.length)
  const answer = await context.ask(words.ask(count))
  if (answer === undefined) throw new Failure('settings', words.nobody.message, { hint: words.nobody.hint })
  if (answer.trim() !== count) return leaveAll(words.notAgreed)
  const connection = await signInForOccasion(context, account, ownership, { own, subject: bound?.subject })
  // What was agreed to, and nothing that has changed since: a file that is another one by now is refused by `prepare`.
  const agreed = new Set(planned.map(({ id }) => id))
  const again = await prepareTransfer({
    ...request(connection),
    plan: { ...plan, entries: plan.entries.filter(({ id }) => agreed.has(id)) },
  })
  const results = prepared.filter(({ id }) => !agreed.has(id)).map(untried)
  for await (const result of carryOutTransfer(again, { ownership, connection, signal: context.signal })) {
    results.push(result)
    context.emit({
      event: 'notice',
      level: result.given === undefined ? 'warning' : 'info',
      message: `${result.name}: ${became(context, result)}`,
    })
  }
  const reached = new Set(results.map(({ id }) => id))
  results.push(...again.filter(({ id }) => !reached.has(id)).map(untried))
  context.out(
    table(
      words.results,
      results.map((one) => [label(context, one), one.to, became(context, one)].map(clean)),
      context.columns,
    ),
  )
  for (const line of requests(context, results)) context.out(`${line}\n`)
  context.out(`${words.rightEnds}\n`)
  return end(context, plan, { results, tried: true })
}

async function readPlan(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Failure('settings', `the plan ${file} cannot be read (${code ?? 'unknown reason'})`, { cause: error })
  }
}

function showPrepared(context: Context, plan: TransferPlan, own: string, prepared: readonly PreparedTransfer[]): void {
  const words = context.words.transfer
  context.out(`${words.list(plan.account, own)}\n`)
  const would = ({ before, objection }: PreparedTransfer) =>
    before !== undefined ? words.already[before] : objection !== undefined ? words.refused(said(context, objection)) : words.gives
  context.out(
    table(
      words.columns,
      prepared.map((one) => [label(context, one), one.to, would(one)].map(clean)),
      context.columns,
    ),
  )
  if (prepared.some(({ holding }) => holding?.folder === true)) context.out(`${words.foldersAlone}\n`)
  context.out(`${words.warning}\n`)
}

const said = ({ words }: Context, failure: Failure) => {
  const inWords = (sentence: string) => words.tell(sentence) ?? sentence
  const { message: made, hint: advice } = failure.said(words.language)
  const [message, hint] = [inWords(made), advice === undefined ? undefined : inWords(advice)]
  return hint === undefined ? message : `${message} (${hint})`
}

const label = ({ words }: Context, { name, holding }: PreparedTransfer) =>
  holding?.folder === true ? words.transfer.folder(name) : name

function became(context: Context, { given, before, failure, objection }: TransferResult): string {
  const words = context.words.transfer
  if (before !== undefined) return words.already[before]
  if (given !== undefined) return words[given]
  const why = failure ?? objection
  return why === undefined ? words.stopped : words.failed(said(context, why))
}

/** What each new owner has to do. */
function requests({ words: { transfer } }: Context, results: readonly TransferResult[]): string[] {
  const people = [...new Set(results.flatMap(({ given, to }) => (given === undefined ? [] : [to])))]
  return people.flatMap((to) => {
    const theirs = results.filter((result) => result.to === to)
    return [
      transfer.toOthers(clean(to)),
      ...(theirs.some(({ given }) => given === 'offered') ? [`  ${transfer.accept}`] : []),
      ...(theirs.some(({ given }) => given === 'given') ? [`  ${transfer.find}`] : []),
    ]
  })
}

async function signInForOccasion(
  context: Context,
  account: Account,
  ownership: Ownership,
  { own, subject }: { readonly own: string; readonly subject: string | undefined },
): Promise<Connection> {
  const { transfer, connect } = context.words
  const party = account.signInParty()
  if (party.signIn.method !== 'oauth') throw new Failure('settings', transfer.none(account.provider.title))
  const { signIn } = party
  const tell = (message: string) => context.emit({ event: 'notice', level: 'info', message })
  tell(transfer.signIn)
  const scopes = [...signIn.identityScopes, ...ownership.scopes]
  const open = context.openBrowser
  const tokens = await signInWithBrowser({
    ...party,
    signIn: { ...signIn, parameters: { ...signIn.parameters, ...ownership.parameters } },
    scopes,
    loginHint: own,
    open,
    announce: (url) => (open === undefined ? context.out(`${connect.openAddress}\n${url}\n`) : tell(connect.browserOpens(url))),
    language: context.words.language,
    ...(open === undefined && { pasted: context.lines() }),
    signal: context.signal,
  })
  if (missingScopes(ownership.scopes, tokens.scopes, signIn).length > 0)
    throw new Failure('signin', transfer.notGranted.message, { hint: transfer.notGranted.hint })
  const connection = account.connect(freshCredentials(account.name, tokens))
  const identity = await account.provider.identify(connection, context.signal)
  if (subject !== undefined && identity.subject !== subject) {
    const { message, hint } = transfer.otherPerson(own, identity.name)
    throw new Failure('settings', message, { hint })
  }
  return connection
}

/** `tried`: a person agreed, so that what was not done counts. */
function end(
  context: Context,
  { account }: TransferPlan,
  { results, tried }: { readonly results: readonly TransferResult[]; readonly tried: boolean },
): ExitStatus {
  const done = results.filter(({ given }) => given !== undefined).length
  const open = tried ? done < results.length : results.some(({ objection }) => objection !== undefined)
  const status: ExitStatus = open ? 3 : 0
  if (tried) context.out(`${context.words.transfer.summary(String(done), String(results.length))}\n`)
  context.emit({
    event: 'summary',
    command: 'leave',
    status,
    details: {
      account,
      tried,
      files: results.map(({ id, name, to, given, objection, failure }) => ({
        id,
        name,
        to,
        given: given ?? null,
        reason: (failure ?? objection)?.message ?? null,
      })),
    },
  })
  return status
}
