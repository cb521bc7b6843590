import type { Properties } from './multistatus.ts'

/**
 * What a folder's listing looked like, independent of order. A link that leads back to a folder above shows that folder's listing again,
 * to the last time and etag; copies differ somewhere in their times.
 */
export interface Look {
  readonly sum: number
  readonly mix: number
  readonly entries: number
  readonly files: number
}

/** Without a file in it the look of a folder says little (`a/a/a/a`, made at once): then so many above it must look the same. */
const repeatsWithoutFiles = 4

/** No person's folders lie deeper; a walk that gets here goes round in a way that was not seen. */
export const deepest = 100

/** Gathers a folder's look from its entries, in any order; the name of the folder itself is ''. */
export function lookAt(): { add(name: string, properties: Properties, folder: boolean): void; look(): Look } {
  let sum = 0
  let mix = 0
  let entries = 0
  let files = 0
  const put = (text: string) => {
    let a = 0x811c9dc5
    let b = 5381
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index)
      a = Math.imul(a ^ code, 0x01000193)
      b = (Math.imul(b, 33) + code) | 0
    }
    sum = (sum + a) | 0
    mix = (mix + Math.imul(a, 31) + b) | 0
  }
  return {
    add: (name, properties, folder) => {
      if (name !== '') entries++
      if (!folder) files++
      put(
        `${name}|${folder}|${properties.getetag?.replace(/^W\//, '') ?? ''}|${properties.getcontentlength ?? ''}|${properties.getlastmodified ?? ''}`,
      )
    },
    look: () => ({ sum, mix, entries, files }),
  }
}

export interface Seen {
  readonly id: string
  readonly above: Seen | undefined
  readonly fileId: string | undefined
  readonly look: Look | undefined
}

/** The folder above that `folder` is again, undefined where it is none. */
export function leadsBackTo(folder: Seen): Seen | undefined {
  const alike: Seen[] = []
  for (let above = folder.above; above !== undefined; above = above.above) {
    if (folder.fileId !== undefined && above.fileId !== undefined) {
      if (folder.fileId === above.fileId) return above
    } else if (sameLook(folder.look, above.look)) alike.push(above)
  }
  const needed = (folder.look?.files ?? 0) > 0 ? 1 : repeatsWithoutFiles
  return alike.length >= needed ? alike[0] : undefined
}

function sameLook(a: Look | undefined, b: Look | undefined): boolean {
  // An empty folder leads nowhere.
  return (
    a !== undefined &&
    b !== undefined &&
    a.entries > a.files &&
    a.sum === b.sum &&
    a.mix === b.mix &&
    a.entries === b.entries &&
    a.files === b.files
  )
}
