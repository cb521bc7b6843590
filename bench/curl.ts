import { mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Contender } from './copying.ts'
import { measure, together } from './measure.ts'
import { expectTree, type Tree } from './tree.ts'

/** Addresses that redirect to where the bytes are, and what proves who asks. */
export interface Downloads {
  readonly addresses: readonly string[]
  /** For the first host only: curl drops it where a redirect leads to another host or port. */
  readonly token: string
  /** File with the certificate to trust. */
  readonly ca: string
}

/** curl as a contender: what wire and disk allow to who writes and does nothing else; then sha256sum, then `sync`. Throws when bytes are missing. */
export function curl(home: string, tree: Tree, atOnce: number, from: () => Promise<Downloads>): () => Promise<Contender> {
  return async () => {
    const { addresses, token, ca } = await from()
    const folder = await mkdtemp(join(home, 'curl-'))
    // In a file, not in the arguments: the token is nothing for the list of processes, and so many addresses are too long for it.
    const list = join(home, `${folder.slice(-6)}.curl`)
    const each = addresses.map((address, n) => `url = "${address}"\noutput = "${join(folder, String(n))}"\n`)
    await writeFile(list, `oauth2-bearer = "${token}"\n${each.join('')}`, { mode: 0o600 })
    const options = ['--silent', '--show-error', '--location', '--fail-early', '--fail', '--parallel']
    const run = async () => {
      const args = [...options, '--parallel-max', String(atOnce), '--cacert', ca, '--config', list]
      const copied = await measure({ file: 'curl', args })
      await expectTree('curl', folder, tree)
      const hash = await measure({ file: 'find', args: [folder, '-type', 'f', '-exec', 'sha256sum', '{}', '+'] })
      const hashed = together(copied, hash)
      const synced = together(hashed, await measure({ file: 'sync', args: ['--file-system', folder] }))
      return [
        ['curl, copied only', copied],
        ['curl, and hashed', hashed],
        ['curl, and synced', synced],
      ] as const
    }
    return { name: 'curl', run }
  }
}
