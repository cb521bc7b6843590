import type { OAuthSignIn } from '../../core/provider.ts'
import { refused } from '../../core/refused.ts'
import { googleDiagnoses } from './sign-in-diagnoses.ts'

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
  diagnoses: () => googleDiagnoses,
  // Each right has a check box of its own: https://developers.google.com/identity/protocols/oauth2/resources/granular-permissions
  giveRight: (command) => ({
    en: `sign in again and tick every box on the page that asks: ${command}`,
    ja: `もう一度サインインし、確認画面のチェックボックスをすべてオンにしてください：${command}`,
  }),
  explain: ({ code, description = '', subtype }) => {
    const id = code === 'invalid_grant' ? whyEnded(description, subtype) : code
    const known = googleDiagnoses.find((one) => one.id === id)
    return known === undefined ? undefined : refused(known)
  },
}

/** Which of the reasons for which a refresh token ends: https://developers.google.com/identity/protocols/oauth2#expiration */
const whyEnded = (description: string, subtype: string | undefined): string => {
  if (subtype === 'invalid_rapt' || /invalid_rapt|reauth/i.test(description)) return 'invalid_rapt'
  if (/account has been deleted/i.test(description)) return 'account_deleted'
  return /code.?verifier|redirect_uri|malformed auth code/i.test(description) ? 'wrong_code' : 'invalid_grant'
}
