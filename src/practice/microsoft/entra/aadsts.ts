import { type AadstsKind, grant, mfaClaims, onPage, request } from './aadsts-kind.ts'
import { seldomRefusals } from './seldom-refusals.ts'

/**
 * Dead refresh tokens come with `bad_token`, as seen at https://github.com/microsoft/foundry-dev-tools/issues/707.
 * `{0}` stands for what the refusal names.
 */
const kinds = {
  ...seldomRefusals,
  AADSTS16000: onPage(
    grant(
      "User account '{0}' from identity provider 'live.com' does not exist in tenant 'Contoso' and cannot access the application in that tenant.",
    ),
  ),
  AADSTS50011: onPage(
    request("The redirect URI '{0}' specified in the request does not match the redirect URIs configured for the application."),
  ),
  AADSTS50020: onPage(
    grant(
      "User account '{0}' does not exist in the tenant and cannot access the application in that tenant. The account needs to be added as an external user in the tenant first. Sign out and sign in again with a different Azure Active Directory user account.",
    ),
  ),
  AADSTS50034: onPage(
    grant(
      'The user account {0} does not exist in the directory. To sign into this application, the account must be added to the directory.',
    ),
  ),
  AADSTS500011: onPage({
    error: 'invalid_resource',
    message:
      'The resource principal named https://graph.microsoft.com was not found in the tenant named Contoso. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.',
  }),
  AADSTS50053: grant("The account is locked, you've tried to sign in too many times with an incorrect user ID or password."),
  AADSTS50055: grant('The password is expired.'),
  AADSTS50057: grant('The user account is disabled.'),
  AADSTS50058: { error: 'login_required', message: 'A silent sign-in request was sent but no user is signed in.' },
  AADSTS50076: grant(
    "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '00000003-0000-0000-c000-000000000000'.",
    'basic_action',
    mfaClaims,
  ),
  AADSTS50074: grant('Strong Authentication is required.', 'basic_action', mfaClaims),
  AADSTS50079: grant(
    'Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication.',
    'basic_action',
    mfaClaims,
  ),
  AADSTS50105: grant(
    "Your administrator has configured the application 'Practice' to block users unless they are specifically granted ('assigned') access to the application. The signed in user '{0}' is blocked because they are not a direct member of a group with access.",
  ),
  AADSTS50194: onPage(
    request(
      "Application '{0}'(Practice) is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such applications created after '10/15/2018'. Use a tenant-specific endpoint or configure the application to be multi-tenant.",
    ),
  ),
  AADSTS50126: grant('Error validating credentials due to invalid username or password.'),
  AADSTS50173: grant(
    'The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.',
    'bad_token',
  ),
  AADSTS53000: grant(
    'Device is not in required device state: {0}. Conditional Access policy requires a compliant device.',
    'message_only',
    mfaClaims,
  ),
  AADSTS53001: grant(
    'Device is not in required device state: {0}. Conditional Access policy requires a domain joined device, and the device is not domain joined.',
    'message_only',
    mfaClaims,
  ),
  AADSTS53003: grant(
    'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
    'message_only',
    mfaClaims,
  ),
  AADSTS530035: grant(
    'Access has been blocked by security defaults. The request is deemed unsafe by security defaults policies.',
    'message_only',
  ),
  AADSTS54005: grant(
    'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
  ),
  AADSTS501481: grant('The Code_Verifier does not match the code_challenge supplied in the authorization request.'),
  AADSTS65001: grant(
    'The user or administrator has not consented to use the application with ID {0}. Send an interactive authorization request for this user and resource.',
    'consent_required',
  ),
  AADSTS65004: { error: 'access_denied', message: 'User declined to consent to access the app.' },
  AADSTS65005: {
    error: 'invalid_client',
    message:
      'The application required resource access list does not contain applications discoverable by the resource or the client app has requested access to resource, which was not specified in its required resource access list.',
  },
  AADSTS70000: grant('Provided grant is invalid or malformed.', 'bad_token'),
  AADSTS70003: { error: 'unsupported_grant_type', message: "The app requested an unsupported grant type '{0}'." },
  AADSTS70008: grant(
    'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
    'bad_token',
  ),
  AADSTS70011: {
    error: 'invalid_scope',
    message:
      "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope {0} is not valid.",
  },
  AADSTS70016: {
    error: 'authorization_pending',
    message: 'OAuth 2.0 device flow error. Authorization is pending. Continue polling.',
  },
  AADSTS70018: {
    error: 'bad_verification_code',
    message: 'Invalid verification code due to user typing in wrong user code for device code flow.',
  },
  AADSTS70019: { error: 'expired_token', message: 'Verification code expired. Have the user retry the sign-in.' },
  AADSTS700016: onPage({
    error: 'unauthorized_client',
    message: "Application with identifier '{0}' was not found in the directory.",
  }),
  AADSTS700025: {
    error: 'invalid_client',
    message: "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
    status: 401,
  },
  AADSTS70043: grant(
    'The refresh token has expired or is invalid due to sign-in frequency checks by conditional access.',
    'bad_token',
  ),
  AADSTS7000112: { error: 'unauthorized_client', message: "Application '{0}'(Practice) is disabled." },
  AADSTS700082: grant('The refresh token has expired due to inactivity. The token was inactive for 90.00:00:00.', 'bad_token'),
  AADSTS7000218: {
    error: 'invalid_client',
    message: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    status: 401,
  },
  AADSTS90002: onPage(
    request("Tenant '{0}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud."),
  ),
  AADSTS90072: onPage(
    grant(
      "User account '{0}' from identity provider does not exist in tenant 'Contoso' and cannot access the application in that tenant. The account needs to be added as an external user in the tenant first.",
    ),
  ),
  AADSTS900144: request("The request body must contain the following parameter: '{0}'."),
  AADSTS9002313: request('Invalid request. Request is malformed or invalid: {0}'),
  AADSTS9002325: request('Proof Key for Code Exchange is required: code_challenge with code_challenge_method S256.'),
  AADSTS90033: { error: 'temporarily_unavailable', message: 'A transient error has occurred. Please try again.', status: 503 },
  AADSTS90094: {
    error: 'access_denied',
    message: 'Admin consent is required for the permissions requested by this application.',
  },
  // "Approval required": https://learn.microsoft.com/entra/identity/enterprise-apps/configure-admin-consent-workflow
  AADSTS90095: onPage({
    error: 'access_denied',
    message: 'Approval required. This app requires your admin’s approval; your request has been sent.',
  }),
} satisfies Readonly<Record<string, AadstsKind>>

export type AadstsCode = keyof typeof kinds

export const aadstsKind = (code: AadstsCode): AadstsKind => kinds[code]
export const isAadstsCode = (code: string): code is AadstsCode => code in kinds

/** A refusal of Entra's, thrown by whatever notices it. */
export class EntraError extends Error {
  readonly code: AadstsCode
  readonly kind: AadstsKind

  /** `error`: another word than the code's usual one. */
  constructor(code: AadstsCode, named = '', error?: string) {
    const kind: AadstsKind = { ...kinds[code], ...(error === undefined ? {} : { error }) }
    const sentence = kind.message.replace('{0}', named)
    super(/^AADSTS/.test(code) ? `${code}: ${sentence}` : sentence)
    this.code = code
    this.kind = kind
  }
}
