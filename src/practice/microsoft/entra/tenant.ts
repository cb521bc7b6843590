import { type MicrosoftAccount, personalTenant, strangeTenant } from '../account.ts'
import { EntraError } from './aadsts.ts'

/**
 * Whether the account may sign in at this tenant's address; throws if not. Friendly names are those of the account's domain.
 * https://learn.microsoft.com/entra/identity-platform/v2-protocols#endpoints
 */
export function checkTenant(tenant: string, account: MicrosoftAccount): void {
  if (!mayEnter(tenant, account)) throw new EntraError('AADSTS50020', account.username)
}

export function mayEnter(tenant: string, { kind, tenant: own, username }: MicrosoftAccount): boolean {
  const asked = tenant.toLowerCase()
  const domain = username.split('@')[1]
  return kind === 'business'
    ? ['common', 'organizations', own, domain].includes(asked)
    : ['common', 'consumers', personalTenant].includes(asked)
}

/** Whether there is such a tenant; throws if not. The practice account's directory is one, so are those of all who may sign in. */
export function checkTenantExists(tenant: string, accounts: readonly MicrosoftAccount[]): void {
  const ofAccounts = accounts.flatMap(({ tenant: own, username }) => [own, username.split('@')[1]])
  const known = ['common', 'organizations', 'consumers', personalTenant, strangeTenant, ...ofAccounts]
  if (!known.includes(tenant.toLowerCase())) throw new EntraError('AADSTS90002', tenant)
}

/** The id of the directory that a tenant's address names, by id or by domain. */
export function directoryId(tenant: string, accounts: readonly MicrosoftAccount[]): string {
  const asked = tenant.toLowerCase()
  if (asked === 'consumers') return personalTenant
  return accounts.find(({ username }) => username.split('@')[1] === asked)?.tenant ?? asked
}

/** The first folder of an address of Entra's, and the rest. */
export function splitTenant(pathname: string): { tenant: string; rest: string } | undefined {
  const found = /^\/([^/]+)(\/.*)$/.exec(pathname)
  return found === null ? undefined : { tenant: decodeURIComponent(found[1] ?? ''), rest: found[2] ?? '' }
}
