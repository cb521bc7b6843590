import type { FaultAction, FaultRule } from '../../src/practice/serving/faults.ts'
import type { Fault as WebdavFault } from '../../src/practice/webdav/faults.ts'
import { below, pick, type Random } from '../journeys/random.ts'
import type { Cloud } from './cloud.ts'

/** Strike any request. */
const common = ['drop', 'cut', '429', '429 with Retry-After', '5xx', '503 with Retry-After', 'slow'] as const
/** An answer that is late is none that a round is counted by. */
const harmful = common.filter((kind) => kind !== 'slow')
/** Strike what they can harm and what a careful client can notice. */
const particular = [
  'web page',
  'web page for a file',
  'web page for a file, each time',
  'wrong bytes',
  'wrong length',
  'wrong length, each time',
  'half of the content',
  'stall',
  'quota refusal as 403',
  'expired address',
  'expired tokens',
  'expired page token',
] as const

export type FaultKind = (typeof common)[number] | (typeof particular)[number]
export const faultKinds: readonly FaultKind[] = [...common, ...particular]

/** What goes wrong once in a round: from this request of the round on (1 is the first), the first that it fits. */
export interface PlannedFault {
  readonly kind: FaultKind
  readonly from: number
  /** From 0 up to 1: how far, how much, which status. */
  readonly dice: number
}

/** The least that every round meets. */
export const leastFaults = 3

/** `many`: there is much to fetch. */
export function planFaults(random: Random, many: boolean): PlannedFault[] {
  const certain = Array.from({ length: leastFaults }, (_, n) => ({
    kind: pick(random, harmful),
    from: 1 + n * 2 + below(random, 6),
    dice: random(),
  }))
  const further = Array.from({ length: 2 + below(random, many ? 10 : 6) }, () => ({
    kind: pick(random, faultKinds),
    from: 1 + Math.floor(random() ** 2 * (many ? 300 : 80)),
    dice: random(),
  }))
  // A stall costs two seconds of waiting; tokens that are refused as soon as they are new mean that the sign-in has ended.
  const once = new Set<FaultKind>()
  return [...certain, ...further].filter(({ kind }) => {
    if (kind !== 'stall' && kind !== 'expired tokens') return true
    return !once.has(kind) && once.add(kind)
  })
}

/** A request as the faults see it. */
interface Seen {
  readonly service: 'google' | 'microsoft' | 'zoom' | 'home'
  readonly host: string
  readonly path: string
  readonly query: URLSearchParams
  /** It asks for a file's bytes. */
  readonly content: boolean
  /** Bytes whose number or checksum the client has been told before. */
  readonly stated: boolean
  readonly checksum: boolean
  readonly signIn: boolean
}

const signInHosts = new Set([
  'accounts.google.com',
  'oauth2.googleapis.com',
  'openidconnect.googleapis.com',
  'login.microsoftonline.com',
  'zoom.us',
])
const storageHosts = new Set(['contoso-my.sharepoint.com', 'public.bn.files.1drv.com', 'ssrweb.zoom.us'])

function seen(service: Seen['service'], host: string, path: string, query: URLSearchParams): Seen {
  const driveMedia = query.get('alt') === 'media' || host === 'storage' || host === 'drive.usercontent.google.com'
  const storage = storageHosts.has(host)
  return {
    service,
    host,
    path,
    query,
    content: driveMedia || storage || /\/(export|content|\$value)$/.test(path) || /^(lh3|docs|us02web)\./.test(host),
    stated: driveMedia || storage,
    checksum: driveMedia || host === 'contoso-my.sharepoint.com',
    signIn: signInHosts.has(host),
  }
}

