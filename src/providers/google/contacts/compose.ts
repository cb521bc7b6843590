import type { JsonObject } from '../../../core/json.ts'
import type { Composed, ComposeRow } from '../../../core/source.ts'
import { encode } from '../records/encode.ts'
import { jsonArray } from '../records/json-file.ts'
import { isGroup, isPhoto, photoKey, photoOf } from './item.ts'
import { person } from './schema.ts'
import { writeCard } from './vcard.ts'

type Rows = () => AsyncIterable<ComposeRow>

/**
 * `contacts.vcf` with all contacts, `contacts.json` and `groups.json` as the API gave them.
 *
 * Photos are files in `photos/`, which the cards name in X-PHOTO-FILE: what is derived from the journal sees the paths of saved files, not their
 * bytes, and a PHOTO must be an absolute address or hold the picture. What was deleted at Google stays in all three, marked where that is known.
 */
export async function* composeContacts(rows: Rows): AsyncGenerator<Composed> {
  const groups = new Map<string, string>()
  const photos = new Map<string, string>()
  let people = 0
  for await (const { item, files } of rows()) {
    const photo = files.get(photoKey)
    if (isGroup(item.id)) groups.set(item.id, item.name ?? item.id)
    else if (!isPhoto(item.id)) people++
    else if (photo !== undefined) photos.set(item.id, photo)
  }
  if (people > 0) yield { path: 'contacts.vcf', bytes: encode(cards(rows, groups, photos)) }
  yield { path: 'contacts.json', bytes: encode(jsonArray(details(rows, (id) => !isGroup(id) && !isPhoto(id)))) }
  yield { path: 'groups.json', bytes: encode(jsonArray(details(rows, isGroup))) }
}

async function* cards(
  rows: Rows,
  groups: ReadonlyMap<string, string>,
  photos: ReadonlyMap<string, string>,
): AsyncGenerator<string> {
  for await (const { item } of rows()) {
    if (isGroup(item.id) || isPhoto(item.id)) continue
    const photo = photos.get(photoOf(item.id))
    yield writeCard(person.parse(item.details), { id: item.id, groups, ...(photo !== undefined && { photo }) })
  }
}

async function* details(rows: Rows, wanted: (id: string) => boolean): AsyncGenerator<JsonObject> {
  for await (const { item } of rows()) if (wanted(item.id)) yield item.details
}
