import { getDomain } from 'tldts'

/** Hosts recur by the thousand in a mailbox; enough of them for any, and a fresh start beats bookkeeping. */
const known = new Map<string, string>()
const most = 50_000

/**
 * The organisational domain of a host (`mail.example.co.jp` → `example.co.jp`), by the public suffix list with the suffixes of hosting services, so that
 * two customers of one (`one.example-shops.com`) are two organisations. https://publicsuffix.org/ — '' for what has none (an IP address).
 */
export function organisationOf(host: string): string {
  const found = known.get(host)
  if (found !== undefined) return found
  const clean = host.toLowerCase().replace(/\.$/, '')
  const domain = getDomain(clean, { allowPrivateDomains: true }) ?? getDomain(clean) ?? ''
  if (known.size >= most) known.clear()
  known.set(host, domain)
  return domain
}

/** The label that the organisation chose: `example` of `example.co.jp`. */
export const labelOf = (organisation: string): string => organisation.split('.')[0] ?? ''

/** Whether two organisational domains are one organisation's: the same, or the same name in two countries (`example.com`, `example.co.jp`). */
export function isSameOrganisation(one: string, other: string): boolean {
  if (one === '' || other === '') return false
  return one === other || (labelOf(one) === labelOf(other) && labelOf(one).length >= 4)
}

/** The organisational domains of the person's own addresses. */
export function ownOrganisations(addresses: readonly string[]): ReadonlySet<string> {
  return new Set(addresses.map((address) => organisationOf(address.slice(address.lastIndexOf('@') + 1))).filter((d) => d !== ''))
}
