import type { OneDriveModel } from '../../../../src/practice/microsoft/drive/one-drive-model.ts'
import type { FaultyRequest } from '../../../../src/practice/serving/faults.ts'
import type { Fault, SourceHarness, WorldPath } from '../../../contracts/source.ts'
import { faultAction } from '../../fault-action.ts'
import { type ConnectedOneDrive, connectOneDrive, type OneDriveOptions } from './connect-onedrive.ts'

export const practiceFaults: readonly Fault['kind'][] = ['status', 'cut', 'stall', 'garble', 'html', 'no-range', 'bad-cursor']

export interface HarnessOptions extends OneDriveOptions {
  /** Where the world's root is: a drive and a folder in it; default the top of the own drive. */
  readonly root?: (at: ConnectedOneDrive) => { readonly drive: OneDriveModel; readonly folder: string }
  readonly shared?: boolean
}

/** The practice Microsoft as the contract suite drives it. */
export async function practiceHarness({
  root,
  shared = false,
  ...options
}: HarnessOptions = {}): Promise<SourceHarness & { at: ConnectedOneDrive }> {
  const scopes = shared ? { scopes: ['User.Read', 'Files.Read.All'] } : {}
  const at = await connectOneDrive({ ...scopes, ...options, settings: { pageLimit: 20, ...options.settings } })
  const { practice } = at
  const { drive: model, folder: top } = root?.(at) ?? { drive: at.model, folder: at.model.rootId }
  const find = (path: WorldPath): string => {
    let id = top
    for (const name of path) {
      const found = [...model.scanChildren(id, { entry: 0, offset: 0 })].find(([item]) => item.name === name)
      if (found === undefined) throw new Error(`the practice OneDrive has no ${path.join(' / ')}`)
      id = found[0].id
    }
    return id
  }
  const parent = (path: WorldPath) => find(path.slice(0, -1))
  const name = (path: WorldPath) => path.at(-1) ?? ''
  return {
    at,
    open: () => at.open({ shared }),
    world: {
      addFolder: async (path) => void model.addFolder(name(path), { parent: parent(path) }),
      addFile: async (path, bytes) => void model.addFile(name(path), bytes, { parent: parent(path) }),
      changeFile: async (path, bytes) => void model.replaceContent(find(path), bytes),
      move: async (from, to) => {
        const id = find(from)
        if (parent(from) !== parent(to)) model.move(id, parent(to))
        if (name(from) !== name(to)) model.rename(id, name(to))
      },
      remove: async (path) => model.remove(find(path)),
    },
    inject: async (fault) => {
      if (fault.kind === 'bad-cursor') return practice.expireDeltaTokens()
      let skip = 'skip' in fault ? (fault.skip ?? 0) : 0
      // Which shortcuts there are is asked for by `streams`, before any listing.
      const listing = (request: FaultyRequest) => isListing(request) && !(shared && request.path.includes(at.model.rootId))
      const struck = fault.on === 'list' ? listing : fault.kind === 'status' ? isFileQuestion : isDownload
      practice.faults.add({
        match: (request) => struck(request) && skip-- <= 0,
        times: Number.POSITIVE_INFINITY,
        do: faultAction(fault),
      })
    },
    heal: async () => practice.faults.clear(),
    close: async () => {
      await at.close()
      const broken = [...practice.errors, ...practice.log.violations]
      if (broken.length > 0) throw new Error(`the practice Microsoft found fault: ${JSON.stringify(broken.map(String))}`)
    },
  }
}

const isGraph = ({ host }: FaultyRequest) => host === 'graph.microsoft.com'
export const isListing = (request: FaultyRequest) => isGraph(request) && /\/(delta(\(.*\))?|children)$/.test(request.path)
export const isFileQuestion = (request: FaultyRequest) => isGraph(request) && /\/items\/[^/]+$/.test(request.path)
export const isDownload = ({ host }: FaultyRequest) => /\.(sharepoint\.com|1drv\.com)$/.test(host)
