/** What an error of Microsoft's sign-in means for the person. `{consent}` in a hint is the address where an administrator agrees. */
export interface Meaning {
  readonly kind: 'signin' | 'settings' | 'transient'
  readonly message: string
  readonly hint: string
}

const signin = (message: string, hint: string): Meaning => ({ kind: 'signin', message, hint })
const settings = (message: string, hint: string): Meaning => ({ kind: 'settings', message, hint })
const transient = (message: string, hint: string): Meaning => ({ kind: 'transient', message, hint })

const registrations = 'https://entra.microsoft.com (App registrations)'
const administrator = 'the administrator or the help desk of your organisation'
const again = 'sign in again'

/** The page that wants an administrator ends in this too, by its link back to the app (as met by github.com/zammad/zammad, external_credential/microsoft365.rb). */
const declined = signin(
  'the sign-in was declined on the page of Microsoft',
  `${again} and agree to what is asked; where the page wants an administrator, ask ${administrator} to open {consent} and agree`,
)
const ended = signin('the sign-in at Microsoft has ended, since it was not used for long', again)
const proof = signin(
  'your organisation wants a second proof of who you are (multi-factor authentication)',
  `${again} in the browser and give it`,
)
const frequency = signin('your organisation wants you to sign in from time to time, and that time has come', again)
const password = signin('the password was changed, or the sign-ins of this account were ended', again)
const wrongRedirect = settings(
  'the app does not send the browser back to this computer',
  `add the redirect URI http://localhost under "Mobile and desktop applications" at ${registrations}, Authentication`,
)
const otherOrganisation = signin(
  'this account does not belong to the organisation that the app or `tenant` is for',
  `sign in with an account of that organisation, or correct tenant in holdall.yaml`,
)
const noSuchAccount = signin(
  'there is no such account in the organisation that the app or `tenant` is for',
  `see that the address is right, or correct tenant in holdall.yaml`,
)
const whichOrganisation = settings(
  'Microsoft cannot tell which organisation is meant',
  'set tenant in holdall.yaml to the domain of your organisation (the part of your address after the @)',
)
const wrongRights = settings(
  'the app asks for a right that it was not registered with, or your organisation’s directory is not managed by anybody',
  `add the rights at ${registrations}, API permissions; a directory that nobody manages has to be taken over by an administrator first`,
)
const away = transient('Microsoft’s sign-in is not available just now', 'run the same command again in a few minutes')
const restricted = signin(
  'this network, or one of the two organisations, does not let its people sign in to the other',
  `try another network; else ask ${administrator} to allow the directory of this account`,
)
const device = (what: string) =>
  signin(
    what,
    `use a computer that your organisation manages, or ask ${administrator} to allow this app on yours; a sign-in with --device is refused more often than one in the browser`,
  )

/**
 * By the number after AADSTS: https://learn.microsoft.com/entra/identity-platform/reference-error-codes; what that page does not have names its own.
 */
