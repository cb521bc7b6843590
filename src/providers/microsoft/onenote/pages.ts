import { Failure } from '../../../core/failure.ts'
import { type List, pageSize } from './api.ts'

/** How often a list that changes while it is read is begun anew. */
const restarts = 3

/** Some of a list; `again`: it changed meanwhile and begins anew. */
export type Chunk<T> = readonly T[] | 'again'

/**
 * Reads a list to its end. With `$top` there may be no link to the next entries, so `$skip` leads on until fewer come than were asked for:
 * https://learn.microsoft.com/graph/onenote-get-content#skip--top--select--orderby. Each request begins with the entry that was the last one before: where
 * another one stands there, entries were added or taken away in between, one might be skipped, and the list is read anew.
 */
export async function* chunksOf<T extends { readonly id: string }>(
  ask: (skip: number) => Promise<List<T>>,
): AsyncGenerator<Chunk<T>> {
  for (let attempt = 0; ; attempt++) {
    const seen = new Set<string>()
    let last: T | undefined
    let position = 0
    let shifted = false
    for (;;) {
      const skip = last === undefined ? 0 : position - 1
      const { entries, more } = await ask(skip)
      if (last !== undefined && entries[0]?.id !== last.id) {
        shifted = true
        break
      }
      const fresh = entries.filter(({ id }) => !seen.has(id))
      for (const { id } of fresh) seen.add(id)
      if (fresh.length > 0 || last === undefined) yield fresh
      position = skip + entries.length
      const end = !more && entries.length < pageSize
      if (end || (last !== undefined && entries.length <= 1) || entries.length === 0) break
      last = entries.at(-1)
    }
    if (!shifted) return
    if (attempt >= restarts) throw new Failure('unlisted', 'it changes faster than it can be listed')
    yield 'again'
  }
}

/** All of a list that is not too long to be held. */
export async function everything<T extends { readonly id: string }>(ask: (skip: number) => Promise<List<T>>): Promise<T[]> {
  let all: T[] = []
  for await (const chunk of chunksOf(ask)) {
    if (chunk === 'again') all = []
    else all.push(...chunk)
  }
  return all
}
