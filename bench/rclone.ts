import { execFileSync } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import type { Contender } from './copying.ts'
import { type Cost, measure, together } from './measure.ts'
import type { Server } from './server.ts'
import { expectTree, type Tree } from './tree.ts'

/** How rclone reaches the Apache: its WebDAV backend waits 10 ms between calls, its plain https one does not. */
export const backends = ['webdav', 'https'] as const
export type Backend = (typeof backends)[number]

/** What rclone copies from. */
export interface Remote {
  readonly name: string
  /** The address last. */
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** File with the certificate to trust. */
  readonly ca: string
}

/** As many transfers at once as ours has by default. */
const transfers = '8'

/** rclone as a contender: `copy`, then its pass of SHA-256 over what it copied, then `sync` until all of it is safe on disk, which ours does by itself. */
export function rclone(home: string, tree: Tree, from: () => Remote | Promise<Remote>): () => Promise<Contender> {
  return async () => {
    const { name: backend, args, env, ca } = await from()
    const folder = await mkdtemp(join(home, `rclone-${backend}-`))
    const name = `rclone ${backend}`
    const copy = (): Promise<Cost> =>
      measure({
        file: 'rclone',
        args: ['copy', '--config', '', '--ca-cert', ca, '--transfers', transfers, ...args, folder],
        env,
      })
    const run = async () => {
      const copied = await copy()
      await expectTree(name, folder, tree)
      const hashed = together(copied, await measure({ file: 'rclone', args: ['hashsum', 'sha256', '--config', '', folder] }))
      const synced = together(hashed, await measure({ file: 'sync', args: ['--file-system', folder] }))
      return [
        [`${name}, copied only`, copied],
        [`${name}, and hashed`, hashed],
        [`${name}, and synced`, synced],
      ] as const
    }
    return { name, run, rerun: copy }
  }
}

/** The Apache by one of the two backends. */
export function remote(backend: Backend, { dav, plain, username, password, ca }: Server): Remote {
  if (backend === 'webdav') {
    const obscured = execFileSync('rclone', ['obscure', password], { encoding: 'utf8' }).trim()
    const args = ['--webdav-url', dav, '--webdav-user', username, '--webdav-pass', obscured, ':webdav:']
    return { name: backend, args, env: {}, ca }
  }
  const header = `Authorization,Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  const args = ['--http-url', plain, '--http-headers', `"${header.replace(',', '","')}"`, ':http:']
  return { name: backend, args, env: {}, ca }
}
