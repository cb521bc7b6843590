import type { z } from 'zod'
import type { Clock } from './clock.ts'
import type { WorkCost } from './cost.ts'
import type { Dependents } from './dependents.ts'
import type { Diagnosis } from './diagnosis.ts'
import type { Failure } from './failure.ts'
import type { SetupGuide } from './guide.ts'
import type { Localised } from './language.ts'
import type { LeaveLine, LeavingRequest } from './leaving.ts'
import type { Ownership } from './ownership.ts'
import type { Features, Holds, Source, SourceSettings } from './source.ts'
import type { HttpRequest, HttpResponseHead, Transport } from './transport.ts'

/** A quota of a provider, in the provider's own units. */
export interface Budget {
  /** Requests name the budget that they draw on by this id. */
  readonly id: string
  /** Units that come back per second, as documented: where it starts. */
  readonly unitsPerSecond: number
  /** Units per second that may be reached by trying, where some have a larger quota than the one documented today. Default: `unitsPerSecond`. */
  readonly most?: number
  /** The quota is one of so many milliseconds (a minute), so that how much was spent when a refusal came tells how much there is. Absent: not so, or not known. */
  readonly windowMs?: number
  /** Units that may be spent at once after a pause. */
  readonly burst: number
  /** Requests in flight at once. */
  readonly concurrency: number
  /** Units of a day, where there is a daily cap. Forecasts reckon with it; the transport learns of it by being refused. */
  readonly perDay?: number
}

/** A loopback address for a browser to come back to (https://www.rfc-editor.org/rfc/rfc8252#section-7.3); its port is any free one. */
export interface LoopbackRedirect {
  readonly host: '127.0.0.1' | 'localhost'
  /** As registered: begins with `/`, or empty where the registered address ends after the host. */
  readonly path: string
}

/** The app that signs in, and where: what explanations name besides. Nothing of it is a secret. */
export interface SigningApp {
  readonly clientId: string
  /** The account's extra settings, validated by the provider's schema. */
  readonly settings: SourceSettings
  readonly endpoints: Endpoints
}

/** What a sign-in can say about being refused. */
export interface Explains {
  /** Every refusal that the provider documents. */
  diagnoses?(app: SigningApp): readonly Diagnosis[]
  /** How a person gives a right that the last sign-in did not give: the hint, without a full stop; `command` signs in again. Absent: general words. */
  giveRight?(command: string): Localised
}

/** A sign-in by OAuth 2 authorisation code with PKCE and a loopback redirect, as data that the flows in signin/ read. */
export interface OAuthSignIn extends Explains {
  readonly method: 'oauth'
  /** Names of entries of the endpoints, resolved by `Endpoints`. */
  readonly authorizationEndpoint: string
  readonly tokenEndpoint: string
  readonly revocationEndpoint?: string
  readonly deviceAuthorizationEndpoint?: string
  /** Asked for whatever the sources are: who signed in. */
  readonly identityScopes: readonly string[]
  /** Further query parameters of the authorisation request. */
  readonly parameters: Readonly<Record<string, string>>
  /** The token endpoint refuses a client without its secret. */
  readonly needsSecret?: true
  /** Where a client's secret goes (https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1). Default 'body'. A client without one sends its id in the body. */
  readonly secretIn?: 'body' | 'basic'
  /** The address that the browser comes back to. Default: host 127.0.0.1, path `/`. */
  readonly redirect?: LoopbackRedirect
  /** The service gives the rights that the app was registered with, and wants none named in a request. */
  readonly scopesFromApp?: true
  /** The authorisation page does not know `login_hint` (OpenID Connect Core §3.1.2.1). */
  readonly takesLoginHint?: false
  /** Rights that include the one asked for, itself among them: any of them will do. Default: itself alone. */
  sameRights?(scope: string): readonly string[]
  /** The header of an answer by which the service's support finds it. */
  readonly traceHeader?: string
  /** Whether each refresh replaces the refresh token (single use). */
  readonly rotates: boolean
  /** A sentence and a next step for an error that the provider documents, where there is one. */
  explain(error: { readonly code: string; readonly description?: string; readonly subtype?: string }): Failure | undefined
}

