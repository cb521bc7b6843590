import type { Clock } from '../../core/clock.ts'
import { Failure } from '../../core/failure.ts'
import type { OAuthSignIn } from '../../core/provider.ts'
import { createNetwork } from '../../http/network.ts'
import { accountLock, noLock } from '../account-lock.ts'
import { oauthCredentials } from '../oauth-credentials.ts'
import { type OpenTokenStoreOptions, openTokenStore } from '../open-token-store.ts'
import { renewedButUnsaved } from '../sentences.ts'
import type { TokenStore } from '../token-store.ts'
import type { Answer, Order } from './order.ts'

export interface CarryOutOptions extends Pick<OpenTokenStoreOptions, 'platform' | 'keyring'> {
  readonly clock: Clock
  /** Something to say before the end. */
  readonly tell: (answer: Answer) => void
  /** How long a disk (or a keychain) that does not take the new tokens is tried, milliseconds. Default a minute. */
  readonly patience?: number
}

/**
 * The renewal itself, in the process that outlives the one that asked for it. It holds the account's lock from before it reads the old refresh token until
 * the new one is durable, so that whoever comes meanwhile waits, and then finds the new one.
 *
 * What remains, where the old token dies with the answer: this process is killed as well, or the power fails, between the service's replacing of the token
 * and the end of `store.set`; the answer is lost on the wire; the disk takes nothing for `patience`. Then a new sign-in is needed, and that is said.
 */
export async function carryOut(order: Order, options: CarryOutOptions): Promise<Answer> {
  const { account, client, server, store: place } = order
  const { platform, keyring, clock } = options
  let heard: Parameters<OAuthSignIn['explain']>[0] | undefined
  const signIn: OAuthSignIn = {
    method: 'oauth',
    authorizationEndpoint: 'authorization',
    tokenEndpoint: 'token',
    identityScopes: [],
    parameters: {},
    rotates: true,
    ...(server.secretIn === undefined ? {} : { secretIn: server.secretIn }),
    ...(server.traceHeader === undefined ? {} : { traceHeader: server.traceHeader }),
    // Whoever asked knows what the provider's words mean; here they are only passed on.
    explain(error) {
      heard = error
      return undefined
    },
  }
  try {
    const { proxies, ca } = order.network
    const network = createNetwork({ proxies: present(proxies), ca })
    try {
      const store = await openTokenStore({
        ...place,
        platform,
        notice: () => undefined, // whoever asked has opened the same store, and heard it
        ...(keyring === undefined ? {} : { keyring }),
      })
      const credentials = oauthCredentials({
        key: account,
        store: stubborn(account, store, options),
        lock: noLock, // held around all of it, below
        signIn,
        endpoints: { authorization: server.authorization, token: server.token },
        client,
        fetch: network.fetch,
        clock,
      })
      const lock = accountLock({ folder: place.folder, account, clock })
      await lock.hold(() => credentials.renew({ authorization: `Bearer ${order.spent}` }, undefined))
      return { is: 'stored' }
    } finally {
      await network.close()
    }
  } catch (error) {
    const failure = Failure.from(error)
    const { refusal, retryAfter } = failure
    if (refusal !== undefined && heard !== undefined) {
      return { is: 'refused', ...heard, ...(refusal.traceId === undefined ? {} : { traceId: refusal.traceId }) }
    }
    return {
      is: 'failed',
      kind: failure.kind,
      en: failure.said('en'),
      ja: failure.said('ja'),
      ...(retryAfter === undefined ? {} : { retryAfter }),
    }
  }
}

/** A store that does not let go of new tokens while there is hope: somebody may free some space, or unlock the keychain. */
function stubborn(account: string, store: TokenStore, { clock, tell, patience = 60_000 }: CarryOutOptions): TokenStore {
  return {
    ...store,
    set: async (key, value) => {
      const deadline = clock.now() + patience
      for (let first = true; ; first = false) {
        try {
          return await store.set(key, value)
        } catch (error) {
          const failure = Failure.from(error)
          if (clock.now() >= deadline) throw renewedButUnsaved(account, failure)
          if (first) tell({ is: 'unsaved', reason: failure.message })
          await clock.sleep(500)
        }
      }
    },
  }
}

/** Without the keys that have no value. */
const present = ({ http, https, no }: Order['network']['proxies']) => ({
  ...(http === undefined ? {} : { http }),
  ...(https === undefined ? {} : { https }),
  ...(no === undefined ? {} : { no }),
})