function fits(kind: FaultKind, request: Seen): boolean {
  // Of a sign-in's answers nothing is guessed: what was refused there once stays refused.
  if (request.signIn) return kind === 'slow' || kind === '5xx'
  switch (kind) {
    case 'web page':
      return !request.content
    case 'web page for a file':
    case 'web page for a file, each time':
      return request.content
    case 'wrong bytes':
      return request.checksum
    case 'wrong length':
    case 'wrong length, each time':
      // What Zoom states of its texts is no measure, and of a film what comes twice alike is believed: its provider's tests look at both.
      return request.stated && request.service !== 'zoom'
    case 'half of the content':
      // Of JSON or XML: an answer that ends in its middle, and says that it is whole.
      return request.service === 'home' ? true : !request.content
    case 'quota refusal as 403':
      return request.service === 'google' && !request.content
    case 'expired address':
      return storageHosts.has(request.host)
    case 'expired tokens':
      return request.service !== 'home' && !storageHosts.has(request.host) && request.host !== 'storage' && !request.content
    case 'expired page token':
      return ['pageToken', 'next_page_token', '$skiptoken', 'token'].some((name) => request.query.has(name))
    default:
      return true
  }
}

/** The faults of a round at work. */
export interface FaultsAtWork {
  /** Requests since the round began. */
  requests(): number
  /** Answers that were struck, by kind of fault. */
  struck(): ReadonlyMap<FaultKind, number>
  /** Faults that struck: each once, however often it did, and none that only made an answer late. */
  total(): number
  /** Nothing goes wrong any more. */
  stop(): void
}

/** Puts plans to work, one at a time. To be made once for a cloud. */
export function createFaults(cloud: Cloud): { begin(plan: readonly PlannedFault[]): FaultsAtWork } {
  let planned: { readonly fault: PlannedFault; spent: boolean; readonly paths: Set<string> }[] = []
  let requests = 0
  let struck = new Map<FaultKind, number>()

  /** The fault that strikes this request, if any. */
  const next = (request: Seen): PlannedFault | undefined => {
    requests++
    const { path } = request
    const again = planned.find(({ fault, paths }) => fault.kind.endsWith('each time') && paths.has(path))
    const found =
      again ??
      planned.find(
        ({ fault, spent }) =>
          !spent &&
          fault.from <= requests &&
          fits(fault.kind, request) &&
          // The same wrong bytes twice are believed, where it is known that a service states other ones: that is not what is tried here.
          (!/wrong|page for/.test(fault.kind) || !planned.some(({ paths }) => paths.has(path))),
      )
    if (found === undefined) return undefined
    found.spent = true
    found.paths.add(path)
    const { kind } = found.fault
    struck.set(kind, (struck.get(kind) ?? 0) + 1)
    expire(kind, request, cloud)
    return found.fault
  }

  let action: FaultAction = { delayMs: 0 }
  const rule = (service: Seen['service']): FaultRule => ({
    match: ({ host, path, query }) => {
      const request = seen(service, host, path, query)
      const fault = next(request)
      if (fault === undefined) return false
      action = actionOf(fault, request)
      return true
    },
    times: Number.POSITIVE_INFINITY,
    get do() {
      return action
    },
  })
  cloud.google?.addFault(rule('google'))
  cloud.microsoft?.faults.add(rule('microsoft'))
  cloud.zoom?.addFault(rule('zoom'))
  let davAction: WebdavFault = { delay: 0 }
  cloud.home?.faults.add({
    match: ({ method, path = '/' }) => {
      const get = method === 'GET'
      const request: Seen = {
        service: 'home',
        host: 'home',
        path: `${method} ${path}`,
        query: new URLSearchParams(),
        content: get,
        stated: get,
        checksum: false,
        signIn: false,
      }
      const fault = next(request)
      if (fault === undefined) return false
      davAction = davActionOf(fault, request)
      return true
    },
    times: Number.POSITIVE_INFINITY,
    get do() {
      return davAction
    },
  })

  return {
    begin(plan) {
      planned = plan.map((fault) => ({ fault, spent: false, paths: new Set<string>() }))
      requests = 0
      struck = new Map()
      const own = struck
      const mine = planned
      return {
        requests: () => requests,
        struck: () => own,
        total: () => mine.filter(({ fault, spent }) => spent && fault.kind !== 'slow').length,
        stop() {
          planned = []
        },
      }
    },
  }
}

