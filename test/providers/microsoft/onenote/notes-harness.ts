import { Failure } from '../../../../src/core/failure.ts'
import type { Item } from '../../../../src/core/item.ts'
import type { Page, Source } from '../../../../src/core/source.ts'
import type { FaultAction, FaultyRequest } from '../../../../src/practice/serving/faults.ts'
import type { Fault, SourceHarness, WorldPath } from '../../../contracts/source.ts'
import { connectOneNote } from './connect-onenote.ts'

export const noteFaults: readonly Fault['kind'][] = ['status', 'cut', 'stall', 'html']

/** The section that holds the files of a folder of the world: in OneNote, a section group holds no pages. */
const filesOf = '(files)'

/**
 * OneNote as the contract suite drives it: a folder of its world is a section group, in which one section holds the pages; listings are shown without that
 * section. A file is a page that has the file's bytes in its text, and they are read out of the page that the source gives.
 */
export async function notesHarness(): Promise<SourceHarness> {
  const at = await connectOneNote()
  const { model, faults } = at
  model.quirks.pageLimit = 20
  const { id: root } = model.addNotebook('World')
  const folder = (path: WorldPath): string => {
    let id = root
    for (const name of path) {
      const found = [...model.groups.values()].find((group) => group.parent === id && group.displayName === name)
      if (found === undefined) throw new Error(`the practice OneNote has no ${path.join(' / ')}`)
      id = found.id
    }
    return id
  }
  const sectionIn = (parent: string): string =>
    ([...model.sections.values()].find((section) => section.parent === parent) ?? model.addSection(parent, filesOf)).id
  const find = (path: WorldPath): string | undefined => {
    const name = path.at(-1)
    const section = sectionIn(folder(path.slice(0, -1)))
    return [...model.pages.values()].find((page) => page.section === section && page.title === name)?.id
  }
  const body = (bytes: Uint8Array) => `<p>bytes:${Buffer.from(bytes).toString('base64')};</p>`
  const shown = (item: Item): Item[] => {
    if (item.name === filesOf) return []
    const { parent } = item
    return [parent !== undefined && model.sections.has(parent) ? { ...item, parent: model.sections.get(parent)!.parent } : item]
  }
  const open = (): Source => {
    const source = at.open()
    return {
      ...source,
      async *list(...rest) {
        for await (const page of source.list(...rest)) {
          yield {
            ...page,
            items: page.items.flatMap(shown),
            ...(page.gone && { gone: page.gone.filter((id) => !model.sections.has(id)) }),
            ...(page.unread && {
              unread: page.unread.map((one) => ({ ...one, id: model.sections.get(one.id)?.parent ?? one.id })),
            }),
          } satisfies Page
        }
      },
      async fetch(...rest) {
        const { size: _, ...content } = await source.fetch(...rest)
        return { ...content, bytes: bytesIn(content.bytes) }
      },
    }
  }
  return {
    open,
    world: {
      addFolder: async (path) => void model.addGroup(folder(path.slice(0, -1)), path.at(-1) ?? ''),
      addFile: async (path, bytes) => void model.addPage(sectionIn(folder(path.slice(0, -1))), path.at(-1) ?? '', body(bytes)),
      changeFile: async (path, bytes) => model.editPage(find(path) ?? '', { body: body(bytes) }),
      move: async (from, to) => {
        const page = find(from)
        if (page !== undefined) {
          model.move(page, sectionIn(folder(to.slice(0, -1))))
          if (from.at(-1) !== to.at(-1)) model.editPage(page, { title: to.at(-1) ?? '' })
          return
        }
        const group = folder(from)
        model.move(group, folder(to.slice(0, -1)))
        model.rename(group, to.at(-1) ?? '')
      },
      remove: async (path) => model.remove(find(path) ?? folder(path)),
    },
    inject: async (fault) => {
      let skip = 'skip' in fault ? (fault.skip ?? 0) : 0
      const struck = fault.on === 'list' ? isListing : isDownload
      faults.add({ match: (request) => struck(request) && skip-- <= 0, times: Number.POSITIVE_INFINITY, do: action(fault) })
    },
    heal: async () => faults.clear(),
    close: at.close,
  }
}

async function* bytesIn(page: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of page) chunks.push(chunk)
  const found = /bytes:([^;]*);/.exec(Buffer.concat(chunks).toString())
  if (found === null) throw new Failure('corrupt', 'the page does not have the bytes of the file')
  yield Buffer.from(found[1] ?? '', 'base64')
}

const isListing = ({ path }: FaultyRequest) => /\/onenote\/(notebooks|sections\/[^/]+\/pages)$/.test(path)
const isDownload = ({ path }: FaultyRequest) => /\/(content|\$value)$/.test(path)

function action(fault: Fault): FaultAction {
  switch (fault.kind) {
    case 'status':
      return { status: fault.status, reason: codes[fault.status] ?? '10002' }
    case 'cut':
      return { cutAfter: fault.bytes }
    case 'stall':
      return { stallAfter: fault.bytes }
    case 'html':
      return { htmlPage: true }
    default:
      throw new Error(`OneNote shows no ${fault.kind}`)
  }
}

const codes: Readonly<Record<number, string>> = {
  401: 'InvalidAuthenticationToken',
  403: 'accessDenied',
  404: '20102',
  429: '20166',
}
