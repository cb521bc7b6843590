import { z } from 'zod'
import { Failure } from '../../core/failure.ts'
import type { Connection, Identity } from '../../core/provider.ts'

const userinfo = z.object({ sub: z.string().min(1), email: z.string().optional() })

/**
 * Asks Google who signed in. `sub` is the id that lasts when the address changes:
 * https://developers.google.com/identity/openid-connect/openid-connect#obtaininguserprofileinformation
 */
export async function identify({ endpoints, transport }: Connection, signal: AbortSignal): Promise<Identity> {
  const answer = await transport.send({
    method: 'GET',
    url: endpoints.userinfo!,
    headers: { accept: 'application/json' },
    signal,
  })
  const parsed = userinfo.safeParse(parse(await answer.text()))
  if (!parsed.success) throw new Failure('corrupt', 'Google’s answer about who signed in is not of the expected form')
  const { sub, email } = parsed.data
  return { subject: sub, name: email ?? `user ${sub}` }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
