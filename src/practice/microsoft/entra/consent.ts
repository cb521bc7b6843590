import type { MicrosoftAccount } from '../account.ts'
import { type AadstsCode, aadstsKind, EntraError } from './aadsts.ts'
import { isSignInScope, plainScope, scopesForAdministrators } from './scopes.ts'

/** Where a refusal that a test chose strikes. */
export type RefusalPlace = 'authorize' | 'device' | 'token' | 'refresh'

export interface RefusalOptions {
  /** Default: everywhere. */
  readonly at?: RefusalPlace
  /** How often; default once. */
  readonly times?: number
  /** At `authorize`: the browser comes back with the error (default), or stays on a page and the program hears nothing. Some only ever do that. */
  readonly as?: 'redirect' | 'page'
}

/** How the person at the browser and their organisation behave. */
export interface ConsentControls {
  /** `at-once`: consents without anyone looking; `page`: a page with buttons waits for a click. */
  mode(how: 'at-once' | 'page'): void
  /** The next `times` consents are refused, device codes included. */
  deny(times?: number): void
  /** From now on only these are granted, of whatever is asked for; undefined: all again. */
  grantOnly(scopes: readonly string[] | undefined): void
  /** Whether an administrator has consented to what users cannot consent to; at the start none has. */
  administrator(consents: boolean): void
  /** The next sign-in, device code or token request is refused with this error. */
  refuse(code: AadstsCode, options?: RefusalOptions): void
  /** Who is at the browser, whatever `login_hint` says; undefined: the hinted person, or the practice account. */
  signInAs(username: string | undefined): void
  /** How the person with the device code behaves: approves after so many polls (default 1), or never comes. */
  device(behaviour: { readonly afterPolls: number } | 'nobody comes'): void
}

export interface Consent {
  readonly controls: ConsentControls
  readonly waits: boolean
  readonly afterPolls: number
  /** Who is at the browser. */
  person(hint?: string | null): MicrosoftAccount
  /** Throws when a test wants this place to refuse. */
  strike(place: RefusalPlace, account: MicrosoftAccount): void
  /** How the last refusal at `authorize` is shown. */
  readonly shown: 'redirect' | 'page'
  /** What of the asked is granted, in the words of the request; throws when it is denied or takes an administrator. */
  decide(asked: readonly string[], account: MicrosoftAccount): string[]
}

export function createConsent(accounts: () => readonly MicrosoftAccount[]): Consent {
  let chosen: MicrosoftAccount | undefined
  let mode: 'at-once' | 'page' = 'at-once'
  let denials = 0
  let only: readonly string[] | undefined
  let administrator = false
  let afterPolls = 1
  let shown: 'redirect' | 'page' = 'redirect'
  const refusals: { code: AadstsCode; at: RefusalPlace | undefined; left: number; as: 'redirect' | 'page' }[] = []
  const named = (username: string) => accounts().find((account) => account.username.toLowerCase() === username.toLowerCase())
  return {
    controls: {
      mode(how) {
        mode = how
      },
      deny(times = 1) {
        denials = times
      },
      grantOnly(scopes) {
        only = scopes
      },
      administrator(consents) {
        administrator = consents
      },
      refuse(code, { at, times = 1, as = 'redirect' } = {}) {
        refusals.push({ code, at, left: times, as })
      },
      signInAs(username) {
        chosen = username === undefined ? undefined : named(username)
        if (username !== undefined && chosen === undefined) throw new Error(`practice Microsoft: nobody is called ${username}`)
      },
      device(behaviour) {
        afterPolls = behaviour === 'nobody comes' ? Number.POSITIVE_INFINITY : behaviour.afterPolls
      },
    },
    get waits() {
      return mode === 'page'
    },
    get afterPolls() {
      return mode === 'page' ? Number.POSITIVE_INFINITY : afterPolls
    },
    get shown() {
      return shown
    },
    person(hint) {
      const [first] = accounts()
      const found = chosen ?? (typeof hint === 'string' ? named(hint) : undefined) ?? first
      if (found === undefined) throw new Error('practice Microsoft: nobody is there')
      return found
    },
    strike(place, account) {
      const found = refusals.find(({ at, left }) => left > 0 && (at === undefined || at === place))
      shown = 'redirect'
      if (found === undefined) return
      found.left -= 1
      shown = aadstsKind(found.code).pageOnly === true ? 'page' : found.as
      throw new EntraError(found.code, account.username)
    },
    decide(asked, account) {
      shown = 'redirect'
      if (denials > 0) {
        denials -= 1
        throw new EntraError('AADSTS65004')
      }
      if (
        account.kind === 'business' &&
        !administrator &&
        asked.some((scope) => scopesForAdministrators.includes(plainScope(scope)))
      )
        throw new EntraError('AADSTS90094')
      const granted = only?.map(plainScope)
      return asked.filter((scope) => isSignInScope(scope) || granted === undefined || granted.includes(plainScope(scope)))
    },
  }
}
