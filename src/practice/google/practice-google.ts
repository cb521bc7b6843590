import { type ConsentControls, createAuthorization } from './authorization.ts'
import { createDocsHost, createStorageHost, createUserContentHost } from './content-hosts.ts'
import { createDriveApi } from './drive-api.ts'
import type { DriveService, DriveSettings } from './drive-call.ts'
import type { DriveModel } from './drive-model.ts'
import { createFaults, type FaultRule } from './faults.ts'
import { createGrants, type RefreshEnd } from './grants.ts'
import { type Host, startHost } from './hosts.ts'
import { createOperations } from './operations.ts'
import { createPageTokens } from './page-tokens.ts'
import { createQuota, type QuotaSettings } from './quota.ts'
import type { Handler } from './reply.ts'
import { createRequestLog, type HostName, type LoggedRequest } from './request-log.ts'
import { createSignedLinks } from './signed-links.ts'
import { createTokenEndpoint, createUserInfo } from './token-endpoint.ts'

export interface PracticeGoogleOptions {
  /** PEM; undefined: plain http, for measurements. */
  readonly tls: { readonly key: string; readonly cert: string } | undefined
  readonly model: DriveModel
  /** Lives of codes, tokens and pages; quotas. Default: the system's. */
  readonly clock?: { now(): number }
  /** The one "Desktop app" client that is registered. */
  readonly client?: { readonly id: string; readonly secret: string }
  /** Seconds that an access token lives; default 3599. */
  readonly accessTokenSeconds?: number
  /** The app is in the state "Testing": sign-ins end after seven days. */
  readonly testing?: boolean
  /** A page with check boxes instead of consent at once. */
  readonly consent?: 'at-once' | 'page'
  readonly settings?: Partial<DriveSettings>
}

/** Full addresses of the first four; roots with a slash at the end of the other three. */
export interface PracticeGoogleEndpoints {
  readonly authorization: string
  readonly token: string
  readonly revocation: string
  readonly userinfo: string
  readonly drive: string
  readonly docs: string
  readonly usercontent: string
}

export interface PracticeGoogle {
  readonly endpoints: PracticeGoogleEndpoints
  /** Root of the host that downloads are redirected to; it must never see a bearer token. */
  readonly storage: string
  readonly client: { readonly id: string; readonly secret: string }
  readonly model: DriveModel
  readonly consent: ConsentControls
  /** May be changed at any time. */
  readonly settings: DriveSettings
  /** Every answer so far, oldest first; tokens are not in it. */
  readonly requests: readonly LoggedRequest[]
  /** What no client may do: a bearer where it does not belong, a secret in an address, a request that would change something. */
  readonly violations: readonly string[]
  /** Errors of the practice server itself; a test that finds any here has found a mistake in it. */
  readonly errors: readonly unknown[]
  resetLog(): void
  addFault(rule: FaultRule): { struck(): number; remove(): void }
  clearFaults(): void
  setQuota(quota: QuotaSettings | undefined): void
  /** Every access token given so far is refused with 401 from now on. */
  expireAccessTokens(): void
  /** Every refresh token is dead, as after a revocation or seven days of testing (`expired`), or wants a new sign-in (`invalid_rapt`). */
  endSignIns(why?: RefreshEnd): void
  /** A sign-in without any page: for tests of other things. */
  issueTokens(scopes: readonly string[], email?: string): { accessToken: string; refreshToken: string }
  /** Page tokens of listings given so far are refused with 400. */
  expirePageTokens(): void
  /** Page tokens of changes given so far are refused with 400; real ones last, but may be refused all the same. */
  expireChangeTokens(): void
  /** The next operations of `files.download` end with this error. */
  failOperations(code: number, message: string, times?: number): void
  close(): Promise<void>
}

const theClient = { id: '000000000000-practice.apps.googleusercontent.com', secret: 'GOCSPX-practice' }

/** Google's sign-in and Drive v3 on free ports of 127.0.0.1, one for each real host, since it matters which of them sees a token. */
export async function startPracticeGoogle(options: PracticeGoogleOptions): Promise<PracticeGoogle> {
  const { tls, model, client = theClient, accessTokenSeconds = 3599, testing = false } = options
  const now = () => (options.clock ?? Date).now()
  const log = createRequestLog()
  const faults = createFaults()
  const quota = createQuota(now)
  const errors: unknown[] = []
  const grants = createGrants({ now, accessTokenSeconds, testing })
  const settings: DriveSettings = {
    emptyPageEvery: 0,
    pageLimit: 1000,
    incompleteSearch: false,
    redirectMedia: 'marked',
    operationPolls: 1,
    ...options.settings,
  }
  const service: DriveService = {
    model,
    now,
    settings,
    changeGeneration: 0,
    pageTokens: createPageTokens(now),
    operations: createOperations(now),
    links: createSignedLinks(now),
    roots: { docs: '', usercontent: '', storage: '', accounts: '' },
  }
  const { person, me } = model
  const authorization = createAuthorization({ clientId: client.id, grants, person, me })
  authorization.controls.mode(options.consent ?? 'at-once')
  const hosts: Host[] = []
  const start = async (name: HostName, handler: Handler): Promise<string> => {
    const host = await startHost(name, handler, { tls, log, faults, now, broken: (error) => errors.push(error) })
    hosts.push(host)
    return host.root
  }
  const close = async () => {
    await Promise.all(hosts.map((host) => host.close()))
  }
  try {
    const accounts = await start('accounts.google.com', authorization.handler)
    const oauth = await start('oauth2.googleapis.com', createTokenEndpoint({ client, grants, person, now, testing }))
    const userinfo = await start('openidconnect.googleapis.com', createUserInfo({ grants, person }))
    const drive = await start('www.googleapis.com', createDriveApi({ service, grants, quota }))
    const docs = await start('docs.google.com', createDocsHost({ service, grants }))
    const usercontent = await start('drive.usercontent.google.com', createUserContentHost({ service, grants }))
    const storage = await start('storage', createStorageHost(service))
    Object.assign(service.roots, { docs, usercontent, storage, accounts })
    return {
      endpoints: {
        authorization: `${accounts}o/oauth2/v2/auth`,
        token: `${oauth}token`,
        revocation: `${oauth}revoke`,
        userinfo: `${userinfo}v1/userinfo`,
        drive,
        docs,
        usercontent,
      },
      storage,
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
      setQuota: quota.set,
      expireAccessTokens: grants.expireAccessTokens,
      endSignIns: (why = 'expired') => grants.endRefreshTokens(why),
      issueTokens: (scopes, email = me.email) => ({
        accessToken: grants.issueAccess(email, scopes).token,
        refreshToken: grants.issueRefresh(email, scopes).token,
      }),
      expirePageTokens: service.pageTokens.expire,
      expireChangeTokens: () => {
        service.changeGeneration += 1
      },
      failOperations: service.operations.failNext,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
