import { createFaults, type FaultRule } from '../serving/faults.ts'
import { type Host, startHost } from '../serving/hosts.ts'
import type { Handler } from '../serving/reply.ts'
import { createRequestLog, type LoggedRequest } from '../serving/request-log.ts'
import { createApiHost } from './api-host.ts'
import type { App, AppState } from './app-registration.ts'
import { type ConsentControls, createAuthorization } from './authorization.ts'
import { createDevices } from './devices.ts'
import { createDownloadHost } from './download-host.ts'
import { createGrants, type RefreshEnd } from './grants.ts'
import type { RecordingsModel } from './model.ts'
import { createPageTokens } from './page-tokens.ts'
import { createRateLimits, type Limits, type Plan } from './rate-limits.ts'
import { granularScopes, type Label } from './scopes.ts'
import { createSignedLinks } from './signed-links.ts'
import { createStorageHost } from './storage-host.ts'
import { createTokenEndpoint } from './token-endpoint.ts'
import { bearerWelcome, type HostName, refuseAsZoom } from './zoom-hosts.ts'

export interface PracticeZoomOptions {
  /** PEM; undefined: plain http, for measurements. */
  readonly tls: { readonly key: string; readonly cert: string } | undefined
  readonly model: RecordingsModel
  /** Lives of codes, tokens, pages and links; limits; "today". Default: the system's. */
  readonly now?: () => number
  readonly client?: PracticeZoom['client']
  /** Redirect addresses of the app; default `http://127.0.0.1/callback`. */
  readonly redirects?: readonly string[]
  /** What the app is registered for: all that a token can have. Default: the granular scopes of today. */
  readonly scopes?: readonly string[]
  /** Seconds that an access token lives; default 3599. */
  readonly accessTokenSeconds?: number
  /** Days that an unused refresh token lives; default 90. */
  readonly refreshTokenDays?: number
  /** `page`: a page waits for a click; default at once. */
  readonly consent?: 'at-once' | 'page'
  /** Whose limits are enforced; default none (answers state those of Business). */
  readonly plan?: Plan
}

export interface ZoomSettings {
  /** The numbers of the documentation's table as `errorCode` in the token endpoint's answers, where they were never seen; default false. */
  errorCodes: boolean
  /** Milliseconds between the moment at which new tokens take the place of the old ones and their being sent; default 0. */
  tokensOnTheWayMs: number
  /** The storage host honours Range; default true. */
  ranges: boolean
  /** The organisation lets people download clips; default true. */
  clipDownloads: boolean
  /** Seconds that an address at the storage host lives; default 3600. */
  linkSeconds: number
}

/** Full addresses of the first four; roots with a slash at the end of zoom.us, api.zoom.us/v2, and the host of `download_url`. */
export interface PracticeZoomEndpoints {
  readonly authorization: string
  readonly token: string
  readonly revocation: string
  readonly deviceAuthorization: string
  readonly oauth: string
  readonly api: string
  readonly download: string
}

export interface PracticeZoom {
  readonly endpoints: PracticeZoomEndpoints
  /** Root of the host that downloads are redirected to; it must never see a bearer token. */
  readonly storage: string
  /** `secret` belongs to `id`; `publicId` has none. */
  readonly client: { readonly id: string; readonly publicId: string; readonly secret: string }
  readonly model: RecordingsModel
  readonly consent: ConsentControls
  /** May be changed at any time. */
  readonly settings: ZoomSettings
  /** Every answer so far, oldest first; tokens are not in it. */
  readonly requests: readonly LoggedRequest[]
  /** What no client may do: a bearer where it does not belong, a secret in an address, a parameter that does not exist, a request that would change something. */
  readonly violations: readonly string[]
  /** Errors of the practice server itself; a test that finds any here has found a mistake in it. */
  readonly errors: readonly unknown[]
  resetLog(): void
  addFault(rule: FaultRule): { struck(): number; remove(): void }
  clearFaults(): void
  setLimits(limits: Plan | Limits | undefined): void
  /** Another program of the account has used up the day. */
  exhaustDay(label?: Label): void
  setApp(change: { readonly state?: AppState; readonly scopes?: readonly string[]; readonly device?: boolean }): void
  /** Every access token given so far is refused with 401 from now on. */
  expireAccessTokens(): void
  /** Every refresh token is dead; default: as after a newer sign-in elsewhere (4741). */
  endSignIns(why?: RefreshEnd): void
  /** A sign-in without any page, which like any other ends the earlier ones of that person. */
  issueTokens(scopes?: readonly string[], email?: string): { accessToken: string; refreshToken: string }
  expirePageTokens(): void
  /** Addresses at the storage host given so far are refused with 403. */
  expireLinks(): void
  close(): Promise<void>
}

