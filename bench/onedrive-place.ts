import { mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startChild } from './child-server.ts'
import type { Downloads } from './curl.ts'
import type { OneDriveInfo, OneDriveQuestion, OneDriveShape } from './onedrive-server.ts'
import { type Account, unpaced } from './ours.ts'
import type { Remote } from './rclone.ts'
import type { Tree } from './tree.ts'

/** A practice OneDrive in a process of its own, and how each program gets at it. */
export interface OneDrivePlace {
  readonly tree: Tree
  readonly account: Account
  ask(question: OneDriveQuestion): Promise<unknown>
  /** For rclone, with a token just made. */
  remote(): Promise<Remote>
  downloads(): Promise<Downloads>
  stop(): void
}

export async function makeOneDrivePlace(home: string, shape: OneDriveShape): Promise<OneDrivePlace> {
  const folder = await mkdtemp(join(home, 'onedrive-'))
  const server = await startChild<OneDriveInfo>('./onedrive-server.ts', shape)
  const { tree, ca: pem, endpoints, client, drive, proxy } = server.info
  const ca = join(folder, 'ca.pem')
  const cloud = join(folder, 'practice.json')
  await writeFile(ca, pem)
  await writeFile(cloud, JSON.stringify({ endpoints: { microsoft: endpoints }, ca: pem, pace: unpaced }))
  const ask = (question: OneDriveQuestion) => server.ask(question)
  const token = async () => String(await ask('token'))
  return {
    tree,
    ask,
    account: {
      name: 'microsoft',
      entry: { provider: 'microsoft', client: { id: client }, tenant: 'organizations', sources: ['onedrive'] },
      env: { HOLDALL_PRACTICE: cloud },
      signsIn: true,
    },
    // Go's clients ask no proxy for 127.0.0.1, so the bytes come to rclone from the storage host itself.
    remote: async () => ({
      name: 'onedrive',
      args: ['bench:'],
      ca,
      env: {
        HTTPS_PROXY: proxy,
        NO_PROXY: '',
        RCLONE_CONFIG_BENCH_TYPE: 'onedrive',
        RCLONE_CONFIG_BENCH_TOKEN: JSON.stringify({
          access_token: await token(),
          token_type: 'Bearer',
          expiry: new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString(),
        }),
        RCLONE_CONFIG_BENCH_DRIVE_ID: drive,
        RCLONE_CONFIG_BENCH_DRIVE_TYPE: 'business',
      },
    }),
    downloads: async () => ({ addresses: (await ask('addresses')) as string[], token: await token(), ca }),
    stop: server.stop,
  }
}
