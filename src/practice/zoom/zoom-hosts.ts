import type { Refused } from '../serving/faults.ts'
import { type Exchange, sendJson } from '../serving/reply.ts'
import { sendPage } from './pages.ts'
import { ZoomError } from './zoom-error.ts'

/** The real hosts that the practice servers stand for. Downloads begin at one of `usNNweb.zoom.us` and end at `ssrweb.zoom.us`. */
export type HostName = 'zoom.us' | 'api.zoom.us' | 'us02web.zoom.us' | 'ssrweb.zoom.us'

/** Hosts to which a client may send a bearer token. */
export const bearerWelcome: readonly HostName[] = ['api.zoom.us', 'us02web.zoom.us']

/** As the token endpoint words it: seen as `{"reason":"Invalid Token!","error":"invalid_grant"}`. */
export const oauthBody = (error: string, reason: string, code?: number) => ({
  reason,
  error,
  ...(code === undefined ? {} : { errorCode: code }),
})

/**
 * Refuses as the host does. For the API `reason` is Zoom's number, or `QPS` or `Daily-limit` for a status of 429; for the token endpoint it is the `error`.
 */
export async function refuseAsZoom(exchange: Exchange, refused: Refused): Promise<void> {
  const { status, reason, message = 'Practice fault', retryAfter } = refused
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }
  if (exchange.host === 'api.zoom.us') {
    const limit: Record<string, string> = reason === 'QPS' || reason === 'Daily-limit' ? { 'X-RateLimit-Type': reason } : {}
    const error = new ZoomError(status, Number(reason) || status, message)
    await sendJson(exchange, status, error.body, { ...limit, ...headers })
  } else if (exchange.host === 'zoom.us')
    await sendJson(exchange, status, oauthBody(reason ?? 'invalid_request', message), headers)
  else if (exchange.host === 'ssrweb.zoom.us') await sendAccessDenied(exchange, status, headers)
  else await sendPage(exchange, 'Error - Zoom', `<h1>Error ${status}</h1>`, status, headers)
}

/** As CloudFront refuses. */
export async function sendAccessDenied(
  { outlet }: Exchange,
  status = 403,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const body = Buffer.from(
    '<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code><Message>Access denied</Message></Error>',
  )
  outlet.head(status, { 'Content-Type': 'text/xml', 'Content-Length': body.length, ...headers })
  await outlet.write(body)
  await outlet.end()
}
