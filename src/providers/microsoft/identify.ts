import { z } from 'zod'
import { Failure } from '../../core/failure.ts'
import type { Connection, Identity } from '../../core/provider.ts'
import { userAgent } from './user-agent.ts'

const me = z.object({
  id: z.string().min(1),
  userPrincipalName: z.string().nullish(),
  mail: z.string().nullish(),
  displayName: z.string().nullish(),
})

/**
 * Asks Graph who signed in. `id` lasts when the address changes, and is another one for a guest in another organisation, whose files are others too:
 * https://learn.microsoft.com/graph/api/user-get. The name is what people type when they sign in.
 */
export async function identify({ endpoints, transport }: Connection, signal: AbortSignal): Promise<Identity> {
  const url = new URL('v1.0/me?$select=id,userPrincipalName,mail,displayName', endpoints.graph)
  const answer = await transport.send({
    method: 'GET',
    url: url.href,
    headers: { accept: 'application/json', 'user-agent': userAgent },
    budget: 'graph',
    signal,
  })
  const parsed = me.safeParse(parse(await answer.text()))
  if (!parsed.success) throw new Failure('corrupt', 'Microsoft’s answer about who signed in is not of the expected form')
  const { id, userPrincipalName, mail, displayName } = parsed.data
  const name = [userPrincipalName, mail, displayName].find((one) => one !== undefined && one !== null && one !== '')
  return { subject: id, name: name ?? `user ${id}` }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
