// Run as a process of its own: signs once with the account in FOLDER and prints the header. With DIE=answer it dies
// between the answer of the token endpoint and the store.
import { systemClock } from '../../src/core/clock.ts'
import { accountLock } from '../../src/signin/account-lock.ts'
import { fileStore } from '../../src/signin/file-store.ts'
import { oauthCredentials } from '../../src/signin/oauth-credentials.ts'
import { client, testSignIn } from './authorization-server.ts'

const folder = process.env.FOLDER ?? ''
const store = fileStore({ folder, platform: process.platform, notice: () => undefined })
const credentials = oauthCredentials({
  key: 'home',
  store: process.env.DIE === 'answer' ? { ...store, set: async () => void process.kill(process.pid, 'SIGKILL') } : store,
  signIn: testSignIn,
  endpoints: JSON.parse(process.env.ENDPOINTS ?? '{}'),
  client,
  fetch,
  clock: systemClock,
  lock: accountLock({ folder, account: 'home', clock: systemClock }),
})
const { authorization } = await credentials.sign({ method: 'GET', url: 'https://example.org/', headers: {} })
process.stdout.write(authorization ?? '')
