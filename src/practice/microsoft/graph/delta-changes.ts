import type { OneDriveItem } from '../drive/items.ts'
import type { OneDriveModel } from '../drive/one-drive-model.ts'

/**
 * The items of a delta's changes, each once and as it is now (or was, when it is gone): the changed ones, and with `parents` the folders above
 * them, which real answers hold unless the header deltaExcludeParent is there. https://learn.microsoft.com/graph/api/driveitem-delta#request-headers
 */
export function deltaChanges(
  drive: OneDriveModel,
  changed: readonly string[],
  { parents, order }: { readonly parents: boolean; readonly order: 'first' | 'last' },
): OneDriveItem[] {
  const wanted = new Set(changed)
  const seen = new Set<string>()
  const found: OneDriveItem[] = []
  const visit = (id: string): void => {
    if (seen.has(id)) return
    seen.add(id)
    const item = drive.get(id) ?? drive.tombstone(id)
    if (item === undefined) return
    if (item.parent !== undefined && (parents || wanted.has(item.parent))) visit(item.parent)
    found.push(item)
  }
  for (const id of changed) visit(id)
  return order === 'first' ? found : found.reverse()
}
