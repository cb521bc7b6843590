import type { Exchange, Json } from '../serving/reply.ts'
import type { DriveError } from './drive-error.ts'
import type { Selection } from './fields.ts'
import type { HostName } from './google-hosts.ts'
import type { Person } from './items.ts'

/**
 * One of Google's APIs beside Drive: what a module in gmail/, people/, calendar/ or tasks/ exports, and what {@link createApiHost} serves.
 * A module lists its routes; the host does what is the same for all: finding the route, the bearer token, scopes, quota, unknown parameters,
 * `fields`, the envelope of errors. `Model` is what the API shows: data in memory, made by a create…Model function of the same folder.
 */
export interface Api<Model> {
  /** As in error details and in the request log: `gmail.users.messages.list` is `name` and `ApiRoute.call`. */
  readonly name: 'gmail' | 'people' | 'calendar' | 'tasks'
  /** The real host. */
  readonly host: HostName
  readonly routes: readonly ApiRoute<Model>[]
  /** Fields of each resource, for `fields`: made by test/practice/google/derive-tables.ts. */
  readonly schemas: Readonly<Record<string, Readonly<Record<string, string>>>>
  /**
   * How errors look: `errors` as in Drive (Calendar), `status` and `details` alone (People), or both (Gmail, Tasks).
   * https://cloud.google.com/apis/design/errors#http_mapping
   */
  readonly envelope: 'errors' | 'status' | 'both'
  /** Units that a user has in a minute when a test or a measurement switches the quota on and says no figure of its own. */
  readonly unitsPerMinute: number
  /** What everyone gets when the server was started without a model. */
  absent(): DriveError
}

/** One method of an API. */
export interface ApiRoute<Model> {
  readonly method: 'GET' | 'POST'
  /** Matches the whole path as it came, percent-encoded; its groups are the parts named in `inPath`, which the handler gets decoded. */
  readonly path: RegExp
  readonly inPath: readonly string[]
  /** The name in Google's reference: `users.messages.list`. */
  readonly call: string
  /** In full (`https://…`): any one of them lets the call pass. */
  readonly scopes: readonly string[]
  /** Query parameters, besides those that every method takes. Others are refused with 400. */
  readonly parameters: readonly string[]
  /** Those of `parameters` that may stand more than once. */
  readonly repeated?: readonly string[]
  /** Quota units. */
  readonly units: number
  /** Name in `schemas` of what it answers with. */
  readonly schema: string
  /**
   * Returns the answer, to which the host applies `fields`; or sends it itself through `call.exchange` and returns undefined.
   * Refusals are thrown as {@link DriveError}: see `refusal` in api-error.ts.
   */
  answer(call: ApiCall<Model>): Json | undefined | Promise<Json | undefined>
}

/** A call that is authorised, paid for and has no unknown parameter. */
export interface ApiCall<Model> {
  readonly model: Model
  readonly person: Person
  /** What the access token allows. */
  readonly scopes: readonly string[]
  readonly exchange: Exchange
  /** Milliseconds since 1970. */
  readonly now: number
  /** Decoded, by the names of `ApiRoute.inPath`. */
  readonly path: Readonly<Record<string, string>>
  readonly parameters: ApiParameters
  /** What `fields` asks for; 'all' without it. Only for an answer that the handler sends itself, or to spare work. */
  readonly selection: Selection
  /** Roots of other hosts, with a slash at the end: `photos` stands for lh3.googleusercontent.com. */
  readonly roots: { readonly photos: string }
  /**
   * Where `pageToken` says to go on, undefined without one. Throws 400 for a token of another query, of another user, or expired. All parameters
   * must be as they were, but for `pageToken`, those that every method takes, and the ones in `free`, which must be the same in `nextPageToken`.
   */
  position(free?: readonly string[]): number[] | undefined
  nextPageToken(position: readonly number[], free?: readonly string[]): string
}

/** The query, checked for unknown and repeated names. Wrong values throw 400. */
export interface ApiParameters {
  text(name: string): string | undefined
  /** All values of a repeated parameter. */
  list(name: string): string[]
  flag(name: string, otherwise?: boolean): boolean
  /** 1 to `most`; above it, refused or taken as `most`. */
  pageSize(name: string, otherwise: number, most: number, above: 'refused' | 'most'): number
}
