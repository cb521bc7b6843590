import { z } from 'zod'

/**
 * What a renewal in a process of its own is told: one JSON text on its standard input. Secrets stand in it, and nowhere else on the way: never in arguments
 * or in the environment, which others on the computer can read. The refresh token is not among them; the other process reads it from the store itself.
 */
export const orderSchema = z.object({
  account: z.string().min(1),
  /** The access token that no longer serves: where another one is stored by now, there is nothing to do. */
  spent: z.string().min(1),
  client: z.object({ id: z.string(), secret: z.string().optional() }),
  /** What is needed of the provider's description (`OAuthSignIn`), as plain data. */
  server: z.object({
    authorization: z.url(),
    token: z.url(),
    secretIn: z.enum(['body', 'basic']).optional(),
    traceHeader: z.string().optional(),
  }),
  network: z.object({
    proxies: z.object({ http: z.string().optional(), https: z.string().optional(), no: z.string().optional() }),
    ca: z.array(z.string()),
  }),
  store: z.object({ wanted: z.enum(['auto', 'keychain', 'file']), folder: z.string().min(1) }),
})

export type Order = z.infer<typeof orderSchema>

const said = z.object({ message: z.string(), hint: z.string().optional() })

/** What comes back, a line of JSON each; nothing of it is a secret. All but `unsaved` are the last. */
export const answerSchema = z.discriminatedUnion('is', [
  /** Renewed, but it cannot be stored yet: it is tried again and again. */
  z.object({ is: z.literal('unsaved'), reason: z.string() }),
  /** What is in the store serves: renewed by this process or, while it waited for the lock, by another. */
  z.object({ is: z.literal('stored') }),
  /** The service refused, in its own words: what they mean, the provider knows. */
  z.object({
    is: z.literal('refused'),
    code: z.string(),
    description: z.string().optional(),
    subtype: z.string().optional(),
    traceId: z.string().optional(),
  }),
  z.object({
    is: z.literal('failed'),
    kind: z.enum([
      'transient',
      'throttled',
      'offline',
      'signin',
      'forbidden',
      'corrupt',
      'changed',
      'gone',
      'unexportable',
      'unlisted',
      'disk',
      'settings',
      'bug',
    ]),
    en: said,
    ja: said,
    retryAfter: z.number().optional(),
  }),
])

export type Answer = z.infer<typeof answerSchema>
