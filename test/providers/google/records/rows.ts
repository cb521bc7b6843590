import type { Item } from '../../../../src/core/item.ts'
import type { Composed, ComposeRow, Lack } from '../../../../src/core/source.ts'

export interface RowsOptions {
  /** Paths of saved parts by part key, by the item's id. */
  readonly files?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** What stands under such a path; a Failure where nothing can be read. */
  readonly contents?: Readonly<Record<string, Uint8Array | Error>>
  /** Ids of items that are no longer there at the provider. */
  readonly gone?: readonly string[]
}

/** Rows as the journal would give them, any number of times. */
export function rowsOf(items: readonly Item[], { files = {}, contents = {}, gone = [] }: RowsOptions = {}) {
  return async function* rows(): AsyncGenerator<ComposeRow> {
    for (const item of items) {
      const saved = new Map(Object.entries(files[item.id] ?? {}))
      yield {
        item: structuredClone(item),
        gone: gone.includes(item.id),
        files: saved,
        async *read(key) {
          const content = contents[saved.get(key) ?? '']
          if (content === undefined) throw new Error(`nothing was saved as ${key} of ${item.id}`)
          if (content instanceof Error) throw content
          for (let at = 0; at < content.length; at += 1000) yield content.subarray(at, at + 1000)
        },
      }
    }
  }
}

/** The files that are composed, by path; what they lack is added to `lacks`. */
export async function filesOf(composed: AsyncIterable<Composed>, lacks: Lack[] = []): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  for await (const { path, bytes, lacks: without } of composed) {
    const chunks: Uint8Array[] = []
    for await (const chunk of bytes) chunks.push(chunk)
    if (files.has(path)) throw new Error(`composed twice: ${path}`)
    files.set(path, Buffer.concat(chunks).toString())
    lacks.push(...(without?.() ?? []))
  }
  return files
}
