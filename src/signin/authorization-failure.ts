import { Failure } from '../core/failure.ts'
import type { OAuthSignIn } from '../core/provider.ts'
import { redactText } from '../http/redact.ts'

/** An error as an authorization server states it, in a redirect or in an answer. */
export interface AuthorizationError {
  readonly code: string
  readonly description?: string
  readonly subtype?: string
  /** What this program sent: a server may repeat it in its description. */
  readonly secrets: readonly string[]
}

/** The Failure for an error of the authorization server: the provider's own words for it where there are some, else a general sentence. */
export const authorizationFailure = (signIn: OAuthSignIn, error: AuthorizationError): Failure => {
  const code = /^[\w.-]{1,60}$/.test(error.code) ? error.code : 'an unknown error'
  const description = error.description === undefined ? undefined : clean(error.description, error.secrets)
  const known = signIn.explain({
    code,
    ...(description === undefined ? {} : { description }),
    ...(error.subtype === undefined ? {} : { subtype: error.subtype }),
  })
  if (known !== undefined) return known
  const said = description === undefined || description === '' ? code : `${code}: ${description}`
  const general = (Object.hasOwn(answers, code) ? answers[code] : undefined) ?? unknown
  return new Failure(general.kind, `${general.message} (${said})`, { hint: general.hint })
}

/** Says which command ends a `signin` failure, where its hint does not say so yet. */
export const withCommand = (failure: Failure, account: string): Failure => {
  const command = `holdall connect ${account}`
  if (failure.kind !== 'signin' || failure.hint?.includes('holdall connect') === true) return failure
  const { hint: said = 'sign in again' } = failure
  const rest = said.replace(/^sign in again/, '')
  // A command in the middle of a sentence stands in brackets.
  const hint =
    rest === ''
      ? `sign in again: ${command}`
      : rest === said
        ? `${said}; then sign in again: ${command}`
        : `sign in again (${command})${rest}`
  return new Failure('signin', failure.message, { hint, stops: failure.stops })
}

type General = { readonly kind: 'signin' | 'settings' | 'transient'; readonly message: string; readonly hint: string }

const unknown: General = { kind: 'signin', message: 'the service refused the sign-in', hint: 'sign in again' }
const wrongClient = 'compare client.id and client.secret in holdall.yaml with the page where the app was registered'

/** RFC 6749 §4.1.2.1 and §5.2, RFC 8628 §3.5, OpenID Connect Core §3.1.2.6. */
const answers: Readonly<Record<string, General>> = {
  access_denied: {
    kind: 'signin',
    message: 'the sign-in was declined on the page of the service',
    hint: 'sign in again and allow what is asked; if the page says that an administrator has to allow it, ask them',
  },
  server_error: { kind: 'transient', message: 'the service had an error of its own', hint: 'try again in a few minutes' },
  temporarily_unavailable: {
    kind: 'transient',
    message: 'the service is not available just now',
    hint: 'try again in a few minutes',
  },
  invalid_client: { kind: 'settings', message: 'the service does not know this app, or its secret is wrong', hint: wrongClient },
  unauthorized_client: {
    kind: 'settings',
    message: 'this app may not sign people in this way',
    hint: 'see that the app was registered as a desktop app',
  },
  invalid_scope: {
    kind: 'settings',
    message: 'the service does not give this app the rights it asked for',
    hint: 'add the rights to the app on the page where it was registered',
  },
  invalid_grant: { kind: 'signin', message: 'the sign-in has ended', hint: 'sign in again' },
  expired_token: { kind: 'signin', message: 'nobody signed in before the code ended', hint: 'start again' },
  interaction_required: { kind: 'signin', message: 'the service wants to see you sign in again', hint: 'sign in again' },
  login_required: { kind: 'signin', message: 'the service wants to see you sign in again', hint: 'sign in again' },
  consent_required: { kind: 'signin', message: 'the service wants to ask for your consent again', hint: 'sign in again' },
}

/** Longer than any word or address part that explains something; tokens and codes are. */
const tokenLike = /[\w.~+/%=-]{40,}/g

const clean = (text: string, secrets: readonly string[]): string => {
  let safe = text
  for (const secret of secrets) {
    if (secret.length < 4) continue
    for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
      safe = safe.replaceAll(form, '…')
  }
  const readable = redactText(safe.replace(/[\u0000-\u001f\u007f]+/g, ' '))
  return readable.replace(tokenLike, (run) => (/^https?:/.test(run) ? run : '…')).slice(0, 200)
}
