import { z } from 'zod'
import { Failure } from '../core/failure.ts'
import type { Identity } from '../core/provider.ts'

const schema = z.object({
  version: z.literal(1),
  method: z.literal('password'),
  subject: z.string(),
  name: z.string(),
  password: z.string(),
  /** The servers that the password was given for: see binding.ts. */
  origins: z.array(z.string()),
  signedInAt: z.number(),
})

/** What a token store keeps of an account that signs in with a password. */
export type PasswordRecord = z.infer<typeof schema>

export function writePasswordRecord(
  identity: Identity,
  { password, origins, signedInAt }: Pick<PasswordRecord, 'password' | 'signedInAt'> & { readonly origins: readonly string[] },
): string {
  return JSON.stringify({
    version: 1,
    method: 'password',
    subject: identity.subject,
    name: identity.name,
    password,
    origins: [...origins],
    signedInAt,
  } satisfies PasswordRecord)
}

/** Throws a Failure of kind `signin` where the record is of another kind or damaged. */
export function readPasswordRecord(account: string, text: string): PasswordRecord {
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    // Why is not told: the parser's message would quote what was read.
    throw new Failure('signin', `the kept sign-in of ${account} cannot be read`, {
      hint: `sign in again: holdall connect ${account}`,
    })
  }
}

/** Whom the account is bound to; a record that cannot be read binds nobody, so that a new sign-in can mend it. */
export function boundByPassword(account: string, text: string | undefined): Identity | undefined {
  try {
    return text === undefined ? undefined : readPasswordRecord(account, text)
  } catch (error) {
    if (error instanceof Failure && error.kind === 'signin') return undefined
    throw error
  }
}