const theClient = { id: 'practiceConfidential01', publicId: 'practicePublicClient02', secret: 'practice-zoom-secret' }

/** Zoom's sign-in, the API of cloud recordings, and downloads, on free ports of 127.0.0.1, one for each real host, since it matters which of them sees a token. */
export async function startPracticeZoom(options: PracticeZoomOptions): Promise<PracticeZoom> {
  const { tls, model, client = theClient, scopes = granularScopes, accessTokenSeconds = 3599, refreshTokenDays = 90 } = options
  const { redirects = ['http://127.0.0.1/callback'], now = Date.now } = options
  const log = createRequestLog()
  const faults = createFaults(refuseAsZoom)
  const errors: unknown[] = []
  const app: App = { ...client, redirects, scopes, state: 'active', device: true }
  const settings: ZoomSettings = { errorCodes: false, tokensOnTheWayMs: 0, ranges: true, clipDownloads: true, linkSeconds: 3600 }
  const roots = { oauth: '', api: '', download: '', storage: '' }
  const grants = createGrants({ now, accessTokenSeconds, refreshTokenDays })
  const devices = createDevices(now)
  const pageTokens = createPageTokens(now)
  const links = createSignedLinks(now, settings)
  const limits = createRateLimits(now)
  limits.set(options.plan)
  const authorization = createAuthorization({ app, grants, devices, people: [model.me, model.colleague] })
  authorization.controls.mode(options.consent ?? 'at-once')
  const programs = createTokenEndpoint({ app, grants, devices, now, settings, roots })
  const forPrograms = new Set(['/oauth/token', '/oauth/revoke', '/oauth/devicecode'])
  const hosts: Host[] = []
  const start = async (name: HostName, handler: Handler): Promise<string> => {
    const broken = (error: unknown) => errors.push(error)
    const host = await startHost(name, handler, { tls, log, faults, now, bearerWelcome, refuse: refuseAsZoom, broken })
    hosts.push(host)
    return host.root
  }
  const close = async () => {
    await Promise.all(hosts.map((host) => host.close()))
  }
  try {
    roots.oauth = await start('zoom.us', (exchange) =>
      (forPrograms.has(exchange.url.pathname) ? programs : authorization.handler)(exchange),
    )
    roots.api = await start('api.zoom.us', createApiHost({ model, grants, limits, pageTokens, now, roots, links, settings }))
    roots.download = await start('us02web.zoom.us', createDownloadHost({ model, grants, links, now, roots }))
    roots.storage = await start('ssrweb.zoom.us', createStorageHost({ links, settings }))
  } catch (error) {
    await close()
    throw error
  }
  return {
    endpoints: {
      authorization: `${roots.oauth}oauth/authorize`,
      token: `${roots.oauth}oauth/token`,
      revocation: `${roots.oauth}oauth/revoke`,
      deviceAuthorization: `${roots.oauth}oauth/devicecode`,
      oauth: roots.oauth,
      api: `${roots.api}v2/`,
      download: roots.download,
    },
    storage: roots.storage,
    client,
    model,
    consent: authorization.controls,
    settings,
    requests: log.requests,
    violations: log.violations,
    errors,
    resetLog: log.reset,
    addFault: faults.add,
    clearFaults: faults.clear,
    setLimits: limits.set,
    exhaustDay: limits.exhaustDay,
    setApp: (change) => Object.assign(app, change),
    expireAccessTokens: grants.expireAccessTokens,
    endSignIns: (why = 'revoked') => grants.endRefreshTokens(why),
    issueTokens(chosen = app.scopes, email = model.me.email) {
      const person = [model.me, model.colleague].find((one) => one.email === email)
      if (person === undefined) throw new Error(`practice Zoom: nobody is called ${email}`)
      return grants.authorize(person.id, chosen)
    },
    expirePageTokens: pageTokens.expire,
    expireLinks: links.expire,
    close,
  }
}
