import type { OneDriveModel } from '../drive/one-drive-model.ts'
import type { GraphService } from './graph-service.ts'

/** Letter case and lost leading zeros of a personal drive's id do not matter: https://github.com/OneDrive/onedrive-api-docs/issues/1890 */
const normal = (drive: OneDriveModel, id: string) => (drive.kind === 'personal' ? id.toLowerCase().padStart(16, '0') : id)

/** The person's own drive, or one of the others, by an id as clients write it. */
export function findDrive({ drives }: Pick<GraphService, 'drives'>, id: string): OneDriveModel | undefined {
  return drives().find((drive) => normal(drive, id) === normal(drive, drive.driveId))
}

/** In another one's drive: whether it, or a folder above it, is shared with the person. */
export function isReachable(service: GraphService, drive: OneDriveModel, id: string): boolean {
  if (drive === service.model) return true
  const seen = new Set<string>()
  for (
    let at = drive.get(id);
    at !== undefined && !seen.has(at.id);
    at = at.parent === undefined ? undefined : drive.get(at.parent)
  ) {
    if (at.shared === true) return true
    seen.add(at.id)
  }
  return false
}
