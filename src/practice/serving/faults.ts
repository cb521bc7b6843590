import type { Tampering } from './outlet.ts'
import { type Exchange, sendHtml, sendRedirect } from './reply.ts'

/** What a rule looks at: no credentials in it. */
export interface FaultyRequest {
  readonly host: string
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly range: string | undefined
}

/** `reason` as in the provider's tables, `retryAfter` in seconds or as a date. */
export interface Refused {
  readonly status: number
  readonly reason?: string
  readonly message?: string
  readonly retryAfter?: number | string
}

/** Sends a refusal in the form of the host that gives it. */
export type Refuse = (exchange: Exchange, refused: Refused) => Promise<void>

export type FaultAction =
  /** An error in the form of the host that gives it. */
  | Refused
  /** Exactly these bytes, whatever was asked. */
  | { readonly status: number; readonly body: string; readonly contentType: string }
  /** The connection breaks before any answer. */
  | { readonly drop: true }
  /** 200 and a page for people where something else was asked for. */
  | { readonly htmlPage: true }
  | { readonly redirectTo: string }
  /** A redirect to the same address, every time. */
  | { readonly endlessRedirects: true }
  /** Milliseconds of waiting, then the ordinary answer. */
  | { readonly delayMs: number }
  | Readonly<Tampering>

export interface FaultRule {
  readonly match:
    | ((request: FaultyRequest) => boolean)
    | { readonly host?: string; readonly method?: string; readonly pathPattern?: RegExp }
  /** How often it strikes; default once, for endless redirects always. */
  readonly times?: number
  readonly do: FaultAction
}

export interface Faults {
  /** Adds a rule; the first that matches and has strikes left is the one. Returns how often it has struck, and takes it away again. */
  add(rule: FaultRule): { struck(): number; remove(): void }
  clear(): void
  /** Lets the rules act; true when one has given the answer. */
  strike(exchange: Exchange): Promise<boolean>
}

export function createFaults(refuse: Refuse): Faults {
  const rules: { rule: FaultRule; struck: number }[] = []
  return {
    add(rule) {
      const entry = { rule, struck: 0 }
      rules.push(entry)
      return {
        struck: () => entry.struck,
        remove: () => {
          const at = rules.indexOf(entry)
          if (at >= 0) rules.splice(at, 1)
        },
      }
    },
    clear() {
      rules.length = 0
    },
    async strike(exchange) {
      const { host, method, url, headers } = exchange
      const request: FaultyRequest = { host, method, path: url.pathname, query: url.searchParams, range: headers.range }
      const found = rules.find(({ rule, struck }) => {
        const times = rule.times ?? ('endlessRedirects' in rule.do ? Number.POSITIVE_INFINITY : 1)
        return struck < times && matches(rule.match, request)
      })
      if (found === undefined) return false
      found.struck += 1
      return act(found.rule.do, exchange, refuse)
    },
  }
}

function matches(match: FaultRule['match'], request: FaultyRequest): boolean {
  if (typeof match === 'function') return match(request)
  const { host = request.host, method = request.method, pathPattern } = match
  return host === request.host && method === request.method && (pathPattern === undefined || pathPattern.test(request.path))
}

async function act(action: FaultAction, exchange: Exchange, refuse: Refuse): Promise<boolean> {
  if ('status' in action) {
    if ('body' in action) await sendRaw(exchange, action)
    else await refuse(exchange, action)
  } else if ('drop' in action) exchange.outlet.drop()
  else if ('htmlPage' in action) await sendHtml(exchange, 200, '<h1>Sign in</h1><p>This page is for people.</p>')
  else if ('redirectTo' in action) await sendRedirect(exchange, action.redirectTo)
  else if ('endlessRedirects' in action) await sendRedirect(exchange, exchange.url.href)
  else if ('delayMs' in action) {
    await new Promise((resolve) => setTimeout(resolve, action.delayMs))
    return false
  } else {
    Object.assign(exchange.outlet.tampering, action)
    return false
  }
  return true
}

async function sendRaw(
  { outlet }: Exchange,
  action: { readonly status: number; readonly body: string; readonly contentType: string },
): Promise<void> {
  const body = Buffer.from(action.body)
  outlet.head(action.status, { 'Content-Type': action.contentType, 'Content-Length': body.length })
  await outlet.write(body)
  await outlet.end()
}
