import { Failure, type FailureKind } from '../core/failure.ts'
import type { HttpRequest, HttpResponseHead } from '../core/transport.ts'
import { worthTryingFor } from './patience.ts'
import { redactUrl } from './redact.ts'

/** What a status means where the provider has nothing to say about it. Codes: https://www.iana.org/assignments/http-status-codes */
const kinds: Readonly<Record<number, FailureKind>> = {
  401: 'signin',
  402: 'forbidden',
  403: 'forbidden',
  404: 'gone',
  405: 'forbidden',
  407: 'settings',
  408: 'transient',
  409: 'transient',
  410: 'gone',
  412: 'changed',
  416: 'changed',
  421: 'transient',
  423: 'transient', // locked (WebDAV)
  424: 'transient',
  425: 'transient',
  429: 'throttled',
  451: 'forbidden',
  501: 'forbidden',
  505: 'bug',
  508: 'forbidden', // loop detected (WebDAV)
  509: 'throttled', // bandwidth limit of a web host
  511: 'offline', // the network wants a sign-in: https://www.rfc-editor.org/rfc/rfc6585#section-6
}

const words: Partial<Record<FailureKind, string>> = {
  signin: 'the sign-in is not accepted',
  forbidden: 'not allowed',
  gone: 'not there',
  changed: 'it has changed meanwhile',
  throttled: 'too many requests',
  transient: 'the server has a problem',
  offline: 'this network wants you to sign in',
}

/**
 * The Failure for an answer that is neither a success nor accepted by the caller. `whole`: its body came to its end; where it did not, and the status alone
 * says little, the reason stood in the rest: of a page token that expired, say, or of a quota.
 */
export function statusFailure(answer: HttpResponseHead, request: HttpRequest, whole = true): Failure {
  const stated = kinds[answer.status] ?? (answer.status >= 500 ? 'transient' : 'bug')
  const brokeOff = !whole && (stated === 'bug' || stated === 'forbidden')
  const kind = brokeOff ? 'transient' : stated
  const message = `${words[kind] ?? 'the answer was not expected'}: status ${answer.status} for ${request.method} ${redactUrl(request.url)}`
  const from = new URL(answer.url).origin
  const moved = from !== new URL(request.url).origin
  const failure = new Failure(kind, moved ? `${message}, which led to ${from}` : message, {
    ...(kind === 'offline' && { hint: 'open its login page in a browser, then run the same command again' }),
    ...(kind === 'signin' &&
      moved && { hint: `if ${from} is the right server, put its address into the settings: a sign-in is sent to no other` }),
  })
  // One broken file of a server answers 500 for ever; a server that is down says 502 to 504 or nothing.
  return answer.status === 500 || brokeOff ? worthTryingFor(60_000, failure) : failure
}
