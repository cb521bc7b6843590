import type { Refused } from '../serving/faults.ts'
import { type Exchange, sendHtml, sendJson } from '../serving/reply.ts'
import { GraphError } from './graph/graph-error.ts'
import { sendGraphError } from './graph/graph-host.ts'

/** The real hosts that the practice servers stand for; of the many storage hosts one of each kind of drive. */
export type HostName =
  | 'login.microsoftonline.com'
  | 'graph.microsoft.com'
  | 'contoso-my.sharepoint.com'
  | 'public.bn.files.1drv.com'

/** Hosts to which a client may send a bearer token. */
export const bearerWelcome: readonly HostName[] = ['graph.microsoft.com']

const codes: Readonly<Record<number, string>> = {
  400: 'invalidRequest',
  401: 'InvalidAuthenticationToken',
  403: 'accessDenied',
  404: 'itemNotFound',
  410: 'resyncRequired',
  423: 'resourceLocked',
  429: 'activityLimitReached',
  500: 'generalException',
  503: 'serviceNotAvailable',
  509: 'bandwidthLimitExceeded',
}

/** Refuses as the host does: Graph in its envelope, Entra as OAuth says, the storage hosts with a page. */
export async function refuseAsMicrosoft(
  exchange: Exchange,
  { status, reason, message = 'Practice fault', retryAfter }: Refused,
): Promise<void> {
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }
  if (exchange.host === 'graph.microsoft.com') {
    await sendGraphError(
      exchange,
      new GraphError(status, reason ?? codes[status] ?? 'generalException', message, { headers }),
      Date.now(),
    )
  } else if (exchange.host === 'login.microsoftonline.com') {
    await sendJson(exchange, status, { error: reason ?? 'temporarily_unavailable', error_description: message }, headers)
  } else {
    await sendHtml(exchange, status, `<h1>Error ${status}</h1>`, headers)
  }
}
