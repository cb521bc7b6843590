import { Failure } from '../../../core/failure.ts'
import type { Item } from '../../../core/item.ts'
import type { Connection } from '../../../core/provider.ts'
import type { Content, FetchOptions, Source } from '../../../core/source.ts'
import type { HttpResponse } from '../../../core/transport.ts'
import type { OneDriveApi } from './api.ts'
import { contentOf, type StatedContent, whyDoubtful } from './content-facts.ts'
import { contentRange } from './content-range.ts'
import { driveTypeOf, type Target } from './ids.ts'
import { noDownload } from './item.ts'
import type { Download } from './schema.ts'
import { download } from './storage.ts'

/** What is asked of Graph before each download. */
interface Now extends StatedContent {
  readonly address: string | undefined
  readonly mimeType: string
}

/**
 * Downloads. Graph is asked first, each time: what the file is now (its version guards a download that goes on) and for an address, which lasts for
 * minutes; the bytes come from there.
 */
export function createFetch(connection: Connection, api: Pick<OneDriveApi, 'ownDrive' | 'file' | 'address'>): Source['fetch'] {
  const bytes = async (item: Item, target: Target, options: FetchOptions, driveType: string | undefined): Promise<Content> => {
    const { signal } = options
    const ask = async () => stateOf(await api.file(target, signal), driveType)
    const now = await ask()
    const goesOn = options.from > 0 && now.version === options.version && (now.size === undefined || options.from < now.size)
    let addressed: Now | undefined = now
    const address = async (): Promise<string> => {
      const state = addressed ?? (await ask())
      addressed = undefined
      // Replaced between two attempts: its bytes are not those that were to be gone on with.
      if (state.version !== now.version) throw new Failure('changed', 'the file changed at Microsoft while it was asked for')
      return state.address ?? (await api.address(target, signal).catch(blocked))
    }
    const answer = await download(connection, address, goesOn ? options.from : 0, signal)
    if (answer.status === 416) {
      answer.cancel()
      if (!goesOn) throw new Failure('corrupt', 'Microsoft refused a range of bytes that was not asked for')
      return bytes(item, target, { ...options, from: 0 }, driveType)
    }
    return contentIn(answer, item, now, goesOn ? options.from : 0)
  }

  return async (item, _part, options) => {
    options.signal.throwIfAborted()
    const own = await api.ownDrive(options.signal)
    const { driveId, itemId } = item.details
    const foreign = typeof driveId === 'string' ? driveId : undefined
    const target = { drive: foreign ?? own.id, id: typeof itemId === 'string' ? itemId : item.id }
    try {
      return await bytes(item, target, options, foreign === undefined ? own.type : driveTypeOf(foreign))
    } catch (error) {
      throw forNotebooks(item, error)
    }
  }
}

/** A file that may be looked at comes without an address, where its owner or a rule of the organisation forbids downloads. */
function blocked(error: unknown): never {
  if (!(error instanceof Failure) || error.kind !== 'forbidden' || error.stops !== 'item') throw error
  throw new Failure('unexportable', 'its owner or the organisation does not allow this account to download it', {
    reason: 'download-forbidden',
    hint: 'ask its owner for a copy',
    cause: error,
  })
}

function stateOf(file: Download, driveType: string | undefined): Now {
  if (file.malware !== undefined)
    throw new Failure('unexportable', 'Microsoft holds it back as malware', { reason: 'flagged-abusive' })
  if (file.deleted !== undefined) throw new Failure('gone', 'Microsoft says that it is not there any more')
  if (file.file === undefined) throw new Failure('changed', 'it is no file any more at Microsoft')
  return {
    ...contentOf(file, driveType),
    address: file['@microsoft.graph.downloadUrl'],
    mimeType: file.file.mimeType ?? '',
  }
}

function contentIn(answer: HttpResponse, item: Item, now: Now, asked: number): Content {
  const refuse = (failure: Failure): never => {
    answer.cancel()
    throw failure
  }
  const name = item.name ?? ''
  const { headers } = answer
  if (/^\s*(text\/html|application\/xhtml)/i.test(headers['content-type'] ?? '') && !/html/i.test(now.mimeType) && !isPage(name))
    refuse(new Failure('corrupt', 'Microsoft answered with a web page instead of the file'))
  const range = answer.status === 206 ? contentRange(headers['content-range']) : undefined
  if (answer.status === 206 && range?.start !== asked)
    refuse(new Failure('corrupt', 'Microsoft answered with another part of the file than was asked for'))
  const length = range?.total ?? lengthOf(headers['content-length'])
  const packed = (headers['content-encoding'] ?? 'identity') !== 'identity'
  const differs = length !== undefined && now.size !== undefined && length !== now.size
  if (packed && differs)
    refuse(new Failure('corrupt', 'Microsoft answered with a packed form of the file, which was not asked for'))
  const why = packed ? undefined : whyDoubtful(name)
  const content = { bytes: answer.body, from: range?.start ?? 0, version: now.version, checksums: now.checksums }
  // Where the answer says how long it is, that is what must arrive; what the listing says must be so too, unless a checksum tells that the bytes are right.
  if (why !== undefined)
    return {
      ...content,
      ...(length !== undefined && { size: length }),
      doubtful: { why, ...(now.size === undefined ? {} : { size: now.size }) },
    }
  if (differs && now.checksums.length === 0)
    refuse(new Failure('changed', `Microsoft sends ${length} bytes where it states ${now.size}`))
  const size = length ?? now.size
  return { ...content, ...(size === undefined ? {} : { size }) }
}

const lengthOf = (header: string | undefined): number | undefined =>
  header !== undefined && /^\d+$/.test(header) ? Number(header) : undefined

const isPage = (name: string): boolean => /\.(x?html?|aspx|mht)$/i.test(name)

/** Sections lie in the drive as files where a notebook does, but not every service hands them out. */
function forNotebooks(item: Item, error: unknown): unknown {
  if (!(error instanceof Failure) || !/\.(one|onetoc2)$/i.test(item.name ?? '') || error.stops !== 'item') return error
  // 503 for ever is what large ones answer: https://github.com/alcionai/corso, src/internal/m365/collection/drive/collection.go
  if (error.kind !== 'forbidden' && error.kind !== 'bug' && error.kind !== 'transient') return error
  if (item.details.driveId !== undefined) return new Failure('unexportable', noDownload, { reason: 'no-export', cause: error })
  return new Failure('unexportable', 'it belongs to a OneNote notebook: the source onenote saves its pages', {
    reason: 'elsewhere',
    cause: error,
  })
}
