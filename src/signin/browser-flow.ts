import * as oauth from 'oauth4webapi'
import type { Clock } from '../core/clock.ts'
import { Failure } from '../core/failure.ts'
import type { Language, Localised } from '../core/language.ts'
import { authorizationOf } from './authorization.ts'
import { type BrowserAnswer, listenOnLoopback } from './loopback.ts'
import { type ExpectedRedirect, type RedirectAnswer, readRedirect } from './redirect-answer.ts'
import { didNotWork, interrupted, nobodySignedIn, notOpened, notRenewable, notTaken, pasteAgain, signedIn } from './sentences.ts'
import type { SignInParty } from './sign-in-party.ts'
import type { TokenSet } from './token-set.ts'

export type BrowserSignIn = SignInParty & BrowserSignInOptions

export interface BrowserSignInOptions {
  /** All rights asked for, identity scopes included. */
  readonly scopes: readonly string[]
  /** The address that signed in last time: the page offers it first. */
  readonly loginHint?: string | undefined
  /** Opens the person's browser; absent where there is none on this machine. */
  readonly open?: ((url: string) => Promise<void>) | undefined
  /** Shows the address to sign in at. */
  readonly announce: (url: string) => void
  /** Tells the person what went otherwise than expected while the sign-in still waits: one sentence. */
  readonly tell?: ((message: Localised) => void) | undefined
  /** Called once when nothing has come back for a minute: the page may have refused the person, of which the program never hears. */
  readonly waiting?: (() => void) | undefined
  /** The WWW-Authenticate header of a service that refused the last sign-in, because a rule asks for more. */
  readonly demand?: string | undefined
  /** Of the pages that the browser ends at; default English. */
  readonly language?: Language | undefined
  /** Lines that the person types or pastes: the redirected address, from a browser on another machine. */
  readonly pasted?: AsyncIterable<string> | undefined
  readonly signal: AbortSignal
}

/** As long as authorization codes live at most (RFC 6749 §4.1.2), milliseconds. */
const timeLimit = 10 * 60_000
/** Longer than most people need for a password and a second proof, milliseconds. */
const longWait = 60_000

/**
 * Signs in by authorization code with PKCE (S256) and `state`, over a redirect to a free port of this machine or a pasted address
 * (RFC 8252, RFC 7636). Throws a Failure (`signin` when declined or nobody signed in within ten minutes), or the signal's reason.
 */
export const signInWithBrowser = async (options: BrowserSignIn): Promise<TokenSet> => {
  const tell = options.tell ?? (() => undefined)
  const authorization = await authorizationOf(options)
  const verifier = oauth.generateRandomCodeVerifier()
  const state = oauth.generateRandomState()
  const challenge = await oauth.calculatePKCECodeChallenge(verifier)

  const ended = new AbortController()
  const signal = AbortSignal.any([options.signal, ended.signal])
  signal.throwIfAborted()
  let expected: ExpectedRedirect | undefined
  const judge = (address: string): RedirectAnswer => (expected === undefined ? tooEarly : readRedirect(address, expected))

  const loopback = await listenOnLoopback({
    redirect: options.signIn.redirect,
    judge,
    refused: (reason) => tell(notTaken(reason)),
    language: options.language,
  })
  try {
    const { redirectUri } = loopback
    const { scopes, loginHint, demand } = options
    const authorizationUrl = await authorization.address({ redirectUri, scopes, state, challenge, loginHint, demand })
    expected = { redirectUri, state, authorizationUrl }
    options.announce(authorizationUrl)
    void options.open?.(authorizationUrl).catch(() => tell(notOpened))

    const answer = await Promise.race([
      loopback.answered,
      ...(options.pasted === undefined ? [] : [pastedAnswer(options.pasted, judge, tell, signal)]),
      nobody(options, signal),
    ])
    const redeemed = authorization.redeem({
      answer: answer.parameters,
      redirectUri,
      scopes,
      state,
      verifier,
      demand,
      signal: options.signal,
    })
    return await complete(options, answer, redeemed)
  } finally {
    ended.abort()
    await loopback.close()
  }
}

/** Before the address was even announced nothing can be the answer. */
const tooEarly: RedirectAnswer = { kind: 'wrong', reason: { en: 'it came too early', ja: '届くのが早すぎます' } }

/** Waits for the exchange of the code, and tells the browser how it went. */
const complete = async (options: BrowserSignInOptions, answer: BrowserAnswer, redeemed: Promise<TokenSet>): Promise<TokenSet> => {
  try {
    const tokens = await redeemed
    await answer.reply({ ...signedIn, status: 200 })
    if (tokens.refreshToken === undefined) options.tell?.(notRenewable)
    return tokens
  } catch (error) {
    const said = error instanceof Failure ? { en: error.said('en'), ja: error.said('ja') } : interrupted
    await answer.reply({ ...didNotWork(said), status: 200 })
    throw error
  }
}

/** Reads lines until one is the answer; never ends where the lines end first, since the browser may still bring it. */
const pastedAnswer = async (
  lines: AsyncIterable<string>,
  judge: (address: string) => RedirectAnswer,
  tell: (message: Localised) => void,
  signal: AbortSignal,
): Promise<BrowserAnswer> => {
  const iterator = lines[Symbol.asyncIterator]()
  // Not awaited: a generator that waits for a key press would hold the whole program.
  signal.addEventListener('abort', () => void iterator.return?.().catch(() => undefined), { once: true })
  for (let line = await iterator.next(); line.done !== true && !signal.aborted; line = await iterator.next()) {
    if (line.value.trim() === '') continue
    const answer = judge(line.value)
    if (answer.kind === 'answer') return { parameters: answer.parameters, reply: async () => undefined }
    tell(pasteAgain(answer.reason))
  }
  return new Promise<never>(() => undefined)
}

const nobody = async (
  { clock, waiting }: { readonly clock: Clock } & Pick<BrowserSignInOptions, 'waiting'>,
  signal: AbortSignal,
): Promise<never> => {
  if (waiting !== undefined) {
    await clock.sleep(longWait, signal)
    waiting()
  }
  await clock.sleep(waiting === undefined ? timeLimit : timeLimit - longWait, signal)
  throw Failure.in('signin', nobodySignedIn)
}