export const meanings: Readonly<Record<string, Meaning>> = {
  // Consent: https://learn.microsoft.com/troubleshoot/entra/entra-id/app-integration/error-code-AADSTS90094-grant-requires-administrator
  65001: signin(
    'nobody has agreed yet that this app may read the account',
    `${again} and agree to what is asked; where the page wants an administrator, ask ${administrator} to open {consent} and agree`,
  ),
  90094: signin(
    'in your organisation only an administrator may allow this app to read your files',
    `ask ${administrator} to open {consent} and agree; you may also leave out sources that ask for more`,
  ),
  90095: signin(
    'in your organisation only an administrator may allow this app, and your request has gone to them',
    `wait until they have agreed, or ask ${administrator} to open {consent}`,
  ),
  65004: declined,
  65005: wrongRights,
  650056: wrongRights,
  650057: wrongRights,
  650052: signin(
    'your organisation has not subscribed to the service that the app asks for, or has switched it off',
    `ask ${administrator} whether OneDrive and OneNote are there for you`,
  ),
  50105: signin(
    'your organisation lets only chosen people use this app, and you are not among them',
    `ask ${administrator} to assign you to the app (Enterprise applications, the app, Users and groups)`,
  ),
  // Policies: https://learn.microsoft.com/troubleshoot/entra/entra-id/app-integration/troubleshoot-conditional-access-policy-issues
  53000: device('your organisation lets only computers in that meet its rules, and this one is not known to do so'),
  53001: device('your organisation lets only computers in that belong to its domain'),
  53002: signin('your organisation lets only apps in that it has approved', `ask ${administrator} to approve this app`),
  53003: signin(
    'a rule of your organisation (Conditional Access) does not let this sign-in through',
    `sign in without --device, on its network or on a computer that it manages; else ask ${administrator} which rule it is, and to except this app`,
  ),
  53004: signin(
    'your organisation wants a second proof of who you are set up first, and does not allow that from here',
    `set it up at https://aka.ms/mfasetup on its network, or ask ${administrator}`,
  ),
  // https://learn.microsoft.com/entra/fundamentals/security-defaults
  530035: signin(
    'your organisation’s security defaults do not allow this way to sign in',
    `sign in in the browser, without --device; if that is refused too, ask ${administrator}`,
  ),
  50097: device('your organisation wants to see which computer this is'),
  50076: proof,
  50079: signin(
    'your organisation wants you to set up a second proof of who you are (multi-factor authentication)',
    `${again} in the browser and follow its page, or set it up at https://aka.ms/mfasetup`,
  ),
  50072: signin(
    'your organisation wants you to set up a second proof of who you are (multi-factor authentication)',
    `${again} in the browser and follow its page, or set it up at https://aka.ms/mfasetup`,
  ),
  50074: proof,
  50078: signin('the second proof of who you are has lapsed', again),
  50158: signin('your organisation wants one more step from you at another page', `${again} in the browser and follow its pages`),
  // What ended: https://learn.microsoft.com/entra/identity-platform/refresh-tokens
  50173: password,
  50132: password,
  50133: password,
  70008: ended,
  700082: ended,
  70043: frequency,
  70044: frequency,
  700084: signin(
    'the sign-in at Microsoft has ended after a day, because the app is registered as a web page',
    `register http://localhost under "Mobile and desktop applications" instead of "Single-page application" at ${registrations}, then sign in again`,
  ),
  70000: signin('Microsoft no longer takes what the sign-in is renewed with', again),
  54005: signin('the answer of the browser was used before', `${again}, and use the newest address only`),
  50089: signin('the page to sign in on was open for too long', again),
  // The account
  50053: signin(
    'this account is locked for a while: too many wrong passwords, or a network address that Microsoft does not trust',
    'wait for some minutes, then sign in again, from another network if that does not help',
  ),
  50055: signin('the password of this account has expired', 'change it at the page of your organisation, then sign in again'),
  50057: signin('this account has been disabled', `ask ${administrator}; without it nothing can be copied any more`),
  50020: otherOrganisation,
  50034: noSuchAccount,
  16000: otherOrganisation,
  500208: otherOrganisation,
  51004: noSuchAccount,
  500021: restricted,
  500022: restricted,
  500212: restricted,
  500213: restricted,
  // The settings and the app
  700016: settings(
    'Microsoft does not know this client id in your organisation',
    `compare client.id in holdall.yaml with the "Application (client) ID" at ${registrations}; where the app is for one directory only, set tenant to the id of that one`,
  ),
  7000218: settings(
    'the app is not registered as one that works without a secret',
    `set "Allow public client flows" to Yes at ${registrations}, Authentication, and put http://localhost under "Mobile and desktop applications"`,
  ),
  7000112: settings(
    'the app has been disabled',
    `ask whoever registered it, or ${administrator}, to enable it; or register one of your own`,
  ),
  50011: wrongRedirect,
  500113: wrongRedirect,
  50059: whichOrganisation,
  50128: whichOrganisation,
  90002: settings(
    'there is no organisation of the name or id that `tenant` states',
    'set tenant in holdall.yaml to the domain of your organisation (the part of your address after the @), or to common',
  ),
  // https://learn.microsoft.com/troubleshoot/entra/entra-id/app-integration/error-code-AADSTS50194-app-is-not-configured-as-multitenant-app
  50194: settings(
    'the app is for the accounts of one directory only',
    `set tenant in holdall.yaml to the "Directory (tenant) ID" at ${registrations}`,
  ),
  // https://learn.microsoft.com/entra/identity-platform/supported-accounts-validation
  9002331: settings(
    'the app is for personal accounts only',
    'set tenant: consumers in holdall.yaml, and sign in with a personal account',
  ),
  9002332: settings(
    'the app is for school and work accounts only',
    'set tenant: organizations in holdall.yaml, and sign in with the account of your school or employer',
  ),
  90033: away,
  90006: away,
  90012: away,
  50033: away,
  50196: transient('Microsoft has had the same question too often', 'run the same command again in a quarter of an hour'),
}

/** By the word of OAuth, where no number is known: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#error-codes-for-token-endpoint-errors */
export const oauthMeanings: Readonly<Record<string, Meaning>> = {
  access_denied: declined,
  // https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code#expected-errors
  authorization_declined: declined,
  expired_token: signin('nobody signed in before the code ended', 'run the same command again when you are ready'),
  bad_verification_code: signin('Microsoft does not know this code', 'run the same command again'),
  invalid_grant: signin('the sign-in at Microsoft has ended or was withdrawn', again),
  interaction_required: signin('Microsoft wants to see you sign in again', again),
  login_required: signin('Microsoft wants to see you sign in again', again),
  consent_required: signin('Microsoft wants to ask for your consent again', `${again} and agree to what is asked`),
  invalid_client: settings(
    'Microsoft does not take this app for one that works without a secret',
    `set "Allow public client flows" to Yes at ${registrations}, Authentication`,
  ),
  unauthorized_client: settings(
    'this app may not sign people in in this way',
    `compare client.id and tenant in holdall.yaml with ${registrations}`,
  ),
  invalid_scope: settings(
    'Microsoft does not know a right that was asked for',
    `see API permissions of the app at ${registrations}`,
  ),
  temporarily_unavailable: transient(
    'Microsoft’s sign-in is not available just now',
    'run the same command again in a few minutes',
  ),
  server_error: transient('Microsoft’s sign-in had an error of its own', 'run the same command again in a few minutes'),
}
