import { Failure } from '../core/failure.ts'
import { claimsIn, tokenSetOf } from './authorization.ts'
import { codeEnded, noDevice } from './sentences.ts'
import { type SignInParty, signsInByLibrary } from './sign-in-party.ts'
import { tokenEndpoint } from './token-endpoint.ts'
import type { TokenSet } from './token-set.ts'

export type DeviceSignIn = SignInParty & DeviceSignInOptions

export interface DeviceSignInOptions {
  readonly scopes: readonly string[]
  /** Shows the person where to go and what to type there. */
  readonly announce: (code: { readonly address: string; readonly userCode: string; readonly completeAddress?: string }) => void
  /** The WWW-Authenticate header of a service that refused the last sign-in, because a rule asks for more. */
  readonly demand?: string | undefined
  readonly signal: AbortSignal
}

/** Whether a person can sign in so. */
export const allowsDevice = (signIn: SignInParty['signIn']): boolean =>
  signIn.method === 'library' ? signIn.device : signIn.deviceAuthorizationEndpoint !== undefined

/**
 * Signs in on another device by a short code (RFC 8628). Throws a Failure: `settings` where the provider has no such way,
 * `signin` when declined or the code ended; or the signal's reason.
 */
export const signInWithDevice = async (options: DeviceSignIn): Promise<TokenSet> => {
  const { scopes, announce, clock, signal } = options
  if (!allowsDevice(options.signIn)) {
    throw Failure.in('settings', noDevice)
  }
  if (signsInByLibrary(options)) {
    const library = await options.signIn.open(options)
    return tokenSetOf(await library.signInByDevice({ scopes, announce, signal, ...claimsIn(library, options.demand) }))
  }
  const endpoint = tokenEndpoint(options)
  const device = await endpoint.startDevice(scopes, signal)
  announce({
    address: device.verification_uri,
    userCode: device.user_code,
    ...(device.verification_uri_complete === undefined ? {} : { completeAddress: device.verification_uri_complete }),
  })

  const end = clock.now() + device.expires_in * 1000
  // §3.5: five seconds where the service names none, five more whenever it says slow_down.
  let interval = (device.interval ?? 5) * 1000
  while (clock.now() + interval < end) {
    await clock.sleep(interval, signal)
    try {
      const answer = await endpoint.pollDevice(device.device_code, scopes, signal)
      if (answer === 'slow-down') interval += 5000
      else if (answer !== 'pending') return answer
    } catch (error) {
      if (!(error instanceof Failure) || !error.consequence.retry) throw error
      interval *= 2 // §3.5 asks for that when the connection fails
    }
  }
  throw Failure.in('signin', codeEnded)
}
