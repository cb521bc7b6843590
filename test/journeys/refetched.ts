import type { Cloud } from './cloud.ts'
import type { ExpectedFile } from './expected.ts'

const mebibyte = 1024 * 1024

/**
 * What one kill may cost of a mixed account, bytes: 32 MiB of its one large file (a checkpoint), the whole of the middling one, which is below that, and
 * the small files of a group that was not committed yet. Beside it what was on the wire, and not read.
 */
export const mostForKill = (32 + 12 + 8 + 8) * mebibyte

/** Every answer with content since the logs were last emptied: of which item (`SOURCE ID`), and how many bytes were put on the wire. */
export function* contentAnswers(cloud: Cloud): Generator<{ readonly of: string; readonly bytes: number }> {
  const { google, webdav } = cloud
  const came = (status: number) => status === 200 || status === 206
  for (const { call, path, query, bytes, status } of google.requests) {
    if (!came(status)) continue
    if (call === 'files.get media' || call === 'files.export')
      yield { of: `google/drive ${/\/files\/([^/]+)/.exec(path)?.[1]}`, bytes }
    if (call === 'gmail.users.messages.get' && query.format === 'raw')
      yield { of: `google/gmail ${/\/messages\/([^/]+)/.exec(path)?.[1]}`, bytes }
  }
  for (const { method, path, bytes, status } of webdav.records.requests)
    if (method === 'GET' && came(status)) yield { of: `home/files ${path?.slice(1)}`, bytes }
  for (const { host, path, query, bytes, status } of cloud.serves('microsoft') ? cloud.microsoft.log.requests : []) {
    if (!came(status)) continue
    if (host === 'contoso-my.sharepoint.com') yield { of: `microsoft/onedrive ${query.UniqueId}`, bytes }
    const [, what, id] = /\/onenote\/(pages|resources)\/([^/]+)\/(?:content|\$value)$/.exec(decodeURIComponent(path)) ?? []
    if (what !== undefined) yield { of: `microsoft/onenote ${what}/${id}`, bytes }
  }
  for (const { host, path, bytes, status } of cloud.serves('zoom') ? cloud.zoom.requests : [])
    if (host === 'ssrweb.zoom.us' && came(status))
      yield { of: `zoom/recordings file/${path.split('/').at(-2)?.toLowerCase()}`, bytes }
}

/** How often the content of each item was answered. */
export function timesFetched(cloud: Cloud): Map<string, number> {
  const times = new Map<string, number>()
  for (const { of } of contentAnswers(cloud)) times.set(of, (times.get(of) ?? 0) + 1)
  return times
}

/**
 * Bytes of content that the servers sent more than once since their logs were last emptied, by what they put on the wire: what a killed client had
 * not read yet counts too. To be asked after a run that ended well, and before the source changes again. Not of mail, which comes packed.
 */
export function refetched(
  cloud: Cloud,
  expected: readonly ExpectedFile[],
  others: ReadonlyMap<string, number> = new Map(),
): number {
  const sent = new Map<string, number>()
  for (const { of, bytes } of contentAnswers(cloud)) sent.set(of, (sent.get(of) ?? 0) + bytes)
  let twice = 0
  for (const { source, id, bytes } of expected)
    if (source !== 'google/gmail') twice += Math.max(0, (sent.get(`${source} ${id}`) ?? 0) - bytes)
  for (const [of, bytes] of others) twice += Math.max(0, (sent.get(of) ?? 0) - bytes)
  return twice
}