/** What the service itself will refuse from now on; this very request first. */
function expire(kind: FaultKind, { service }: Seen, { google, microsoft, zoom }: Cloud): void {
  if (kind === 'expired address') {
    if (service === 'microsoft') microsoft?.expireDownloadLinks()
    if (service === 'zoom') zoom?.expireLinks()
  } else if (kind === 'expired tokens') {
    if (service === 'google') google?.expireAccessTokens()
    if (service === 'microsoft') microsoft?.expireAccessTokens()
    if (service === 'zoom') zoom?.expireAccessTokens()
  } else if (kind === 'expired page token') {
    if (service === 'google') google?.expirePageTokens()
    if (service === 'microsoft') microsoft?.expireDeltaTokens()
    if (service === 'zoom') zoom?.expirePageTokens()
  }
}

const serverErrors = [500, 502, 503, 504] as const
const among = <T>(list: readonly T[], dice: number): T => list[Math.floor(dice * list.length)]!
/** Some bytes more, or fewer. */
const change = (dice: number) => (dice < 0.5 ? -1 - Math.floor(dice * 60) : 1 + Math.floor((dice - 0.5) * 60))
/** How far an answer gets. */
const reach = (dice: number, { content }: Seen) => Math.floor(dice * (content ? 900 : 60))

function actionOf({ kind, dice }: PlannedFault, request: Seen): FaultAction {
  switch (kind) {
    case 'drop':
      return { drop: true }
    case 'cut':
      return { cutAfter: reach(dice, request) }
    case '429':
      return { status: 429, ...(request.service === 'google' && { reason: 'rateLimitExceeded' }) }
    case '429 with Retry-After':
      return { status: 429, retryAfter: 1, ...(request.service === 'google' && { reason: 'rateLimitExceeded' }) }
    case 'quota refusal as 403':
      return { status: 403, reason: dice < 0.5 ? 'userRateLimitExceeded' : 'rateLimitExceeded' }
    case '5xx':
      return { status: among(serverErrors, dice) }
    case '503 with Retry-After':
      return { status: 503, retryAfter: 1 }
    case 'slow':
      return { delayMs: 50 + Math.floor(dice * 550) }
    case 'web page':
    case 'web page for a file':
    case 'web page for a file, each time':
      return { htmlPage: true }
    case 'wrong bytes':
      return { wrongBytes: true }
    case 'wrong length':
    case 'wrong length, each time':
      return { lengthChange: change(dice) }
    case 'half of the content':
      return { truncatedJson: true }
    case 'stall':
      return { stallAfter: reach(dice, request) }
    default:
      return { delayMs: 0 }
  }
}

function davActionOf({ kind, dice }: PlannedFault, request: Seen): WebdavFault {
  switch (kind) {
    case 'drop':
      return { cut: 0 }
    case 'cut':
      return request.content ? { cut: reach(dice, request) } : { cut: Math.floor(dice * 3), unit: 'responses' }
    case '429':
      return { status: 429 }
    case '429 with Retry-After':
      return { status: 429, headers: { 'Retry-After': '1' } }
    case '5xx':
      return { status: among(serverErrors, dice) }
    case '503 with Retry-After':
      return { status: 503, headers: { 'Retry-After': '1' } }
    case 'web page':
    case 'web page for a file':
    case 'web page for a file, each time':
      return { html: true }
    case 'wrong length':
    case 'wrong length, each time':
      return { wrongLength: change(dice) }
    case 'half of the content':
      return { cut: reach(dice, request), quietly: true }
    case 'stall':
      return { stall: reach(dice, request) }
    default:
      return { delay: 50 + Math.floor(dice * 550) }
  }
}
