import type { Finding } from './examine.ts'
import { adviceFor, categoryOf, importanceOf } from './importance.ts'
import {
  type DoubtfulMessage,
  type EvidenceKind,
  type EvidenceMessage,
  evidenceKinds,
  type OutsideService,
} from './outside-accounts.ts'
import type { SavedMessage } from './saved-mail.ts'

type Place = Pick<SavedMessage, 'path' | 'received' | 'spam'>

interface Gathered {
  readonly domain: string
  readonly named: boolean
  readonly names: Map<string, number>
  readonly kinds: Partial<Record<EvidenceKind, number>>
  readonly best: Map<EvidenceKind, EvidenceMessage & { readonly score: number }>
  first: number
  last: number
  messages: number
  /** Messages that say that there is an account, from a sender that somebody vouched for. */
  sure: number
  codes: boolean
  signInWith: string | undefined
}

/** The doubtful ones that are kept. */
const mostDoubtful = 200

/** Features that tell of codes and alarms. */
const guards: ReadonlySet<string> = new Set(['one-time-code', 'code-alone', 'sign-in-notice'])

/** Brings findings together by service; holds what the list shows of each and no more. */
export function createGatherer() {
  const services = new Map<string, Gathered>()
  let doubtful: DoubtfulMessage[] = []
  let doubtfulMessages = 0

  const latest = () => doubtful.toSorted((a, b) => b.date - a.date).slice(0, mostDoubtful)

  function doubt(finding: Finding, { path, received, spam }: Place): void {
    doubtfulMessages++
    doubtful.push({
      path,
      subject: finding.subject,
      from: finding.from,
      date: received,
      kind: finding.kind,
      why: [...(spam ? (['spam-folder'] as const) : []), ...(finding.doubts ?? [])],
    })
    if (doubtful.length >= 4 * mostDoubtful) doubtful = latest()
  }

  function serviceFor(domain: string, named: boolean): Gathered {
    const key = named ? `name:${domain.toLowerCase()}` : domain
    const found = services.get(key)
    if (found !== undefined) return found
    const fresh: Gathered = {
      domain,
      named,
      names: new Map(),
      kinds: {},
      best: new Map(),
      first: 0,
      last: 0,
      messages: 0,
      sure: 0,
      codes: false,
      signInWith: undefined,
    }
    services.set(key, fresh)
    return fresh
  }

  return {
    add(finding: Finding, place: Place): void {
      if (finding.doubts !== undefined || place.spam) {
        doubt(finding, place)
        return
      }
      const { kind, service } = finding
      if (service === undefined) return
      const domain = service.domain ?? service.name
      if (domain === '') return
      const gathered = serviceFor(domain, service.domain === undefined)
      gathered.messages++
      gathered.kinds[kind] = (gathered.kinds[kind] ?? 0) + 1
      const { received } = place
      if (received > 0) {
        gathered.first = gathered.first === 0 ? received : Math.min(gathered.first, received)
        gathered.last = Math.max(gathered.last, received)
      }
      if (kind !== 'newsletter' && kind !== 'receipt') gathered.sure += finding.vouched ? 2 : 1
      else if (kind === 'receipt' && finding.vouched) gathered.sure += 0.5
      if (finding.reasons.some((reason) => guards.has(reason))) gathered.codes = true
      gathered.signInWith = service.signInWith ?? gathered.signInWith
      if (service.name !== '' && gathered.names.size < 20)
        gathered.names.set(service.name, (gathered.names.get(service.name) ?? 0) + 1)
      const before = gathered.best.get(kind)
      if (before === undefined || finding.score > before.score || (finding.score === before.score && received > before.date))
        gathered.best.set(kind, {
          kind,
          path: place.path,
          subject: finding.subject,
          from: finding.from,
          date: received,
          reasons: finding.reasons,
          score: finding.score,
        })
    },
    /** The list, what matters most first. */
    end(): { services: OutsideService[]; doubtful: DoubtfulMessage[]; doubtfulMessages: number } {
      const list = [...services.values()].map(serviceOf)
      list.sort((a, b) => importanceOf(a) - importanceOf(b) || b.lastSeen - a.lastSeen || (a.domain < b.domain ? -1 : 1))
      return { services: list, doubtful: latest(), doubtfulMessages }
    },
  }
}

function serviceOf(gathered: Gathered): OutsideService {
  const { domain, named, kinds, messages, sure, signInWith } = gathered
  const name = [...gathered.names].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? domain
  return {
    domain,
    name,
    named,
    category: categoryOf(domain, name, kinds),
    kinds,
    evidence: evidenceKinds.flatMap((kind) => {
      const best = gathered.best.get(kind)
      if (best === undefined) return []
      const { score: _, ...message } = best
      return [message]
    }),
    firstSeen: gathered.first,
    lastSeen: gathered.last,
    messages,
    confidence: sure >= 2 ? 'certain' : sure > 0 || kinds.receipt !== undefined ? 'likely' : 'possible',
    ...(signInWith !== undefined && { signInWith }),
    advice: adviceFor(kinds, gathered.codes),
  }
}
