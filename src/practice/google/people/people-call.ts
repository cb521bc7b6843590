import type { ApiCall } from '../api.ts'
import { refusal } from '../api-error.ts'
import type { DriveError } from '../drive-error.ts'
import { makeSyncToken, readSyncToken } from '../sync-tokens.ts'
import type { SyncedRecord, SyncedRecords } from '../synced-records.ts'
import type { PeopleModel } from './people-model.ts'

export type PeopleCall = ApiCall<PeopleModel>

export const invalidArgument = (message: string): DriveError => refusal(400, 'badRequest', message)

/** A field mask that must be there (without `otherwise`), and hold names out of `valid` only. */
export function maskOf(
  { parameters }: PeopleCall,
  name: string,
  valid: readonly string[],
  otherwise?: readonly string[],
): ReadonlySet<string> {
  const text = parameters.text(name) ?? ''
  if (text === '' && otherwise !== undefined) return new Set(otherwise)
  const page = 'Valid paths are documented at https://developers.google.com/people/api/rest/v1/people/get.'
  if (text === '') throw invalidArgument(`${name} mask is required. Please specify one or more valid paths. ${page}`)
  const names = text.split(',').map((part) => part.trim())
  const wrong = names.find((part) => !valid.includes(part))
  if (wrong !== undefined) throw invalidArgument(`Invalid ${name} mask path: "${wrong}". ${page}`)
  return new Set(names)
}

/** 0 is as if it were not there. */
export function pageSizeOf({ parameters, model }: PeopleCall, otherwise: number): number {
  const asked = parameters.text('pageSize') === '0' ? otherwise : parameters.pageSize('pageSize', otherwise, 1000, 'refused')
  return Math.min(asked, model.settings.pageLimit)
}

const sourceTypes = ['CONTACT', 'PROFILE', 'DOMAIN_CONTACT', 'OTHER_CONTACT']

/** The kinds of `sources`, without their prefix. */
export function sourcesOf({ parameters }: PeopleCall, otherwise: readonly string[]): ReadonlySet<string> {
  const given = parameters.list('sources').flatMap((text) => text.split(','))
  for (const source of given) {
    if (!sourceTypes.includes(source.replace(/^READ_SOURCE_TYPE_/, '')) || !source.startsWith('READ_'))
      throw invalidArgument(`Invalid value at 'sources' (type.googleapis.com/google.people.v1.ReadSourceType), "${source}"`)
  }
  return new Set(given.length === 0 ? otherwise : given.map((source) => source.replace(/^READ_SOURCE_TYPE_/, '')))
}

// "Sync tokens expire 7 days after the full sync": https://developers.google.com/people/api/rest/v1/people.connections/list
const syncTokenLifeMs = 7 * 24 * 60 * 60 * 1000

/** Where a listing begins, and the token that ends it. */
export interface SyncRange {
  /** News since here; undefined: a full listing. */
  readonly since: number | undefined
  /** `sequence`: what was the latest when the listing began. */
  token(sequence: number): string
}

/** Reads `syncToken`. `others` are the parameters that must be as in the call that the token came from. */
export function syncRangeOf(
  { parameters, model, person, now }: PeopleCall,
  listing: string,
  others: readonly string[],
): SyncRange {
  const query = JSON.stringify(others.map((name) => [name, ...parameters.list(name).sort()]))
  const place = { listing: `${listing} ${person.email}`, query }
  const text = parameters.text('syncToken')
  const make = (sequence: number, fullAt: number) => makeSyncToken({ ...place, sequence, fullAt, generation: model.generation() })
  if (text === undefined || text === '') return { since: undefined, token: (sequence) => make(sequence, now) }
  const point = readSyncToken(text, place)
  if (point === undefined) throw invalidArgument('Sync token is invalid.')
  if (point.generation !== model.generation() || now - point.fullAt > syncTokenLifeMs) {
    throw refusal(400, 'failedPrecondition', 'Sync token is expired. Clear local cache and retry call without the sync token.', {
      status: 'FAILED_PRECONDITION',
      details: [
        { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'EXPIRED_SYNC_TOKEN', domain: 'people.googleapis.com' },
      ],
    })
  }
  if (!point.sameQuery)
    throw invalidArgument('Request parameters must match those of the request that the sync token was obtained with.')
  return { since: point.sequence, token: (sequence) => make(sequence, point.fullAt) }
}

/** One page of the records after a position, and where the next page and the next sync go on. */
export function pageOf<T>(
  call: PeopleCall,
  records: SyncedRecords<T>,
  { since, size }: { readonly since: number | undefined; readonly size: number },
) {
  const [after = since ?? 0, began = records.latest()] = call.position() ?? []
  const page: SyncedRecord<T>[] = []
  let more = false
  for (const record of records.after(after)) {
    if (record.deleted && since === undefined) continue
    more = page.length === size
    if (more) break
    page.push(record)
  }
  return { page, began, next: more ? call.nextPageToken([page.at(-1)?.sequence ?? after, began]) : undefined }
}
