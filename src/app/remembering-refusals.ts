import type { Clock } from '../core/clock.ts'
import { Failure } from '../core/failure.ts'
import { type KeptRefusals, refusalOf } from '../signin/kept-refusal.ts'
import type { OAuthCredentials } from '../signin/oauth-credentials.ts'

export interface RememberedAs {
  readonly account: string
  readonly clock: Clock
  readonly clientId: string
  readonly scopes: readonly string[]
}

/**
 * Keeps why a sign-in could not be renewed, in the middle of whatever asked for it, so that `holdall connect ACCOUNT --explain` has the text for the help
 * desk afterwards. What passes by itself (`transient`) is not kept: nobody is to be written to about it.
 */
export function rememberingRefusals(credentials: OAuthCredentials, refusals: KeptRefusals, as: RememberedAs): OAuthCredentials {
  const { account, clock, ...about } = as
  const keep = async (error: unknown): Promise<never> => {
    const refusal =
      error instanceof Failure && error.kind !== 'transient'
        ? refusalOf(error, { at: new Date(clock.now()).toISOString(), ...about })
        : undefined
    // A folder that cannot be written to is a smaller trouble than the refusal.
    if (refusal !== undefined) await refusals.keep(account, refusal).catch(() => undefined)
    throw error
  }
  return {
    ...credentials,
    sign: (request) => credentials.sign(request).catch(keep),
    renew: (rejected, challenge) => credentials.renew(rejected, challenge).catch(keep),
  }
}
