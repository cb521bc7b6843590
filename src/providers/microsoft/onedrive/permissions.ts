import { z } from 'zod'
import type { Dependence } from '../../../core/dependents.ts'
import type { Connection } from '../../../core/provider.ts'
import { answerOf, graphClient } from '../client.ts'
import type { Target } from './ids.ts'

const text = z.string().nullish()
const identity = z.object({ displayName: text, email: text }).nullish()
/** `siteUser` and `siteGroup` are SharePoint's own names for them: https://learn.microsoft.com/graph/api/resources/sharepointidentityset */
const identities = z.object({ user: identity, group: identity, siteUser: identity, siteGroup: identity }).nullish()

/** https://learn.microsoft.com/graph/api/resources/permission; `grantedTo` and `grantedToIdentities` are the forms of before, which some services still give alone. */
const permission = z.object({
  roles: z.array(z.string()).nullish(),
  grantedToV2: identities,
  grantedTo: identities,
  grantedToIdentitiesV2: z.array(identities).nullish(),
  grantedToIdentities: z.array(identities).nullish(),
  invitation: z.object({ email: text }).nullish(),
  link: z.object({ scope: text, type: text }).nullish(),
})
export type Permission = z.infer<typeof permission>
const permissions = z.object({ value: z.array(permission) })

/** Not `shareId` nor a link's address, which open the thing to whoever has them. */
const fields = 'id,roles,grantedToV2,grantedTo,grantedToIdentitiesV2,grantedToIdentities,invitation,link'

/**
 * Who may use a thing of the own drive, those who may by a folder above it among them: https://learn.microsoft.com/graph/api/driveitem-list-permissions. The right
 * to read files is the least that the page names (Files.Read), and "for the owner of the item, all sharing permissions are returned". Five resource units
 * (limits.ts). Throws the transport's Failure, or the signal's reason.
 */
export async function permissionsOf(
  connection: Connection,
  { drive, id }: Target,
  signal: AbortSignal,
): Promise<readonly Permission[]> {
  const path = `/drives/${encodeURIComponent(drive)}/items/${encodeURIComponent(id)}/permissions`
  const call = graphClient(connection).api(path).query({ $select: fields }).options({ signal }).get()
  return (await answerOf('the question who uses a file', call, permissions, signal)).value
}

/** Of somebody who is named without an address (personal drives name nobody's), the name. */
export type Sharing = Pick<Dependence, 'people' | 'open'>

/** `own`: whether an address is the leaver's. Each person once, with the most that they may do. */
export function sharingIn(given: readonly Permission[], own: (address: string) => boolean): Sharing {
  const people = new Map<string, Dependence['people'][number]>()
  let open: Sharing['open']
  for (const { roles, link, invitation, ...granted } of given) {
    if (roles?.includes('owner') || roles?.includes('sp.owner')) continue
    // Of a link the page knows three scopes; one for certain people names them.
    if (link?.scope === 'anonymous') open = 'anyone'
    else if (link?.scope === 'organization') open ??= 'organisation'
    const may = roles?.some((role) => /^(sp\.)?(write|full control)$/i.test(role)) || link?.type === 'edit' ? 'write' : 'read'
    const one = granted.grantedToV2 ?? granted.grantedTo
    const many = granted.grantedToIdentitiesV2 ?? granted.grantedToIdentities ?? []
    for (const who of [...(one == null ? [] : [one]), ...many]) {
      const person = who?.user ?? who?.siteUser
      const group = person == null ? (who?.group ?? who?.siteGroup) : undefined
      const address = person?.email ?? group?.email ?? invitation?.email ?? person?.displayName ?? group?.displayName
      if (address != null && address !== '') add(address, may, group != null)
    }
    // Invited, and not come yet.
    if (one == null && many.length === 0 && invitation?.email) add(invitation.email, may, false)
  }
  return { people: [...people.values()], ...(open !== undefined && { open }) }

  function add(address: string, may: 'write' | 'read', isGroup: boolean): void {
    if (own(address)) return
    const key = address.toLowerCase()
    const before = people.get(key)
    people.set(key, {
      address: before?.address ?? address,
      may: may === 'write' ? 'write' : (before?.may ?? 'read'),
      ...(isGroup && { group: true as const }),
    })
  }
}
