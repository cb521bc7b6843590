import type { Json } from '../serving/reply.ts'
import { type Call, reachable, selectionOf } from './drive-call.ts'
import { DriveError, invalidParameter } from './drive-error.ts'
import { permissionResources } from './file-resource.ts'
import type { DriveItem, Grant } from './items.ts'

const roles = ['owner', 'organizer', 'fileOrganizer', 'writer', 'commenter', 'reader']
/** https://support.google.com/mail/answer/10313 */
const personal = (email: string) => /@(gmail|googlemail)\.com$/i.test(email)
const domain = (email: string) => email.slice(email.lastIndexOf('@') + 1).toLowerCase()

interface Asked {
  readonly type?: string
  readonly role?: string
  readonly emailAddress?: string
  readonly pendingOwner?: boolean
}

async function bodyOf({ exchange }: Call, known: readonly string[]): Promise<Asked> {
  let body: unknown
  try {
    body = JSON.parse(await exchange.body())
  } catch {
    throw new DriveError(400, 'parseError', 'Parse Error')
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new DriveError(400, 'parseError', 'Parse Error')
  for (const key of Object.keys(body)) {
    if (!known.includes(key))
      throw new DriveError(400, 'fieldNotWritable', `The resource body includes fields which are not directly writable.`)
  }
  return body
}

/** The rules that both calls share: https://developers.google.com/workspace/drive/api/guides/transfer-file */
function checkTransfer({ person, parameters, model }: Call, item: DriveItem, email: string, { role, pendingOwner }: Asked): void {
  if (!roles.includes(role ?? '')) throw invalidParameter('permission.role', 'The specified role is invalid or not supported.')
  const becomesOwner = role === 'owner'
  if (becomesOwner && !parameters.flag('transferOwnership')) {
    throw new DriveError(
      403,
      'forbidden',
      "The transferOwnership parameter must be enabled when the permission role is 'owner'.",
      {
        location: 'transferOwnership',
      },
    )
  }
  if (!becomesOwner && parameters.flag('transferOwnership')) throw invalidParameter('transferOwnership')
  if (becomesOwner && !parameters.flag('sendNotificationEmail', true))
    throw invalidParameter('sendNotificationEmail', 'The notification email may not be disabled for ownership transfers.')
  if (!becomesOwner && pendingOwner !== true) return
  if (item.driveId !== undefined)
    throw new DriveError(403, 'cannotTransferOwnership', 'Ownership transfers are not supported for items in shared drives.')
  if (item.owner !== person.email)
    throw new DriveError(403, 'insufficientFilePermissions', 'The user does not have sufficient permissions for this file.')
  if (model.person(email) === undefined)
    throw new DriveError(
      400,
      'invalidSharingRequest',
      'Bad Request. User message: "There is no Google account for that address."',
    )
  if (becomesOwner && personal(person.email)) {
    // https://developers.google.com/workspace/drive/api/guides/transfer-file#transfer-consumer
    throw new DriveError(
      403,
      'consentRequiredForOwnershipTransfer',
      'Consent is required to transfer ownership of a file to another user.',
    )
  }
  if (pendingOwner === true && !personal(email))
    throw new DriveError(403, 'forbidden', 'A pending owner may only be set between consumer accounts.')
  if (personal(email) !== personal(person.email) || (!personal(email) && domain(email) !== domain(person.email))) {
    throw new DriveError(
      403,
      'ownershipChangeAcrossDomainNotPermitted',
      'Ownership can only be transferred to another user in the same organization as the current owner.',
    )
  }
}

function carryOut({ model, person, parameters }: Call, item: DriveItem, email: string, { role, pendingOwner }: Asked): void {
  const rest = item.grants.filter((grant) => grant.email !== email)
  if (role === 'owner') {
    const former: Grant = { type: 'user', role: 'writer', email: person.email, sharedAt: Date.now() }
    model.update(item.id, { owner: email, grants: [...rest, former] })
    if (parameters.flag('moveToNewOwnersRoot')) model.move(item.id, model.rootOf(email))
  } else {
    const grant: Grant = {
      type: 'user',
      role: role as Grant['role'],
      email,
      sharedAt: Date.now(),
      pendingOwner: pendingOwner ?? false,
    }
    model.update(item.id, { grants: [...rest, grant] })
  }
}

function answer(call: Call, item: DriveItem, email: string): Json {
  const { person } = call
  const resource = permissionResources({ ...call, person }, item).find((one) => one.emailAddress === email) ?? {}
  const selection = selectionOf(call, 'Permission', new Map(['kind', 'id', 'type', 'role'].map((name) => [name, 'all' as const])))
  return Object.fromEntries(Object.entries(resource).filter(([name]) => selection === 'all' || selection.has(name)))
}

/** https://developers.google.com/workspace/drive/api/reference/rest/v3/permissions/create */
export async function createPermission(call: Call, id: string): Promise<Json> {
  const item = reachable(call, id, 'flag')
  const asked = await bodyOf(call, ['type', 'role', 'emailAddress', 'pendingOwner'])
  if (asked.type !== 'user') throw invalidParameter('permission.type', 'The practice cloud shares with users only.')
  const email = asked.emailAddress
  if (email === undefined || !/^[^@\s]+@[^@\s]+$/.test(email)) throw invalidParameter('permission.emailAddress')
  checkTransfer(call, item, email, asked)
  carryOut(call, item, email, asked)
  return answer(call, item, email)
}

/** https://developers.google.com/workspace/drive/api/reference/rest/v3/permissions/update */
export async function updatePermission(call: Call, id: string): Promise<Json> {
  const item = reachable(call, id, 'flag')
  const permissionId = decodeURIComponent(/\/permissions\/([^/]+)$/.exec(call.exchange.url.pathname)?.[1] ?? '')
  const asked = await bodyOf(call, ['role', 'pendingOwner'])
  const found = permissionResources(call, item).find((one) => one.id === permissionId)
  const email = typeof found?.emailAddress === 'string' ? found.emailAddress : undefined
  if (email === undefined)
    throw new DriveError(404, 'notFound', `Permission not found: ${permissionId}.`, { location: 'permissionId' })
  if (asked.pendingOwner === true && asked.role !== 'writer') {
    throw new DriveError(
      403,
      'pendingOwnerWriterRequired',
      'The target user cannot be a pending owner because the target user does not have a writer role for the file.',
    )
  }
  checkTransfer(call, item, email, asked)
  carryOut(call, item, email, asked)
  return answer(call, item, email)
}
