import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Clock } from '../../../src/core/clock.ts'
import { systemClock } from '../../../src/core/clock.ts'
import type { LibraryParty } from '../../../src/core/provider.ts'
import { createNetwork } from '../../../src/http/network.ts'
import { makeCertificate } from '../../../src/practice/certificate.ts'
import { createOneDriveModel } from '../../../src/practice/microsoft/drive/model.ts'
import { visitAsBrowser } from '../../../src/practice/microsoft/entra/browser.ts'
import { type PracticeMicrosoftOptions, startPracticeMicrosoft } from '../../../src/practice/microsoft/practice-microsoft.ts'
import { microsoftSignIn } from '../../../src/providers/microsoft/sign-in.ts'
import { accountLock } from '../../../src/signin/account-lock.ts'
import { signInWithBrowser } from '../../../src/signin/browser-flow.ts'
import { fileStore } from '../../../src/signin/file-store.ts'
import { oauthCredentials, storeAccount } from '../../../src/signin/oauth-credentials.ts'
import { accountRecord } from '../../../src/signin/token-set.ts'

let certificate: ReturnType<typeof makeCertificate> | undefined

export const scopes = [...microsoftSignIn.identityScopes, 'Files.Read', 'Notes.Read']

export interface Options extends Partial<PracticeMicrosoftOptions> {
  readonly tenantSetting?: string
  readonly clientId?: string
  readonly clock?: Clock
  /** Stands between the program and the network. */
  readonly through?: (next: typeof fetch) => typeof fetch
}

/** Microsoft's sign-in as the program does it, with the real MSAL, against the practice Entra over TLS. Ends with the test. */
export async function begin({ tenantSetting = 'common', clientId, clock = systemClock, through, ...options }: Options = {}) {
  certificate ??= makeCertificate()
  const tls = await certificate
  const microsoft = await startPracticeMicrosoft({ tls, model: createOneDriveModel(), ...options })
  const network = createNetwork({ ca: [tls.ca] })
  const folder = await mkdtemp(join(tmpdir(), 'holdall-microsoft-'))
  onTestFinished(async () => {
    await network.close()
    await microsoft.close()
    await rm(folder, { recursive: true })
  })
  const party = (tenant = tenantSetting): LibraryParty & { signIn: typeof microsoftSignIn } => ({
    signIn: microsoftSignIn,
    client: { id: clientId ?? microsoft.client.id },
    settings: { tenant },
    endpoints: microsoft.endpoints,
    fetch: through === undefined ? network.fetch : through(network.fetch),
    clock,
  })
  const browser = async (url: string) => {
    await visitAsBrowser(url, { ca: tls.ca })
  }
  const signIn = (asked: readonly string[] = scopes) =>
    signInWithBrowser({
      ...party(),
      scopes: asked,
      announce: () => undefined,
      open: browser,
      signal: AbortSignal.timeout(10_000),
    })
  const store = fileStore({ folder, platform: process.platform, notice: () => undefined })
  const credentials = (tenant?: string) =>
    oauthCredentials({
      key: 'uni',
      store,
      lock: accountLock({ folder, account: 'uni', clock: systemClock }),
      ...party(tenant),
    })
  /** Signs in and stores, as `connect` does. */
  const connect = async () => {
    const tokens = await signIn()
    const record = accountRecord({
      provider: 'test',
      identity: { subject: microsoft.account.oid, name: microsoft.account.username },
      clientId: microsoft.client.id,
      tokens,
      signedInAt: 1,
    })
    await storeAccount('uni', record, { store, lock: accountLock({ folder, account: 'uni', clock: systemClock }) })
    return { tokens, credentials: credentials() }
  }
  const me = async (headers: Readonly<Record<string, string>>) => {
    const answer = await network.fetch(`${microsoft.endpoints.graph}v1.0/me`, { headers: { ...headers } })
    await answer.text()
    return { status: answer.status, challenge: answer.headers.get('www-authenticate') ?? undefined }
  }
  const refreshes = () => microsoft.log.requests.filter(({ detail }) => detail === 'refresh_token').length
  return { microsoft, ca: tls.ca, folder, network, party, browser, signIn, connect, credentials, store, me, refreshes }
}

export const request = { method: 'GET', url: 'https://graph.microsoft.com/v1.0/me', headers: {} }
