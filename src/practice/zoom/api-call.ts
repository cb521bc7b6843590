import type { Json } from '../serving/reply.ts'
import type { Grants } from './grants.ts'
import type { Person, RecordingsModel } from './model.ts'
import type { PageTokens } from './page-tokens.ts'
import type { Roots } from './resources.ts'
import type { SignedLinks } from './signed-links.ts'
import { invalidField } from './zoom-error.ts'

/** A call of the API on its way to an answer. */
export interface ApiCall {
  /** What stands in the path, decoded as the service does it. */
  readonly id: string
  readonly query: URLSearchParams
  readonly person: Person
  readonly model: RecordingsModel
  readonly grants: Grants
  readonly pageTokens: PageTokens
  readonly now: number
  readonly roots: Roots & { readonly storage: string }
  readonly links: SignedLinks
  /** "Allow users who can access clips to download clips": https://support.zoom.com/hc/en/article?id=zm_kb&sysparm_article=KB0057724 */
  readonly clipDownloads: boolean
  /** After the answer was made, so that what vanishes is in it. */
  afterwards(task: () => void): void
}

export interface Paged<T> {
  readonly page: readonly T[]
  readonly fields: {
    readonly page_count: number
    readonly page_size: number
    readonly total_records: number
    readonly next_page_token: string
  }
}

/** 30 unless asked, at most 300: https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording/GET/users/{userId}/recordings */
export function paged<T>({ query, pageTokens, person }: ApiCall, what: string, all: readonly T[]): Paged<T> {
  const size = wholeNumber(query, 'page_size', 1, 300) ?? 30
  const bound = JSON.stringify([what, person.id, size])
  const token = query.get('next_page_token') ?? ''
  const from = token === '' ? 0 : pageTokens.read(token, bound)
  const next = from + size < all.length ? pageTokens.make(bound, from + size) : ''
  return {
    page: all.slice(from, from + size),
    fields: { page_count: Math.ceil(all.length / size), page_size: size, total_records: all.length, next_page_token: next },
  }
}

export function wholeNumber(query: URLSearchParams, name: string, least: number, most: number): number | undefined {
  const text = query.get(name)
  if (text === null) return undefined
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= least && value <= most)) throw invalidField(name)
  return value
}

export function oneOf<T extends string>(query: URLSearchParams, name: string, allowed: readonly T[]): T | undefined {
  const text = query.get(name)
  if (text === null) return undefined
  const found = allowed.find((value) => value === text)
  if (found === undefined) throw invalidField(name)
  return found
}

/** The answer is elsewhere. */
export class Redirect {
  readonly location: string
  constructor(location: string) {
    this.location = location
  }
}

export type Answer = (call: ApiCall) => Json | Redirect
