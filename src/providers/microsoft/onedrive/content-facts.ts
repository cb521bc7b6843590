import type { Checksum } from '../../../core/checksum.ts'
import type { ContentFacts } from './schema.ts'

/** What is known of a file's content. */
export interface StatedContent {
  /** Tells one content from another. */
  readonly version: string
  /** Bytes. */
  readonly size: number | undefined
  readonly checksums: readonly Checksum[]
}

/**
 * `cTag` changes with the content alone, but work and school drives leave it out of what their log of changes names
 * (https://learn.microsoft.com/graph/api/driveitem-delta#remarks), and a version must not differ from one listing to the next: there the hash comes
 * first, which they nearly always have. Last of all the service's own time, which changes more often than need be.
 */
export function contentOf(file: ContentFacts, driveType: string | undefined): StatedContent {
  const { size, cTag, lastModifiedDateTime } = file
  const checksums = checksumsOf(file)
  const quickXor = checksums.find(({ algorithm }) => algorithm === 'quickxor')
  const tag = cTag === undefined || cTag === '' ? undefined : `tag:${cTag}`
  const hash = quickXor === undefined ? undefined : `xor:${quickXor.value}:${size ?? ''}`
  const known = driveType === 'personal' ? (tag ?? hash) : (hash ?? tag)
  return { version: known ?? `time:${lastModifiedDateTime ?? ''}:${size ?? ''}`, size, checksums }
}

function checksumsOf({ file }: ContentFacts): Checksum[] {
  const { sha256Hash, sha1Hash, quickXorHash } = file?.hashes ?? {}
  const checksums: Checksum[] = []
  if (isHex(sha256Hash, 32)) checksums.push({ algorithm: 'sha256', value: sha256Hash.toLowerCase() })
  if (isHex(sha1Hash, 20)) checksums.push({ algorithm: 'sha1', value: sha1Hash.toLowerCase() })
  const quickXor = Buffer.from(quickXorHash ?? '', 'base64')
  if (quickXor.length === 20) checksums.push({ algorithm: 'quickxor', value: quickXor.toString('hex') })
  return checksums
}

const isHex = (value: string | undefined, bytes: number): value is string =>
  value !== undefined && value.length === bytes * 2 && /^[0-9a-f]+$/i.test(value)

const office =
  'doc docx docm dot dotx dotm xls xlsx xlsm xlsb xlt xltx xltm ppt pptx pptm pps ppsx ppsm pot potx potm vsd vsdx vsdm pub mpp'
const known = new Map<string, string>([
  ...office.split(' ').map((extension) => [extension, 'SharePoint writes properties into Office files'] as const),
  ...['html', 'htm'].map((extension) => [extension, 'SharePoint writes properties into web pages'] as const),
  ...['pdf', 'xps', 'pfile'].map((extension) => [extension, 'files protected by a label are made anew for each reader'] as const),
  ...['one', 'onetoc2'].map((extension) => [extension, 'OneNote keeps its files in another form than the drive states'] as const),
  ...['heic', 'heif'].map((extension) => [extension, 'the film of a Live Photo is counted and not delivered'] as const),
])

/**
 * Why size and checksum of such a file are known to describe other bytes at times than those that are served; undefined: they are right. SharePoint changes
 * Office files when they come in (https://github.com/OneDrive/onedrive-api-docs/issues/935, /1066, /1314), personal drives state larger sizes for some
 * documents and pictures (/492), files of OneNote are 170 bytes by their statement and 10 MB when they come (/927), and Live Photos come without their film (https://github.com/abraunegg/onedrive/issues/2471).
 */
export const whyDoubtful = (name: string): string | undefined => known.get(/\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '')
