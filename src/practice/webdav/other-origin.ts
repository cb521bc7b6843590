import type { IncomingMessage } from 'node:http'
import { type Answer, plainAnswer } from './answer.ts'
import { download } from './download.ts'
import type { WebdavModel } from './model.ts'
import type { WebdavQuirks } from './quirks.ts'
import type { Records } from './records.ts'
import type { Seen } from './seen-request.ts'

/** A storage host beside the home: gives files to anyone who has the address, and must never be shown a password. */
export function createOtherOrigin(parts: { model: WebdavModel; base: string; quirks: WebdavQuirks; records: Records }) {
  return async (request: IncomingMessage, seen: Seen): Promise<Answer> => {
    request.resume()
    for (const name of ['authorization', 'cookie'] as const) {
      if (request.headers[name] !== undefined) parts.records.violations.push(`${name} was sent to another origin`)
    }
    if (seen.method !== 'GET' && seen.method !== 'HEAD') return plainAnswer(405, 'Only downloads', { allow: 'GET, HEAD' })
    const node = seen.path === undefined ? undefined : parts.model.find(seen.path)
    return node?.kind === 'file' ? download(node, request.headers, parts.quirks) : plainAnswer(404, 'Not here')
  }
}
