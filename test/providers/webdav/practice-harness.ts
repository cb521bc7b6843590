import { createWebdavModel } from '../../../src/practice/webdav/model.ts'
import type { WebdavQuirks } from '../../../src/practice/webdav/quirks.ts'
import { type PracticeWebdav, startPracticeWebdav } from '../../../src/practice/webdav/server.ts'
import type { Fault, SourceHarness, WorldPath } from '../../contracts/source.ts'
import { connect } from './connect.ts'

export const practiceFaults: readonly Fault['kind'][] = ['status', 'cut', 'stall', 'garble', 'html', 'no-range']

/** The practice server as the contract suite drives it. */
export async function practiceHarness(
  auth: 'basic' | 'digest',
  quirks: Partial<WebdavQuirks> = {},
): Promise<SourceHarness & { server: PracticeWebdav; at: ReturnType<typeof connect> }> {
  const model = createWebdavModel()
  const [username, password] = ['läser', 'Lösen ord:1']
  const server = await startPracticeWebdav({ model, auth, users: { [username]: password }, quirks })
  const at = connect({ url: server.url, username, password })
  const path = (names: WorldPath) => `/${names.join('/')}`
  return {
    server,
    at,
    open: at.open,
    world: {
      addFolder: async (names) => void model.mkdir(path(names)),
      addFile: async (names, bytes) => void model.put(path(names), bytes),
      changeFile: async (names, bytes) => void model.put(path(names), bytes),
      move: async (from, to) => model.move(path(from), path(to)),
      remove: async (names) => model.remove(path(names)),
    },
    inject: async (fault) => {
      if (fault.kind === 'no-range') {
        server.quirks.ignoreRange = true
        return
      }
      server.faults.add({
        match: { method: fault.on === 'list' ? 'PROPFIND' : 'GET' },
        do: served(fault),
        times: Number.POSITIVE_INFINITY,
        ...('skip' in fault && fault.skip !== undefined ? { after: fault.skip } : {}),
      })
    },
    heal: async () => {
      server.faults.clear()
      server.quirks.ignoreRange = quirks.ignoreRange ?? false
    },
    close: async () => {
      await at.close()
      await server.close()
    },
  }
}

function served(fault: Fault) {
  if (fault.kind === 'status') return { status: fault.status }
  if (fault.kind === 'cut') return { cut: fault.bytes }
  if (fault.kind === 'stall') return { stall: fault.bytes }
  if (fault.kind === 'garble') return { wrongByteAt: 1000 }
  if (fault.kind === 'html') return { html: true as const }
  throw new Error(`the practice server has no ${fault.kind}`)
}
