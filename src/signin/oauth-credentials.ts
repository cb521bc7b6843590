import { Failure } from '../core/failure.ts'
import type { Credentials } from '../core/transport.ts'
import type { AccountLock } from './account-lock.ts'
import type { RenewApart } from './apart/renew-apart.ts'
import { type Authorization, authorizationOf } from './authorization.ts'
import { withCommand } from './authorization-failure.ts'
import { neverAccepted, nobodyIsSignedIn, signInAgain } from './sentences.ts'
import { type SignInParty, signsInByLibrary } from './sign-in-party.ts'
import {
  type AccountDescription,
  type AccountRecord,
  describeAccount,
  readAccountRecord,
  refreshedRecord,
  type TokenSet,
  writeAccountRecord,
} from './token-set.ts'
import type { TokenStore } from './token-store.ts'

export type OAuthCredentialsOptions = SignInParty & CredentialsPlace

/** Where an account's sign-in is kept. */
export interface CredentialsPlace {
  /** The account's name: the key in the store, and what `holdall connect` takes. */
  readonly key: string
  readonly store: TokenStore
  readonly lock: AccountLock
  /** Renews in a process of its own, which takes the lock itself. Absent, or where there can be none: in this one. */
  readonly apart?: RenewApart | undefined
  /** Throws a Failure of kind `signin` where what is kept is not for these settings: none of it is then sent anywhere. */
  readonly check?: ((kept: AccountDescription) => void) | undefined
}

export interface OAuthCredentials extends Credentials {
  /** Who is signed in, without secrets. Throws a Failure of kind `signin` where nobody is. */
  describe(): Promise<AccountDescription>
  /** Revokes where the provider can, then deletes. The deletion happens even where the revocation fails; then it throws and says so. */
  forget(): Promise<void>
}

/** An access token this near its end is renewed first, milliseconds. */
const margin = 60_000

/**
 * Signs with an account's access token and keeps it fresh: one refresh at a time however many need it, between processes too.
 * New tokens are durable in the store before they are used, because the old refresh token may have died with the answer.
 */
export const oauthCredentials = (options: OAuthCredentialsOptions): OAuthCredentials => {
  const { key, store, clock, lock, apart, check } = options
  let opened: Promise<Authorization> | undefined
  /** Only when it is needed: a provider's library takes long to load. */
  const authorization = () => (opened ??= authorizationOf(options))
  let current: AccountRecord | undefined
  /** Came from the service, but could not be stored yet. */
  let unsaved: AccountRecord | undefined
  let refreshing: Promise<AccountRecord> | undefined
  /** The sign-in is over; said to all who still ask, without asking the service again. */
  let over: Failure | undefined
  let renewed: { readonly accessToken: string; readonly at: number } | undefined

  const read = async (): Promise<AccountRecord> => {
    const text = await store.get(key)
    if (text === undefined) throw Failure.in('signin', nobodyIsSignedIn(key))
    return readAccountRecord(key, text)
  }

  const load = async (): Promise<AccountRecord> => {
    const record = await read()
    check?.(describeAccount(record))
    return record
  }

  const isFresh = ({ tokens }: AccountRecord): boolean => tokens.expiresAt - clock.now() > margin

  const save = async (record: AccountRecord): Promise<AccountRecord> => {
    unsaved = record
    await store.set(key, writeAccountRecord(record))
    unsaved = undefined
    current = record
    return record
  }

  const remember = (record: AccountRecord): AccountRecord => {
    renewed = { accessToken: record.tokens.accessToken, at: clock.now() }
    return record
  }

  /** Under the lock. `spent` is the access token that no longer serves. */
  const replace = async (spent: string, challenge?: string): Promise<AccountRecord> => {
    const stored = await load()
    // Only of the same sign-in: somebody may have signed in anew meanwhile.
    if (unsaved?.signedInAt === stored.signedInAt) return save(unsaved)
    unsaved = undefined
    if (stored.tokens.accessToken !== spent && isFresh(stored)) return stored // another process was faster
    const { refreshToken } = stored.tokens
    if (refreshToken === undefined) {
      throw ended(
        `the sign-in of ${key} has ended, and the service gave nothing to renew it with`,
        `${key} のサインインの期限が切れました。更新するための情報はサービスから得られていません`,
      )
    }
    let answer: TokenSet
    try {
      answer = await (await authorization()).renew(refreshToken, stored.scopes, challenge)
    } catch (error) {
      if (!(error instanceof Failure) || error.kind !== 'signin') throw error
      const again = await load()
      // A program that does not share the lock (another computer on a shared folder) may have used the token up.
      if (again.tokens.refreshToken !== refreshToken && isFresh(again)) return again
      throw withCommand(error, key)
    }
    return remember(await save(refreshedRecord(stored, answer)))
  }

  const ended = (en: string, ja: string): Failure => Failure.in('signin', signInAgain(key, en, ja))

  const renewal = async (spent: string, challenge?: string): Promise<AccountRecord> => {
    if (apart !== undefined && unsaved === undefined && (await apart(spent)) === 'stored') return remember(await load())
    // One that ended without a word may have renewed all the same: what it left is found under the lock.
    return lock.hold(() => replace(spent, challenge))
  }

  const refresh = (spent: string, challenge?: string): Promise<AccountRecord> => {
    refreshing ??= renewal(spent, challenge)
      .then((record) => {
        current = record
        return record
      })
      .catch((error: unknown) => {
        const failure = Failure.from(error)
        // A keychain that does not take the new tokens may do so in a moment.
        if (failure.kind === 'signin' && unsaved === undefined) over = failure
        throw failure
      })
      .finally(() => {
        refreshing = undefined
      })
    return refreshing
  }

  const usable = async (): Promise<AccountRecord> => {
    if (over !== undefined) throw over
    if (refreshing !== undefined) return refreshing
    if (unsaved !== undefined) return refresh('')
    current ??= await load()
    return isFresh(current) ? current : refresh(current.tokens.accessToken)
  }

  return {
    sign: async ({ headers }) => {
      const { tokens } = await usable()
      return { ...headers, authorization: `Bearer ${tokens.accessToken}` }
    },

    renew: async (rejected, challenge) => {
      if (over !== undefined) throw over
      const spent = bearerOf(rejected)
      if (spent === undefined || (current !== undefined && current.tokens.accessToken !== spent)) return
      // Only just: a clock that was set back in between makes no long time of it a short one.
      if (renewed?.accessToken === spent && Math.abs(clock.now() - renewed.at) < margin) {
        throw ended(
          `the service does not accept the sign-in of ${key}, though it has just renewed it`,
          `サービスが、更新したばかりの ${key} のサインインを受け付けません`,
        )
      }
      await refresh(spent, challenge)
    },

    describe: async () => describeAccount(await load()),

    forget: () =>
      lock.hold(async () => {
        const record = await read().catch((error: unknown) => {
          if (error instanceof Failure && error.kind === 'signin') return undefined // nothing there, or nothing that could be revoked
          throw error
        })
        let kept: unknown
        if (record !== undefined && !signsInByLibrary(options)) {
          const { refreshToken, accessToken } = record.tokens
          await Promise.resolve(describeAccount(record))
            // What is for another service is not shown to this one, and that it lives on there is said.
            .then(check)
            .then(authorization)
            .then((opened) => opened.revoke(refreshToken ?? accessToken))
            .catch((error: unknown) => {
              kept = error
            })
        }
        await store.delete(key)
        current = undefined
        unsaved = undefined
        over = ended(`${key} was disconnected`, `${key} はサインアウトしました`)
        if (kept !== undefined) throw notRevoked(key, Failure.from(kept))
      }),
  }
}

