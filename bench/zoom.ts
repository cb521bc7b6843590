import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startChild } from './child-server.ts'
import { benchCopying, type Contender, ours } from './copying.ts'
import { curl } from './curl.ts'
import { type Account, makePackage, sources, unpaced } from './ours.ts'
import { scratch } from './scratch.ts'
import type { ZoomInfo, ZoomQuestion, ZoomShape } from './zoom-server.ts'

/** As many at once as ours has at Zoom (the budget `downloads`). */
const atOnce = 4

/** Recordings of a practice Zoom through the download that redirects, by ours and by curl. `size` in MB (10^6 bytes) for each film. */
export async function benchZoom({ rounds, files, size }: { rounds: number; files: number; size: number }): Promise<void> {
  const home = await mkdtemp(join(scratch(), 'bench-'))
  const shape: ZoomShape = { count: files, size: size * 1e6 }
  const server = await startChild<ZoomInfo>('./zoom-server.ts', shape)
  try {
    const { tree, ca: pem, endpoints, client, addresses } = server.info
    const ask = (question: ZoomQuestion) => server.ask(question)
    const ca = join(home, 'ca.pem')
    const cloud = join(home, 'practice.json')
    await writeFile(ca, pem)
    await writeFile(cloud, JSON.stringify({ endpoints: { zoom: endpoints }, ca: pem, pace: unpaced }))
    const account: Account = {
      name: 'zoom',
      entry: { provider: 'zoom', client: { id: client }, sources: ['recordings'] },
      env: { HOLDALL_PRACTICE: cloud },
      signsIn: true,
    }
    const watched = (start: () => Promise<Contender>) => async (): Promise<Contender> => {
      const { name, run } = await start()
      return {
        name,
        async run() {
          const costs = await run()
          const violations = (await ask('violations')) as string[]
          if (violations.length > 0) throw new Error(`${name}: ${violations.join('; ')}`)
          return costs
        },
      }
    }
    const contenders = [
      ours(home, tree, sources, account),
      ours(home, tree, await makePackage(home), account),
      curl(home, tree, atOnce, async () => ({ addresses, ca, token: String(await ask('token')) })),
    ]
    const title = `Zoom over TLS, ${files} recordings of ${size} MB`
    await benchCopying({ title, rounds, tree, contenders: contenders.map(watched), again: false })
  } finally {
    server.stop()
    await rm(home, { recursive: true })
  }
}
