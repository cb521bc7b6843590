import type { JsonObject } from '../../../core/json.ts'
import type { Composed, ComposeRow, Lack } from '../../../core/source.ts'
import { encode } from '../records/encode.ts'
import { markedJson } from '../records/gone.ts'
import { jsonArray } from '../records/json-file.ts'
import { isGroup, isPhoto, photoOf } from './item.ts'
import { pictureOf, type SavedPhoto, savedPhoto } from './photo.ts'
import { person } from './schema.ts'
import { writeCard } from './vcard.ts'

type Rows = () => AsyncIterable<ComposeRow>

/** What must be known of all rows before the first card can be written. */
interface Overview {
  /** Names by resource name. */
  readonly groups: Map<string, string>
  /** By the id of the photo's item. */
  readonly photos: Map<string, SavedPhoto>
  /** Ids under which contacts that are there were known before. */
  readonly former: Set<string>
  people: number
}

/**
 * `contacts.vcf` with all contacts and their photos in it, `contacts.json` and `groups.json` as the API gave them (groups without the number of their
 * members, which grows old).
 *
 * What was deleted at Google stays in all three, marked: a category in the card, which most programs show as a group, so that it can be told apart
 * after an import. Only a contact that goes on under another resource name has one card, not two; and a photo that its owner took away is in no card.
 */
export async function* composeContacts(rows: Rows): AsyncGenerator<Composed> {
  const overview = await overlook(rows)
  const lacks: Lack[] = []
  if (overview.people > 0)
    yield { path: 'contacts.vcf', bytes: encode(cards(rows, overview, (lack) => lacks.push(lack))), lacks: () => lacks }
  yield { path: 'contacts.json', bytes: encode(jsonArray(details(rows, (id) => !isGroup(id) && !isPhoto(id)))) }
  yield { path: 'groups.json', bytes: encode(jsonArray(details(rows, isGroup))) }
}

async function overlook(rows: Rows): Promise<Overview> {
  const overview: Overview = { groups: new Map(), photos: new Map(), former: new Set(), people: 0 }
  const { groups, photos, former } = overview
  // A photo whose contact is gone went with it, whichever of the two comes first.
  const takenAway: string[] = []
  const deleted = new Set<string>()
  for await (const row of rows()) {
    const { item, gone } = row
    if (isGroup(item.id)) groups.set(item.id, item.name ?? item.id)
    else if (isPhoto(item.id)) {
      const photo = savedPhoto(row)
      if (photo !== undefined) photos.set(item.id, photo)
      if (gone) takenAway.push(item.id)
    } else {
      overview.people++
      if (gone) deleted.add(photoOf(item.id))
      else for (const name of person.parse(item.details).metadata.previousResourceNames) former.add(name)
    }
  }
  for (const id of takenAway) if (!deleted.has(id)) photos.delete(id)
  return overview
}

async function* cards(rows: Rows, { groups, photos, former }: Overview, lack: (what: Lack) => void): AsyncGenerator<string> {
  for await (const { item, gone } of rows()) {
    if (isGroup(item.id) || isPhoto(item.id) || (gone && former.has(item.id))) continue
    const photo = photos.get(photoOf(item.id))
    const found = photo === undefined ? undefined : await pictureOf(photo, item.name ?? item.id)
    const picture = found !== undefined && 'bytes' in found ? found : undefined
    if (found !== undefined && 'message' in found) lack(found)
    yield* writeCard(person.parse(item.details), {
      id: item.id,
      groups,
      gone,
      ...(photo !== undefined && { photo: photo.path }),
      ...(picture !== undefined && { picture }),
    })
  }
}

async function* details(rows: Rows, wanted: (id: string) => boolean): AsyncGenerator<JsonObject> {
  for await (const row of rows()) if (wanted(row.item.id)) yield markedJson(row)
}
