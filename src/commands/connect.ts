import path from 'node:path'
import type { Account, App } from '../app/app.ts'
import { Failure } from '../core/failure.ts'
import type { Language } from '../core/language.ts'
import type { Identity } from '../core/provider.ts'
import type { ExitStatus } from '../core/state.ts'
import { type Words, wordsOf } from '../language/words.ts'
import { secretVariable } from '../settings/environment.ts'
import { widenedRights } from '../settings/profile/describe-profile.ts'
import { asksForMore } from '../signin/authorization.ts'
import { signInWithBrowser } from '../signin/browser-flow.ts'
import { allowsDevice, signInWithDevice } from '../signin/device-flow.ts'
import { howToGive, missingScopes } from '../signin/granted.ts'
import { checkArchiveIdentity, checkDomain, checkIdentity } from '../signin/identity.ts'
import { type KeptRefusals, keptRefusals, refusalOf } from '../signin/kept-refusal.ts'
import { boundAccount, freshCredentials, storeAccount } from '../signin/oauth-credentials.ts'
import { boundByPassword, writePasswordRecord } from '../signin/password-record.ts'
import { stepUpInVain } from '../signin/sentences.ts'
import { accountRecord, type TokenSet } from '../signin/token-set.ts'
import type { Command, Context, Options } from './command.ts'
import { explainRefusal } from './explain-refusal.ts'

export const connect: Command = {
  name: 'connect',
  summary: 'sign in to an account',
  arguments: '<account>',
  options: [
    {
      flags: '--no-browser',
      description: 'print the address alone on a line, and wait for the redirect or for the redirected address on stdin',
    },
    { flags: '--device', description: 'sign in with a code on another device, where the provider allows it' },
    {
      flags: '--explain [code]',
      description: 'explain the last refused sign-in, or a code that the provider showed, with a text for a help desk',
    },
  ],
  async run(context, [name = ''], options) {
    const app = await context.app()
    const account = app.account(name)
    try {
      return await connectOrExplain(context, app, account, options)
    } catch (error) {
      if (context.signal.aborted || !(error instanceof Failure)) throw error
      throw inLanguage(error, spoken(context).language)
    }
  },
}

async function connectOrExplain(context: Context, app: App, account: Account, options: Options): Promise<ExitStatus> {
  const { name } = account
  const { signIn } = account.provider
  const refusals = keptRefusals(refusalFolder(app))
  if (options.explain !== undefined && options.explain !== false) {
    const bound = signIn.method === 'password' ? undefined : await boundAccount(name, await app.tokens())
    const code = typeof options.explain === 'string' ? options.explain : undefined
    return explainRefusal(context, account, refusals, { code, name: bound?.name })
  }
  const identity =
    signIn.method === 'password'
      ? await connectByPassword(context, app, account)
      : await keeping(context, account, refusals, () => connectByBrowser(context, app, account, options))
  context.out(`${context.words.connect.signedIn(name, identity.name)}\n`)
  context.emit({
    event: 'summary',
    command: 'connect',
    status: identity.missing.length > 0 ? 4 : 0,
    details: { account: name, name: identity.name, missing: identity.missing },
  })
  return identity.missing.length > 0 ? 4 : 0
}

/** What scripts read is English, whatever the person speaks. */
const spoken = (context: Context): Words => (context.json ? wordsOf('en') : context.words)

type Connected = Identity & { readonly missing: readonly string[] }

/** Where refusals are kept: beside the sign-ins, in the person's own folder. */
export const refusalFolder = (app: App): string => path.join(app.settings.folder, 'refusals')

