import { Failure, type FailureKind } from '../../core/failure.ts'
import type { OAuthSignIn } from '../../core/provider.ts'
import { sameScopes, scopes } from './scopes.ts'

/**
 * Zoom's sign-in for a person's own app (https://developers.zoom.us/docs/integrations/oauth/): code with PKCE over loopback, where Zoom ignores the port
 * (https://developers.zoom.us/changelog/platform/pkce-loopback.md); as public client without a secret
 * (https://developers.zoom.us/blog/public-pkce.md), or with the secret in HTTP Basic; or by a code on another device.
 */
export const zoomSignIn: OAuthSignIn = {
  method: 'oauth',
  authorizationEndpoint: 'authorization',
  tokenEndpoint: 'token',
  revocationEndpoint: 'revocation',
  deviceAuthorizationEndpoint: 'deviceAuthorization',
  identityScopes: [...scopes.identity],
  parameters: {},
  redirect: { host: '127.0.0.1', path: '/callback' },
  secretIn: 'basic',
  // An app of Zoom's gives what it was registered with: what it can do less well without (lists of participants) need not be asked for.
  scopesFromApp: true,
  takesLoginHint: false,
  sameRights: sameScopes,
  // "Refresh tokens are single use": github.com/zoom/skills, skills/oauth/concepts/token-lifecycle.md
  rotates: true,
  registration: [
    'Zoom needs an app of your own, made once (about ten minutes, free). It works for people of the Zoom account that it was made in:',
    '1. https://marketplace.zoom.us: sign in with the account that holds your recordings, then Develop, Build App, General App.',
    '2. Basic information: choose "User-managed", not "Admin-managed".',
    '3. OAuth information: put http://127.0.0.1/callback in as redirect URL, and into the allow list as well.',
    '4. Copy the public client ID, which has no secret (PKCE). For signing in on another device (--device), copy client ID and secret instead, and switch on "Use app on device".',
    `5. Scopes, Add scopes: ${[...scopes.identity, ...scopes.recordings].join(', ')}; for lists of participants also ${scopes.participants.join(' and ')}.`,
    'Nothing need be published: an app for yourself stays private. If "Build App" is missing, your organisation has switched it off: ask its Zoom administrator.',
  ].join('\n'),
  explain: ({ code, description = '', subtype }) => {
    const known = numberIn(`${code} ${description} ${subtype ?? ''}`) ?? (Object.hasOwn(words, code) ? words[code] : undefined)
    if (known === undefined) return undefined
    const { kind, message, hint } = meanings[known] ?? unknown
    return new Failure(kind, message, { hint, stops: 'account' })
  },
}

type Meaning = { readonly kind: FailureKind; readonly message: string; readonly hint: string }

const apps = 'https://marketplace.zoom.us (Manage, your app)'
const wrongClient: Meaning = {
  kind: 'settings',
  message: 'Zoom does not know this client id, or the secret is not its own',
  hint: `compare client.id and client.secret in holdall.yaml with ${apps}: the public client ID has no secret, the other one needs it`,
}
const usedCode: Meaning = {
  kind: 'signin',
  message: 'the answer of the browser came too late, or was used already: it is good for five minutes and once',
  hint: 'sign in again, and use the newest address only',
}
const ended: Meaning = {
  kind: 'signin',
  message: 'the sign-in at Zoom has ended: it was withdrawn, or a newer one of the same app took its place',
  hint: 'sign in again; two computers that use one app and one person end each other’s sign-in, so give each an app of its own',
}
const unknown: Meaning = {
  kind: 'signin',
  message: 'Zoom refused the sign-in',
  hint: 'sign in again',
}

/** https://developers.zoom.us/docs/integrations/oauth/, "OAuth error messages". 4700 is not here: it stands for anything. */
const meanings: Readonly<Record<number, Meaning>> = {
  4702: wrongClient,
  4704: wrongClient,
  4706: wrongClient,
  4705: {
    kind: 'settings',
    message: 'this app may not sign people in to Zoom in this way',
    hint: `make a General App at ${apps}; for --device it needs "Use app on device"`,
  },
  4709: {
    kind: 'settings',
    message: 'the redirect address is not the one that the app was registered with at Zoom',
    hint: `put http://127.0.0.1/callback in as redirect URL and into the allow list of your app at ${apps}`,
  },
  4711: {
    kind: 'signin',
    message: 'the rights of the app were changed at Zoom since this sign-in',
    hint: 'sign in again',
  },
  4717: {
    kind: 'signin',
    message: 'the app was disabled at Zoom',
    hint: `look at ${apps}, or make a new one; if your organisation disabled it, ask its Zoom administrator`,
  },
  4724: { kind: 'signin', message: 'Zoom did not accept the token', hint: 'sign in again' },
  4732: { kind: 'transient', message: 'Zoom had an error of its own when signing in', hint: 'try again in a few minutes' },
  4733: usedCode,
  4734: usedCode,
  4735: {
    kind: 'signin',
    message: 'the Zoom user of this sign-in does not exist any more',
    hint: 'sign in again with the account that holds the recordings now',
  },
  4737: ended,
  4738: {
    kind: 'signin',
    message: 'the administrator of your Zoom account does not allow this app any more',
    hint: 'ask the administrator to approve the app, then sign in again',
  },
  4740: ended,
  4741: ended,
}

/** The error words of OAuth (RFC 6749 5.2) that Zoom sends with a reason in words alone. */
const words: Readonly<Record<string, number>> = { invalid_client: 4702, unsupported_grant_type: 4705, unauthorized_client: 4705 }

const said: readonly (readonly [RegExp, number])[] = [
  [/redirect/i, 4709],
  [/revoked/i, 4741],
  [/disabled by admin/i, 4738],
  [/app has been disabled/i, 4717],
  [/owner of the token/i, 4735],
  [/code is expired/i, 4733],
  [/authorization code/i, 4734],
  [/can ?not find the authentication/i, 4737],
  [/tolerance/i, 4740],
]

/** The number of Zoom's table, where the answer names it or says its message. */
function numberIn(text: string): number | undefined {
  for (const [digits] of text.matchAll(/\b47\d\d\b/g)) if (meanings[Number(digits)] !== undefined) return Number(digits)
  return said.find(([pattern]) => pattern.test(text))?.[1]
}
