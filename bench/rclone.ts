import { execFileSync } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { type Cost, measure } from './measure.ts'
import type { Server } from './server.ts'

/** How rclone reaches the server: its WebDAV backend waits 10 ms between calls, its plain https one does not. */
export const backends = ['webdav', 'https'] as const
export type Backend = (typeof backends)[number]

/** A folder of its own that rclone fills. */
export interface Copy {
  readonly folder: string
  /** `rclone copy` */
  copy(): Promise<Cost>
  /** `rclone hashsum sha256` over what it copied. */
  hash(): Promise<Cost>
  /** `sync`: until all of it is safe on disk, which rclone does not wait for and ours does. */
  sync(): Promise<Cost>
}

/** As many transfers at once as ours has by default. */
const transfers = '8'

export async function makeCopy(home: string, backend: Backend, server: Server): Promise<Copy> {
  const folder = await mkdtemp(join(home, `rclone-${backend}-`))
  const from = remote(backend, server)
  return {
    folder,
    copy: () =>
      measure({
        file: 'rclone',
        args: ['copy', '--config', '', '--ca-cert', server.ca, '--transfers', transfers, ...from, folder],
      }),
    hash: () => measure({ file: 'rclone', args: ['hashsum', 'sha256', '--config', '', folder] }),
    sync: () => measure({ file: 'sync', args: ['--file-system', folder] }),
  }
}

/** The arguments that name the server, the address last. */
export function remote(backend: Backend, { dav, plain, username, password }: Server): string[] {
  if (backend === 'webdav') {
    const obscured = execFileSync('rclone', ['obscure', password], { encoding: 'utf8' }).trim()
    return ['--webdav-url', dav, '--webdav-user', username, '--webdav-pass', obscured, ':webdav:']
  }
  const header = `Authorization,Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  return ['--http-url', plain, '--http-headers', `"${header.replace(',', '","')}"`, ':http:']
}
