import type { Item } from '../../../src/core/item.ts'
import type { Page, Source } from '../../../src/core/source.ts'
import { ranged } from '../../../src/practice/content/ranged.ts'
import type { FaultyRequest } from '../../../src/practice/serving/faults.ts'
import type { Meeting } from '../../../src/practice/zoom/model.ts'
import type { Fault, SourceHarness, WorldPath } from '../../contracts/source.ts'
import { faultAction } from '../fault-action.ts'
import { type Connected, connect } from './connect.ts'

export const practiceFaults: readonly Fault['kind'][] = ['status', 'cut', 'stall', 'garble', 'html', 'no-range']

/**
 * The recordings as the contract suite drives them: each file of its world is the one film of a meeting, and the listing shows the world's name for it,
 * since Zoom's files have none. The films have no id, as Zoom now and then leaves it out.
 */
export async function practiceHarness(): Promise<SourceHarness & { at: Connected }> {
  const at = await connect({ pageSize: 12 })
  const { model, practice } = at
  const meetings = new Map<string, Meeting>()
  const paths = new Map<string, WorldPath>()
  const named = (item: Item): Item[] => {
    const path = paths.get(String(item.details.meeting))
    if (path === undefined || !item.id.startsWith('file/')) return []
    const { parent: _, ...rest } = item
    return [{ ...rest, path: path.slice(0, -1), name: path.at(-1) ?? '' }]
  }
  const open = (): Source => {
    const source = at.open()
    return {
      ...source,
      async *list(...rest) {
        for await (const page of source.list(...rest)) yield { ...page, items: page.items.flatMap(named) } satisfies Page
      },
    }
  }
  const find = (path: WorldPath): Meeting => {
    const found = meetings.get(path.join('\0'))
    if (found === undefined) throw new Error(`no recording of ${path.join(' / ')}`)
    return found
  }
  const never = async () => {
    throw new Error('recordings have no such thing')
  }
  let minutes = 0
  return {
    at,
    open,
    world: {
      addFolder: never,
      addFile: async (path, bytes) => {
        minutes += 90
        const meeting = model.addMeeting(path.join('/'), { start: Date.parse('2024-01-10T00:00:00Z') + minutes * 60_000 })
        model.addFile(meeting, 'shared-screen-with-speaker', ranged(bytes), { without: ['id'] })
        meetings.set(path.join('\0'), meeting)
        paths.set(meeting.uuid, path)
      },
      // The suite knows that it lacks changes; one test of resuming needs one all the same.
      changeFile: async (path, bytes) => {
        const meeting = find(path)
        const [file] = meeting.files
        if (file !== undefined) Object.assign(file, { content: ranged(bytes), key: `${file.key}-cut` })
      },
      move: never,
      remove: async (path) => model.remove(find(path).uuid),
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

const isListing = ({ path }: FaultyRequest) => path.endsWith('/users/me/recordings')
const isDownload = ({ host }: FaultyRequest) => host === 'us02web.zoom.us'
const isStorage = ({ host }: FaultyRequest) => host === 'ssrweb.zoom.us'
