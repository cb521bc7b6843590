import { z } from 'zod'
import type { JsonObject } from '../../core/json.ts'
import type { LeaveLine, LeavingRequest } from '../../core/leaving.ts'
import { createGmailApi } from './gmail/api.ts'
import { type Forwarding, forwardingLines } from './leaving-forwarding.ts'

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/AutoForwarding and …/users.settings.forwardingAddresses and …/users.settings.filters */
const autoForwarding = z.object({ enabled: z.boolean().default(false), emailAddress: z.string().optional() })
const addresses = z.object({
  forwardingAddresses: z
    .array(z.object({ forwardingEmail: z.string().default(''), verificationStatus: z.string().optional() }))
    .default([]),
})
const filters = z.object({
  filter: z
    .array(z.object({ id: z.string().optional(), action: z.object({ forward: z.string().optional() }).optional() }))
    .default([]),
})

/** The settings may be read with any of these: https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings/getAutoForwarding */
const readers = ['readonly', 'modify', 'settings.basic'].map((right) => `https://www.googleapis.com/auth/gmail.${right}`)
const whole = 'https://mail.google.com/'

/** Where mail goes on to: asked of Gmail now, or, where nobody is signed in, as the last backup saved it. */
export async function mailLines(request: LeavingRequest): Promise<readonly LeaveLine[]> {
  const { connection, granted, remembered } = request
  if (connection !== undefined && granted.some((right) => right === whole || readers.includes(right))) {
    const api = createGmailApi(connection)
    const ask = async <T>(name: Parameters<typeof api.setting>[0], schema: z.ZodType<T>): Promise<T> =>
      schema.parse(await api.setting(name, request.signal))
    const { enabled, emailAddress } = await ask('autoForwarding', autoForwarding)
    const listed = (await ask('forwardingAddresses', addresses)).forwardingAddresses
    const filtered = (await ask('filters', filters)).filter
    return forwardingLines(
      {
        seen: 'now',
        all: enabled ? { to: emailAddress } : undefined,
        unconfirmed: listed.flatMap(({ forwardingEmail, verificationStatus }) =>
          verificationStatus === 'pending' ? [forwardingEmail] : [],
        ),
        filters: filtered.flatMap(({ action }) => action?.forward ?? []),
      },
      request,
    )
  }
  const when = remembered.listed('gmail')
  const saved = remembered.item('gmail', 'settings/auto-forwarding')
  if (when === undefined || saved === undefined) return forwardingLines(undefined, request)
  const forwards = (details: JsonObject | undefined): readonly string[] =>
    z
      .object({ forwards: z.array(z.object({ to: z.string().nullable() })).default([]) })
      .parse(details ?? {})
      .forwards.map(({ to }) => to ?? '')
  const [to] = forwards(saved.details)
  const known: Forwarding = {
    seen: when,
    all: to === undefined ? undefined : { to: to === '' ? undefined : to },
    unconfirmed: [],
    filters: forwards(remembered.item('gmail', 'settings/filters')?.details),
  }
  return forwardingLines(known, request)
}
