import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { OpenSource } from '../backup/open-source.ts'
import type { Clock } from '../core/clock.ts'
import type { Reporter } from '../core/events.ts'
import { Failure } from '../core/failure.ts'
import type { Budget, Connection, Identity, Provider, SourceType } from '../core/provider.ts'
import type { Credentials } from '../core/transport.ts'
import { createBandwidth } from '../http/bandwidth.ts'
import { createConnectivity } from '../http/connectivity.ts'
import { createNetwork, type Network } from '../http/network.ts'
import { createTransport } from '../http/transport.ts'
import { providers } from '../providers/index.ts'
import { secretVariable } from '../settings/environment.ts'
import type { AccountSettings, Settings } from '../settings/settings.ts'
import { accountLock } from '../signin/account-lock.ts'
import { renewApart, type StartRenewal } from '../signin/apart/renew-apart.ts'
import { type Binding, checkBinding } from '../signin/binding.ts'
import { checkOrganisation } from '../signin/check-organisation.ts'
import { missingRights, missingScopes } from '../signin/granted.ts'
import { keptRefusals } from '../signin/kept-refusal.ts'
import { type OAuthCredentials, oauthCredentials } from '../signin/oauth-credentials.ts'
import { openTokenStore } from '../signin/open-token-store.ts'
import { passwordCredentials } from '../signin/password-credentials.ts'
import { readPasswordRecord } from '../signin/password-record.ts'
import type { SignInParty } from '../signin/sign-in-party.ts'
import type { StoreNotice, TokenStore } from '../signin/token-store.ts'
import { bindingOf } from './binding-of.ts'
import { chooseSources } from './choose-sources.ts'
import { keptLevelsFile } from './kept-levels-file.ts'
import { hurried, type PracticeCloud } from './practice-cloud.ts'
import { rememberingRefusals } from './remembering-refusals.ts'
import { shareOfQuotas } from './share-of-quotas.ts'

/** Everything that commands work with, put together from the settings. The only place that knows every part. */
export interface App {
  readonly settings: Settings
  readonly network: Network
  readonly clock: Clock
  tokens(): Promise<TokenStore>
  account(name: string): Account
  /** Opens sources by name (ACCOUNT or ACCOUNT/SOURCE; none: all); those that cannot be opened come as failures, the others go on. */
  openSources(names: readonly string[], bound: (account: string, identity: Identity) => void): Promise<Opened>
  close(): Promise<void>
}

export interface Opened {
  readonly sources: readonly OpenSource[]
  readonly failures: ReadonlyMap<string, Failure>
}

/** An account of the settings with its provider, and its way to the network. */
export interface Account {
  readonly name: string
  readonly provider: Provider
  readonly settings: AccountSettings
  readonly endpoints: Connection['endpoints']
  readonly sourceTypes: readonly SourceType[]
  /** The quotas that its transport keeps. */
  readonly budgets: readonly Budget[]
  /** All rights that the chosen sources need, and those for knowing who signed in. */
  scopes(): readonly string[]
  /** The connection with given credentials. */
  connect(credentials: Credentials): Connection
  /** OAuth credentials out of the token store; only for providers that sign in so. */
  oauth(): Promise<OAuthCredentials>
  /** Signs with the password from the environment, the settings, or the token store. Throws a Failure of kind `signin` where there is none. */
  password(): Promise<{ readonly credentials: Credentials; readonly identity: Identity | undefined }>
  withPassword(password: string): Credentials
  /** Whom a sign-in through a browser, or its renewal, talks to; only for providers that sign in so. */
  signInParty(): SignInParty
  /** What a sign-in of this account is made for, and goes to; kept with it. */
  binding(): Binding
  lock(): ReturnType<typeof accountLock>
}

export interface AppOptions {
  readonly settings: Settings
  readonly practice: PracticeCloud | undefined
  readonly platform: NodeJS.Platform
  readonly clock: Clock
  readonly emit: Reporter
  readonly signal: AbortSignal
  /** How long a network that is gone is waited for, in milliseconds; short where a person sits before the screen. */
  readonly offlineForMs: number
  /** Absent: every sign-in is renewed in this process. */
  readonly startRenewal: StartRenewal | undefined
}

