import { STATUS_CODES } from 'node:http'
import type { WebdavNode } from './model.ts'
import { davNamespace, davPropertyNames, ownCloudNamespace, ownCloudPropertyNames, propertyOf } from './properties.ts'
import type { PropertyName, PropfindRequest } from './propfind-request.ts'
import type { WebdavQuirks } from './quirks.ts'

/** A node and the address at which it is shown: the same node may stand at several. */
export type Listed = { readonly node: WebdavNode; readonly href: string }

/** Characters gathered before a piece is sent. */
const pieceSize = 32_768

/** The body of a 207 (RFC 4918, 13), in pieces: a folder of 100,000 entries is never held as one text. */
export function* multistatus(
  entries: Iterable<Listed>,
  request: PropfindRequest,
  quirks: WebdavQuirks,
): Generator<Uint8Array, void, undefined> {
  const tag = quirks.prefix === '' ? '' : `${quirks.prefix}:`
  const write = entryWriter(request, quirks, tag)
  const own = quirks.folderEtags ? ` xmlns:oc="${ownCloudNamespace}"` : ''
  let piece = `<?xml version="1.0" encoding="utf-8"?>\n<${tag}multistatus xmlns${tag && `:${quirks.prefix}`}="DAV:"${own}>\n`
  for (const entry of entries) {
    piece += write(entry)
    if (piece.length < pieceSize) continue
    yield Buffer.from(piece)
    piece = ''
  }
  yield Buffer.from(`${piece}</${tag}multistatus>\n`)
}

/** Names are made ready once for the whole answer, not once an entry. */
function entryWriter(request: PropfindRequest, quirks: WebdavQuirks, tag: string): (entry: Listed) => string {
  const asked = askedProperties(request, quirks).map((name) => ({ ...name, ...elementOf(name, quirks, tag) }))
  const status = (code: number) =>
    `<${tag}status>HTTP/1.1 ${code}${quirks.bareStatus ? '' : ` ${STATUS_CODES[code] ?? ''}`}</${tag}status>`
  const propstat = (code: number, inner: string) =>
    `<${tag}propstat><${tag}prop>${inner}</${tag}prop>${status(code)}</${tag}propstat>`
  return ({ node, href }) => {
    const head = `<${tag}response><${tag}href>${href.replaceAll('&', '&amp;')}</${tag}href>`
    if (node.details.listedStatus !== undefined) return `${head}${status(node.details.listedStatus)}</${tag}response>\n`
    let found = ''
    let missing = ''
    for (const { namespace, local, open, close } of asked) {
      const value = propertyOf(node, namespace, local, quirks)
      if (value === undefined) missing += `<${open}/>`
      else found += value === '' || request.want === 'names' ? `<${open}/>` : `<${open}>${value}</${close}>`
    }
    // Only what was asked for by name can be reported as not there (RFC 4918, 9.1).
    const absent = missing === '' || request.want !== 'some' ? '' : propstat(404, missing)
    const present = found === '' && absent !== '' ? '' : propstat(200, found)
    return `${head}${quirks.notFoundPropstatFirst ? absent + present : present + absent}</${tag}response>\n`
  }
}

function askedProperties(request: PropfindRequest, quirks: WebdavQuirks): readonly PropertyName[] {
  if (request.want === 'some') return request.properties
  const all = davPropertyNames.map((local) => ({ namespace: davNamespace, local }))
  if (request.want === 'all') return [...all, ...request.include]
  const own = quirks.folderEtags ? ownCloudPropertyNames.map((local) => ({ namespace: ownCloudNamespace, local })) : []
  return [...all, ...own]
}

function elementOf({ namespace, local }: PropertyName, quirks: WebdavQuirks, tag: string): { open: string; close: string } {
  if (namespace === davNamespace) return { open: `${tag}${local}`, close: `${tag}${local}` }
  if (namespace === ownCloudNamespace && quirks.folderEtags) return { open: `oc:${local}`, close: `oc:${local}` }
  const declared =
    namespace === ''
      ? `${local} xmlns=""`
      : `x:${local} xmlns:x="${namespace.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`
  return { open: declared, close: namespace === '' ? `${local} xmlns=""` : `x:${local}` }
}
