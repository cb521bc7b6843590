import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Failure } from '../core/failure.ts'
import { fileName } from './file-store.ts'

const said = z.object({ message: z.string(), hint: z.string().optional() })

const schema = z.object({
  version: z.literal(1),
  /** When it was refused, ISO 8601. */
  at: z.string(),
  code: z.string(),
  /** The id of the diagnosis; absent where the refusal is none that is documented. */
  diagnosis: z.string().optional(),
  said: z.object({ en: said, ja: said }),
  description: z.string().optional(),
  traceId: z.string().optional(),
  correlationId: z.string().optional(),
  timestamp: z.string().optional(),
  clientId: z.string(),
  scopes: z.array(z.string()),
})

/** The last refused sign-in of an account, without any secret: what a help desk needs. */
export type KeptRefusal = z.infer<typeof schema>

export interface KeptRefusals {
  read(account: string): Promise<KeptRefusal | undefined>
  keep(account: string, refusal: KeptRefusal): Promise<void>
  forget(account: string): Promise<void>
}

/** What is kept of a failed sign-in; undefined where it was no refusal (a network that is gone, somebody who pressed Ctrl-C). */
export function refusalOf(
  failure: Failure,
  about: { readonly at: string; readonly clientId: string; readonly scopes: readonly string[] },
): KeptRefusal | undefined {
  const { refusal, diagnosis } = failure
  if (refusal === undefined && diagnosis === undefined) return undefined
  const { code = diagnosis?.id ?? '', ...rest } = refusal ?? {}
  return {
    version: 1,
    code,
    ...(diagnosis === undefined ? {} : { diagnosis: diagnosis.id }),
    said: { en: failure.said('en'), ja: failure.said('ja') },
    ...rest,
    ...about,
    scopes: [...about.scopes],
  }
}

/** Keeps one for each account, in `folder`; what cannot be read is as if there were none, since the next refusal replaces it. */
export function keptRefusals(folder: string): KeptRefusals {
  const path = (account: string) => join(folder, `${fileName(account)}.json`)
  return {
    async read(account) {
      const text = await readFile(path(account), 'utf8').catch(absent)
      const parsed = schema.safeParse(text === undefined ? undefined : parse(text))
      return parsed.success ? parsed.data : undefined
    },
    async keep(account, refusal) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const draft = `${path(account)}.tmp`
      // No secret is in it, but who has which account is nobody else's business.
      await writeFile(draft, JSON.stringify(refusal), { mode: 0o600 })
      await rename(draft, path(account))
    },
    forget: (account) => rm(path(account), { force: true }),
  }
}

const absent = (error: NodeJS.ErrnoException): undefined => {
  if (error.code === 'ENOENT') return undefined
  throw error
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
