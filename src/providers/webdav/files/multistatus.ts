import { TextDecoder } from 'node:util'
import { SaxesParser } from 'saxes'
import { Failure } from '../../../core/failure.ts'

const dav = 'DAV:'
const oc = 'http://owncloud.org/ns'
const nc = 'http://nextcloud.org/ns'

/** The properties asked for, by namespace. Each one more costs the server; those unknown to it come back as 404 and are left out. */
const wanted = {
  [dav]: ['resourcetype', 'getcontentlength', 'getcontenttype', 'getlastmodified', 'getetag', 'iscollection'],
  [oc]: ['fileid', 'id', 'checksums', 'permissions', 'owner-display-name'],
  [nc]: ['is-encrypted', 'mount-type'],
} as const

/** Asked for by itself: https://www.rfc-editor.org/rfc/rfc4331#section-4 */
const quota = 'quota-used-bytes'

export type PropertyName = (typeof wanted)[keyof typeof wanted][number] | typeof quota

/** Text of each property that the server gave with success; `resourcetype` is `collection` for a folder. */
export type Properties = { readonly [N in PropertyName]?: string }

/** One `response` element. */
export interface DavResponse {
  readonly href: string
  readonly properties: Properties
  /** The status of the whole, or of its properties where none came with success; absent: success. */
  readonly refused?: number
}

/** The body of a PROPFIND: https://www.rfc-editor.org/rfc/rfc4918#section-9.1 */
export const propfindBody = `<?xml version="1.0" encoding="utf-8"?><d:propfind xmlns:d="${dav}" xmlns:o="${oc}" xmlns:n="${nc}"><d:prop>${wanted[
  dav
]
  .map((name) => `<d:${name}/>`)
  .join(
    '',
  )}${wanted[oc].map((name) => `<o:${name}/>`).join('')}${wanted[nc].map((name) => `<n:${name}/>`).join('')}</d:prop></d:propfind>`

export const quotaBody = `<?xml version="1.0" encoding="utf-8"?><d:propfind xmlns:d="${dav}"><d:prop><d:${quota}/></d:prop></d:propfind>`

const isWanted = new Set([
  `${dav} ${quota}`,
  ...Object.entries(wanted).flatMap(([space, names]) => names.map((name) => `${space} ${name}`)),
])

/** No property that we ask for comes near to this; a server that sends more is broken or hostile. */
const longestText = 64 * 1024

/**
 * Reads a 207 answer as it arrives; each batch holds the responses that ended in one piece of the body.
 * Throws a Failure of kind `corrupt` for what is not a whole `multistatus` in the namespace `DAV:`, an answer cut off in the middle included;
 * then what was handed out before must not be taken for the whole.
 */
export async function* readMultistatus(body: AsyncIterable<Uint8Array>, what: string): AsyncGenerator<readonly DavResponse[]> {
  let batch: DavResponse[] = []
  const parser = openParser(what, (response) => batch.push(response))
  let decoder: TextDecoder | undefined
  let start: Uint8Array = new Uint8Array(0)
  try {
    for await (const piece of body) {
      const bytes = start.byteLength === 0 ? piece : Buffer.concat([start, piece])
      // The declaration may come in pieces.
      if (decoder === undefined && bytes.byteLength < declarationBytes && !bytes.includes(0x3e)) {
        start = bytes
        continue
      }
      start = new Uint8Array(0)
      decoder ??= decoderFor(bytes)
      parser.write(decoder.decode(bytes, { stream: true }))
      if (batch.length > 0) {
        yield batch
        batch = []
      }
    }
    decoder ??= decoderFor(start)
    parser.write(decoder.decode(start, { stream: true }) + decoder.decode()).close()
  } catch (cause) {
    // What ended before the damage is right in itself.
    if (batch.length > 0) yield batch
    if (cause instanceof Failure) throw cause
    throw new Failure('corrupt', `${what}: the server's list is cut off or damaged`, {
      hint: 'run the same command again; if it stays, the server sends broken XML and its administrator can help',
      cause,
    })
  }
  if (batch.length > 0) yield batch
}

const declarationBytes = 200

/** Most servers write UTF-8; others say so in the XML declaration. Bytes that are not of the encoding are an error, never a wrong name. */
function decoderFor(start: Uint8Array): TextDecoder {
  const declared = /^<\?xml[^>]*\sencoding=["']([A-Za-z0-9._-]+)["']/.exec(
    Buffer.from(start.subarray(0, declarationBytes)).toString('latin1'),
  )
  return new TextDecoder(declared?.[1] ?? 'utf-8', { fatal: true })
}

