import type { Json } from '../../serving/reply.ts'
import type { MicrosoftAccount } from '../account.ts'

/** A user as `/me` shows it, the default properties unless others are named: https://learn.microsoft.com/graph/api/user-get */
export function userResource(
  { kind, oid, username, name }: MicrosoftAccount,
  select: readonly string[] | undefined,
): { readonly [key: string]: Json } {
  const [givenName = name, ...rest] = name.split(' ')
  const all: Record<string, Json> = {
    businessPhones: [],
    displayName: name,
    givenName,
    jobTitle: null,
    mail: kind === 'business' ? username : null,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
    surname: rest.join(' '),
    userPrincipalName: username,
    id: kind === 'business' ? oid : oid.replaceAll('-', '').slice(-16),
  }
  if (select === undefined) return all
  return Object.fromEntries(select.map((field) => [field, all[field] ?? null]))
}
