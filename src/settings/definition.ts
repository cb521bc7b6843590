import { z } from 'zod'
import { languages } from '../core/language.ts'
import type { Provider } from '../core/provider.ts'
import { parseBytes, parseDuration } from './quantities.ts'

/**
 * The one definition of holdall.yaml. Types, validation, JSON schema, example file and help are all made from it; every field has a
 * description, and a default wherever one makes sense. It is built for the providers that are handed in, so it names none itself.
 */
export function definition(providers: readonly Provider[]) {
  return z.strictObject({
    archive: text().default('./archive').describe('the folder that the backup fills; a relative path starts at this file'),
    profile: text()
      .optional()
      .meta({
        description:
          'a page of facts about your organisation: the name of one that comes with Holdall, the path of a file, or an https address (shown, asked about and kept once)',
        examples: ['utokyo'],
      }),
    accounts: accounts(providers).describe(
      'the accounts to copy, each under a name that you choose (small letters, digits and "-")',
    ),
    keepVersions: z
      .boolean()
      .default(false)
      .describe('keep the earlier bytes of what changed, under .holdall/versions in the archive'),
    language: z
      .enum(languages)
      .optional()
      .meta({ description: "language of messages and pages; default: from LANG, else the computer's", examples: ['en'] }),
    limits: z
      .strictObject({
        transfers: z
          .int()
          .min(1)
          .max(maxTransfers)
          .default(8)
          .describe("downloads at once, per account; a source's own lower limit holds"),
        bandwidth: bandwidth()
          .optional()
          .meta({
            description: 'bytes per second for everything together (K, M, G: 1024, 1024², 1024³); default: no limit',
            examples: ['20M'],
          }),
        retryFor: duration('10m', 1_000, '1s').describe(
          'how long a request that fails is tried again before the item is left for the next run',
        ),
        stall: duration('60s', 1_000, '1s').describe('without a byte for this long, a connection counts as dead'),
        offline: duration('12h', 0, '0s').describe(
          'how long a run waits while nothing answers at all (no network, computer asleep)',
        ),
      })
      .prefault({})
      .describe('how hard the program may work'),
    tokens: z
      .enum(['auto', 'keychain', 'file'])
      .default('auto')
      .describe(
        "where sign-ins are kept: the system's keychain, a file that only you can read, or auto (keychain where there is one)",
      ),
    network: z
      .strictObject({
        ca: text()
          .optional()
          .meta({
            description: 'a file of certificates (PEM) to trust besides the usual ones; relative to this file',
            examples: ['./ca.pem'],
          }),
      })
      .prefault({})
      .describe('proxies come from HTTPS_PROXY, HTTP_PROXY and NO_PROXY'),
  })
}

/** More would only queue up behind the providers' own limits. */
export const maxTransfers = 64

export type FileSettings = z.output<ReturnType<typeof definition>>

const text = () => z.string().min(1)

/** What every provider's account has beside the keys that the provider adds. */
function commonFields(provider: Provider, name: 'is the provider' | 'any'): Readonly<Record<string, z.ZodType>> {
  const id = z.literal(provider.id)
  const ids = provider.sources.map((source) => source.id)
  const usual = provider.sources.filter(({ byName }) => byName !== true).map((source) => source.id)
  const options = Object.fromEntries(
    provider.sources.map((source) => [
      source.id,
      source.settings.strict().prefault({}).describe(`settings of ${source.title.en}`),
    ]),
  )
  const { signIn } = provider
  const secrets =
    signIn.method !== 'password'
      ? {
          client: z
            .strictObject({
              id: text().meta({
                description: "the app's client id; `holdall init` leads through making one, page by page",
                examples: ['YOUR-CLIENT-ID'],
              }),
              secret: text()
                .optional()
                .meta({ description: "the app's client secret, where it has one", examples: ['$' + '{CLIENT_SECRET}'] }),
            })
            .describe('the app that signs you in'),
        }
      : {
          password: text()
            .optional()
            .meta({ description: 'better left out: `holdall connect` asks for it and keeps it', examples: ['$' + '{PASSWORD}'] }),
        }
  return {
    provider: (name === 'any' ? id : id.optional()).describe(
      `${provider.title}; may be left out when the account is called ${provider.id}`,
    ),
    ...secrets,
    // A provider that needs more of its client (a secret, always) says so by a `client` of its own.
    ...provider.settings.shape,
    sources: z.array(z.enum(ids)).min(1).default(usual).describe(whatToCopy(provider)),
    options: z.strictObject(options).prefault({}).describe('settings of single sources'),
  }
}

/** The sources that need rights of their own are named, since nothing else would lead to them. */
function whatToCopy({ sources }: Provider): string {
  const others = sources.filter(({ byName }) => byName === true).map(({ id }) => id)
  return others.length === 0
    ? 'what to copy; default: all'
    : `what to copy; default: all but ${others.join(', ')}, which needs more rights`
}

/** Every key of an account at the provider. */
export const accountFields = (provider: Provider): Readonly<Record<string, z.ZodType>> => commonFields(provider, 'any')

/** `safeExtend` keeps the checks across fields that a provider's own object has. */
const account = (provider: Provider, name: 'is the provider' | 'any') =>
  provider.settings.safeExtend(commonFields(provider, name)).strict().describe(`an account at ${provider.title}`)

/** An account that is called like a provider is one of that provider, and need not say so; any other says which. */
function accounts(providers: readonly Provider[]) {
  const [first, ...rest] = providers.map((provider) => account(provider, 'any'))
  if (first === undefined) throw new Error('no providers')
  return z
    .object(Object.fromEntries(providers.map((provider) => [provider.id, account(provider, 'is the provider').optional()])))
    .catchall(z.discriminatedUnion('provider', [first, ...rest]))
}

const rateForm = 'write a number with K, M or G, such as 20M (bytes per second, at least 1K)'

/** Bytes per second; {@link parseRate} for the command line. */
const bandwidth = () =>
  z.union([z.string(), z.number()], { error: rateForm }).transform((value, context) => {
    const rate = parseRate(String(value))
    if (rate !== undefined) return rate
    context.issues.push({ code: 'custom', message: rateForm, input: value })
    return z.NEVER
  })

/** A rate of at least 1 KiB a second: less would make every connection look dead. */
export function parseRate(value: string): number | undefined {
  const rate = parseBytes(value)
  return rate !== undefined && rate >= 1024 ? rate : undefined
}

const duration = (fallback: string, least: number, leastText: string) =>
  z
    .union([z.string(), z.number()], { error: 'write a duration, such as 60s, 15m or 1h' })
    .default(fallback)
    .transform((value, context) => {
      const time = parseDuration(String(value))
      if (time !== undefined && time >= least) return time
      context.issues.push({
        code: 'custom',
        message: `write a duration, such as 60s, 15m or 1h (at least ${leastText})`,
        input: value,
      })
      return z.NEVER
    })
