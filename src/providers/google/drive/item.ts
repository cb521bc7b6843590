import type { Checksum } from '../../../core/checksum.ts'
import type { Item, Part, Unexportable } from '../../../core/item.ts'
import type { Json, JsonObject } from '../../../core/json.ts'
import { editorPrefix, exportName, exportTargets } from './export-formats.ts'
import { place } from './places.ts'
import type { DriveContent, DriveFile } from './schema.ts'
import type { DriveSettings } from './settings.ts'

export const folderType = `${editorPrefix}folder`
const shortcutType = `${editorPrefix}shortcut`

export interface ItemContext {
  readonly settings: DriveSettings
  /** Shared drives that the person is a member of. */
  readonly memberOf: ReadonlySet<string>
  /** The folder in whose content it was found, where Drive does not state its parent. */
  readonly foundIn?: string
}

/** A file of Drive as an item. */
export function driveItem(file: DriveFile, context: ItemContext): Item {
  const { settings } = context
  const modified = file.modifiedTime === undefined ? Number.NaN : Date.parse(file.modifiedTime)
  const link = withoutKey(file.webViewLink)
  const unexportable = file.mimeType === folderType ? undefined : whyNoBytes(file, settings)
  return {
    id: file.id,
    kind: file.mimeType === folderType ? 'folder' : 'file',
    name: file.name,
    ...bytesOf(file, settings, unexportable),
    ...whereItIs(file, context),
    ...(Number.isNaN(modified) ? {} : { modified }),
    ...(unexportable === undefined ? {} : { unexportable }),
    // What belongs to others stays with them when the account ends.
    ...(file.ownedByMe === true ? {} : { rank: 1 }),
    ...(link === undefined ? {} : { link }),
    details: detailsOf(file),
  }
}

/** Version and parts. */
function bytesOf(
  file: DriveFile,
  settings: DriveSettings,
  unexportable: Unexportable | undefined,
): { version: string; parts: readonly Part[] } {
  if (file.mimeType === folderType) return { version: 'folder', parts: [] }
  if (unexportable !== undefined) return { version: `none:${file.modifiedTime ?? ''}`, parts: [] }
  if (file.mimeType === shortcutType) return shortcut(file)
  const targets = isStored(file) ? undefined : exportTargets(file.mimeType, settings.exports)
  if (targets === undefined) {
    const { version, size, checksums } = contentOf(file)
    return {
      version,
      parts: [
        {
          key: 'file',
          name: file.name,
          ...(size === undefined ? {} : { size }),
          ...(checksums.length === 0 ? {} : { checksums }),
        },
      ],
    }
  }
  // `version` of Drive rises on views too; `size` is what the document counts for in the quota, not what an export has.
  // https://developers.google.com/workspace/drive/api/reference/rest/v3/files
  return {
    version: `edited:${file.modifiedTime ?? file.version ?? ''}`,
    parts: targets.map((target) => ({ key: target.key, name: exportName(file.name, target), format: target.format })),
  }
}

/** What tells a stored file's content from another: the version that downloads go by, the size in bytes, the checksums. */
export function contentOf(file: DriveContent): { version: string; size: number | undefined; checksums: Checksum[] } {
  const { md5Checksum, headRevisionId, modifiedTime, version } = file
  const checksums: Checksum[] = []
  if (file.sha256Checksum !== undefined) checksums.push({ algorithm: 'sha256', value: file.sha256Checksum.toLowerCase() })
  if (file.sha1Checksum !== undefined) checksums.push({ algorithm: 'sha1', value: file.sha1Checksum.toLowerCase() })
  if (md5Checksum !== undefined) checksums.push({ algorithm: 'md5', value: md5Checksum.toLowerCase() })
  const id =
    md5Checksum !== undefined
      ? `md5:${md5Checksum.toLowerCase()}`
      : headRevisionId !== undefined
        ? `revision:${headRevisionId}`
        : `edited:${modifiedTime ?? version ?? ''}`
  return { version: id, size: file.size, checksums }
}

const isStored = (file: DriveFile): boolean =>
  file.md5Checksum !== undefined || file.headRevisionId !== undefined || !file.mimeType.startsWith(editorPrefix)

/** Shortcuts are recorded, not followed: the target may be gone, out of reach, or a folder above. Windows and macOS open the file. */
function shortcut(file: DriveFile): { version: string; parts: readonly Part[] } {
  const target = file.shortcutDetails?.targetId
  const folder = file.shortcutDetails?.targetMimeType === folderType
  const url =
    target === undefined
      ? withoutKey(file.webViewLink)
      : `https://drive.google.com/${folder ? 'drive/folders/' : 'open?id='}${encodeURIComponent(target)}`
  const inline = `[InternetShortcut]\r\nURL=${url ?? 'https://drive.google.com/'}\r\n`
  return {
    version: `shortcut:${target ?? ''}`,
    parts: [{ key: 'link', name: `${file.name}.url`, size: Buffer.byteLength(inline), inline }],
  }
}

