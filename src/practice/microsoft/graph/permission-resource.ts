import type { Json } from '../../serving/reply.ts'
import type { Grant, Grantee, OneDriveItem } from '../drive/items.ts'
import type { OneDriveModel } from '../drive/one-drive-model.ts'
import { type ItemView, identityOf } from './item-resource.ts'

/**
 * Effective sharing permissions: the item's own and those of the folders above it. "For a non-owner caller, only the sharing permissions that apply to the caller are
 * returned", and what holds a secret (`shareId`, a link's address) only to who may share, which nobody may who only reads.
 * https://learn.microsoft.com/graph/api/driveitem-list-permissions
 */
export function permissionsPage(view: ItemView, item: OneDriveItem, select: readonly string[] | undefined): Json {
  const { service, drive } = view
  const shown = (permission: Record<string, Json>) =>
    Object.fromEntries(Object.entries(permission).filter(([name]) => select === undefined || select.includes(name)))
  const own = drive === service.model
  const value = own
    ? [
        { id: 'owner', roles: ['owner'], grantedToV2: identityOf(drive.account), grantedTo: identityOf(drive.account) },
        ...[...inForce(drive, item)].map(({ grant, from, number }) =>
          permissionOf(drive, grant, `${from.id}-${number}`, from, item),
        ),
      ]
    : [{ id: 'reader', roles: ['read'], grantedToV2: identityOf(service.model.account) }]
  return { '@odata.context': `${service.roots.graph}v1.0/$metadata#Collection(permission)`, value: value.map(shown) }
}

function* inForce(drive: OneDriveModel, item: OneDriveItem) {
  const seen = new Set<string>()
  for (
    let at: OneDriveItem | undefined = item;
    at !== undefined && !seen.has(at.id);
    at = at.parent === undefined ? undefined : drive.get(at.parent)
  ) {
    seen.add(at.id)
    for (const [number, grant] of (at.grants ?? []).entries()) yield { grant, from: at, number }
  }
}

function permissionOf(
  drive: OneDriveModel,
  { role, to, link }: Grant,
  id: string,
  from: OneDriveItem,
  item: OneDriveItem,
): Record<string, Json> {
  const who = to === undefined ? undefined : identitySet(drive, to)
  const members = link?.members?.map((one) => identitySet(drive, one))
  return {
    id,
    roles: [role],
    ...(who === undefined ? {} : { grantedToV2: who, grantedTo: who }),
    ...(to === undefined || drive.kind === 'business' ? {} : { invitation: { email: to.email, signInRequired: true } }),
    ...(members === undefined ? {} : { grantedToIdentitiesV2: members, grantedToIdentities: members }),
    ...(link === undefined ? {} : { link: { scope: link.scope, type: role === 'write' ? 'edit' : 'view' } }),
    // "OneDrive for Business and SharePoint document libraries don't return the inheritedFrom property."
    ...(from === item || drive.kind === 'business' ? {} : { inheritedFrom: { driveId: drive.driveId, id: from.id } }),
  }
}

/** Personal drives name people without their addresses. */
function identitySet({ kind }: OneDriveModel, { email, name, group }: Grantee): Json {
  const identity = { displayName: name, ...(kind === 'business' ? { email } : {}) }
  return group === true ? { group: identity } : { user: identity }
}
