/** How the app and the person's organisation stand at Google; a test changes it. */
export interface AppRegistration {
  /** `deleted`: unused for six months, https://support.google.com/cloud/answer/15549257 */
  client: 'active' | 'deleted' | 'disabled'
  /** Web clients take only addresses that were registered, and a loopback address with a free port is none. */
  type: 'desktop' | 'web'
  /** `internal`: members of the organisation alone. https://support.google.com/cloud/answer/15549945 */
  audience: 'external' | 'internal'
  /** External and "Testing": only these may sign in; undefined: everybody. */
  testUsers: readonly string[] | undefined
  /** External and not verified: the hundred new people of its life have been. */
  full: boolean
  /** The only scopes that the client may ask for; undefined: all. */
  restrictedTo: readonly string[] | undefined
  /** Scopes that Google has given up since, or does not give to this kind of client. */
  unknownScopes: readonly string[]
  /** "The authenticated client is not authorized to use this authorization grant type": https://datatracker.ietf.org/doc/html/rfc6749#section-5.2 */
  grantType: 'allowed' | 'refused'
  /** What the administrator of the person's Workspace says of the app: https://support.google.com/a/answer/7281227 */
  policy: 'open' | 'blocked'
}

export const newApp = (): AppRegistration => ({
  client: 'active',
  type: 'desktop',
  audience: 'external',
  testUsers: undefined,
  full: false,
  restrictedTo: undefined,
  unknownScopes: [],
  grantType: 'allowed',
  policy: 'open',
})

export interface PageRefusal {
  readonly status: number
  readonly error: string
  readonly message: string
}

const refusal = (status: number, error: string, message: string): PageRefusal => ({ status, error, message })

/**
 * What Google's page says instead of asking. No redirect: "an error message appears instead of the expected authentication and authorization flows",
 * https://developers.google.com/identity/protocols/oauth2/native-app#authorization-errors; the numbers: https://support.google.com/accounts/answer/16668185
 */
export function refusalOfApp(app: AppRegistration, userAgent: string): PageRefusal | undefined {
  if (app.client === 'deleted') return refusal(401, 'deleted_client', 'The OAuth client was deleted.')
  if (app.client === 'disabled') return refusal(401, 'disabled_client', 'The OAuth client was disabled.')
  // An embedded browser of Android says `; wv)`: https://developer.chrome.com/docs/multidevice/user-agent#webview_user_agent
  if (/; wv\)|\bWebView\b/.test(userAgent)) {
    return refusal(403, 'disallowed_useragent', "This request doesn't comply with Google's “Use secure browsers” policy.")
  }
  return undefined
}

/** The same, once it is known who is at the browser. */
export function refusalOfPerson(app: AppRegistration, email: string, scopes: readonly string[]): PageRefusal | undefined {
  if (app.policy === 'blocked') {
    return refusal(
      400,
      'admin_policy_enforced',
      `${email} Access to your account data is restricted by policies within your organization. Please contact the administrator of your organization for more information.`,
    )
  }
  if (app.audience === 'internal')
    return refusal(403, 'org_internal', 'Access blocked: Practice can only be used within its organization.')
  if (app.testUsers !== undefined && !app.testUsers.includes(email)) {
    return refusal(
      403,
      'access_denied',
      'Access blocked: Practice has not completed the Google verification process. The app is currently being tested, and can only be accessed by developer-approved testers.',
    )
  }
  if (app.full) {
    return refusal(
      403,
      'rate_limit_exceeded',
      'This app has reached its sign-in rate limit for now. Google limits how quickly an app can get new users.',
    )
  }
  const { restrictedTo } = app
  const unregistered = restrictedTo === undefined ? [] : scopes.filter((scope) => !restrictedTo.includes(scope))
  if (unregistered.length > 0) {
    return refusal(
      403,
      'restricted_client',
      `This app is not yet configured to make OAuth requests. Unregistered scope(s) in the request: ${unregistered.join(', ')}`,
    )
  }
  return undefined
}
