import { aliases, brands, commonLinks, freeHosts, freeMail, mailers, paymentCompanies, signInProviders } from './known-domains.ts'
import type { MessageFacts } from './message-facts.ts'
import { isSameOrganisation, labelOf, organisationOf } from './organisation.ts'
import type { EvidenceKind } from './outside-accounts.ts'

/** Which service a message is about. */
export interface ServiceName {
  /** Organisational domain; undefined: the message shows none. */
  readonly domain: string | undefined
  readonly name: string
  /** Whose sign-in is used there, for `federated`. */
  readonly signInWith?: string
}

/** The service where the account is used, which need not be who sent the mail. undefined: no account stands behind it. */
export function serviceOf(facts: MessageFacts, kind: EvidenceKind, own: ReadonlySet<string>): ServiceName | undefined {
  const { from } = facts
  const sender = known(from.organisation)
  if (kind === 'newsletter' && isList(facts)) return undefined
  if (kind === 'federated') return federated(facts, sender, own)
  const domain = behind(
    facts,
    own,
    mailers.has(from.organisation) || (kind === 'receipt' && paymentCompanies.has(from.organisation)),
  )
  return { domain, name: nameOf(from.name, domain) }
}

const known = (organisation: string): string => aliases.get(organisation) ?? organisation

/** A mailing list of people, not one of a service's offers. */
function isList({ fields }: MessageFacts): boolean {
  const post = fields.get('list-post')?.[0] ?? ''
  return (
    (/mailto:/i.test(post) && !/^\s*no\b/i.test(post)) ||
    fields.has('x-mailman-version') ||
    fields.has('x-ml-name') ||
    fields.has('x-ml-count')
  )
}

/** The brand behind a mailer or a payment company: its Reply-To, else where most links lead, nearest to the name in front. */
function behind(facts: MessageFacts, own: ReadonlySet<string>, mayBeAnother: boolean): string {
  const { from, replyTo } = facts
  const sender = known(from.organisation)
  const linked = linkedOrganisations(facts, own)
  if (mayBeAnother) {
    const answers = replyTo?.organisation ?? ''
    if (isBrand(answers, own) && answers !== from.organisation) return known(answers)
    const other = linked.find((organisation) => organisation !== sender && isBrand(organisation, own))
    if (other !== undefined) return other
    // `shop@mailer.example`: a customer's own part of a mailer's domain.
    return sender
  }
  if (!linked.some((organisation) => isBrand(organisation, own))) return sender
  const title = plainName(from.name)
  const calls = (organisation: string) => labelOf(organisation).length >= 3 && title.includes(plainName(labelOf(organisation)))
  const called = linked.find((organisation) => organisation !== sender && isBrand(organisation, own) && calls(organisation))
  if (called !== undefined && (!linked.includes(sender) || !calls(sender))) return called
  if (linked.includes(sender)) return sender
  // `examplemail.com` and `example-mail.net` send for example.com; and where all its links lead is whose it is.
  const label = labelOf(sender)
  const base = linked.find(
    (organisation) =>
      labelOf(organisation).length >= 3 && (label === labelOf(organisation) || isMailOf(label, labelOf(organisation))),
  )
  return base ?? (linked.length === 1 && kindOfAddress.test(label) ? linked[0]! : sender)
}

const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/** Names of companies that send for others, of which nobody can list all. */
const kindOfAddress = /mail|send|mta|smtp|notif|billing|deliver|post|crm|relay/

const isMailOf = (label: string, name: string): boolean =>
  label.startsWith(name) &&
  /^-?(?:mail|email|mailer|mails|mailing|news|notify|notifications?|info|post|send|app|hq|inc|corp|team)$/.test(
    label.slice(name.length),
  )

const isBrand = (organisation: string, own: ReadonlySet<string>): boolean =>
  organisation !== '' &&
  !mailers.has(organisation) &&
  !paymentCompanies.has(organisation) &&
  !commonLinks.has(organisation) &&
  !freeMail.has(organisation) &&
  !freeHosts.has(organisation) &&
  !own.has(organisation)

/** Where its links lead, most often first; common ones left out. */
function linkedOrganisations({ links }: MessageFacts, own: ReadonlySet<string>): string[] {
  const counts = new Map<string, number>()
  for (const { url, text } of links) {
    if (/unsub|optout|配信停止|\/u$/i.test(url.pathname + text)) continue
    const organisation = known(organisationOf(url.hostname))
    if (organisation === '' || own.has(organisation) || commonLinks.has(organisation)) continue
    counts.set(organisation, (counts.get(organisation) ?? 0) + 1)
  }
  return [...counts].toSorted((a, b) => b[1] - a[1]).map(([organisation]) => organisation)
}

