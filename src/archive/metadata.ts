import { Failure } from '../core/failure.ts'
import type { JsonObject } from '../core/json.ts'
import { portable } from './names.ts'

/** What the metadata file of a source is made of: one object an item. */
export interface SourceMetadata {
  /** ACCOUNT/SOURCE. */
  readonly source: string
  readonly lines: Iterable<JsonObject> | AsyncIterable<JsonObject>
  /** Folders that were made up and files that were derived, which are no items: lines of the same form, for a file beside. Absent or empty: no file. */
  readonly places?: Iterable<JsonObject>
}

/** What the bag says of an account itself. */
export interface AccountMetadata {
  readonly account: string
  readonly facts: JsonObject
}

const accountName = 'account.json'

/** Where it stands, relative to the archive. Throws a Failure of kind `bug` for what is no name of an account. */
export function accountFile(account: string): string {
  if (account.includes('/') || portable(account) !== account)
    throw new Failure('bug', `not an account: ${JSON.stringify(account)}`)
  return `metadata/${account}/${accountName}`
}

/** Whether a name below `metadata/` is one that this program gives. */
export const isMetadataName = (name: string): boolean => name.endsWith('.jsonl') || name === accountName

/** Where the metadata of a source stands, relative to the archive. Throws a Failure of kind `bug` for what is no ACCOUNT/SOURCE. */
export function metadataFile(source: string): string {
  return `${metadataStem(source)}.jsonl`
}

/** The end of the name of what {@link placesFile} names. */
export const placesEnd = '.places.jsonl'

/** Where the made-up folders and derived files of a source stand. Throws as {@link metadataFile}. */
export function placesFile(source: string): string {
  return `${metadataStem(source)}${placesEnd}`
}

function metadataStem(source: string): string {
  const parts = source.split('/')
  if (parts.length !== 2 || parts.some((part) => portable(part) !== part))
    throw new Failure('bug', `not ACCOUNT/SOURCE: ${JSON.stringify(source)}`)
  return `metadata/${source}`
}

/** JSON lines: one object a line, UTF-8, no line break inside. https://jsonlines.org/ */
export async function* jsonLines(objects: SourceMetadata['lines']): AsyncIterable<string> {
  for await (const object of objects) yield `${JSON.stringify(object)}\n`
}
