import { z } from 'zod'
import { Failure } from '../../core/failure.ts'
import type { Connection, Identity } from '../../core/provider.ts'
import { answerOf } from './answer.ts'
import { price } from './limits.ts'

/** https://developers.zoom.us/docs/api/users/#tag/users/GET/users/{userId}; for a person's own app the user is called `me`. */
const user = z.object({
  id: z.string().min(1),
  email: z.string().optional().catch(undefined),
  /** When the account was made; `user_created_at` when the person came into it. Either may be missing. */
  created_at: z.string().optional().catch(undefined),
  user_created_at: z.string().optional().catch(undefined),
  timezone: z.string().optional().catch(undefined),
})
export type ZoomUser = z.infer<typeof user> & {
  /** Zoom's own clock when it answered, milliseconds since 1970, where it says so. */
  readonly now?: number
}

/** The person who signed in. Throws a Failure. */
export async function askUser({ endpoints, transport }: Connection, signal: AbortSignal): Promise<ZoomUser> {
  const answer = await transport.send({
    method: 'GET',
    url: new URL('users/me', endpoints.api).href,
    headers: { accept: 'application/json' },
    budget: 'calls',
    cost: price.light,
    signal,
  })
  const now = Date.parse(answer.headers.date ?? '')
  return { ...(await answerOf('who signed in', answer, user)), ...(!Number.isNaN(now) && { now }) }
}

/** Who signed in: the id lasts when the address changes. Throws a Failure. */
export async function identify(connection: Connection, signal: AbortSignal): Promise<Identity> {
  if (connection.endpoints.api === undefined) throw new Failure('bug', 'the address of Zoom’s API is missing')
  const { id, email } = await askUser(connection, signal)
  return { subject: id, name: email ?? `user ${id}` }
}
