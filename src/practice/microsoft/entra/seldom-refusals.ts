import { type AadstsKind, grant, mfaClaims, onPage, request } from './aadsts-kind.ts'

const word = (error: string, message: string): AadstsKind => ({ error, message })
const unauthorized = (message: string): AadstsKind => ({ error: 'unauthorized_client', message })
const denied = (message: string): AadstsKind => ({ error: 'access_denied', message })
const interaction = (message: string): AadstsKind => ({ error: 'interaction_required', message, suberror: 'basic_action' })
const passing = (message: string): AadstsKind => ({ error: 'temporarily_unavailable', message })

/**
 * Refusals that nothing in this service brings about by itself: a test asks for them by name. Sentences after the list at
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes; whoever has none there has OAuth's word alone, as the lists at
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#error-codes-for-authorization-endpoint-errors and
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code#expected-errors name it.
 */
export const seldomRefusals = {
  // Rules of the organisation.
  AADSTS50072: interaction('User needs to enroll for second factor authentication (interactive).'),
  AADSTS50078: interaction(
    "Presented multi-factor authentication has expired due to policies configured by your administrator, you must refresh your multi-factor authentication to access '00000003-0000-0000-c000-000000000000'.",
  ),
  AADSTS50097: grant('Device authentication is required.', 'basic_action', mfaClaims),
  AADSTS50129: grant('Device is not workplace joined. Workplace join is required to register the device.'),
  AADSTS50155: grant('Device authentication failed for this user.'),
  AADSTS50158: interaction('External security challenge was not satisfied.'),
  AADSTS500021: denied('Access to Contoso tenant is denied.'),
  AADSTS500022: denied("Access to 'Contoso' tenant is denied. This is a tenant restriction for personal accounts."),
  AADSTS500212: denied(
    "The user's administrator has set an outbound access policy that does not allow access to the resource tenant.",
  ),
  AADSTS500213: denied("The resource tenant's cross-tenant access policy does not allow this user to access this tenant."),
  AADSTS53002: grant(
    'The app used is not an approved app for Conditional Access. User needs to use one of the apps from the list of approved apps to use in order to get access.',
    'message_only',
  ),
  AADSTS53004: interaction(
    'User needs to complete multi-factor authentication registration process before accessing this content. User should register for multi-factor authentication.',
  ),
  AADSTS53010: interaction(
    'User must register for multi-factor authentication from an allowed location or device, since the organization requires this information to be set from specific locations or devices.',
  ),

  // The registration and the settings.
  AADSTS16003: onPage(grant('The user account does not exist in the tenant: it has to be added explicitly.')),
  AADSTS50059: onPage(
    request('No tenant-identifying information found in either the request or implied by any provided credentials.'),
  ),
  AADSTS50128: onPage(
    request(
      'Invalid domain name - No tenant-identifying information found in either the request or implied by any provided credentials.',
    ),
  ),
  AADSTS500113: onPage(request('No reply address is registered for the application.')),
  AADSTS500208: onPage(request('The domain is not a valid login domain for the account type.')),
  AADSTS51004: onPage(grant('The user account {0} does not exist in the directory Contoso.')),
  AADSTS650052: denied(
    'The app is trying to access a service that your organization lacks a service principal for. Contact your IT Admin to review the configuration of your service subscriptions.',
  ),
  AADSTS650056: {
    error: 'invalid_client',
    message:
      'Misconfigured application. This could be due to one of the following: the client has not listed any permissions for Microsoft Graph in the requested permissions in the client’s application registration.',
  },
  AADSTS650057: {
    error: 'invalid_resource',
    message:
      'Invalid resource. The client has requested access to a resource which is not listed in the requested permissions in the client’s application registration.',
  },
  AADSTS9002331: onPage(
    request(
      "Application 'Practice' is configured for use by Microsoft Account users only. Please use the /consumers endpoint to serve this request.",
    ),
  ),
  AADSTS9002332: onPage(
    request(
      "Application 'Practice' is configured for use by Microsoft Entra users only. Please do not use the /consumers endpoint to serve this request.",
    ),
  ),

  // The end of a sign-in, and what passes.
  AADSTS50033: passing('A transient error not related to the database operations.'),
  AADSTS50089: grant('Authentication failed due to flow token expired.'),
  AADSTS50132: grant('The session is not valid due to password expiration or recent password change.', 'bad_token'),
  AADSTS50133: grant('The session is not valid due to password expiration or recent password change.', 'bad_token'),
  AADSTS50144: grant("The user's Active Directory password has expired."),
  AADSTS50196: {
    error: 'invalid_grant',
    message: 'The server terminated an operation because it encountered a client request loop.',
  },
  AADSTS70020: word('expired_token', 'The provided value for the input parameter device_code is not valid: it has expired.'),
  AADSTS70044: grant('The session has expired or is invalid due to sign-in frequency checks by conditional access.', 'bad_token'),
  AADSTS700084: grant(
    'The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of 1.00:00:00, which cannot be extended.',
    'bad_token',
  ),
  AADSTS90006: passing('The server is temporarily too busy to handle the request.'),
  AADSTS90012: passing('The request has timed out.'),

  // Words without a number.
  invalid_grant: word('invalid_grant', 'The authorization code or PKCE code verifier is invalid or has expired.'),
  invalid_scope: word('invalid_scope', 'The scope requested by the app is invalid.'),
  unauthorized_client: unauthorized('The client application is not permitted to request an authorization code.'),
  interaction_required: word('interaction_required', 'The request requires user interaction.'),
  consent_required: word('consent_required', 'The request requires user consent.'),
  server_error: word('server_error', 'The server encountered an unexpected error.'),
  expired_token: word('expired_token', 'The device code has expired: authentication is no longer possible with it.'),
  bad_verification_code: word('bad_verification_code', 'The device_code sent to the /token endpoint was not recognized.'),
} satisfies Readonly<Record<string, AadstsKind>>
