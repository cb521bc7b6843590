import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type AccountMetadata, accountFile } from '../archive/metadata.ts'
import type { Finding } from './look.ts'

/**
 * Holds whose data the journal says that each account holds against what the bag says of it, for a bag that is sealed. A name may have changed since; the
 * lasting id may not. What the bag does not have, or what cannot be read, is named with the other files beside the payload.
 */
export async function compareAccounts(
  root: string,
  accounts: Iterable<AccountMetadata>,
  found: (finding: Finding) => void,
): Promise<void> {
  for (const { account, facts } of accounts) {
    const path = accountFile(account)
    const text = await readFile(join(root, path), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === undefined) throw error
      return undefined
    })
    const stated = text === undefined ? undefined : subjectOf(text)
    if (stated === undefined || stated === facts.subject) continue
    found({
      path: '.holdall/journal.db',
      damage: 'statement',
      message: `it and ${path} name different people as those whose data ${account} holds`,
    })
  }
}

function subjectOf(text: string): unknown {
  try {
    return (JSON.parse(text) as { readonly subject?: unknown } | null)?.subject
  } catch {
    return undefined
  }
}
