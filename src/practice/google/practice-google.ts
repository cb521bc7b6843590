import { createFaults, type FaultRule } from '../serving/faults.ts'
import { type Host, startHost } from '../serving/hosts.ts'
import type { Handler } from '../serving/reply.ts'
import { createRequestLog, type LoggedRequest } from '../serving/request-log.ts'
import type { Api } from './api.ts'
import { createApiHost } from './api-host.ts'
import { type ApiQuotaSettings, createApiQuota } from './api-quota.ts'
import { type AppRegistration, newApp } from './app-registration.ts'
import { type ConsentControls, createAuthorization } from './authorization.ts'
import { calendarApi } from './calendar/calendar-api.ts'
import type { CalendarModel } from './calendar/calendar-model.ts'
import { createDocsHost, createStorageHost, createUserContentHost } from './content-hosts.ts'
import { createDriveApi } from './drive-api.ts'
import type { DriveService, DriveSettings } from './drive-call.ts'
import type { DriveModel } from './drive-model.ts'
import { gmailApi } from './gmail/gmail-api.ts'
import type { MailboxModel } from './gmail/mailbox.ts'
import { bearerWelcome, type HostName, refuseAsGoogle } from './google-hosts.ts'
import { createGrants, type RefreshEnd } from './grants.ts'
import { createOperations } from './operations.ts'
import { createPageTokens } from './page-tokens.ts'
import { peopleApi } from './people/people-api.ts'
import type { PeopleModel } from './people/people-model.ts'
import { createPhotoHost } from './people/photo-host.ts'
import { createQuota, type QuotaSettings } from './quota.ts'
import { createSignedLinks } from './signed-links.ts'
import { tasksApi } from './tasks/tasks-api.ts'
import type { TasksModel } from './tasks/tasks-model.ts'
import { createTokenEndpoint, createUserInfo } from './token-endpoint.ts'

export interface PracticeGoogleOptions {
  /** PEM; undefined: plain http, for measurements. */
  readonly tls: { readonly key: string; readonly cert: string } | undefined
  readonly model: DriveModel
  /** What the person has beside Drive. Without a mailbox Gmail says "Mail service not enabled", the others that their API is not enabled. */
  readonly mailbox?: MailboxModel
  readonly people?: PeopleModel
  readonly calendar?: CalendarModel
  readonly tasks?: TasksModel
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

/** Full addresses of the first four; roots with a slash at the end of the others. Calendar is at Drive's, as in reality. */
export interface PracticeGoogleEndpoints {
  readonly authorization: string
  readonly token: string
  readonly revocation: string
  readonly userinfo: string
  readonly drive: string
  readonly docs: string
  readonly usercontent: string
  readonly gmail: string
  readonly people: string
  readonly calendar: string
  readonly tasks: string
}

export interface PracticeGoogle {
  readonly endpoints: PracticeGoogleEndpoints
  /** Root of the host that downloads are redirected to; it must never see a bearer token. */
  readonly storage: string
  /** Root of the host of the contacts' photos; it must never see a bearer token either. */
  readonly photos: string
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
  /** Drive's quota. */
  setQuota(quota: QuotaSettings | undefined): void
  /** The quota of another API; `{}` is the one that Google states for a project of today, undefined none. */
  setApiQuota(api: 'gmail' | 'people' | 'calendar' | 'tasks', quota: ApiQuotaSettings | undefined): void
  /** Every access token given so far is refused with 401 from now on. */
  expireAccessTokens(): void
  /** How the app stands at Google, and at the administrator of the person's organisation. */
  setApp(change: Partial<AppRegistration>): void
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

/** Google's sign-in, Drive v3, Gmail, People, Calendar and Tasks on free ports of 127.0.0.1, one for each real host, since it matters which of them sees a token. */
export async function startPracticeGoogle(options: PracticeGoogleOptions): Promise<PracticeGoogle> {
  const { tls, model, client = theClient, accessTokenSeconds = 3599, testing = false } = options
  const now = () => (options.clock ?? Date).now()
  const log = createRequestLog()
  const faults = createFaults(refuseAsGoogle)
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
  const app = newApp()
  const authorization = createAuthorization({ clientId: client.id, grants, person, me, app })
  authorization.controls.mode(options.consent ?? 'at-once')
  const hosts: Host[] = []
  const start = async (name: HostName, handler: Handler): Promise<string> => {
    const host = await startHost(name, handler, {
      tls,
      log,
      faults,
      now,
      bearerWelcome,
      refuse: refuseAsGoogle,
      broken: (error) => errors.push(error),
    })
    hosts.push(host)
    return host.root
  }
  const quotas = {
    gmail: createApiQuota(now, gmailApi.host, gmailApi.unitsPerMinute),
    people: createApiQuota(now, peopleApi.host, peopleApi.unitsPerMinute),
    calendar: createApiQuota(now, calendarApi.host, calendarApi.unitsPerMinute),
    tasks: createApiQuota(now, tasksApi.host, tasksApi.unitsPerMinute),
  }
  const close = async () => {
    await Promise.all(hosts.map((host) => host.close()))
  }
  try {
    const accounts = await start('accounts.google.com', authorization.handler)
    const oauth = await start('oauth2.googleapis.com', createTokenEndpoint({ client, grants, person, now, testing, app }))
    const userinfo = await start('openidconnect.googleapis.com', createUserInfo({ grants, person }))
    const photos = await start('lh3.googleusercontent.com', createPhotoHost(options.people))
    const apiHost = <Model>(api: Api<Model>, shown: Model | undefined): Handler =>
      createApiHost({
        api,
        model: shown,
        grants,
        person,
        quota: quotas[api.name],
        pageTokens: service.pageTokens,
        now,
        roots: { photos },
      })
    const ofDrive = createDriveApi({ service, grants, quota })
    const ofCalendar = apiHost(calendarApi, options.calendar)
    const drive = await start('www.googleapis.com', (exchange) =>
      (exchange.url.pathname.startsWith('/calendar/') ? ofCalendar : ofDrive)(exchange),
    )
    const gmail = await start('gmail.googleapis.com', apiHost(gmailApi, options.mailbox))
    const people = await start('people.googleapis.com', apiHost(peopleApi, options.people))
    const tasks = await start('tasks.googleapis.com', apiHost(tasksApi, options.tasks))
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
        gmail,
        people,
        calendar: drive,
        tasks,
      },
      storage,
      photos,
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
      setApiQuota: (api, settings) => quotas[api].set(settings),
      expireAccessTokens: grants.expireAccessTokens,
      setApp: (change) => void Object.assign(app, change),
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
