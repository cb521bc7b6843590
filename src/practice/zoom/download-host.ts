import { bearerOf, type Exchange, type Handler, sendRedirect } from '../serving/reply.ts'
import type { Grants } from './grants.ts'
import type { RecordingsModel } from './model.ts'
import { pagesInsteadOfRecordings, sendPage } from './pages.ts'
import { downloadScopes } from './scopes.ts'
import type { SignedLinks } from './signed-links.ts'

export interface DownloadHostOptions {
  readonly model: RecordingsModel
  readonly grants: Grants
  readonly links: SignedLinks
  readonly now: () => number
  readonly roots: { readonly storage: string }
}

/**
 * us02web.zoom.us/rec/download/…: with the bearer, a redirect to the storage host; without the right one, or for what is no longer there, a page for people with
 * status 200. https://github.com/graphaelli/zat/pull/12, github.com/zoom/skills `skills/rest-api/concepts/api-architecture.md`
 */
export function createDownloadHost({ model, grants, links, now, roots }: DownloadHostOptions): Handler {
  const mayRead = (exchange: Exchange, uuid: string): boolean => {
    // The older form is taken too, and written down as a violation by the host.
    const access = grants.access(bearerOf(exchange) ?? exchange.url.searchParams.get('access_token') ?? '')
    if (access === undefined || access.expiresAt <= now() || access.user !== model.me.id) return false
    return access.meeting === undefined ? downloadScopes.some((scope) => access.scopes.includes(scope)) : access.meeting === uuid
  }
  const page = ({ outlet }: Exchange, html: string, status = 200) => {
    const body = Buffer.from(html)
    outlet.head(status, { 'Content-Type': 'text/html;charset=utf-8', 'Content-Length': body.length })
    return outlet.write(body).then(() => outlet.end())
  }
  return async (exchange) => {
    const { method, url } = exchange
    const token = /^\/rec\/(?:archive\/)?download\/([^/]+)$/.exec(url.pathname)?.[1]
    if ((method !== 'GET' && method !== 'HEAD') || token === undefined)
      return sendPage(exchange, 'Error - Zoom', '<h1>404</h1>', 404)
    const found = model.file(token)
    if (found === undefined || found.meeting.onPremise) return page(exchange, pagesInsteadOfRecordings.gone)
    const { meeting, file } = found
    if (!mayRead(exchange, meeting.uuid))
      return page(exchange, meeting.passcode === undefined ? pagesInsteadOfRecordings.signIn : pagesInsteadOfRecordings.passcode)
    if (file.status === 'processing') return page(exchange, pagesInsteadOfRecordings.gone)
    return sendRedirect(exchange, roots.storage + links.make(meeting, file))
  }
}
