import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { benchCopying, ours } from './copying.ts'
import { type Account, makePackage, sources } from './ours.ts'
import { type Backend, rclone, remote } from './rclone.ts'
import { scratch } from './scratch.ts'
import { startServer } from './server.ts'
import type { Tree } from './tree.ts'

export interface WebdavCopyingOptions {
  readonly title: string
  readonly rounds: number
  readonly peers: readonly Backend[]
  /** Fills the folder that the server shows. */
  readonly make: (folder: string) => Promise<Tree>
  /** Whether each is run once more with nothing to do. */
  readonly again: boolean
}

/** One folder that an Apache shows, copied by ours and by rclone. */
export async function benchWebdavCopying({ title, rounds, peers, make, again }: WebdavCopyingOptions): Promise<void> {
  const home = await mkdtemp(join(scratch(), 'bench-'))
  const shown = join(home, 'shown')
  await mkdir(shown)
  const tree = await make(shown)
  const server = await startServer(home, shown)
  try {
    const account: Account = {
      name: 'home',
      entry: { provider: 'webdav', url: server.dav, username: server.username },
      env: { HOLDALL_HOME_PASSWORD: server.password },
      ca: server.ca,
      signsIn: false,
    }
    const contenders = [
      ours(home, tree, sources, account),
      ours(home, tree, await makePackage(home), account),
      ...peers.map((backend) => rclone(home, tree, () => remote(backend, server))),
    ]
    await benchCopying({ title, rounds, tree, contenders, again })
  } finally {
    await server.apache.stop()
    await rm(home, { recursive: true })
  }
}
