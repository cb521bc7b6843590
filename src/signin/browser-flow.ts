import * as oauth from 'oauth4webapi'
import type { Clock } from '../core/clock.ts'
import { Failure } from '../core/failure.ts'
import { authorizationOf } from './authorization.ts'
import { type BrowserAnswer, listenOnLoopback } from './loopback.ts'
import { type ExpectedRedirect, readRedirect } from './redirect-answer.ts'
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
  readonly tell?: ((message: string) => void) | undefined
  /** Lines that the person types or pastes: the redirected address, from a browser on another machine. */
  readonly pasted?: AsyncIterable<string> | undefined
  readonly signal: AbortSignal
}

/** As long as authorization codes live at most (RFC 6749 §4.1.2), milliseconds. */
const timeLimit = 10 * 60_000

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
  const judge = (address: string) =>
    expected === undefined ? { kind: 'wrong' as const, reason: 'too early' } : readRedirect(address, expected)

  const loopback = await listenOnLoopback({
    redirect: options.signIn.redirect,
    judge,
    refused: (reason) => tell(`the browser brought an answer that was not taken: ${reason}`),
  })
  try {
    const { redirectUri } = loopback
    const { scopes, loginHint } = options
    const authorizationUrl = await authorization.address({ redirectUri, scopes, state, challenge, loginHint })
    expected = { redirectUri, state, authorizationUrl }
    options.announce(authorizationUrl)
    void options.open?.(authorizationUrl).catch(() => tell('the browser could not be opened; open the address by hand'))

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
      signal: options.signal,
    })
    return await complete(options, answer, redeemed)
  } finally {
    ended.abort()
    await loopback.close()
  }
}

/** Waits for the exchange of the code, and tells the browser how it went. */
const complete = async (options: BrowserSignInOptions, answer: BrowserAnswer, redeemed: Promise<TokenSet>): Promise<TokenSet> => {
  try {
    const tokens = await redeemed
    await answer.reply({ status: 200, title: 'You are signed in', text: 'You may close this window and go back to Holdall.' })
    if (tokens.refreshToken === undefined)
      options.tell?.('the service gave nothing to renew this sign-in with: it ends in about an hour')
    return tokens
  } catch (error) {
    const failure = error instanceof Failure ? error : new Failure('bug', 'the sign-in was interrupted')
    const next = failure.hint === undefined ? '' : ` What you can do: ${failure.hint}.`
    await answer.reply({
      status: 200,
      title: 'The sign-in did not work',
      text: `${sentence(failure.message)}${next} You may close this window.`,
    })
    throw error
  }
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

/** Reads lines until one is the answer; never ends where the lines end first, since the browser may still bring it. */
const pastedAnswer = async (
  lines: AsyncIterable<string>,
  judge: (address: string) => ReturnType<typeof readRedirect>,
  tell: (message: string) => void,
  signal: AbortSignal,
): Promise<BrowserAnswer> => {
  const iterator = lines[Symbol.asyncIterator]()
  // Not awaited: a generator that waits for a key press would hold the whole program.
  signal.addEventListener('abort', () => void iterator.return?.().catch(() => undefined), { once: true })
  for (let line = await iterator.next(); line.done !== true && !signal.aborted; line = await iterator.next()) {
    if (line.value.trim() === '') continue
    const answer = judge(line.value)
    if (answer.kind === 'answer') return { parameters: answer.parameters, reply: async () => undefined }
    tell(`${answer.reason}. Paste the address here:`)
  }
  return new Promise<never>(() => undefined)
}

const nobody = async ({ clock }: { readonly clock: Clock }, signal: AbortSignal): Promise<never> => {
  await clock.sleep(timeLimit, signal)
  // Pages that refuse somebody (a wrong client id, an account of elsewhere, "Need admin approval") often do not come back here.
  throw new Failure('signin', 'nobody signed in within ten minutes', {
    hint: 'run the same command again when you are ready; if the page in the browser showed an error, that is the reason: show it, with its number, to whoever looks after the app or to your help desk',
  })
}
