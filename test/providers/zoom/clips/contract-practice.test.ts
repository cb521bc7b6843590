import type { Item } from '../../../../src/core/item.ts'
import type { Page, Source } from '../../../../src/core/source.ts'
import { ranged } from '../../../../src/practice/content/ranged.ts'
import type { FaultyRequest } from '../../../../src/practice/serving/faults.ts'
import type { Clip } from '../../../../src/practice/zoom/clip.ts'
import { clipScopes, granularScopes } from '../../../../src/practice/zoom/scopes.ts'
import { clips } from '../../../../src/providers/zoom/clips/source.ts'
import { type SourceHarness, sourceContract, type WorldPath } from '../../../contracts/source.ts'
import { faultAction } from '../../fault-action.ts'
import { connect } from '../connect.ts'

sourceContract('zoom/clips at the practice Zoom', {
  features: clips.features,
  faults: ['status', 'cut', 'stall', 'garble', 'html', 'no-range'],
  lacks: ['folders', 'changes'],
  start: clipsHarness,
})

/** Each file of the suite's world is a clip; the listing shows the world's name for it. */
async function clipsHarness(): Promise<SourceHarness> {
  const at = await connect({ pageSize: 30, scopes: [...granularScopes, ...clipScopes] })
  const { model, practice } = at
  const made = new Map<string, Clip>()
  const paths = new Map<string, WorldPath>()
  const named = (item: Item): Item[] => {
    const path = paths.get(String(item.details.clip))
    if (path === undefined) return []
    const { parent: _, ...rest } = item
    return [{ ...rest, path: path.slice(0, -1), name: path.at(-1) ?? '' }]
  }
  const open = (): Source => {
    const source = at.openClips()
    return {
      ...source,
      async *list(...rest) {
        for await (const page of source.list(...rest)) yield { ...page, items: page.items.flatMap(named) } satisfies Page
      },
    }
  }
  const find = (path: WorldPath): Clip => {
    const found = made.get(path.join('\0'))
    if (found === undefined) throw new Error(`no clip of ${path.join(' / ')}`)
    return found
  }
  const never = async () => {
    throw new Error('clips have no such thing')
  }
  let minutes = 0
  return {
    open,
    world: {
      addFolder: never,
      addFile: async (path, bytes) => {
        minutes += 90
        const clip = model.addClip(path.join('/'), ranged(bytes), {
          created: Date.parse('2024-01-10T00:00:00Z') + minutes * 60_000,
        })
        made.set(path.join('\0'), clip)
        paths.set(clip.id, path)
      },
      // The suite knows that it lacks changes; one test of resuming needs one all the same.
      changeFile: async (path, bytes) => {
        const { file } = find(path)
        Object.assign(file, { content: ranged(bytes), key: `${file.key}-cut` })
      },
      move: never,
      remove: async (path) => model.removeClip(find(path).id),
    },
    inject: async (fault) => {
      let skip = 'skip' in fault ? (fault.skip ?? 0) : 0
      const struck = fault.on === 'list' ? isListing : fault.kind === 'status' || fault.kind === 'html' ? isDownload : isStorage
      practice.addFault({
        match: (request) => struck(request) && skip-- <= 0,
        times: Number.POSITIVE_INFINITY,
        do: faultAction(fault),
      })
    },
    heal: async () => practice.clearFaults(),
    close: at.close,
  }
}

const isListing = ({ path }: FaultyRequest) => path === '/v2/clips'
const isDownload = ({ path }: FaultyRequest) => path.endsWith('/download')
const isStorage = ({ host }: FaultyRequest) => host === 'ssrweb.zoom.us'