/** Keeps a refusal for `--explain`, and forgets the one before where the sign-in works. */
async function keeping<T>(context: Context, account: Account, refusals: KeptRefusals, work: () => Promise<T>): Promise<T> {
  try {
    const done = await work()
    await refusals.forget(account.name)
    return done
  } catch (error) {
    if (context.signal.aborted || !(error instanceof Failure)) throw error
    const refusal = refusalOf(error, {
      at: new Date(context.clock.now()).toISOString(),
      clientId: account.settings.client?.id ?? '',
      scopes: account.scopes(),
    })
    if (refusal === undefined) throw error
    try {
      await refusals.keep(account.name, refusal)
    } catch {
      // A folder that cannot be written to is a smaller trouble than the refusal, which is to be said.
      throw error
    }
    throw error.rephrased(({ message, hint }, language) => {
      const words = wordsOf(language).connect
      return { message, hint: words.also(hint, words.explainHint(account.name)) }
    })
  }
}

/** The failure with its sentences in one language, for whatever shows `message` and `hint`; a sentence of Japanese is known by its end. */
function inLanguage(failure: Failure, language: Language): Failure {
  const { message, hint } = failure.said(language)
  const whole = language === 'ja' && /[ぁ-ん]/.test(message) && !message.endsWith('。') ? `${message}。` : message
  return failure.rephrased(() => ({ message: whole, hint }))
}

async function connectByBrowser(context: Context, app: App, account: Account, options: Options): Promise<Connected> {
  const store = await app.tokens()
  const party = account.signInParty()
  const scopes = account.scopes()
  const bound = await boundAccount(account.name, store)
  tellWidened(context, app, account)
  const { tokens, identity } = await signInUntilKnown(context, account, options, bound?.name)
  checkIdentity(account.name, bound, identity)
  checkDomain(account.name, account.settings.facts?.domain, identity)
  await confirm(context, account, identity)
  await storeAccount(
    account.name,
    accountRecord({
      provider: account.provider.id,
      identity,
      clientId: party.client.id,
      settings: account.binding().settings,
      tokens,
      signedInAt: context.clock.now(),
    }),
    { store, lock: account.lock() },
  )
  const missing = missingScopes(scopes, tokens.scopes, party.signIn)
  for (const scope of missing) {
    context.emit({
      event: 'notice',
      level: 'warning',
      message: spoken(context).connect.missingRight(scope),
      hint: howToGive(party.signIn, account.name)[spoken(context).language],
    })
  }
  return { ...identity, missing }
}

/**
 * Signs in and asks who it was. Where a rule of the organisation (Conditional Access) refuses the question and names what it wants, the person signs in
 * once more with that: https://learn.microsoft.com/entra/identity-platform/claims-challenge
 */
async function signInUntilKnown(
  context: Context,
  account: Account,
  options: Options,
  loginHint: string | undefined,
): Promise<{ readonly tokens: TokenSet; readonly identity: Identity }> {
  let demand: string | undefined
  for (;;) {
    const tokens = await signIn(context, account, options, { loginHint, demand })
    let challenge: string | undefined
    const credentials = freshCredentials(account.name, tokens, (asked) => {
      challenge = asked
    })
    try {
      return { tokens, identity: await account.provider.identify(account.connect(credentials), context.signal) }
    } catch (error) {
      if (challenge === undefined || !(await asksForMore(account.signInParty(), challenge))) throw error
      if (demand !== undefined) throw Failure.in('signin', stepUpInVain(account.name))
      demand = challenge
      context.emit({ event: 'notice', level: 'info', message: spoken(context).connect.stepUp })
    }
  }
}

interface Attempt {
  readonly loginHint: string | undefined
  readonly demand: string | undefined
}

