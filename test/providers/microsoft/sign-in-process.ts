// Run as a process of its own: signs once with the account that PARTY describes, and prints the header.
import { readFileSync } from 'node:fs'
import { systemClock } from '../../../src/core/clock.ts'
import { createNetwork } from '../../../src/http/network.ts'
import { microsoftSignIn } from '../../../src/providers/microsoft/sign-in.ts'
import { accountLock } from '../../../src/signin/account-lock.ts'
import { fileStore } from '../../../src/signin/file-store.ts'
import { oauthCredentials } from '../../../src/signin/oauth-credentials.ts'

const { folder, ca, client, endpoints } = JSON.parse(readFileSync(process.env.PARTY ?? '', 'utf8'))
const network = createNetwork({ ca: [ca] })
const credentials = oauthCredentials({
  key: 'uni',
  store: fileStore({ folder, platform: process.platform, notice: () => undefined }),
  lock: accountLock({ folder, account: 'uni', clock: systemClock }),
  signIn: microsoftSignIn,
  client,
  settings: { tenant: 'common' },
  endpoints,
  fetch: network.fetch,
  clock: systemClock,
})
const { authorization } = await credentials.sign({ method: 'GET', url: 'https://example.org/', headers: {} })
process.stdout.write(authorization ?? '')
await network.close()
