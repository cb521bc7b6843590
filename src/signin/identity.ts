import { Failure } from '../core/failure.ts'
import type { Identity } from '../core/provider.ts'

/**
 * Refuses another identity under an account that is bound already: two people's data would mix in one folder, and the first one's
 * files would look deleted. Throws a Failure of kind `settings` that names both.
 */
export const checkIdentity = (account: string, bound: Identity | undefined, signedIn: Identity): void => {
  if (bound === undefined || bound.subject === signedIn.subject) return
  const same = bound.name === signedIn.name
  throw new Failure(
    'settings',
    same
      ? `the account ${account} belongs to an earlier user ${bound.name}, and the one who signed in now is another user of the same name`
      : `the account ${account} belongs to ${bound.name}, but ${signedIn.name} signed in`,
    {
      hint: `sign in as ${bound.name}, or give ${signedIn.name} an account name of its own in holdall.yaml, or end the old one first: holdall disconnect ${account}`,
    },
  )
}