/**
 * A sign-in that the provider's official library does: it makes the address, takes the answer and renews. signin/ brings the loopback address, the
 * person's paste, the one renewal at a time and the token store.
 */
export interface LibrarySignIn extends Explains {
  readonly method: 'library'
  /** Asked for whatever the sources are: who signed in. */
  readonly identityScopes: readonly string[]
  /** Rights that include the one asked for, itself among them: any of them will do. Default: itself alone. */
  sameRights?(scope: string): readonly string[]
  /** The address that the browser comes back to. */
  readonly redirect: LoopbackRedirect
  /** Whether the library can sign in by a code on another device. */
  readonly device: boolean
  /** Where a person withdraws the app's access, one sentence; a library cannot do that. */
  readonly withdrawal: Localised
  /** Loads the library: only when a sign-in or a renewal needs it. */
  open(party: LibraryParty): Promise<SignInLibrary>
}

/** What a library gets to sign in with. */
export interface LibraryParty {
  /** Public clients have no secret. */
  readonly client: { readonly id: string; readonly secret?: string | undefined }
  /** The account's extra settings, validated by the provider's schema. */
  readonly settings: SourceSettings
  readonly endpoints: Endpoints
  /** The person's network: proxy and certificates; unsigned, not retried, without a time limit. Throws a Failure where no answer comes. */
  readonly fetch: typeof fetch
  readonly clock: Clock
}

/** A provider's library, opened for one account. All methods throw a Failure, without the secrets that went there or came back, or the signal's reason. */
export interface SignInLibrary {
  /** Where the browser signs in, with PKCE (S256); it comes back with query parameters. */
  authorizationAddress(request: {
    readonly redirectUri: string
    readonly scopes: readonly string[]
    readonly state: string
    readonly challenge: string
    /** The address that signed in last time: the page offers it first. */
    readonly loginHint?: string | undefined
    /** What a service asked for when it refused the last sign-in (JSON): the page asks for it. */
    readonly claims?: string | undefined
  }): Promise<string>
  /** Takes the answer that the browser came back with, an error too; its `state` was compared before. */
  redeem(request: {
    readonly answer: URLSearchParams
    readonly redirectUri: string
    readonly scopes: readonly string[]
    readonly verifier: string
    readonly claims?: string | undefined
    readonly signal: AbortSignal
  }): Promise<LibraryTokens>
  /** Signs in by a short code on another device. Ends by itself when the code ends. */
  signInByDevice(request: {
    readonly scopes: readonly string[]
    readonly announce: (code: { readonly address: string; readonly userCode: string }) => void
    readonly claims?: string | undefined
    readonly signal: AbortSignal
  }): Promise<LibraryTokens>
  /** A new access token, whatever the old one was. `claims` is what a service asked for when it refused the old one (JSON). */
  renew(request: {
    readonly memory: string
    readonly scopes: readonly string[]
    readonly claims?: string | undefined
  }): Promise<LibraryTokens>
  /** The claims that a 401 asks for (its WWW-Authenticate header). */
  claimsOf(challenge: string): string | undefined
}

/** What a library brings back from a sign-in or a renewal. */
export interface LibraryTokens {
  readonly accessToken: string
  /** When the access token ends, milliseconds since 1970. */
  readonly expiresAt: number
  /** The rights really granted, written as they are asked for. */
  readonly scopes: readonly string[]
  /** Everything that the library must be given again to renew: a secret, opaque. Absent where the service gave nothing to renew with. */
  readonly memory?: string
  /** When the whole sign-in ends, where the service says so (milliseconds since 1970). */
  readonly signInEndsAt?: number
}

