import { EntraError } from './aadsts.ts'

const graphPrefix = 'https://graph.microsoft.com/'

/** Not Graph's: https://learn.microsoft.com/entra/identity-platform/scopes-oidc */
export const signInScopes = ['openid', 'profile', 'email', 'offline_access']

/** Delegated permissions of Graph that the practice cloud knows: https://learn.microsoft.com/graph/permissions-reference */
const graphScopes = [
  'User.Read',
  'User.ReadWrite',
  'User.Read.All',
  'Files.Read',
  'Files.ReadWrite',
  'Files.Read.All',
  'Files.ReadWrite.All',
  'Sites.Read.All',
  'Sites.ReadWrite.All',
  'Notes.Read',
  'Notes.ReadWrite',
  'Notes.Create',
  'Notes.Read.All',
  'Notes.ReadWrite.All',
]

/**
 * Users of a tenant with the consent settings that Microsoft manages cannot grant these themselves.
 * https://learn.microsoft.com/entra/identity/enterprise-apps/manage-app-consent-policies
 */
export const scopesForAdministrators = ['Files.Read.All', 'Files.ReadWrite.All', 'Sites.Read.All', 'Sites.ReadWrite.All']

/** The name without Graph's address; letter case does not matter. */
export function plainScope(asked: string): string {
  const short = asked.toLowerCase().startsWith(graphPrefix) ? asked.slice(graphPrefix.length) : asked
  return [...signInScopes, ...graphScopes].find((known) => known.toLowerCase() === short.toLowerCase()) ?? short
}

export const isSignInScope = (scope: string): boolean => signInScopes.includes(plainScope(scope))

/** The scopes of a request as they were asked for. Throws AADSTS70011 for none, and for one that does not exist. */
export function parseScopes(text: string | null): string[] {
  const asked = [...new Set((text ?? '').split(' ').filter((scope) => scope !== ''))]
  if (asked.length === 0) throw new EntraError('AADSTS900144', 'scope')
  const unknown = asked.find((scope) => ![...signInScopes, ...graphScopes].includes(plainScope(scope)))
  if (unknown !== undefined) throw new EntraError('AADSTS70011', unknown)
  return asked
}
