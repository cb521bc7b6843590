import { type MicrosoftAccount, personalTenant, strangeTenant } from '../account.ts'
import { EntraError } from './aadsts.ts'

/**
 * Whether the account may sign in at this tenant's address; throws if not. Friendly names are those of the account's domain.
 * https://learn.microsoft.com/entra/identity-platform/v2-protocols#endpoints
 */
export function checkTenant(tenant: string, { kind, tenant: own, username }: MicrosoftAccount): void {
  const asked = tenant.toLowerCase()
  const domain = username.split('@')[1]
  const welcome =
    kind === 'business'
      ? ['common', 'organizations', own, domain].includes(asked)
      : ['common', 'consumers', personalTenant].includes(asked)
  if (!welcome) throw new EntraError('AADSTS50020', username)
}

/** Whether there is such a tenant; throws if not. The practice account's directory is one, so are those of all who may sign in. */
export function checkTenantExists(tenant: string, accounts: readonly MicrosoftAccount[]): void {
  const ofAccounts = accounts.flatMap(({ tenant: own, username }) => [own, username.split('@')[1]])
  const known = ['common', 'organizations', 'consumers', personalTenant, strangeTenant, ...ofAccounts]
  if (!known.includes(tenant.toLowerCase())) throw new EntraError('AADSTS90002', tenant)
}

/** The first folder of an address of Entra's, and the rest. */
export function splitTenant(pathname: string): { tenant: string; rest: string } | undefined {
  const found = /^\/([^/]+)(\/.*)$/.exec(pathname)
  return found === null ? undefined : { tenant: decodeURIComponent(found[1] ?? ''), rest: found[2] ?? '' }
}
