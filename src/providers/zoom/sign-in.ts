import type { Diagnosis } from '../../core/diagnosis.ts'
import type { OAuthSignIn } from '../../core/provider.ts'
import { refused } from '../../core/refused.ts'
import { sameScopes, scopes } from './scopes.ts'
import { zoomDiagnoses } from './sign-in-diagnoses.ts'

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
  // "Use the tracking ID": https://developers.zoom.us/docs/integrations/oauth/, error 4700
  traceHeader: 'x-zm-trackingid',
  // "Refresh tokens are single use": github.com/zoom/skills, skills/oauth/concepts/token-lifecycle.md
  rotates: true,
  diagnoses: () => zoomDiagnoses,
  giveRight: (command) => ({
    en: `add it to the app at https://marketplace.zoom.us (Manage, your app, Scopes), then sign in again: ${command}`,
    ja: `https://marketplace.zoom.us（「管理」→ あなたのアプリ →「Scopes」）でアプリに加えてから、もう一度サインインしてください：${command}`,
  }),
  explain: ({ code, description = '', subtype }) => {
    const known = diagnosisIn(`${code} ${description} ${subtype ?? ''}`) ?? byId(code)
    return known === undefined ? undefined : refused(known)
  },
}

const said: readonly (readonly [RegExp, number])[] = [
  [/redirect/i, 4709],
  [/refresh token invalid|does not contain scopes/i, 4711],
  [/revoked/i, 4741],
  [/disabled by admin/i, 4738],
  [/app has been disabled/i, 4717],
  [/owner of the token/i, 4735],
  [/code is expired/i, 4733],
  [/creating authorization code/i, 4732],
  [/jwt token/i, 4724],
  [/authorization code/i, 4734],
  [/can ?not find the authentication|^invalid_grant invalid token/i, 4737],
  [/tolerance/i, 4740],
]

const byId = (id: string) => zoomDiagnoses.find((one) => one.id === id || one.aliases?.includes(id) === true)

/** What the number of Zoom's table says, where the answer names one; else its message. 4700 stands for anything: the words around it tell more. */
function diagnosisIn(text: string): Diagnosis | undefined {
  for (const [digits] of text.matchAll(/\b47\d\d\b/g)) if (digits !== '4700' && byId(digits) !== undefined) return byId(digits)
  const number = said.find(([pattern]) => pattern.test(text))?.[1]
  if (number !== undefined) return byId(String(number))
  return /\b4700\b/.test(text) ? byId('4700') : undefined
}
