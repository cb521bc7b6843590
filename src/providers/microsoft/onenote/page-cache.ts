import type { PageBytes } from './multipart.ts'

/** Bytes of pages that are kept. */
const most = 32 * 1024 * 1024

/**
 * The last pages that were fetched: a page's files are several parts and one answer, and OneNote allows 400 requests in an hour. What is not here any
 * more is asked for again.
 */
export function createPageCache(): {
  get(id: string, version: string): PageBytes | undefined
  put(id: string, version: string, page: PageBytes): void
} {
  const pages = new Map<string, { readonly version: string; readonly page: PageBytes; readonly size: number }>()
  let total = 0
  const drop = (id: string) => {
    total -= pages.get(id)?.size ?? 0
    pages.delete(id)
  }
  return {
    get(id, version) {
      const kept = pages.get(id)
      return kept?.version === version ? kept.page : undefined
    },
    put(id, version, page) {
      drop(id)
      const size = page.html.length + (page.ink?.length ?? 0)
      pages.set(id, { version, page, size })
      total += size
      for (const oldest of pages.keys()) {
        if (total <= most) break
        drop(oldest)
      }
    },
  }
}
