import { z } from 'zod'
import type { Localised } from '../../core/language.ts'
import type { Provider } from '../../core/provider.ts'
import { accountFields } from '../definition.ts'

/** Text in one language serves for both. */
const text = () => z.string().min(1).max(2000)
const localised = () =>
  z
    .union([text(), z.strictObject({ en: text(), ja: text() })], { error: 'write a text, or { en: …, ja: … }' })
    .transform((value): Localised => (typeof value === 'string' ? { en: value, ja: value } : value))

/** Only pages that can be trusted to come from where they say. */
const page = () =>
  z.url({ protocol: /^https$/, hostname: z.regexes.domain, error: 'must be an address that begins with https://' })

/** A date that is known, and checked: 2027-03-31. */
const day = () => z.iso.date({ error: 'must be a date, such as 2027-03-31' })

const note = () =>
  z.strictObject({
    text: localised().describe('what one should know'),
    page: page().optional().describe('where it is written'),
    checked: day().optional().describe('when that page was last read'),
  })

/** Ten years are more than any organisation waits. */
const daysAfter = () => z.int().min(0).max(3660)

/** Whom a person who leaves may give files to. */
export const transferRules = ['inside', 'anyone', 'nobody'] as const

/**
 * The one definition of an organisation's profile: facts that its members should not have to find out. It names no command, no service's address but a
 * server's own, and no right: it can only say what a member could write into holdall.yaml, and words to show.
 */
export function profileDefinition(providers: readonly Provider[]) {
  return z.strictObject({
    name: localised().describe('the organisation'),
    checked: day().optional().describe('when these facts were last checked'),
    page: page().optional().describe("the organisation's own page for those who leave"),
    contact: z
      .strictObject({
        text: localised().describe('who helps'),
        page: page().optional().describe('the page of the help desk'),
        address: z.email().optional().describe('the mail address of the help desk'),
      })
      .optional()
      .describe('the help desk'),
    lastDay: day().optional().describe('the last day of all accounts, where it is the same for everyone'),
    lastDayRule: note().optional().describe('how a member finds the last day'),
    salvage: z
      .strictObject({
        days: daysAfter().optional().describe('for how many days after the last day one may ask'),
        ...note().shape,
      })
      .optional()
      .describe('what can still be had after the last day, and under which conditions'),
    accounts: z
      .strictObject(Object.fromEntries(providers.map((provider) => [provider.id, profileAccount(provider).optional()])))
      .describe('what there is at each provider'),
    others: z
      .array(
        z.strictObject({
          title: localised().describe('the system'),
          ...note().shape,
          text: localised().describe('what to do before the last day'),
        }),
      )
      .default([])
      .describe('other systems, of which Holdall copies nothing'),
    changes: z
      .array(z.strictObject({ date: day().describe('when'), ...note().shape }))
      .default([])
      .describe('what changed, and where that is written'),
  })
}

const domains = () =>
  z
    .array(z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'must be a domain in small letters, such as example.ac.jp'))
    .min(1)
    .optional()
    .describe("the domains of members' addresses; an account of another one is refused")

/** What holdall.yaml says of an account at the provider, all of it optional and without what is a person's own; and facts about it. */
function profileAccount(provider: Provider) {
  const fields = Object.entries(accountFields(provider)).filter(([key]) => !['provider', 'password', 'username'].includes(key))
  return z.strictObject({
    ...Object.fromEntries(fields.map(([key, field]) => [key, z.optional(harmless(key, field))])),
    title: localised().optional().describe('what members call it'),
    domain:
      provider.signIn.method === 'password'
        ? domains().refine((given) => given === undefined, 'may not stand here: a user name has no domain to compare')
        : domains(),
    quotas: z
      .strictObject(Object.fromEntries(provider.budgets.map(({ id }) => [id, z.number().positive().optional()])))
      .optional()
      .describe("a member's share of the quotas that all members have together, in units per second"),
    lastDay: day().optional().describe('the last day, where it differs from that of the other accounts'),
    forwarding: z
      .strictObject({
        days: daysAfter().optional().describe('for how many days after the last day mail is still forwarded'),
        silent: z
          .boolean()
          .optional()
          .describe('whether senders get no error mail meanwhile, though nobody may read what they send'),
        ...note().shape,
      })
      .optional()
      .describe('what becomes of mail to the address'),
    signIns: note().optional().describe('what becomes of other services that one signs in to with this account'),
    retention: z
      .strictObject({
        months: z.int().min(1).max(240).optional().describe('for how many months after it was made something is kept'),
        days: z.int().min(1).max(7300).optional().describe('the same in days'),
        from: day().optional().describe('since when, or from when on, older things are deleted'),
        sources: z
          .array(z.enum(provider.sources.map(({ id }) => id)))
          .min(1)
          .optional()
          .describe('of which sources; default: all'),
        ...note().shape,
      })
      .refine(({ months, days }) => (months === undefined) !== (days === undefined), 'write either months or days')
      .optional()
      .describe('what is deleted while the account still lives'),
    transfer: z
      .strictObject({ to: z.enum(transferRules).describe('inside: members; anyone; nobody'), ...note().shape })
      .optional()
      .describe('whom files may be given to'),
    notes: z.array(note()).default([]).describe('what else one should know'),
  })
}

/** A setting as a profile may write it: what gives up a protection, or leads a password over an open line, only the person may say, in settings of their own. */
function harmless(key: string, field: z.ZodType): z.ZodType {
  if (key === 'insecure')
    return field.refine(
      (value) => value !== true,
      'may not be true in a profile: only you can say, in your own holdall.yaml, that a password may be sent unprotected',
    )
  return field.refine(
    (value) => typeof value !== 'string' || !/^\s*[a-z][a-z0-9+.-]*:/i.test(value) || /^https:\/\/[^/@]+(\/|$)/i.test(value),
    'must begin with https:// in a profile, and hold no user name',
  )
}

export type ProfileFile = z.output<ReturnType<typeof profileDefinition>>

/** What a profile says of accounts at one provider, besides settings. */
export type AccountFacts = NonNullable<ProfileFile['accounts'][string]>