export async function createApp(options: AppOptions): Promise<App> {
  const { settings, practice, clock, emit, signal } = options
  const { proxy } = settings.network
  const ca = [
    ...(settings.network.ca === undefined ? [] : [await readFile(settings.network.ca, 'utf8')]),
    ...(practice === undefined ? [] : [practice.ca]),
  ]
  const proxies = {
    ...(proxy.http !== undefined && { http: proxy.http }),
    ...(proxy.https !== undefined && { https: proxy.https }),
    ...(proxy.except !== undefined && { no: proxy.except }),
  }
  const network = createNetwork({ proxies, ca })
  const connectivity = createConnectivity({ clock })
  const { bandwidth: rate, retryFor, stall } = settings.limits
  const bandwidth = rate === undefined ? undefined : createBandwidth({ bytesPerSecond: rate, clock })
  let store: Promise<TokenStore> | undefined
  const place = { wanted: settings.tokens, folder: path.join(settings.folder, 'sign-ins') }
  const notice: StoreNotice = (one) => emit({ event: 'notice', ...one })
  const tokens = () => (store ??= openTokenStore({ ...place, platform: options.platform, notice }))

  function account(name: string): Account {
    const found = settings.accounts.find((one) => one.name === name)
    if (found === undefined) {
      const known = settings.accounts.map((one) => one.name).join(', ')
      throw new Failure('settings', `there is no account ${JSON.stringify(name)} in ${settings.file ?? 'the settings'}`, {
        hint: known === '' ? 'run holdall init' : `the accounts are: ${known}`,
      })
    }
    const provider = providers.find((one) => one.id === found.provider)!
    const endpoints = practice?.endpoints[provider.id] ?? provider.endpoints(found.settings)
    const budgets = shareOfQuotas(provider.budgets, found.facts?.quotas)
    const inForce = practice === undefined ? budgets : hurried(budgets, practice.pace)
    const sourceTypes = provider.sources.filter((type) => found.sources.includes(type.id))

    function connect(credentials: Credentials): Connection {
      const transport = createTransport({
        account: name,
        network,
        budgets: inForce,
        credentials,
        credentialOrigins: provider.credentialOrigins(endpoints),
        explain: provider.explain,
        restAfter: provider.restAfter,
        ...(practice === undefined && { kept: keptLevelsFile(path.join(settings.folder, 'quotas'), name) }),
        connectivity,
        ...(bandwidth !== undefined && { bandwidth }),
        clock,
        emit,
        signal,
        limits: { retryForMs: retryFor, stallMs: stall, offlineForMs: options.offlineForMs },
      })
      return { account: name, settings: found!.settings, endpoints, transport }
    }

    function signInParty(): SignInParty {
      const { signIn } = provider
      if (signIn.method === 'password' || found!.client === undefined)
        throw new Failure('settings', `${name} does not sign in through a browser`)
      if (signIn.method === 'library')
        return { signIn, endpoints, client: found!.client, settings: found!.settings, fetch: network.fetch, clock }
      if (signIn.needsSecret === true && found!.client.secret === undefined) {
        throw new Failure(
          'settings',
          `${found!.client.place ?? 'the settings'}: accounts.${name}.client has no secret, and ${provider.title} needs one`,
          {
            hint: `add it as client.secret, or set ${secretVariable(name, 'CLIENT_SECRET')}; ${provider.title} shows it where the client was made`,
          },
        )
      }
      return { signIn, endpoints, client: found!.client, fetch: network.fetch, clock }
    }

    const binding = () => bindingOf(provider, endpoints, found)
    const lock = () => accountLock({ folder: place.folder, account: name, clock })
    const withPassword = (password: string) =>
      passwordCredentials({
        account: name,
        username: String(found.settings.username ?? ''),
        password,
        ...(found.settings.insecure === true && { plainHttp: 'allow' as const }),
      })

    return {
      name,
      provider,
      settings: found,
      endpoints,
      sourceTypes,
      budgets: inForce,
      scopes() {
        const needed = sourceTypes.flatMap((type) => type.scopes(found.options[type.id]!))
        return [...new Set([...(provider.signIn.method === 'password' ? [] : provider.signIn.identityScopes), ...needed])]
      },
      connect,
      lock,
      signInParty,
      binding,
      withPassword,
      async oauth() {
        const party = signInParty()
        const apart = renewApart({
          start: options.startRenewal,
          party,
          account: name,
          network: { proxies, ca },
          store: place,
          notice,
        })
        const check = (kept: Binding) => checkBinding(name, kept, binding())
        const credentials = oauthCredentials({ key: name, store: await tokens(), lock: lock(), apart, check, ...party })
        const about = { clientId: party.client.id, scopes: this.scopes() }
        return rememberingRefusals(credentials, keptRefusals(path.join(settings.folder, 'refusals')), {
          account: name,
          clock,
          ...about,
        })
      },
      async password() {
        if (found.password !== undefined) return { credentials: withPassword(found.password), identity: undefined }
        const text = await (await tokens()).get(name)
        if (text === undefined)
          throw new Failure('signin', `nobody is signed in to ${name}`, { hint: `sign in first: holdall connect ${name}` })
        const record = readPasswordRecord(name, text)
        checkBinding(name, { provider: provider.id, origins: record.origins }, binding())
        return { credentials: withPassword(record.password), identity: record }
      },
    }
  }

  async function openAccount(
    name: string,
    bound: (account: string, identity: Identity) => void,
  ): Promise<{ connection: Connection; granted: readonly string[] | undefined }> {
    const one = account(name)
    if (one.provider.signIn.method === 'password') {
      const { credentials, identity } = await one.password()
      const connection = one.connect(credentials)
      bound(name, identity ?? (await one.provider.identify(connection, signal)))
      return { connection, granted: undefined }
    }
    const credentials = await one.oauth()
    const description = await credentials.describe()
    checkOrganisation(name, one.settings.facts?.domain, description)
    bound(name, description)
    return { connection: one.connect(credentials), granted: description.scopes }
  }

  return {
    settings,
    network,
    clock,
    tokens,
    account,
    async openSources(names, bound) {
      const wanted = chooseSources(settings, names)
      const sources: OpenSource[] = []
      const failures = new Map<string, Failure>()
      for (const [name, ids] of wanted) {
        const fail = (id: string, failure: Failure) => {
          failures.set(`${name}/${id}`, failure)
          emit({
            event: 'failed',
            source: `${name}/${id}`,
            kind: failure.kind,
            message: failure.message,
            ...(failure.hint !== undefined && { hint: failure.hint }),
          })
        }
        try {
          const { connection, granted } = await openAccount(name, bound)
          const one = account(name)
          const { signIn } = one.provider
          for (const type of one.sourceTypes.filter(({ id }) => ids.has(id))) {
            const chosen = one.settings.options[type.id]!
            const missing =
              granted === undefined || signIn.method === 'password' ? [] : missingScopes(type.scopes(chosen), granted, signIn)
            if (missing.length > 0 && signIn.method !== 'password')
              fail(type.id, missingRights(name, `${name}/${type.id}`, missing, signIn))
            else
              sources.push({
                name: `${name}/${type.id}`,
                account: name,
                features: type.features,
                source: type.open(connection, chosen),
                shape: type.shape(chosen),
                work: { cost: type.cost, budgets: one.budgets, holds: type.holds },
              })
          }
        } catch (error) {
          signal.throwIfAborted()
          const failure = Failure.from(error)
          if (failure.kind === 'settings') throw failure
          for (const id of ids) fail(id, failure)
        }
      }
      return { sources, failures }
    },
    async close() {
      await network.close()
    },
  }
}
