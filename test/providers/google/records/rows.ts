import type { Item } from '../../../../src/core/item.ts'
import type { Composed, ComposeRow } from '../../../../src/core/source.ts'

/** Rows as the journal would give them, any number of times. */
export function rowsOf(items: readonly Item[], files: Readonly<Record<string, Readonly<Record<string, string>>>> = {}) {
  return async function* rows(): AsyncGenerator<ComposeRow> {
    for (const item of items)
      yield { item: structuredClone(item), gone: false, files: new Map(Object.entries(files[item.id] ?? {})) }
  }
}

/** The files that are composed, by path. */
export async function filesOf(composed: AsyncIterable<Composed>): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  for await (const { path, bytes } of composed) {
    const chunks: Uint8Array[] = []
    for await (const chunk of bytes) chunks.push(chunk)
    if (files.has(path)) throw new Error(`composed twice: ${path}`)
    files.set(path, Buffer.concat(chunks).toString())
  }
  return files
}
