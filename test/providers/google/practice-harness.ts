import { folderType } from '../../../src/practice/google/items.ts'
import type { PracticeGoogleOptions } from '../../../src/practice/google/practice-google.ts'
import type { FaultyRequest } from '../../../src/practice/serving/faults.ts'
import type { Fault, SourceHarness, WorldPath } from '../../contracts/source.ts'
import { faultAction } from '../fault-action.ts'
import { type Connected, connect } from './connect.ts'

export const practiceFaults: readonly Fault['kind'][] = ['status', 'cut', 'stall', 'garble', 'html', 'no-range', 'bad-cursor']

export interface HarnessOptions extends Partial<PracticeGoogleOptions> {
  /** Where the world's root is; default My Drive. */
  readonly root?: (at: Connected) => string
}

/** The practice Google as the contract suite drives it. */
export async function practiceHarness({ root, ...options }: HarnessOptions = {}): Promise<SourceHarness & { at: Connected }> {
  const at = await connect({ ...options, settings: { pageLimit: 20, ...options.settings } })
  const { model, practice } = at
  const top = root?.(at) ?? model.rootOf(model.me.email)
  const find = (path: WorldPath): string => {
    let id = top
    for (const name of path) {
      const found = [...model.scanChildren(id, { entry: 0, offset: 0 })].find(([item]) => item.name === name)
      if (found === undefined) throw new Error(`the practice Drive has no ${path.join(' / ')}`)
      id = found[0].id
    }
    return id
  }
  const parent = (path: WorldPath) => find(path.slice(0, -1))
  const name = (path: WorldPath) => path.at(-1) ?? ''
  return {
    at,
    open: () => at.open(),
    world: {
      addFolder: async (path) => void model.addFolder(name(path), { parent: parent(path) }),
      addFile: async (path, bytes) => void model.addFile(name(path), bytes, { parent: parent(path) }),
      changeFile: async (path, bytes) => void model.replaceContent(find(path), bytes),
      move: async (from, to) => {
        const id = find(from)
        if (parent(from) !== parent(to)) model.move(id, parent(to))
        if (name(from) !== name(to)) model.rename(id, name(to))
      },
      remove: async (path) => {
        const id = find(path)
        model.remove(id, model.get(id)?.mimeType === folderType ? 'each' : 'folder-only')
      },
    },
    inject: async (fault) => {
      if (fault.kind === 'bad-cursor') {
        practice.expirePageTokens()
        practice.expireChangeTokens()
        return
      }
      let skip = 'skip' in fault ? (fault.skip ?? 0) : 0
      const struck = fault.on === 'list' ? isListing : isDownload
      practice.addFault({
        match: (request) => struck(request) && skip-- <= 0,
        times: Number.POSITIVE_INFINITY,
        do: faultAction(fault, (status) => reasons[status] ?? 'backendError'),
      })
    },
    heal: async () => practice.clearFaults(),
    close: at.close,
  }
}

const isListing = ({ host, path }: FaultyRequest) => host === 'www.googleapis.com' && /\/v3\/(files|changes|drives)$/.test(path)
const isDownload = ({ host, query }: FaultyRequest) => host === 'www.googleapis.com' && query.get('alt') === 'media'

const reasons: Readonly<Record<number, string>> = {
  401: 'authError',
  403: 'forbidden',
  404: 'notFound',
  429: 'rateLimitExceeded',
}