/** A provider's notice names the service that was let in; the service's own mail comes from it, and names the provider. */
function federated(facts: MessageFacts, sender: string, own: ReadonlySet<string>): ServiceName {
  const provider = signInProviders.get(sender)
  if (provider === undefined && !own.has(sender)) {
    const domain = behind(facts, own, mailers.has(sender))
    const signInWith = providerIn(`${facts.title} ${facts.body}`)
    return { domain, name: nameOf(facts.from.name, domain), ...(signInWith !== undefined && { signInWith }) }
  }
  const name = appIn(facts)
  const isProviders = (organisation: string) =>
    isSameOrganisation(organisation, sender) ||
    labelOf(organisation) === labelOf(sender) ||
    signInProviders.get(organisation) === provider ||
    isSameBrand(organisation, sender)
  const written = [...`${facts.title} ${facts.body}`.matchAll(/(?<![@\w.-])(?:[a-z0-9-]+\.)+[a-z]{2,}(?![\w@-])/g)].map(
    ([host]) => organisationOf(host),
  )
  const calls = plainName(name ?? '')
  const linked = linkedOrganisations(facts, own).filter((organisation) => calls.includes(plainName(labelOf(organisation))))
  const domain = [...written, ...linked]
    .filter(
      (organisation) =>
        organisation !== '' && !own.has(organisation) && !isProviders(known(organisation)) && !commonLinks.has(organisation),
    )
    .map(known)[0]
  return { domain, name: name ?? domain ?? '', signInWith: provider ?? facts.from.organisation }
}

const isSameBrand = (one: string, other: string): boolean =>
  [...brands.values()].some((domains) => domains.includes(one) && domains.includes(other))

const providerNames =
  /\b(google|apple|microsoft|facebook|line|github|orcid|twitter|linkedin|yahoo! ?japan|yahoo)\b|(学認|gakunin|shibboleth|institution|大学|university)/
const spelled: Readonly<Record<string, string>> = {
  google: 'Google',
  apple: 'Apple',
  microsoft: 'Microsoft',
  facebook: 'Facebook',
  line: 'LINE',
  github: 'GitHub',
  orcid: 'ORCID',
  twitter: 'X',
  linkedin: 'LinkedIn',
}

function providerIn(text: string): string | undefined {
  // Japanese letters count as letters of a word here, not for \b.
  const found = providerNames.exec(text)
  if (found === null) return undefined
  return found[2] === undefined ? (spelled[found[1]!] ?? 'Yahoo! JAPAN') : 'SSO'
}

/** The name of an app, as the notices of sign-in services put it. */
export function appIn({ text, subject }: Pick<MessageFacts, 'text' | 'subject'>): string | undefined {
  const plain = `${subject}\n${text}`.replace(/\s+/g, ' ')
  for (const pattern of [
    /[「『“"]([^」』”"]{2,40})[」』”"]\s*(?:に|が|へ|was|has|is|to|can|now)/,
    /\b(?:with|to|for|application|app|by)\s+[“"「]?([A-Z][\w.&+'-]*(?: [A-Z0-9][\w.&+'-]*){0,3})[”"」]?,? (?:was|has been|has|is|now|can|using|with your)\b/,
    /([A-Z][\w.&+'-]*(?: [A-Z0-9][\w.&+'-]*){0,3}) (?:was|has been|has|is now|now has|can now|is) (?:recently )?(?:granted|given|allowed|authori[sz]ed|connected|linked|added|access)/,
    /(?:アプリ|サービス|アプリケーション)(?:名)?\s*[:：]\s*(\S[^\n。]{1,30}?)(?:\s|$)/,
    /([\w][\w .&+-]{1,30}?)\s?(?:に|が|へ).{0,20}(?:アクセス|許可|連携)/,
  ]) {
    const found = pattern.exec(plain)?.[1]?.trim()
    if (found !== undefined && !/^(?:your|the|google|apple|microsoft|github|line|orcid|account|アカウント)$/i.test(found))
      return found
  }
  return undefined
}

/** The sender's name without what departments add. */
export function nameOf(displayName: string, domain: string): string {
  const name = displayName
    .replace(/^["']|["']$/g, '')
    .replace(/\s*(?:via|経由)\s.*$/i, '')
    .replace(
      /\s*[-|:・(（]?\s*\b(?:team|support|customer (?:service|support|care)|accounts?|security|notifications?|no-?reply|billing|newsletter|help ?desk|the)\b\s*[)）]?\s*$/i,
      '',
    )
    .replace(
      /\s*(?:事務局|運営(?:局|事務局|チーム)?|サポート(?:センター|チーム|窓口)?|カスタマー(?:サービス|サポート|センター)|お客様(?:センター|窓口|サポート)|お知らせ|メール|自動送信|編集部|会員センター)\s*$/,
      '',
    )
    .trim()
  return name === '' || name.includes('@') ? domain : name
}
