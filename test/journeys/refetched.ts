import type { Cloud } from './cloud.ts'
import type { ExpectedFile } from './expected.ts'

const mebibyte = 1024 * 1024

/**
 * What one kill may cost of a mixed account, bytes: 32 MiB of its one large file (a checkpoint), the whole of the middling one, which is below that, and
 * the small files of a group that was not committed yet. Beside it what was on the wire, and not read.
 */
export const mostForKill = (32 + 12 + 8 + 8) * mebibyte

/**
 * Bytes of content that the servers sent more than once since their logs were last emptied, by what they put on the wire: what a killed client had
 * not read yet counts too. To be asked after a run that ended well, and before the source changes again.
 */
export function refetched({ google, webdav }: Cloud, expected: readonly ExpectedFile[]): number {
  const sent = new Map<string, number>()
  const add = (key: string, bytes: number) => sent.set(key, (sent.get(key) ?? 0) + bytes)
  for (const { call, path, bytes, status } of google.requests) {
    if (call !== 'files.get media' && call !== 'files.export') continue
    if (status === 200 || status === 206) add(`google/drive ${/\/files\/([^/]+)/.exec(path)?.[1]}`, bytes)
  }
  for (const { method, path, bytes, status } of webdav.records.requests)
    if (method === 'GET' && (status === 200 || status === 206)) add(`home/files ${path?.slice(1)}`, bytes)
  let twice = 0
  for (const { source, id, bytes } of expected) twice += Math.max(0, (sent.get(`${source} ${id}`) ?? 0) - bytes)
  return twice
}
