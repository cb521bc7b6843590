import type { LibrarySignIn } from '../../core/provider.ts'
import { entraDiagnoses } from './sign-in-errors.ts'

/** Rights that include another one, by this: https://learn.microsoft.com/graph/permissions-reference */
const wider: Readonly<Record<string, readonly string[]>> = {
  'Files.Read': ['Files.Read.All', 'Files.ReadWrite', 'Files.ReadWrite.All'],
  'Files.Read.All': ['Files.ReadWrite.All'],
  'Notes.Read': ['Notes.Read.All', 'Notes.ReadWrite', 'Notes.ReadWrite.All'],
}

/**
 * Microsoft's sign-in for programs on a person's own computer, by its own library MSAL (https://learn.microsoft.com/entra/msal/javascript/node/): a public
 * client, code with PKCE over a loopback address, or a code on another device.
 */
export const microsoftSignIn: LibrarySignIn = {
  method: 'library',
  // offline_access brings what a sign-in is renewed with: https://learn.microsoft.com/entra/identity-platform/scopes-oidc#the-offline_access-scope
  identityScopes: ['User.Read', 'offline_access'],
  // Who switches `shared` off again, or has an administrator who agreed to more, need not sign in anew for less.
  sameRights: (scope) => [scope, ...(wider[scope] ?? [])],
  // Registered as `http://localhost`; the port does not count, the path does: https://learn.microsoft.com/entra/identity-platform/reply-url#localhost-exceptions
  redirect: { host: 'localhost', path: '' },
  device: true,
  withdrawal: {
    en: 'Microsoft lets nobody but you withdraw the access of an app: at https://myapps.microsoft.com (school or work), https://account.live.com/consent/Manage (personal)',
    ja: 'アプリのアクセスを取り消せるのはあなただけです。https://myapps.microsoft.com（職場または学校）、https://account.live.com/consent/Manage（個人用）で取り消してください',
  },
  diagnoses: ({ clientId, settings, endpoints }) =>
    entraDiagnoses({ authority: endpoints.authority!, tenant: String(settings.tenant ?? 'common').toLowerCase(), clientId }),
  // All or nothing: Microsoft's page has no check boxes, so a missing right is one that the app was not registered with or the organisation held back.
  giveRight: (command) => ({
    en: `see that it stands among the API permissions of the app at https://entra.microsoft.com (App registrations), then sign in again: ${command}`,
    ja: `https://entra.microsoft.com（「アプリの登録」）で、アプリの「API のアクセス許可」に含まれているかを確かめてから、もう一度サインインしてください：${command}`,
  }),
  open: async (party) => (await import('./msal-library.ts')).openMsal(party),
}