/** User name and password, at an address that the person knows. */
export interface PasswordSignIn {
  readonly method: 'password'
}

/** Who signed in. */
export interface Identity {
  /** The provider's lasting id of the user; the account is bound to it. */
  readonly subject: string
  /** The address or name that the person recognises. */
  readonly name: string
}

/** The base addresses that a provider talks to, by name; the practice cloud puts its own in their place. */
export type Endpoints = Readonly<Record<string, string>>

/** What a provider gets to work with: an account's settings and the one way to the network. */
export interface Connection {
  readonly account: string
  /** The account's extra settings, validated by the provider's schema. */
  readonly settings: SourceSettings
  readonly endpoints: Endpoints
  readonly transport: Transport
}

export interface SourceType {
  /** Second half of ACCOUNT/SOURCE. */
  readonly id: string
  readonly title: Localised
  readonly holds: Holds
  /**
   * Taken only where the settings name it: it needs rights that an app for the provider's other sources has no reason to have, and that nobody should have to give
   * to end with nothing missing. Default: taken unless the settings choose others.
   */
  readonly byName?: true
  readonly features: Features
  /** What its work costs, from the prices that its requests are charged. */
  readonly cost: WorkCost
  /** Rights that it needs; the least ones. */
  scopes(settings: SourceSettings): readonly string[]
  /** Its settings below `options.<id>` of the account: a zod object whose every field has a default and a description. */
  readonly settings: z.ZodObject
  /** The settings that decide what a listing names, as a string; a stream listed under another shape is listed anew. */
  shape(settings: SourceSettings): string
  open(connection: Connection, settings: SourceSettings): Source
  /** What of it others depend on. Absent: what it holds cannot be shared, or its listings do not say so. */
  readonly dependents?: Dependents
}

/** Something that an account may hold and that no source takes: named, or "complete" would mislead. */
export interface NotTaken {
  readonly what: Localised
  /** How the person gets it: a sentence or two. */
  readonly howByHand: Localised
  /** The provider's page that says how. */
  readonly page: string
  /** How the program can see that there is any: a sentence. Absent: it cannot. */
  readonly seen?: Localised
}

/** One API family with one way to sign in. A constant. */
export interface Provider {
  readonly id: string
  readonly title: string
  readonly signIn: OAuthSignIn | LibrarySignIn | PasswordSignIn
  /** Its extra keys in an account's settings, a zod object (url and username of a WebDAV server). */
  readonly settings: z.ZodObject
  /** The real service's addresses. `settings` are the account's, for a server that the person names. */
  endpoints(settings: SourceSettings): Endpoints
  /** The origins that may receive the account's credentials. */
  credentialOrigins(endpoints: Endpoints): readonly string[]
  /** Its quotas, with the page that states them beside the code. */
  readonly budgets: readonly Budget[]
  /** What an answer that is no success means; undefined leaves it to the table of status codes in http/. `body` is at most 64 KiB. */
  explain(response: HttpResponseHead, body: string, request: HttpRequest): Failure | undefined
  /**
   * What a good answer says of how much is left: until when (wall clock, milliseconds since 1970) no further request of its budget should go; undefined:
   * nothing. Absent: the provider's good answers say no such thing.
   */
  restAfter?(response: HttpResponseHead, now: number): number | undefined
  /** Asks who signed in. */
  identify(connection: Connection, signal: AbortSignal): Promise<Identity>
  readonly sources: readonly SourceType[]
  /** Files can be given to others. */
  readonly ownership?: Ownership
  /**
   * What a person has to see to at this service before the account ends, besides backing up. It only reads, with the rights that there are. Throws a Failure
   * where the service does not answer, and the signal's reason.
   */
  leaving?(request: LeavingRequest): AsyncIterable<LeaveLine>
  /** What a person is asked and told who sets up such an account. */
  readonly guide?: SetupGuide
  /** What such an account may hold besides, in the order in which people miss it. */
  readonly notTaken?: readonly NotTaken[]
}