function openParser(what: string, emit: (response: DavResponse) => void) {
  const parser = new SaxesParser({ xmlns: true, position: false })
  let depth = 0
  let href: string | undefined
  let status: number | undefined
  let properties: { [N in PropertyName]?: string } = {}
  let succeeded = false
  let refused: number | undefined
  let propstat: { status: number | undefined; properties: { [N in PropertyName]?: string } } | undefined
  /** Depth of the `prop` element; its children are properties. */
  let propDepth = 0
  let property: PropertyName | undefined
  let text: string | undefined

  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ local, uri }) => {
    depth++
    if (depth === 1 && (local !== 'multistatus' || uri !== dav)) throw notMultistatus(what, local)
    if (depth > 100) throw new Failure('corrupt', `${what}: the server's list is nested without end`)
    if (property !== undefined) {
      if (property === 'resourcetype' && local === 'collection' && uri === dav) text = 'collection'
      // ownCloud wraps its checksums in one element more, whose text counts.
      return
    }
    if (propDepth > 0) {
      if (depth === propDepth + 1 && isWanted.has(`${uri} ${local}`)) {
        property = local as PropertyName
        text = ''
      }
      return
    }
    if (uri !== dav) return
    if (local === 'response' && depth === 2) {
      href = undefined
      status = undefined
      refused = undefined
      succeeded = false
      properties = {}
    } else if (local === 'propstat') propstat = { status: undefined, properties: {} }
    else if (local === 'prop' && propstat !== undefined) propDepth = depth
    else if (local === 'href' || local === 'status') text = ''
  })
  const take = (piece: string) => {
    if (text === undefined || property === 'resourcetype') return
    text += piece
    if (text.length > longestText) throw new Failure('corrupt', `${what}: the server's list holds a value without end`)
  }
  parser.on('text', take)
  parser.on('cdata', take)
  parser.on('closetag', ({ local, uri }) => {
    depth--
    if (property !== undefined) {
      if (depth !== propDepth) return
      if (propstat !== undefined && text !== undefined && text !== '') propstat.properties[property] = text.trim()
      property = undefined
      text = undefined
      return
    }
    if (propDepth > 0) {
      if (depth + 1 === propDepth) propDepth = 0
      return
    }
    if (uri !== dav) return
    if (local === 'href' && text !== undefined) {
      // A response may name several hrefs with one status; the first is enough, as ours always come with properties.
      if (depth === 2) href ??= trimAround(text)
      text = undefined
    } else if (local === 'status' && text !== undefined) {
      const code = statusCode(text)
      if (propstat !== undefined) propstat.status = code
      else if (depth === 2) status = code
      text = undefined
    } else if (local === 'propstat' && propstat !== undefined) {
      const code = propstat.status ?? 200
      if (code >= 200 && code < 300) {
        succeeded = true
        properties = { ...properties, ...propstat.properties }
      } else refused ??= code
      propstat = undefined
    } else if (local === 'response' && depth === 1) {
      if (href === undefined || href === '')
        throw new Failure('corrupt', `${what}: the server's list holds an entry without address`)
      const failed = status !== undefined && (status < 200 || status > 299) ? status : succeeded ? undefined : refused
      emit(failed === undefined ? { href, properties } : { href, properties, refused: failed })
    }
  })
  return parser
}

/** Line breaks and what surrounds them are layout; a blank at the end of an href without them belongs to the name. */
function trimAround(text: string): string {
  return text.trimStart().replace(/[ \t]*[\r\n]\s*$/, '')
}

/** `HTTP/1.1 200 OK`, with or without reason. */
function statusCode(text: string): number | undefined {
  const match = /^\s*(?:HTTP\/\d(?:\.\d)?\s+)?(\d{3})\b/.exec(text)
  return match === null ? undefined : Number(match[1])
}

function notMultistatus(what: string, root: string): Failure {
  return root.toLowerCase() === 'html'
    ? new Failure('corrupt', `${what}: the server answered with a web page where a list was due`, {
        hint: 'a sign-in or maintenance page stands in the way, or the url is not a WebDAV address: open it in a browser to see',
      })
    : new Failure('corrupt', `${what}: the server's answer is no WebDAV list`, { hint: 'check that the url is a WebDAV address' })
}
