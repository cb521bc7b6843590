import type { IncomingMessage } from 'node:http'
import { type Answer, loginPage, plainAnswer } from './answer.ts'
import type { SignInCheck } from './credentials.ts'
import { download } from './download.ts'
import { bend, type Faults } from './faults.ts'
import { encodePath, type Target } from './hrefs.ts'
import { lookUp } from './look-up.ts'
import type { WebdavModel } from './model.ts'
import { propfind } from './propfind.ts'
import { reaches, type WebdavQuirks } from './quirks.ts'
import type { Records } from './records.ts'
import type { Seen } from './seen-request.ts'

export type HomeParts = {
  readonly model: WebdavModel
  readonly base: string
  readonly quirks: WebdavQuirks
  readonly faults: Faults
  readonly records: Records
  readonly origins: { readonly own: string; readonly other: string }
  readonly checkSignIn: SignInCheck
}

const writing = ['PUT', 'POST', 'PATCH', 'DELETE', 'MKCOL', 'MOVE', 'COPY', 'PROPPATCH', 'LOCK', 'UNLOCK']
/** A PROPFIND body beyond this is refused. Bytes. */
const bodyLimit = 65_536

/** Answers requests to the home: sign-in first, then what was asked, then what a fault makes of it. */
export function createHome(parts: HomeParts) {
  const { model, quirks, faults, records } = parts
  return async (request: IncomingMessage, seen: Seen): Promise<Answer> => {
    const violation = (what: string) => records.violations.push(`${seen.method} ${seen.path ?? '(outside)'}: ${what}`)
    // Read before anything is answered: a connection with an unread body cannot be used again.
    const body = await readBody(request)
    if (writing.includes(seen.method)) violation('A backup does not write')
    if (typeof seen.target === 'string') {
      if (request.headers.authorization !== undefined) violation('Credentials were sent to a path outside the home')
      return outside(seen.method, seen.target)
    }
    if (reaches(quirks.htmlInstead, seen.method)) return loginPage()
    const refusal = signInRefusal(request, parts, violation)
    if (refusal) return refusal
    const fault = faults.next(seen)
    if (fault && 'delay' in fault) await new Promise((resolve) => setTimeout(resolve, fault.delay).unref())
    if (fault && 'change' in fault) fault.change(model)
    return bend(route(request, seen, seen.target, body, parts), fault)
  }
}

function outside(method: string, target: 'unreadable' | 'outside'): Answer {
  if (target === 'unreadable') return plainAnswer(400, 'Not a path')
  return method === 'PROPFIND'
    ? plainAnswer(405, 'No WebDAV here', { allow: 'OPTIONS, GET, HEAD' })
    : plainAnswer(404, 'Not here')
}

function signInRefusal(request: IncomingMessage, parts: HomeParts, violation: (what: string) => void): Answer | undefined {
  const { records, quirks, checkSignIn } = parts
  const { counters } = records
  if (counters.wrongPasswords >= quirks.lockOutAfter) return plainAnswer(429, 'Too many wrong passwords', { 'retry-after': '30' })
  const verdict = checkSignIn(request, violation)
  if (verdict.outcome === 'in') return undefined
  if (verdict.outcome === 'malformed') {
    violation(verdict.why)
    return plainAnswer(400, verdict.why)
  }
  if (verdict.outcome === 'wrong') counters.wrongPasswords++
  return plainAnswer(401, 'Sign in', { 'www-authenticate': verdict.challenges })
}

function route(request: IncomingMessage, seen: Seen, target: Target, body: Buffer | 'too-long', parts: HomeParts): Answer {
  const { model, base, quirks, origins } = parts
  if (writing.includes(seen.method)) return plainAnswer(403, 'This home is read only')
  if (!['OPTIONS', 'GET', 'HEAD', 'PROPFIND'].includes(seen.method)) return plainAnswer(501, 'Not implemented')
  const above = base.split('/').filter((name) => name !== '')
  if (reaches(quirks.crossHostRedirect, seen.method)) {
    return plainAnswer(302, 'Elsewhere', { location: origins.other + (request.url ?? '') })
  }
  const node = lookUp(model, target.segments, quirks)
  if (!node || (node.kind === 'file' && target.folder)) return plainAnswer(404, 'Not here')
  const allow = node.kind === 'folder' ? 'OPTIONS, PROPFIND' : 'OPTIONS, GET, HEAD, PROPFIND'
  if (seen.method === 'OPTIONS') return { status: 200, headers: { dav: '1', allow }, length: 0 }
  if (node.kind === 'folder' && !target.folder) {
    return plainAnswer(301, 'With a slash', { location: origins.own + encodePath([...above, ...target.segments], true) })
  }
  if (seen.method === 'PROPFIND') {
    if (body === 'too-long') return plainAnswer(413, 'The body is too long')
    return propfind({
      node,
      segments: [...above, ...target.segments],
      request: request.headers,
      body,
      model,
      quirks,
      origin: origins.own,
    })
  }
  return node.kind === 'file' ? download(node, request.headers, quirks) : plainAnswer(405, 'A folder', { allow })
}

async function readBody(request: IncomingMessage): Promise<Buffer | 'too-long'> {
  const bare = request.headers['content-length'] === undefined && request.headers['transfer-encoding'] === undefined
  if (bare) return Buffer.alloc(0)
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length
    if (size <= bodyLimit) pieces.push(piece)
  }
  return size > bodyLimit ? 'too-long' : Buffer.concat(pieces)
}