async function signIn(context: Context, account: Account, options: Options, { loginHint, demand }: Attempt): Promise<TokenSet> {
  const party = account.signInParty()
  const scopes = account.scopes()
  const { connect: words, language } = spoken(context)
  const tell = (message: string, hint?: string) =>
    context.emit({ event: 'notice', level: 'info', message, ...(hint === undefined ? {} : { hint }) })
  if (options.device === true) {
    if (!allowsDevice(party.signIn)) {
      const { message, hint } = words.noDevice(account.name, account.provider.title)
      throw new Failure('settings', message, { hint })
    }
    return signInWithDevice({
      ...party,
      scopes,
      demand,
      announce: ({ address, userCode }) => tell(words.enterCode(address, userCode)),
      signal: context.signal,
    })
  }
  const open = options.browser === false ? undefined : context.openBrowser
  const example = exampleOf(account)
  try {
    return await signInWithBrowser({
      ...party,
      scopes,
      loginHint,
      demand,
      open,
      announce(url) {
        if (open !== undefined) tell(words.browserOpens(url))
        else {
          tell(words.openAddress)
          // Alone on its line, so that scripts can take it.
          context.out(`${url}\n`)
        }
      },
      tell: (message) => tell(message[language]),
      waiting: () => tell(words.stillWaiting(account.name, example)),
      language,
      ...(open === undefined && { pasted: context.lines() }),
      signal: context.signal,
    })
  } catch (error) {
    // Of what a page showed without coming back the program has never heard: Ctrl-C, or nobody came.
    if (context.signal.aborted) tell(words.pageShowed(account.name, example))
    else if (error instanceof Failure && error.refusal === undefined && error.kind === 'signin') {
      throw error.rephrased(({ message, hint }, of) => {
        const { also, pageShowed } = wordsOf(of).connect
        return { message, hint: also(hint, pageShowed(account.name, example)) }
      })
    }
    throw error
  }
}

/** A code that the provider shows in the browser alone. */
function exampleOf({ provider, settings, endpoints }: Account): string {
  const { signIn } = provider
  if (signIn.method === 'password') return ''
  const all = signIn.diagnoses?.({ clientId: settings.client?.id ?? '', settings: settings.settings, endpoints }) ?? []
  return (all.find(({ inBrowser, id }) => inBrowser === true && /[_\d]/.test(id)) ?? all[0])?.id ?? 'access_denied'
}

/** What will get the password: the address may be a profile's, and is to be read before anything is typed. */
const whereTo = ({ provider, endpoints }: Account): string => provider.credentialOrigins(endpoints).join(', ')

async function connectByPassword(context: Context, app: App, account: Account): Promise<Connected> {
  const words = spoken(context).connect
  const given = account.settings.password
  const password =
    given ??
    (await context.ask(words.askPassword(account.name, String(account.settings.settings.username), whereTo(account)), 'hidden'))
  if (password === undefined || password === '') {
    const { message, hint } = words.noPassword(account.name, secretVariable(account.name, 'PASSWORD'))
    throw new Failure('signin', message, { hint })
  }
  const identity = await account.provider.identify(account.connect(account.withPassword(password)), context.signal)
  // One that comes from the environment or the file each time need not be kept a second time.
  if (given !== undefined) return { ...identity, missing: [] }
  const store = await app.tokens()
  checkIdentity(account.name, boundByPassword(account.name, await store.get(account.name)), identity)
  const { origins = [] } = account.binding()
  await store.set(account.name, writePasswordRecord(identity, { password, origins, signedInAt: context.clock.now() }))
  return { ...identity, missing: [] }
}

/** A profile may choose settings that ask for more than usual: nobody should agree to that without having read it. */
function tellWidened(context: Context, app: App, { provider, scopes }: Account): void {
  const given = app.settings.profile?.accounts[provider.id]
  if (given === undefined) return
  const asked = scopes()
  const widened = widenedRights(provider, given).filter((right) => asked.includes(right))
  if (widened.length > 0)
    context.emit({ event: 'notice', level: 'warning', message: spoken(context).profile.widened(widened.join(' ')) })
}

/** On a terminal the person is asked whether it is the right one; elsewhere it goes on. An archive that holds somebody else's data refuses at once. */
async function confirm(context: Context, account: Account, identity: Identity): Promise<void> {
  const words = spoken(context).connect
  const opened = await context.openForReading()
  try {
    if (opened !== undefined) checkArchiveIdentity(opened.journal.mark(`identity ${account.name}`), account.name, identity)
  } finally {
    opened?.journal.close()
  }
  if (context.yes) return
  const answer = await context.ask(words.isItRight(identity.name))
  if (answer !== undefined && !words.yes.test(answer)) {
    const { message, hint } = words.wrongPerson(account.name, identity.name)
    throw new Failure('signin', message, { hint })
  }
}
