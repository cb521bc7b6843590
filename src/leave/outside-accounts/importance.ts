import { signInProviders } from './known-domains.ts'
import type { Advice, EvidenceKind, OutsideService, ServiceCategory } from './outside-accounts.ts'

const government = /\.(?:go|lg)\.jp$|\.(?:gov|mil)(?:\.[a-z]{2})?$|\.(?:gouv|gob|bund)\.[a-z]{2}$/
const finance =
  /bank|ginko|shinkin|card|credit|(?:^|-)pay|pay(?:pal|pay|oneer)|wise\.com|revolut|securit|(?:^|-)sec\.|sbi|nomura|daiwa|monex|rakuten-(?:sec|bank|card)|smbc|mufg|mizuho|jcb|amex|americanexpress|insur|hoken|nenkin|coinbase|bitflyer|coincheck|stripe|freee/
const financeInName =
  /銀行|信用金庫|信金|証券|カード|クレジット|保険|共済|年金|ペイ|\b(?:bank|credit union|insurance|securities|pension)\b/i
const communication =
  /^(?:docomo|au|kddi|softbank|rakuten-mobile|ymobile|line|slack|discord|zoom|telegram|whatsapp|signal|skype|facebook|instagram|x|twitter|linkedin|mastodon|chatwork|ntt-east|ntt-west|ntt|iij|nuro|biglobe|nifty|sakura|xserver|onamae|cloudflare|godaddy|gandi|namecheap)\./

export function categoryOf(domain: string, name: string, kinds: OutsideService['kinds']): ServiceCategory {
  if (government.test(domain)) return 'government'
  if (finance.test(domain) || financeInName.test(name)) return 'finance'
  if (signInProviders.has(domain)) return 'identity'
  if (communication.test(domain)) return 'communication'
  return (kinds.receipt ?? 0) > 0 ? 'shop' : 'other'
}

/** What to do about it, most pressing first. `codes`: it sends codes or alarms to the address. */
export function adviceFor(kinds: OutsideService['kinds'], codes: boolean): Advice[] {
  const has = (kind: EvidenceKind) => (kinds[kind] ?? 0) > 0
  if (!has('federated') && !has('registration') && !has('security') && !has('receipt')) return ['unsubscribe']
  return [
    ...(has('federated') ? (['set-password'] as const) : []),
    'change-address',
    ...(codes ? (['renew-second-factor'] as const) : []),
    ...(has('receipt') ? (['save-receipts'] as const) : []),
  ]
}

/** Lower is more important: money and the state, what cannot be entered without the account, what guards something; bulk mail last. */
export function importanceOf({ category, kinds, confidence }: Pick<OutsideService, 'category' | 'kinds' | 'confidence'>): number {
  if (confidence === 'possible') return 5
  if (category === 'finance' || category === 'government') return 0
  if (kinds.federated !== undefined || category === 'identity') return 1
  if (kinds.security !== undefined) return 2
  if (category === 'communication') return 3
  return 4
}