/** https://developers.google.com/workspace/drive/api/guides/mime-types lists the kinds of things. */
function whyNoBytes(file: DriveFile, settings: DriveSettings): Unexportable | undefined {
  const { mimeType } = file
  if (file.clientEncryptionDetails !== undefined || mimeType.startsWith('application/vnd.google-gsuite.encrypted')) {
    return { reason: 'encrypted', message: 'It was encrypted by the organisation’s own client before it came to Google.' }
  }
  if (mimeType === shortcutType) return undefined
  if (!isStored(file)) {
    if (mimeType.startsWith(`${editorPrefix}drive-sdk`))
      return { reason: 'third-party', message: 'It lives in an app of another company; Drive has only a link to it.' }
    if (exportTargets(mimeType, settings.exports) === undefined) {
      const kind = productNames.get(mimeType.slice(editorPrefix.length)) ?? 'this kind of document'
      return { reason: 'no-export', message: `Google offers no download of ${kind} through its API. ${byHand}` }
    }
  }
  if (file.capabilities?.canDownload === false)
    return { reason: 'download-forbidden', message: 'Its owner or the organisation does not allow this account to download it.' }
  return undefined
}

const byHand = 'Open its link, or use Google Takeout.'
const productNames = new Map(
  Object.entries({
    form: 'Google Forms',
    site: 'Google Sites',
    map: 'Google My Maps',
    jam: 'Google Jamboard',
    fusiontable: 'Google Fusion Tables',
    'mail-layout': 'e-mail layouts',
  }),
)

/**
 * Parent, fallback, and whether the trash keeps it out. Only what was itself put in the trash is marked: its content follows by its
 * place in the tree, and is not named again when the folder leaves the trash.
 */
function whereItIs(
  file: DriveFile,
  { settings, memberOf, foundIn }: ItemContext,
): Pick<Item, 'parent' | 'fallback' | 'excluded'> {
  const inDrive = file.driveId !== undefined && memberOf.has(file.driveId) ? file.driveId : undefined
  // Owned by me without a folder: the top folders of "Computers" hang nowhere; a file there has lost its folder.
  // A folder that has one, which is out of sight, is no computer.
  const mine =
    file.mimeType === folderType && file.parents === undefined && foundIn === undefined ? place.computers : place.unorganised
  const fallback = inDrive ?? (file.ownedByMe === true ? mine : place.sharedWithMe)
  const parent = file.parents?.[0] ?? foundIn ?? fallback
  const trashed = file.trashed === true && (file.explicitlyTrashed === true || parent === fallback)
  if (!trashed) return { parent, fallback }
  return settings.trash ? { parent: place.trash, fallback: place.trash } : { parent, fallback, excluded: 'in the trash' }
}

function detailsOf(file: DriveFile): JsonObject {
  const address = (user: { emailAddress?: string | undefined; displayName?: string | undefined } | undefined) =>
    user?.emailAddress ?? user?.displayName
  const details: JsonObject = {
    mimeType: file.mimeType,
    created: file.createdTime,
    owners: file.owners?.flatMap((owner) => address(owner) ?? []),
    ownedByMe: file.ownedByMe,
    shared: file.shared,
    sharing: file.permissions?.map((permission): JsonObject => defined({ ...permission })),
    sharedBy: address(file.sharingUser),
    sharedWithMe: file.sharedWithMeTime,
    ownSharing: file.hasAugmentedPermissions,
    lastModifiedBy: address(file.lastModifyingUser),
    description: file.description,
    starred: file.starred,
    trashed: file.trashed === true ? true : undefined,
    folder: file.trashed === true ? file.parents?.[0] : undefined,
    sharedDrive: file.driveId,
    originalName: file.originalFilename === file.name ? undefined : file.originalFilename,
    colour: file.folderColorRgb,
    properties: file.properties,
    webViewLink: withoutKey(file.webViewLink),
    shortcut:
      file.shortcutDetails === undefined
        ? undefined
        : defined({ target: file.shortcutDetails.targetId, mimeType: file.shortcutDetails.targetMimeType }),
  }
  return defined(details)
}

/** A loop, since it runs twice for each of a million files. */
function defined(object: JsonObject): JsonObject {
  const result: { [key: string]: Json | undefined } = {}
  for (const key in object) if (object[key] !== undefined) result[key] = object[key]
  return result
}

/** Links of old link-shared items hold their key, which opens them to anyone: https://developers.google.com/workspace/drive/api/guides/resource-keys */
function withoutKey(link: string | undefined): string | undefined {
  // Nearly all links have none, and taking an address apart is dear.
  if (link === undefined || !/resource|%/i.test(link)) return link
  if (!URL.canParse(link)) return undefined
  const url = new URL(link)
  for (const name of [...url.searchParams.keys()]) if (name.toLowerCase() === 'resourcekey') url.searchParams.delete(name)
  return url.href
}
