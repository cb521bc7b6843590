import type { IncomingMessage } from 'node:http'
import { readTarget, type Target } from './hrefs.ts'
import type { SeenRequest } from './records.ts'

/** The log entry of a request, and its target below the base, or why there is none. */
export type Seen = SeenRequest & { readonly target: Target | 'unreadable' | 'outside' }

export function seenRequest(request: IncomingMessage, base: string): Seen {
  const target = readTarget(request.url ?? '')
  const above = base.split('/').filter((name) => name !== '')
  const inside = target !== undefined && above.every((name, index) => target.segments[index] === name)
  const below = inside ? target.segments.slice(above.length) : undefined
  return {
    method: request.method ?? '',
    path: below && `/${below.join('/')}`,
    depth: request.headers.depth?.toString(),
    range: request.headers.range,
    ifRange: request.headers['if-range']?.toString(),
    status: 0,
    bytes: 0,
    target: below && target ? { segments: below, folder: target.folder } : target ? 'outside' : 'unreadable',
  }
}
