import { Failure } from '../../../core/failure.ts'
import type { Item } from '../../../core/item.ts'
import type { DriveApi } from './api.ts'

/** A 404 may only mean that an old link-shared item wants its key, which is looked up then. */
export async function withKey<T>(
  api: DriveApi,
  { id, name = '', parent }: Item,
  send: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  try {
    return await send()
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== 'gone' || api.keys.has(id)) throw error
    const folder = parent?.startsWith('place:') === true ? undefined : parent
    if (!(await api.findKey({ id, name, parent: folder }, signal).catch((failed: unknown) => notThere(failed)))) throw error
    return await send()
  }
}

/** Where the search itself finds nothing there, the first answer stands. */
function notThere(error: unknown): false {
  if (error instanceof Failure && (error.kind === 'gone' || error.kind === 'forbidden')) return false
  throw error
}
