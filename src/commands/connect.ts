import type { Account, App } from '../app/app.ts'
import { Failure } from '../core/failure.ts'
import type { Identity } from '../core/provider.ts'
import { secretVariable } from '../settings/environment.ts'
import { signInWithBrowser } from '../signin/browser-flow.ts'
import { allowsDevice, signInWithDevice } from '../signin/device-flow.ts'
import { missingScopes } from '../signin/granted.ts'
import { checkArchiveIdentity, checkIdentity } from '../signin/identity.ts'
import { boundAccount, freshCredentials, storeAccount } from '../signin/oauth-credentials.ts'
import { readPasswordRecord, writePasswordRecord } from '../signin/password-record.ts'
import { accountRecord, type TokenSet } from '../signin/token-set.ts'
import type { Command, Context, Options } from './command.ts'

export const connect: Command = {
  name: 'connect',
  summary: 'sign in to an account',
  arguments: '<account>',
  options: [
    {
      flags: '--no-browser',
      description: 'print the address alone on a line, and wait for the redirect or for the redirected address on stdin',
    },
    { flags: '--device', description: 'sign in with a code on another device, where the provider allows it' },
  ],
  async run(context, [name = ''], options) {
    const app = await context.app()
    const account = app.account(name)
    const identity =
      account.provider.signIn.method === 'password'
        ? await connectByPassword(context, app, account)
        : await connectByBrowser(context, app, account, options)
    context.out(`Signed in to ${name} as ${identity.name}. Next: holdall plan ${name}, or holdall backup ${name}\n`)
    context.emit({
      event: 'summary',
      command: 'connect',
      status: identity.missing.length > 0 ? 4 : 0,
      details: { account: name, name: identity.name, missing: identity.missing },
    })
    return identity.missing.length > 0 ? 4 : 0
  },
}

type Connected = Identity & { readonly missing: readonly string[] }

async function connectByBrowser(context: Context, app: App, account: Account, options: Options): Promise<Connected> {
  const store = await app.tokens()
  const party = account.signInParty()
  const scopes = account.scopes()
  const bound = await boundAccount(account.name, store)
  const tell = (message: string) => context.emit({ event: 'notice', level: 'info', message })
  let tokens: TokenSet
  if (options.device === true) {
    if (!allowsDevice(party.signIn)) {
      throw new Failure('settings', `${account.provider.title} does not allow signing in with a code for these rights`, {
        hint: `run holdall connect ${account.name} --no-browser, and open the address in a browser on any machine`,
      })
    }
    tokens = await signInWithDevice({
      ...party,
      scopes,
      announce: ({ address, userCode }) => tell(`open ${address} on any device and enter the code ${userCode}`),
      signal: context.signal,
    })
  } else {
    const open = options.browser === false ? undefined : context.openBrowser
    tokens = await signInWithBrowser({
      ...party,
      scopes,
      loginHint: bound?.name,
      open,
      announce(url) {
        if (open !== undefined) tell(`your browser opens; if it does not, open this address: ${url}`)
        else {
          tell(
            'open this address in a browser; where that browser cannot reach this machine, paste the address that it ends at here:',
          )
          // Alone on its line, so that scripts can take it.
          context.out(`${url}\n`)
        }
      },
      tell,
      ...(open === undefined && { pasted: context.lines() }),
      signal: context.signal,
    })
  }
  const connection = account.connect(freshCredentials(account.name, tokens))
  const identity = await account.provider.identify(connection, context.signal)
  checkIdentity(account.name, bound, identity)
  await confirm(context, account, identity)
  await storeAccount(
    account.name,
    accountRecord({
      provider: account.provider.id,
      identity,
      clientId: party.client.id,
      tokens,
      signedInAt: context.clock.now(),
    }),
    { store, lock: account.lock() },
  )
  const missing = missingScopes(scopes, tokens.scopes, party.signIn)
  for (const scope of missing) {
    context.emit({
      event: 'notice',
      level: 'warning',
      message: `the right ${scope} was not granted`,
      hint: `sign in again and tick every box: holdall connect ${account.name}`,
    })
  }
  return { ...identity, missing }
}

async function connectByPassword(context: Context, app: App, account: Account): Promise<Connected> {
  const given = account.settings.password
  const password =
    given ??
    (await context.ask(
      `Password for ${account.name} (${String(account.settings.settings.username)} at ${account.provider.title}): `,
      'hidden',
    ))
  if (password === undefined || password === '') {
    throw new Failure('signin', `no password for ${account.name}`, {
      hint: `type it on a terminal, or set ${secretVariable(account.name, 'PASSWORD')}`,
    })
  }
  const identity = await account.provider.identify(account.connect(account.withPassword(password)), context.signal)
  // One that comes from the environment or the file each time need not be kept a second time.
  if (given !== undefined) return { ...identity, missing: [] }
  const store = await app.tokens()
  const kept = await store.get(account.name)
  checkIdentity(account.name, kept === undefined ? undefined : readPasswordRecord(account.name, kept), identity)
  await store.set(account.name, writePasswordRecord(identity, password, context.clock.now()))
  return { ...identity, missing: [] }
}

/** On a terminal the person is asked whether it is the right one; elsewhere it goes on. An archive that holds somebody else's data refuses at once. */
async function confirm(context: Context, account: Account, identity: Identity): Promise<void> {
  const opened = await context.openForReading()
  try {
    if (opened !== undefined) checkArchiveIdentity(opened.journal.mark(`identity ${account.name}`), account.name, identity)
  } finally {
    opened?.journal.close()
  }
  if (context.yes) return
  const answer = await context.ask(`${identity.name} signed in. Is this the account to back up? [Y/n] `)
  if (answer !== undefined && !/^\s*(y|yes|)\s*$/i.test(answer)) {
    throw new Failure('signin', `${identity.name} was not the right account; nothing was kept`, {
      hint: `run holdall connect ${account.name} again and choose another account on the page`,
    })
  }
}
