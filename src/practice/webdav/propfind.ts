import type { IncomingHttpHeaders } from 'node:http'
import { type Answer, davError, plainAnswer } from './answer.ts'
import { encodePath } from './hrefs.ts'
import { childrenOf } from './look-up.ts'
import type { WebdavFolder, WebdavModel, WebdavNode } from './model.ts'
import { type Listed, multistatus } from './multistatus.ts'
import { type PropfindRequest, readPropfind } from './propfind-request.ts'
import type { WebdavQuirks } from './quirks.ts'

export type PropfindParts = {
  readonly node: WebdavNode
  /** From the root of the server, the base included. */
  readonly segments: readonly string[]
  readonly request: IncomingHttpHeaders
  readonly body: Buffer
  readonly model: WebdavModel
  readonly quirks: WebdavQuirks
  readonly origin: string
}

/** RFC 4918, 9.1. A missing Depth means infinity, which is refused here as on most servers. */
export function propfind(parts: PropfindParts): Answer {
  const { node, request, body, quirks } = parts
  let depth = request.depth?.toString().trim().toLowerCase() ?? 'infinity'
  if (!['0', '1', 'infinity'].includes(depth)) return plainAnswer(400, 'Depth is 0, 1 or infinity')
  if (depth === 'infinity' && node.kind === 'folder') {
    if (quirks.infinity === 'refused') return davError(403, 'propfind-finite-depth')
    if (quirks.infinity === 'refused-412') return plainAnswer(412, 'Depth infinity is not supported')
    depth = '1'
  }
  if (body.length > 0 && !/^(?:application|text)\/xml\s*(?:;|$)/i.test(request['content-type'] ?? '')) {
    return plainAnswer(415, 'The body of a PROPFIND is XML, and its Content-Type says so')
  }
  let wanted: PropfindRequest
  try {
    wanted = readPropfind(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch (error) {
    return plainAnswer(400, error instanceof Error ? error.message : 'The body cannot be read')
  }
  return {
    status: 207,
    headers: { 'content-type': 'application/xml; charset=utf-8' },
    body: multistatus(listed(parts, depth), wanted, quirks),
  }
}

function* listed({ node, segments, model, quirks, origin }: PropfindParts, depth: string): Generator<Listed, void, undefined> {
  const host = { 'absolute-url': origin, 'wrong-host': 'http://files.internal.example:8080' }
  const before = quirks.hrefs === 'absolute-url' || quirks.hrefs === 'wrong-host' ? host[quirks.hrefs] : ''
  const path = before + encodePath(segments, node.kind === 'folder', quirks.hrefs)
  const self = { node, href: path }
  const children = depth === '1' && node.kind === 'folder' ? childrenOf(model, node as WebdavFolder, quirks) : []
  if (!quirks.collectionLast) yield self
  for (const [name, child] of children) {
    yield { node: child, href: path + encodePath([name], child.kind === 'folder', quirks.hrefs).slice(1) }
  }
  if (quirks.collectionLast) yield self
}
