import type { AddressStanding } from '../../core/leaving.ts'
import type { Journal } from '../../journal/journal.ts'
import { identityMark } from '../../journal/marks.ts'
import { organisationOf } from '../outside-accounts/organisation.ts'

/** Everyone's: two addresses of one of these are no colleagues. */
const everyones = new Set([
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'outlook.jp',
  'hotmail.com',
  'hotmail.co.jp',
  'live.com',
  'live.jp',
  'msn.com',
  'icloud.com',
  'me.com',
  'yahoo.com',
  'yahoo.co.jp',
])

export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase()

/**
 * Whose an address is. The same mailbox under another spelling is the account's own: what stands after `+`, and, where the organisation has several domains for its
 * members (`domains`), the same name at another of them.
 */
export function addressStanding(own: string | undefined, domains: readonly string[]): (address: string) => AddressStanding {
  const ours = [...(own === undefined ? [] : [domainOf(own)]), ...domains.map((domain) => domain.toLowerCase())]
  const organisations = new Set(ours.filter((domain) => !everyones.has(domain)).map(organisationOf))
  organisations.delete('')
  return (address) => {
    const domain = domainOf(address)
    if (own !== undefined && mailbox(address) === mailbox(own)) return 'own'
    if (own !== undefined && ours.includes(domain) && !everyones.has(domain) && nameOf(address) === nameOf(own)) return 'own'
    return ours.some((one) => one === domain && !everyones.has(one)) || organisations.has(organisationOf(domain))
      ? 'organisation'
      : 'elsewhere'
  }
}

const nameOf = (address: string): string =>
  address
    .slice(0, Math.max(0, address.lastIndexOf('@')))
    .toLowerCase()
    .replace(/\+.*$/, '')

/** gmail.com passes over dots, and is googlemail.com too: https://support.google.com/mail/answer/10313 */
function mailbox(address: string): string {
  const domain = domainOf(address)
  const gmail = domain === 'gmail.com' || domain === 'googlemail.com'
  return gmail ? `${nameOf(address).replaceAll('.', '')}@gmail.com` : `${nameOf(address)}@${domain}`
}

/** A name that somebody signs in with, where it is a mail address. */
export const addressOnly = (name: string | undefined): string | undefined => (name?.includes('@') === true ? name : undefined)

/** The address of the account that the archive is bound to. */
export function ownAddress(journal: Journal | undefined, account: string): string | undefined {
  const mark = journal?.mark(identityMark(account))
  return mark === undefined ? undefined : addressOnly((JSON.parse(mark) as { name: string }).name)
}

/** What an organisation says of an account that bears on giving files away. */
export interface GivingRules {
  readonly domain?: readonly string[] | undefined
  readonly transfer?: { readonly to: 'inside' | 'anyone' | 'nobody' } | undefined
}

/** Whom files may be proposed to be given to: people of the same domain, unless the organisation lets nothing be given away. */
export function colleaguesOf(own: string | undefined, rules: GivingRules | undefined): (address: string) => boolean {
  if (rules?.transfer?.to === 'nobody') return () => false
  const domains = new Set([...(own === undefined ? [] : [domainOf(own)]), ...(rules?.domain ?? [])])
  return (address) => domains.has(domainOf(address))
}
