import { Failure } from '../core/failure.ts'
import type { JsonObject } from '../core/json.ts'
import { portable } from './names.ts'

/** What the metadata file of a source is made of: one object an item. */
export interface SourceMetadata {
  /** ACCOUNT/SOURCE. */
  readonly source: string
  readonly lines: Iterable<JsonObject> | AsyncIterable<JsonObject>
}

/** Where the metadata of a source stands, relative to the archive. Throws a Failure of kind `bug` for what is no ACCOUNT/SOURCE. */
export function metadataFile(source: string): string {
  const parts = source.split('/')
  if (parts.length !== 2 || parts.some((part) => portable(part) !== part))
    throw new Failure('bug', `not ACCOUNT/SOURCE: ${JSON.stringify(source)}`)
  return `metadata/${source}.jsonl`
}

/** JSON lines: one object a line, UTF-8, no line break inside. https://jsonlines.org/ */
export async function* jsonLines(objects: SourceMetadata['lines']): AsyncIterable<string> {
  for await (const object of objects) yield `${JSON.stringify(object)}\n`
}
