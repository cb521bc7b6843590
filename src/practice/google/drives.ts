import type { Json } from '../serving/reply.ts'
import { contentSize } from './content.ts'
import { type Call, reachable, selectionOf } from './drive-call.ts'
import { DriveError, invalidParameter } from './drive-error.ts'
import type { DriveModel } from './drive-model.ts'
import { exportFormats } from './export-formats.ts'
import { parseFields, type Selection, select } from './fields.ts'
import { permissionResources, rfc3339, userResource } from './file-resource.ts'
import type { Person, SharedDrive } from './items.ts'

const fieldsOf = (...names: string[]): ReadonlyMap<string, Selection> =>
  new Map(names.map((name): [string, Selection] => [name, 'all']))
const driveFields = fieldsOf('kind', 'id', 'name')

export function driveResource(drive: SharedDrive, person: Person): Json {
  const role = drive.members.get(person.email)
  return {
    kind: 'drive#drive',
    id: drive.id,
    name: drive.name,
    colorRgb: '#5f6368',
    createdTime: rfc3339(drive.createdTime),
    hidden: drive.hidden ?? false,
    capabilities: {
      canListChildren: true,
      canDownload: true,
      canManageMembers: role === 'organizer',
      canEdit: role !== 'reader' && role !== 'commenter',
    },
    restrictions: {
      adminManagedRestrictions: false,
      copyRequiresWriterPermission: false,
      domainUsersOnly: false,
      driveMembersOnly: false,
    },
  }
}

function refuseAdmin({ parameters }: Call): void {
  if (parameters.flag('useDomainAdminAccess'))
    throw new DriveError(403, 'insufficientPermissions', 'The user is no administrator of the domain.')
}

/** https://developers.google.com/workspace/drive/api/reference/rest/v3/drives/list */
export function listDrives(call: Call): Json {
  const { parameters, model, person, service } = call
  refuseAdmin(call)
  if (parameters.text('q') !== undefined) throw invalidParameter('q')
  const selection = selectionOf(
    call,
    'DriveList',
    new Map<string, Selection>([...fieldsOf('kind', 'nextPageToken'), ['drives', driveFields]]),
  )
  const pageSize = Math.min(parameters.pageSize(10, 100), service.settings.pageLimit)
  const bound = JSON.stringify(['drives', person.email])
  const token = parameters.text('pageToken')
  const [from = 0] = token === undefined ? [] : service.pageTokens.read(token, bound)
  const all = model.drives(person.email)
  const answer: Json = {
    kind: 'drive#driveList',
    ...(from + pageSize < all.length ? { nextPageToken: service.pageTokens.make(bound, [from + pageSize]) } : {}),
    drives: all.slice(from, from + pageSize).map((drive) => driveResource(drive, person)),
  }
  return select(answer, selection) ?? {}
}

/** https://developers.google.com/workspace/drive/api/reference/rest/v3/drives/get */
export function getDrive(call: Call, id: string): Json {
  refuseAdmin(call)
  const drive = call.model.drive(id)
  if (drive === undefined || !drive.members.has(call.person.email)) {
    throw new DriveError(404, 'notFound', `Shared drive not found: ${id}`, { location: 'driveId' })
  }
  return select(driveResource(drive, call.person), selectionOf(call, 'Drive', driveFields)) ?? {}
}

/** https://developers.google.com/workspace/drive/api/reference/rest/v3/permissions/list */
export function listPermissions(call: Call, id: string): Json {
  const { parameters, service, person } = call
  refuseAdmin(call)
  const item = reachable(call, id, 'flag')
  const defaults = new Map<string, Selection>([
    ...fieldsOf('kind', 'nextPageToken'),
    ['permissions', fieldsOf('kind', 'id', 'type', 'role')],
  ])
  const selection = selectionOf(call, 'PermissionList', defaults)
  const pageSize = Math.min(parameters.pageSize(100, 100), service.settings.pageLimit)
  const bound = JSON.stringify(['permissions', person.email, item.id])
  const token = parameters.text('pageToken')
  const [from = 0] = token === undefined ? [] : service.pageTokens.read(token, bound)
  const all = permissionResources(call, item)
  const answer: Json = {
    kind: 'drive#permissionList',
    ...(from + pageSize < all.length ? { nextPageToken: service.pageTokens.make(bound, [from + pageSize]) } : {}),
    permissions: all.slice(from, from + pageSize),
  }
  return select(answer, selection) ?? {}
}

/** https://developers.google.com/workspace/drive/api/reference/rest/v3/about/get */
export function about(call: Call): Json {
  const fields = call.parameters.text('fields') ?? ''
  if (fields === '')
    throw new DriveError(400, 'required', "The 'fields' parameter is required for this method.", { location: 'fields' })
  const selection = parseFields(fields, 'About')
  const asked = (name: string) => selection === 'all' || selection.has(name)
  const used = asked('storageQuota') ? storageUsed(call.model, call.person.email) : { all: '0', trash: '0' }
  const answer: Json = {
    kind: 'drive#about',
    user: userResource(call, call.person.email),
    storageQuota: { limit: String(100 * 1024 ** 3), usage: used.all, usageInDrive: used.all, usageInDriveTrash: used.trash },
    exportFormats: Object.fromEntries(Object.entries(exportFormats).map(([type, formats]) => [type, [...formats]])),
    importFormats: {},
    maxUploadSize: '5497558138880',
    maxImportSizes: {},
    appInstalled: false,
    canCreateDrives: true,
    canCreateTeamDrives: true,
    folderColorPalette: ['#ac725e', '#d06b64', '#8f8f8f'],
    driveThemes: [],
    teamDriveThemes: [],
  }
  return select(answer, selection) ?? {}
}

/** Bytes of storage that the person's own files use: and of it what lies in the trash. */
function storageUsed(model: DriveModel, email: string): { readonly all: string; readonly trash: string } {
  let [used, trash] = [0, 0]
  for (const [item] of model.scan({ entry: 0, offset: 0 })) {
    if (item.owner !== email) continue
    const bytes = item.content === undefined ? (item.quotaBytes ?? 0) : contentSize(item.content)
    used += bytes
    if (item.trashed) trash += bytes
  }
  return { all: String(used), trash: String(trash) }
}
