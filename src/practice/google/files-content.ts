import { type Json, sendJson, sendRedirect } from '../serving/reply.ts'
import { roleOf } from './access.ts'
import { contentSize } from './content.ts'
import { type Call, forbidden, reachable, selectionOf, sendExport, sendMedia } from './drive-call.ts'
import { DriveError, invalidParameter } from './drive-error.ts'
import { exportFormats } from './export-formats.ts'
import { downloadOf, exportOf } from './exports.ts'
import { select } from './fields.ts'
import { canDownload, defaultFileFields, fileResource, prepareChecksums } from './file-resource.ts'
import { type DriveItem, folderType, shortcutType } from './items.ts'

/** "The exported content is limited to 10 MB": https://developers.google.com/workspace/drive/api/reference/rest/v3/files/export */
const mostExported = 10 * 1024 * 1024

/** https://developers.google.com/workspace/drive/api/reference/rest/v3/files/get */
export async function getFile(call: Call, id: string): Promise<void> {
  const item = reachable(call, id, 'flag')
  const selection = selectionOf(call, 'File', defaultFileFields)
  await prepareChecksums([item], selection)
  await sendJson(call.exchange, 200, fileResource(item, call, selection))
}

function refuseAbuse(call: Call, item: DriveItem): void {
  if (!item.abusive) return
  const role = roleOf(call.model, item, call.person.email)
  if (call.parameters.flag('acknowledgeAbuse') && (role === 'owner' || role === 'organizer')) return
  throw forbidden('cannotDownloadAbusiveFile', 'This file has been identified as malware or spam and cannot be downloaded.')
}

/** https://developers.google.com/workspace/drive/api/guides/manage-downloads */
export async function getMedia(call: Call, id: string): Promise<void> {
  const item = reachable(call, id, 'flag')
  const { content, mimeType } = item
  if (content === undefined) {
    throw forbidden(
      'fileNotDownloadable',
      'Only files with binary content can be downloaded. Use Export with Docs Editors files.',
    )
  }
  if (!canDownload(call, item)) throw forbidden('cannotDownloadFile', 'This file cannot be downloaded by the user.')
  refuseAbuse(call, item)
  const { settings, links, roots } = call.service
  const redirects = settings.redirectMedia === 'always' || (settings.redirectMedia === 'marked' && item.redirects === true)
  if (redirects) return sendRedirect(call.exchange, roots.storage + links.make(item.id, { content, mimeType, ranges: true }), 307)
  await sendMedia(call.exchange, content, mimeType)
}

/** https://developers.google.com/workspace/drive/api/reference/rest/v3/files/export */
export async function exportFile(call: Call, id: string): Promise<void> {
  const item = reachable(call, id, 'any')
  const mimeType = call.parameters.text('mimeType') ?? ''
  if (mimeType === '') throw new DriveError(400, 'required', 'Required parameter: mimeType', { location: 'mimeType' })
  if (exportFormats[item.mimeType] === undefined && item.exports === undefined) {
    throw forbidden('fileNotExportable', 'Export only supports Docs Editors files.')
  }
  if (!canDownload(call, item)) throw forbidden('cannotExportFile', 'This file cannot be exported by the user.')
  const content = exportOf(item, mimeType)
  if (content === undefined) {
    throw new DriveError(400, 'badRequest', 'The requested conversion is not supported.', { location: 'convertTo' })
  }
  if (contentSize(content) > mostExported) throw forbidden('exportSizeLimitExceeded', 'This file is too large to be exported.')
  await sendExport(call.exchange, content, mimeType)
}

/** https://developers.google.com/workspace/drive/api/reference/rest/v3/files/download */
export async function downloadFile(call: Call, id: string): Promise<void> {
  const item = reachable(call, id, 'any')
  const mimeType = call.parameters.text('mimeType') || undefined
  const revision = call.parameters.text('revisionId')
  if (revision !== undefined) {
    throw new DriveError(400, 'invalid', 'The practice Drive keeps no earlier revisions.', {
      location: 'revisionId',
      status: 'INVALID_ARGUMENT',
    })
  }
  if (item.mimeType === folderType || item.mimeType === shortcutType)
    throw forbidden('fileNotDownloadable', 'This file cannot be downloaded.')
  if (item.content !== undefined && mimeType !== undefined)
    throw invalidParameter('mimeType', 'mimeType can only be set for Docs Editors files.')
  if (!canDownload(call, item)) throw forbidden('cannotDownloadFile', 'This file cannot be downloaded by the user.')
  refuseAbuse(call, item)
  const found = item.content === undefined ? downloadOf(item, mimeType) : { mimeType: item.mimeType, content: item.content }
  if (found === undefined) {
    // No formats at all, or not this one.
    if (mimeType === undefined || exportFormats[item.mimeType] === undefined)
      throw forbidden('fileNotExportable', 'This file cannot be downloaded in any format.')
    throw new DriveError(400, 'badRequest', 'The requested conversion is not supported.', { location: 'mimeType' })
  }
  const operation = call.service.operations.start({
    user: call.person.email,
    fileId: item.id,
    resourceKey: item.resourceKey,
    ...found,
    stored: item.content !== undefined,
    redirects: /\.(document|spreadsheet)$/.test(item.mimeType),
    pollsLeft: call.service.settings.operationPolls,
  })
  await sendJson(call.exchange, 200, operationResource(call, operation))
}

/** https://developers.google.com/workspace/drive/api/reference/rest/v3/operations/get */
export async function getOperation(call: Call, name: string): Promise<void> {
  const operation = call.service.operations.find(name, call.person.email)
  if (operation === undefined) throw new DriveError(404, 'notFound', `Operation not found: ${name}.`, { location: 'name' })
  operation.pollsLeft = Math.max(0, operation.pollsLeft - 1)
  await sendJson(call.exchange, 200, operationResource(call, operation))
}

function operationResource(call: Call, operation: Parameters<Call['service']['operations']['resource']>[0]): Json {
  const { operations, roots } = call.service
  return select(operations.resource(operation, roots.usercontent), selectionOf(call, 'Operation', 'all')) ?? {}
}
