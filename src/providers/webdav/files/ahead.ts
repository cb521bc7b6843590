import pLimit from 'p-limit'
import { Failure } from '../../../core/failure.ts'
import { type Chunk, chunkSize, type Folder, type Listing, listFolder } from './folder.ts'

/** Folders asked for ahead of their turn, at once; with the one whose turn it is they fill the budget `listings`. */
const atOnce = 7
/** Folders kept whose turn has not come, and their entries together: what bounds the memory. */
const keptFolders = 16
const keptEntries = 2 * chunkSize

type Gathered =
  | { readonly is: 'whole'; readonly chunk: Chunk }
  /** Too large to keep: listed when its turn comes. */
  | { readonly is: 'large' }
  | { readonly is: 'failed'; readonly chunk: Chunk | undefined; readonly failure: unknown }

/** `again`: the chunks of this folder begin anew; those before do not count. */
export type ChunkOrAgain = Chunk | 'again'

export interface Ahead extends Disposable {
  /** Asks for the next folders of the stack, the next one being its last. */
  look(stack: readonly Folder[]): void
  /** The content of a folder whose turn has come. */
  chunks(folder: Folder): AsyncGenerator<ChunkOrAgain>
}

/** Never waits for whoever takes the pages: a folder is gathered whole or given up, so that its place at the server is free for others. */
export function gatherAhead(listing: Listing): Ahead {
  const stop = new AbortController()
  const inner = { ...listing, signal: AbortSignal.any([listing.signal, stop.signal]) }
  const limit = pLimit(atOnce)
  const kept = new Map<Folder, Promise<Gathered>>()
  let entries = 0
  return {
    look: (stack) => {
      for (let index = stack.length - 1; index >= Math.max(0, stack.length - atOnce); index--) {
        const folder = stack[index]!
        if (kept.has(folder)) continue
        if (kept.size >= keptFolders || entries >= keptEntries) return
        kept.set(
          folder,
          limit(async () => {
            const gathered = await gather(folder, inner)
            entries += sizeOf(gathered)
            return gathered
          }),
        )
      }
    },
    chunks: async function* (folder) {
      const gathered = await kept.get(folder)
      if (kept.delete(folder) && gathered !== undefined) entries -= sizeOf(gathered)
      if (gathered === undefined || gathered.is === 'large') {
        yield* listTwice(folder, inner)
        return
      }
      if (gathered.chunk !== undefined) yield gathered.chunk
      if (gathered.is === 'failed') throw gathered.failure
    },
    [Symbol.dispose]: () => stop.abort(),
  }
}

function sizeOf(gathered: Gathered): number {
  return gathered.is === 'large' ? 0 : (gathered.chunk?.items.length ?? 0)
}

async function gather(folder: Folder, listing: Listing): Promise<Gathered> {
  let chunk: Chunk | undefined
  try {
    for await (const next of listTwice(folder, listing)) {
      if (next === 'again') chunk = undefined
      else if (chunk !== undefined || next.items.length >= chunkSize) return { is: 'large' }
      else chunk = next
    }
    return { is: 'whole', chunk: chunk ?? { items: [], folders: [], unread: [] } }
  } catch (failure) {
    return { is: 'failed', chunk, failure }
  }
}

/** The transport tries again only until an answer begins; a list that is cut off after that is asked for once more, here. */
async function* listTwice(folder: Folder, listing: Listing): AsyncGenerator<ChunkOrAgain> {
  let answered = false
  try {
    yield* listFolder(folder, listing, () => {
      answered = true
    })
    return
  } catch (error) {
    const cut = error instanceof Failure && (error.kind === 'transient' || error.kind === 'corrupt')
    if (!answered || !cut || listing.signal.aborted) throw error
  }
  yield 'again'
  yield* listFolder(folder, listing, () => {})
}
