/** How many keys a run remembers; old link-shared items are few, and a forgotten key is asked for again. */
const remembered = 20_000

/**
 * Keys that old link-shared items ask for besides their id. They open the item to whoever has them, so they live in memory only,
 * never in the journal or the archive. https://developers.google.com/workspace/drive/api/guides/resource-keys
 */
export interface ResourceKeys {
  learn(file: { readonly id: string; readonly resourceKey?: string | undefined; readonly ownedByMe?: boolean | undefined }): void
  /** The header for requests that name these items; empty where no key is known. */
  header(...ids: readonly string[]): Record<string, string>
  has(id: string): boolean
}

export function createResourceKeys(): ResourceKeys {
  const keys = new Map<string, string>()
  return {
    learn({ id, resourceKey, ownedByMe }) {
      if (resourceKey === undefined || ownedByMe === true) return
      keys.set(id, resourceKey)
      if (keys.size > remembered) keys.delete(keys.keys().next().value!)
    },
    header(...ids) {
      const pairs = ids.flatMap((id) => (keys.has(id) ? [`${id}/${keys.get(id)}`] : []))
      return pairs.length === 0 ? {} : { 'x-goog-drive-resource-keys': pairs.join(',') }
    },
    has: (id) => keys.has(id),
  }
}
