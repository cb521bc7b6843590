import { randomUUID } from 'node:crypto'
import { createFaults, type Faults } from '../serving/faults.ts'
import { type Host, startHost } from '../serving/hosts.ts'
import { bearerOf, type Handler } from '../serving/reply.ts'
import { createRequestLog, type RequestLog } from '../serving/request-log.ts'
import type { MicrosoftAccount } from './account.ts'
import type { OneDriveModel } from './drive/one-drive-model.ts'
import type { AadstsCode } from './entra/aadsts.ts'
import { type ConsentControls, createConsent } from './entra/consent.ts'
import { createEntraHost } from './entra/entra-host.ts'
import type { EntraService } from './entra/entra-service.ts'
import { type ClaimsFrom, createEntraGrants } from './entra/grants.ts'
import { plainScope } from './entra/scopes.ts'
import { createDownloadLinks } from './graph/download-links.ts'
import { createGraphHost } from './graph/graph-host.ts'
import type { DriveSettings, GraphService, Resync } from './graph/graph-service.ts'
import { createStorageHost } from './graph/storage-host.ts'
import { createThrottle, type ThrottleSettings } from './graph/throttle.ts'
import { bearerWelcome, type HostName, refuseAsMicrosoft } from './microsoft-hosts.ts'
import type { NotesModel } from './onenote/notes-model.ts'
import { createOneNoteApi } from './onenote/onenote-api.ts'
import type { OneNoteLimits } from './onenote/onenote-limits.ts'

export interface PracticeMicrosoftOptions {
  /** PEM; undefined: plain http, for measurements. */
  readonly tls: { readonly key: string; readonly cert: string } | undefined
  /** The account's drive; the account is its owner. */
  readonly model: OneDriveModel
  /** What is in OneNote; without it OneNote says that there is no OneDrive. */
  readonly notes?: NotesModel
  /** Milliseconds since 1970; lives of codes, tokens, addresses, throttling. Default: the system's clock. */
  readonly now?: () => number
  /** The one public client that is registered, with the redirect `http://localhost`. */
  readonly client?: { readonly id: string }
  /** Seconds that an access token lives; default 4500, the average: https://learn.microsoft.com/entra/identity-platform/configurable-token-lifetimes */
  readonly accessTokenSeconds?: number
  /** Seconds between polls that a device code asks for; default 5. */
  readonly deviceIntervalSeconds?: number
  readonly consent?: 'at-once' | 'page'
  readonly settings?: Partial<DriveSettings>
}

export interface PracticeMicrosoft {
  /** Roots with a slash at the end: a tenant follows the one, `v1.0/` the other. */
  readonly endpoints: { readonly authority: string; readonly graph: string }
  /** Roots of the hosts that downloads of each kind of drive are redirected to; they must never see a bearer token. */
  readonly storage: { readonly business: string; readonly personal: string }
  readonly client: { readonly id: string }
  /** The directory of the account. */
  readonly tenant: string
  readonly account: MicrosoftAccount
  readonly model: OneDriveModel
  readonly consent: ConsentControls
  /** May be changed at any time. */
  readonly settings: DriveSettings
  /** Every answer so far, oldest first, and what no client may do; tokens are not in it. */
  readonly log: RequestLog
  readonly faults: Faults
  /** Errors of the practice server itself; a test that finds any here has found a mistake in it. */
  readonly errors: readonly unknown[]
  /** Graph's resource units and requests; undefined: no limit. */
  setThrottle(settings: ThrottleSettings | undefined): void
  /** OneNote's own limits; undefined: none. */
  setNotesLimits(limits: OneNoteLimits | undefined): void
  /** Whether the app's registration is wrong: a client secret is demanded (AADSTS7000218). */
  demandSecret(demanded: boolean): void
  /** Every access token given so far is refused with 401 from now on. */
  expireAccessTokens(): void
  /** Access tokens are refused until one is asked for with the claims of the challenge: by the program alone (default), or by the person signing in for it. */
  demandClaims(from?: ClaimsFrom): void
  /** Every refresh token given so far answers with this error; default: unused for 90 days. */
  endSignIns(why?: AadstsCode): void
  /** A sign-in without any page, consent of the administrator included: for tests of other things. Default: the practice account's. */
  issueTokens(scopes: readonly string[], username?: string): { accessToken: string; refreshToken: string }
  /** Delta tokens given so far are dead: 410 with this code and, unless told otherwise, a fresh link. */
  expireDeltaTokens(resync?: Partial<Resync>): void
  /** Download addresses given so far are dead. */
  expireDownloadLinks(): void
  close(): Promise<void>
}

