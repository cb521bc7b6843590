import { Failure } from '../../core/failure.ts'
import type { OAuthSignIn } from '../../core/provider.ts'

/**
 * Google's sign-in for programs on a person's own computer: an OAuth client of type "Desktop app", code with PKCE, loopback redirect
 * (https://developers.google.com/identity/protocols/oauth2/native-app). No device code: Google does not give the rights that a backup
 * needs that way (https://developers.google.com/identity/protocols/oauth2/limited-input-device#allowedscopes).
 */
export const googleSignIn: OAuthSignIn = {
  method: 'oauth',
  authorizationEndpoint: 'authorization',
  tokenEndpoint: 'token',
  revocationEndpoint: 'revocation',
  identityScopes: ['openid', 'email'],
  // Without prompt=consent a second sign-in may bring no refresh token.
  parameters: { access_type: 'offline', prompt: 'consent select_account' },
  // "Desktop app" clients too, PKCE or not: https://developers.google.com/identity/protocols/oauth2/native-app#exchange-authorization-code
  needsSecret: true,
  rotates: false,
  registration: [
    'Google needs an app of your own, made once (about ten minutes, free):',
    '1. https://console.cloud.google.com/projectcreate: create a project.',
    '2. https://console.cloud.google.com/apis/library: enable the API of each source: Google Drive, Gmail, People, Google Calendar, Google Tasks.',
    '3. https://console.cloud.google.com/auth/branding: app name and your address.',
    '4. https://console.cloud.google.com/auth/audience: "Internal" where your organisation offers it; else "External", then press "Publish app", because in "Testing" each sign-in ends after 7 days.',
    '5. https://console.cloud.google.com/auth/scopes: add the read-only rights of the sources.',
    '6. https://console.cloud.google.com/auth/clients: create a client of type "Desktop app"; copy its id and its secret now, the secret is shown only then.',
    'An app that Google has not verified shows a warning: "Advanced", then "Go to … (unsafe)", is right for an app of your own.',
  ].join('\n'),
  explain: ({ code, description = '', subtype }) => {
    if (code === 'invalid_grant') return endedSignIn(description, subtype)
    const known = Object.hasOwn(errors, code) ? errors[code] : undefined
    return known === undefined ? undefined : new Failure(known.kind, known.message, { hint: known.hint, stops: 'account' })
  },
}

/** Why a refresh token ends: https://developers.google.com/identity/protocols/oauth2#expiration */
const endedSignIn = (description: string, subtype: string | undefined): Failure => {
  if (subtype === 'invalid_rapt' || /invalid_rapt|reauth/i.test(description)) {
    // https://support.google.com/a/answer/9368756
    return signin(
      'your organisation wants you to sign in to Google again from time to time, and that time has come',
      'sign in again',
    )
  }
  if (/account has been deleted/i.test(description)) {
    return signin(
      'this Google account has been deleted',
      'ask the administrator whether it can be restored (within 20 days at most)',
    )
  }
  if (/code_verifier|redirect_uri|malformed auth code/i.test(description)) {
    return signin('Google did not accept the answer of the browser', 'sign in again, and use the newest address only')
  }
  return signin(
    'the sign-in at Google has ended or was withdrawn',
    'sign in again; where it ends after 7 days each time, the app is in "Testing": press "Publish app" at https://console.cloud.google.com/auth/audience first (it also ends with a new password, after six months without use, when access is removed at https://myaccount.google.com/connections, or when the clock of this computer is wrong)',
  )
}

const signin = (message: string, hint: string): Failure => new Failure('signin', message, { hint })

const clients = 'https://console.cloud.google.com/auth/clients'
const compare = `compare client.id and client.secret in holdall.yaml with ${clients}`

/**
 * https://developers.google.com/identity/protocols/oauth2/native-app#authorization-errors; most are shown on Google's own page and never
 * reach the program, but some do.
 */
const errors: Readonly<Record<string, { kind: 'signin' | 'settings' | 'forbidden'; message: string; hint: string }>> = {
  access_denied: {
    kind: 'signin',
    message: 'access was not given on the page of Google',
    hint: 'sign in again and press "Continue"; if the page said that the app is being tested, add your address at https://console.cloud.google.com/auth/audience under "Test users", or press "Publish app" there',
  },
  admin_policy_enforced: {
    kind: 'signin',
    message: 'the administrator of your organisation does not allow this app to read your account',
    hint: 'ask the administrator to trust the client id (Admin console: Security, Access and data control, API controls), or make the app in a project of the organisation, with the audience "Internal"',
  },
  org_internal: {
    kind: 'signin',
    message: 'the app is for members of one organisation only, and this account is not one',
    hint: 'sign in with the account of that organisation, or make the app "External" at https://console.cloud.google.com/auth/audience',
  },
  invalid_client: {
    kind: 'settings',
    message: 'Google does not know this client id, or the secret is not its own',
    hint: compare,
  },
  deleted_client: {
    kind: 'settings',
    // https://support.google.com/cloud/answer/15549257: clients that nobody uses for six months are deleted, and can be restored for 30 days
    message: 'the client was deleted at Google (that happens by itself after six months without use)',
    hint: `restore it within 30 days at ${clients}, or create a new one of type "Desktop app" and put it into holdall.yaml`,
  },
  disabled_client: {
    kind: 'settings',
    message: 'the client was disabled at Google',
    hint: `look at ${clients}, or create a new one`,
  },
  unauthorized_client: {
    kind: 'settings',
    message: 'this client may not sign people in to Google in this way',
    hint: `create a client of type "Desktop app" at ${clients} and put it into holdall.yaml`,
  },
  redirect_uri_mismatch: {
    kind: 'settings',
    message: 'the client is not of the type "Desktop app", so Google does not send the browser back to this computer',
    hint: `create a client of type "Desktop app" at ${clients} and put it into holdall.yaml`,
  },
  invalid_scope: {
    kind: 'settings',
    message: 'Google does not know a right that was asked for, or this kind of client may not ask for it',
    hint: `see that the client is of type "Desktop app" (${clients}) and that the rights are listed at https://console.cloud.google.com/auth/scopes`,
  },
  disallowed_useragent: {
    kind: 'signin',
    message: 'Google does not let people sign in inside another program',
    hint: 'use --no-browser and open the address in an ordinary browser',
  },
}
