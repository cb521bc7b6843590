import { type Doubts, doubtsAbout, isTooDoubtful } from './doubts.ts'
import { phrases, structureWeights, threshold } from './features.ts'
import { signInProviders } from './known-domains.ts'
import type { Envelope, MessageFacts } from './message-facts.ts'
import { isSameOrganisation, organisationOf } from './organisation.ts'
import { evidenceKinds, type MessageKind } from './outside-accounts.ts'
import { automation, isBulk, isCorrespondence, isPersonsAddress } from './sender.ts'

export interface Verdict {
  /** What counts: `other` also for what is too doubtful. */
  readonly kind: MessageKind
  /** What it looks like, believed or not. */
  readonly looksLike: MessageKind
  readonly score: number
  /** Names of the features that speak for `looksLike`, strongest first. */
  readonly reasons: readonly string[]
  readonly doubts: Doubts
}

const nothing: Verdict = { kind: 'other', looksLike: 'other', score: 0, reasons: [], doubts: new Map() }

/** Whether the header alone shows that a message is nothing of a service's: most mail is, and its body is not worth the reading. */
export function isPlainlyOther(envelope: Envelope, own: ReadonlySet<string>): boolean {
  if (envelope.from.address === '') return true
  if (isCorrespondence(envelope)) return true
  if (own.has(envelope.from.organisation)) return automation(envelope) < 2
  return isPersonsAddress(envelope)
}

export function classify(facts: MessageFacts, own: ReadonlySet<string>): Verdict {
  if (isPlainlyOther(facts, own) || isCorrespondence(facts, facts)) return nothing
  const { kind, score, reasons } = weigh(facts)
  // The university's own services are no accounts elsewhere; its sign-in, used elsewhere, says of one.
  if (
    own.has(facts.from.organisation) &&
    !(kind === 'federated' && score >= 5 && facts.links.some(({ url }) => !own.has(organisationOf(url.hostname))))
  )
    return nothing
  if (kind === 'other') return nothing
  const doubts = doubtsAbout(facts, own)
  const counts = !isTooDoubtful(doubts)
  return { kind: counts ? kind : 'other', looksLike: kind, score, reasons, doubts }
}

/** What all marks of bulk mail weigh together where no word is one of bulk mail. */
const mostOfBulkMarks = 1.5

/** Taken from what only the body says, where the subject is that of bulk mail. */
const besideSubject = 3

/** Adds up what speaks for each kind. */
function weigh(facts: MessageFacts): { kind: MessageKind; score: number; reasons: string[] } {
  const found: { name: string; kind: MessageKind; weight: number }[] = []
  const titled = new Set<MessageKind>()
  const lead = facts.body.slice(0, 1500)
  for (const { name, kind, subject, body, pattern, notOfProviders } of phrases) {
    if (notOfProviders === true && signInProviders.has(facts.from.organisation)) continue
    const inTitle = subject > 0 && pattern.test(facts.title)
    const inBody = body > 0 && pattern.test(name === 'unsubscribe-words' ? facts.body : lead)
    if (inTitle && subject >= 3) titled.add(kind)
    if (inTitle) found.push({ name, kind, weight: subject + (inBody ? body / 2 : 0) })
    else if (inBody) found.push({ name, kind, weight: body })
  }
  // Services mark everything as bulk mail that can be: without words of it the marks say little.
  let bulkMarks = found.some(({ kind, weight }) => kind === 'newsletter' && weight >= 2)
    ? Number.POSITIVE_INFINITY
    : mostOfBulkMarks
  for (const name of structure(facts)) {
    const [kind, most] = structureWeights[name]
    const weight = kind === 'newsletter' ? Math.min(most, bulkMarks) : most
    if (kind === 'newsletter') bulkMarks -= weight
    if (weight > 0) found.push({ name, kind, weight })
  }
  const plain = (kind: MessageKind) => found.filter((each) => each.kind === kind).reduce((total, { weight }) => total + weight, 0)
  // "You registered with Google" is both, and the one that says more.
  const sum = (kind: MessageKind) =>
    plain(kind) + (kind === 'federated' && plain('federated') >= 6 ? Math.min(plain('registration'), 4) : 0)
  const named = (kind: MessageKind) =>
    found
      .filter((each) => each.kind === kind)
      .toSorted((a, b) => b.weight - a.weight)
      .map(({ name }) => name)
  const signs = automation(facts)
  const leadsHome = facts.links.some(({ url }) => isSameOrganisation(organisationOf(url.hostname), facts.from.organisation))
  // A person's letter has neither the marks of a program nor a page to go to; what only one got from a program is about that one.
  const human = signs >= 2 ? 0 : leadsHome ? 1 : 3
  const alone = signs >= 2 && !isBulk(facts) ? 1 : 0
  let best: { kind: MessageKind; score: number } = { kind: 'other', score: 0 }
  for (const kind of [...evidenceKinds, 'other' as const]) {
    // The subject says what it is: offers name prices, and everything has a footer.
    const aside = kind !== 'newsletter' && titled.has('newsletter') && !titled.has(kind) ? besideSubject : 0
    const score = sum(kind) === 0 ? 0 : sum(kind) - (kind === 'other' ? 0 : human - (kind === 'newsletter' ? 0 : alone)) - aside
    if (score > best.score) best = { kind, score }
  }
  if (best.kind !== 'other' && best.score < (alone > 0 ? threshold - 1 : threshold))
    return { kind: isBulk(facts) ? 'newsletter' : 'other', score: best.score, reasons: named(best.kind) }
  if (best.score === 0 && isBulk(facts)) return { kind: 'newsletter', score: 0, reasons: [] }
  return { ...best, reasons: named(best.kind) }
}

const confirming = /verif|confirm|activat|regist|signup|sign-up|validate|touroku|welcome|onboard|optin/i
const resetting = /password|reset|passwd|recover|login|signin|magic|otp|security|unlock/i
const accounts = /account|mypage|my-page|profile|settings|dashboard|\/users?\b|\/my\b|member/i
const leaving = /unsub|optout|opt-out|preferences|haishin|taikai|mailmag/i
/** Something long that nobody would type. */
const token = /[/=][\w.~%-]{16,}/

function structure(facts: MessageFacts): (keyof typeof structureWeights)[] {
  const found: (keyof typeof structureWeights)[] = []
  if (facts.fields.has('list-unsubscribe')) found.push('list-unsubscribe')
  if (facts.fields.has('list-id')) found.push('list-id')
  if (/^(bulk|list)/i.test(facts.fields.get('precedence')?.[0] ?? '')) found.push('bulk-precedence')
  const places = facts.links.map(({ url }) => url.pathname + url.search)
  if (places.some((place) => confirming.test(place) && !leaving.test(place) && (token.test(place) || place.includes('?'))))
    found.push('confirming-link')
  if (places.some((place) => accounts.test(place))) found.push('account-link')
  if (places.some((place) => resetting.test(place) && (token.test(place) || place.includes('?')))) found.push('password-link')
  if (places.some((place) => leaving.test(place))) found.push('unsubscribe-link')
  if (
    /(?:^|[\s:「【])(?:\d{6}|\d{3}[- ]\d{3}|[a-z]-\d{6})(?=$|[\s。」】.])/.test(facts.body.slice(0, 800)) &&
    /code|コード|pin|番号|パスワード/.test(facts.body.slice(0, 800))
  )
    found.push('code-alone')
  return found
}
