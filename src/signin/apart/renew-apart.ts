import type { Readable, Writable } from 'node:stream'
import { Failure } from '../../core/failure.ts'
import type { OAuthSignIn } from '../../core/provider.ts'
import { authorizationFailure, withCommand } from '../authorization-failure.ts'
import { type SignInParty, signsInByLibrary } from '../sign-in-party.ts'
import type { StoreNotice } from '../token-store.ts'
import { type Answer, answerSchema, type Order } from './order.ts'

/** Starts src/renewal.ts as a process that goes on when this one is killed. May throw, or emit `error`, where there can be none. */
export type StartRenewal = () => {
  readonly stdin: Writable
  readonly stdout: Readable
  once(event: 'error', listener: (error: Error) => void): unknown
}

/**
 * Renews an account's sign-in in a process of its own, `spent` being the access token that no longer serves: 'stored' when what serves stands in the
 * store; 'no answer' where there could be no such process, or it ended without a word. Throws the Failure that it met.
 */
export type RenewApart = (spent: string) => Promise<'stored' | 'no answer'>

export interface RenewApartOptions extends Pick<Order, 'account' | 'network' | 'store'> {
  readonly start: StartRenewal | undefined
  readonly party: SignInParty
  readonly notice: StoreNotice
}

/**
 * For providers whose refresh tokens are good once. The service gives up the old one when it sends the answer that holds the new one
 * (https://developers.zoom.us/docs/integrations/oauth/ names no grace, and Zoom's answer to whoever lost one is to sign in again:
 * https://devforum.zoom.us/t/how-to-protect-against-losing-refresh-token-response/10375), so that nothing which a process does for itself survives its being killed in
 * between: the answer has to reach another one. Undefined where the old token goes on to serve, and the renewal may as well be done here.
 */
export function renewApart({ start, party, account, notice, ...rest }: RenewApartOptions): RenewApart | undefined {
  if (start === undefined || signsInByLibrary(party) || !party.signIn.rotates) return undefined
  const { signIn, endpoints, client } = party
  const { secretIn, traceHeader } = signIn
  return async (spent) => {
    const order: Order = {
      account,
      spent,
      client,
      server: {
        authorization: endpoints[signIn.authorizationEndpoint] ?? '',
        token: endpoints[signIn.tokenEndpoint] ?? '',
        secretIn,
        traceHeader,
      },
      ...rest,
    }
    try {
      for await (const answer of answersTo(start, order)) {
        if (answer.is === 'stored') return 'stored'
        if (answer.is !== 'unsaved') throw failureOf(answer, signIn, account)
        notice({
          level: 'warning',
          message: `the sign-in of ${account} was renewed, but cannot be stored yet: ${answer.reason}`,
          hint: 'mend that within a minute: the service has given up the earlier sign-in, and the new one is tried to be stored until then',
        })
      }
    } catch (error) {
      if (error instanceof Failure) throw error
      notice({ level: 'warning', message: `no process of its own could renew the sign-in of ${account}: ${reasonOf(error)}` })
      return 'no answer'
    }
    notice({ level: 'warning', message: `the process that renews the sign-in of ${account} ended without an answer` })
    return 'no answer'
  }
}

/** Throws what keeps the process from starting, and what comes back that is no answer. */
async function* answersTo(start: StartRenewal, order: Order): AsyncGenerator<Answer> {
  const child = start()
  child.once('error', (error) => child.stdout.destroy(error))
  child.stdin.on('error', () => undefined) // it has ended already: seen by what it did not say
  child.stdin.end(JSON.stringify(order))
  let rest = ''
  for await (const piece of child.stdout.setEncoding('utf8')) {
    const lines = (rest + String(piece)).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield answerSchema.parse(JSON.parse(line))
  }
}

function failureOf(answer: Exclude<Answer, { is: 'stored' | 'unsaved' }>, signIn: OAuthSignIn, account: string): Failure {
  if (answer.is === 'failed') {
    const { kind, en, ja, retryAfter } = answer
    return Failure.in(kind, { en, ja }, retryAfter === undefined ? {} : { retryAfter })
  }
  const { is: _, code, description, subtype, traceId } = answer
  const refused = authorizationFailure(signIn, {
    code,
    secrets: [], // the other process has taken them out
    ...(description === undefined ? {} : { description }),
    ...(subtype === undefined ? {} : { subtype }),
    ...(traceId === undefined ? {} : { traceId }),
  })
  return withCommand(refused, account)
}

/** Of what came back nothing is repeated: it was not understood. */
const reasonOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'its answer was not understood'
