import type { Json } from '../serving/reply.ts'
import { inMyDrive } from './access.ts'
import type { ChangeLog, LoggedChange } from './change-log.ts'
import { allowed, type Call, selectionOf } from './drive-call.ts'
import { DriveError, invalidParameter } from './drive-error.ts'
import { driveResource } from './drives.ts'
import { below, type Selection, select } from './fields.ts'
import { defaultFileFields, fileResource, prepareChecksums, rfc3339 } from './file-resource.ts'
import type { DriveItem } from './items.ts'

/**
 * Page tokens of changes are digits: a position, then two for the generation and four for the log that it belongs to.
 * They do not expire by time.
 */
function tokenOf({ service }: Call, log: ChangeLog, position: number): string {
  return `${position}${String(service.changeGeneration % 100).padStart(2, '0')}${String(log.tag).padStart(4, '0')}`
}

function positionOf({ service }: Call, token: string, log: ChangeLog): number {
  const found = /^(\d{1,12})(\d{2})(\d{4})$/.exec(token)
  const refused = found === null || Number(found[3]) !== log.tag || Number(found[2]) !== service.changeGeneration % 100
  if (refused || Number(found[1]) > log.end()) throw invalidParameter('pageToken')
  return Number(found[1])
}

function logOf({ parameters, model, person }: Call): ChangeLog {
  const driveId = parameters.text('driveId')
  if (driveId === undefined) return model.userLog(person.email)
  if (!parameters.flag('supportsAllDrives')) {
    throw new DriveError(
      403,
      'teamDrivesNotSupported',
      'The supportsAllDrives parameter must be set to true when driveId is given.',
      { location: 'supportsAllDrives' },
    )
  }
  const log = model.driveLog(driveId)
  if (log === undefined || !model.drive(driveId)?.members.has(person.email)) {
    throw new DriveError(404, 'notFound', `Shared drive not found: ${driveId}`, { location: 'driveId' })
  }
  return log
}

/** https://developers.google.com/workspace/drive/api/reference/rest/v3/changes/getStartPageToken */
export function startPageToken(call: Call): Json {
  const log = logOf(call)
  const answer = { kind: 'drive#startPageToken', startPageToken: tokenOf(call, log, log.end()) }
  return select(answer, selectionOf(call, 'StartPageToken', 'all')) ?? {}
}

const defaultChangeFields: Selection = new Map<string, Selection>([
  ...['kind', 'removed', 'fileId', 'changeType', 'type', 'time', 'driveId', 'teamDriveId'].map((name): [string, Selection] => [
    name,
    'all',
  ]),
  ['file', defaultFileFields],
  ['drive', new Map(['kind', 'id', 'name'].map((name) => [name, 'all']))],
])
const defaultFields: Selection = new Map<string, Selection>([
  ['kind', 'all'],
  ['nextPageToken', 'all'],
  ['newStartPageToken', 'all'],
  ['changes', defaultChangeFields],
])

/** https://developers.google.com/workspace/drive/api/reference/rest/v3/changes/list */
export async function listChanges(call: Call): Promise<Json> {
  const { parameters, model, person, service } = call
  const selection = selectionOf(call, 'ChangeList', defaultFields)
  const token = parameters.text('pageToken')
  if (token === undefined) throw new DriveError(400, 'required', 'Required parameter: pageToken', { location: 'pageToken' })
  for (const name of ['teamDriveId', 'includeTeamDriveItems', 'supportsTeamDrives', 'includeLabels']) {
    if (parameters.text(name) !== undefined)
      throw invalidParameter(name, `The practice Drive does not know the old or rare parameter ${name}`)
  }
  if (!['drive', undefined].includes(parameters.text('spaces'))) throw invalidParameter('spaces')
  const log = logOf(call)
  const driveId = parameters.text('driveId')
  const include = parameters.flag('includeItemsFromAllDrives')
  if (include && !parameters.flag('supportsAllDrives')) {
    throw new DriveError(
      403,
      'teamDrivesNotSupported',
      'The supportsAllDrives parameter must be set to true when includeItemsFromAllDrives is.',
      { location: 'supportsAllDrives' },
    )
  }
  if (driveId !== undefined && !include) {
    throw new DriveError(
      403,
      'includeTeamDriveItemsRequired',
      'The includeItemsFromAllDrives parameter must be set to true when driveId is given.',
      { location: 'includeItemsFromAllDrives' },
    )
  }
  const [withRemoved, myDriveOnly, corpusRemovals] = [
    parameters.flag('includeRemoved', true),
    parameters.flag('restrictToMyDrive'),
    parameters.flag('includeCorpusRemovals'),
  ]
  /** What the person can see of it now. */
  const visible = (change: LoggedChange): DriveItem | undefined => {
    const item = model.get(change.id)
    return item !== undefined && allowed(call, item) ? item : undefined
  }
  const isRemoved = (change: LoggedChange) =>
    change.removed ||
    (change.kind === 'file' ? visible(change) === undefined : !model.drive(change.id)?.members.has(person.email))
  const wanted = (change: LoggedChange): boolean => {
    if (isRemoved(change)) return withRemoved && (change.kind === 'file' || include)
    if (change.driveId !== undefined && !include) return false
    const item = change.kind === 'file' ? model.get(change.id) : undefined
    return !myDriveOnly || (item !== undefined && inMyDrive(model, item, person.email))
  }
  const pageSize = Math.min(parameters.pageSize(100, 1000), service.settings.pageLimit)
  const { changes, next } = log.read(positionOf(call, token, log), pageSize, wanted)
  const wantedChange = below(selection, 'changes')
  const wantedFile = wantedChange === undefined ? undefined : below(wantedChange, 'file')
  const files = changes.map((change) =>
    change.kind === 'file' && (!isRemoved(change) || corpusRemovals) ? visible(change) : undefined,
  )
  if (wantedFile !== undefined)
    await prepareChecksums(
      files.flatMap((file) => file ?? []),
      wantedFile,
    )
  const entries = changes.map((change, index): Json => {
    const removed = isRemoved(change)
    const file = files[index]
    const drive = change.kind === 'drive' && !removed ? model.drive(change.id) : undefined
    return {
      kind: 'drive#change',
      removed,
      changeType: change.kind,
      type: change.kind,
      time: rfc3339(change.time),
      ...(change.kind === 'file' ? { fileId: change.id } : { driveId: change.id, teamDriveId: change.id }),
      ...(file === undefined || wantedFile === undefined ? {} : { file: fileResource(file, call, wantedFile) }),
      ...(drive === undefined ? {} : { drive: driveResource(drive, person) }),
    }
  })
  const last = next >= log.end()
  const answer: Json = {
    kind: 'drive#changeList',
    ...(last ? { newStartPageToken: tokenOf(call, log, log.end()) } : { nextPageToken: tokenOf(call, log, next) }),
    changes: entries,
  }
  return select(answer, selection) ?? {}
}