const theClient = { id: 'b0a7c1de-0000-4000-8000-00000000c0de' }

/** Entra's sign-in, Graph's drives and the storage hosts on free ports of 127.0.0.1, one for each real host, since it matters which of them sees a token. */
export async function startPracticeMicrosoft(options: PracticeMicrosoftOptions): Promise<PracticeMicrosoft> {
  const { tls, model, client = theClient, now = Date.now, accessTokenSeconds = 4500, deviceIntervalSeconds = 5 } = options
  const { account } = model
  const drives = () => [model, ...model.others]
  const accounts = () => drives().map((drive) => drive.account)
  const log = createRequestLog()
  const faults = createFaults(refuseAsMicrosoft)
  const errors: unknown[] = []
  const grants = createEntraGrants(now, accessTokenSeconds)
  const consent = createConsent(accounts)
  consent.controls.mode(options.consent ?? 'at-once')
  const settings: DriveSettings = {
    pageSize: 200,
    pageLimit: 1000,
    emptyPageEvery: 0,
    duplicates: 'none',
    parents: 'first',
    shortcutsInDelta: true,
    shortcutsWantAsking: true,
    sloppyDriveIds: false,
    businessFolderDelta: false,
    linksTo: undefined,
    deadLinkStatus: 401,
    linkSeconds: 600,
    ignoreRanges: false,
    tolerateBearer: false,
    wantsDecoration: false,
    packed: 'never',
    ...options.settings,
  }
  const entra: EntraService = {
    accounts,
    clientId: client.id,
    grants,
    consent,
    now,
    deviceIntervalSeconds,
    demandSecret: false,
    root: '',
  }
  const graph: GraphService = {
    grants,
    model,
    drives,
    now,
    settings,
    links: createDownloadLinks(now, () => settings.linkSeconds),
    throttle: createThrottle(now),
    roots: { graph: '', business: '', personal: '' },
    deltaGeneration: 0,
    epoch: randomUUID(),
    resync: { code: 'resyncChangesApplyDifferences', location: true },
  }
  const onenote = createOneNoteApi({
    model: options.notes,
    scopesOf: (exchange) => grants.access(bearerOf(exchange) ?? '')?.scopes,
    now,
  })
  const hosts: Host[] = []
  const start = async (name: HostName, handler: Handler): Promise<string> => {
    const broken = (error: unknown) => errors.push(error)
    const host = await startHost(name, handler, { tls, log, faults, now, bearerWelcome, refuse: refuseAsMicrosoft, broken })
    hosts.push(host)
    return host.root
  }
  const close = async () => {
    await Promise.all(hosts.map((host) => host.close()))
  }
  try {
    entra.root = await start('login.microsoftonline.com', createEntraHost(entra))
    const storage = createStorageHost(graph)
    graph.roots.graph = await start('graph.microsoft.com', createGraphHost(graph, onenote))
    graph.roots.business = await start('contoso-my.sharepoint.com', storage)
    graph.roots.personal = await start('public.bn.files.1drv.com', storage)
    return {
      endpoints: { authority: entra.root, graph: graph.roots.graph },
      storage: graph.roots,
      client,
      tenant: account.tenant,
      account,
      model,
      consent: consent.controls,
      settings,
      log,
      faults,
      errors,
      setThrottle: graph.throttle.set,
      setNotesLimits: onenote.limit,
      demandSecret(demanded) {
        entra.demandSecret = demanded
      },
      expireAccessTokens: grants.expireAccessTokens,
      demandClaims: grants.demandClaims,
      endSignIns: (why = 'AADSTS700082') => grants.endRefreshTokens(why),
      issueTokens(scopes, username = account.username) {
        const who = accounts().find((one) => one.username === username)
        if (who === undefined) throw new Error(`practice Microsoft: nobody is called ${username}`)
        const plain = scopes.map(plainScope)
        for (const scope of plain) grants.consented(who).add(scope)
        return {
          accessToken: grants.issueAccess(who, plain).token,
          refreshToken: grants.issueRefresh(who, [...new Set([...plain, 'offline_access'])]),
        }
      },
      expireDeltaTokens({ code = 'resyncChangesApplyDifferences', location = true } = {}) {
        graph.deltaGeneration += 1
        graph.resync = { code, location }
      },
      expireDownloadLinks: graph.links.expire,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