/**
 * Signs with what a sign-in has just brought, before it is known whose it is and anything is stored. `challenged` hears the WWW-Authenticate header of a
 * refusal, since nothing but another sign-in may satisfy it.
 */
export const freshCredentials = (
  account: string,
  tokens: TokenSet,
  challenged: (challenge: string) => void = () => undefined,
): Credentials => ({
  sign: async ({ headers }) => ({ ...headers, authorization: `Bearer ${tokens.accessToken}` }),
  renew: async (_, challenge) => {
    if (challenge !== undefined) challenged(challenge)
    throw Failure.in('signin', neverAccepted(account))
  },
})

/** Stores a new sign-in under the account's lock, so that a refresh of the old one that is under way does not overwrite it. */
export const storeAccount = async (
  account: string,
  record: AccountRecord,
  { store, lock }: { store: TokenStore; lock: AccountLock },
): Promise<void> => lock.hold(() => store.set(account, writeAccountRecord(record)))

/** Whom the account is bound to, or undefined; a record that cannot be read (a Failure of kind `signin`) binds nobody, so that a new sign-in can mend it. */
export const boundAccount = async (account: string, store: TokenStore): Promise<AccountDescription | undefined> => {
  try {
    const text = await store.get(account)
    return text === undefined ? undefined : describeAccount(readAccountRecord(account, text))
  } catch (error) {
    if (error instanceof Failure && error.kind === 'signin') return undefined
    throw error
  }
}

const bearerOf = (headers: Readonly<Record<string, string>>): string | undefined =>
  /^Bearer (.+)$/i.exec(headers.authorization ?? headers.Authorization ?? '')?.[1]

const notRevoked = (account: string, reason: Failure): Failure =>
  Failure.in(reason.kind, {
    en: {
      message: `the sign-in of ${account} was deleted here, but the service could not be told: ${reason.message}`,
      hint: 'end it on the page of the service that lists the apps with access to your account',
    },
    ja: {
      message: `${account} のサインインをこのコンピューターから削除しましたが、サービスには伝えられませんでした：${reason.said('ja').message}`,
      hint: 'アカウントにアクセスできるアプリの一覧があるサービスの画面で、アクセスを取り消してください',
    },
  })
