import type { WebdavQuirks } from './quirks.ts'

/** A path with a leading slash, encoded by segment; `folder` adds the slash at the end. */
export function encodePath(segments: readonly string[], folder: boolean, style: WebdavQuirks['hrefs'] = 'path'): string {
  const path = segments.map((segment) => `/${encodeSegment(segment, style)}`).join('')
  return folder ? `${path}/` : path
}

function encodeSegment(segment: string, style: WebdavQuirks['hrefs']): string {
  const full = encodeURIComponent(segment)
  if (style === 'over-encoded') return full.replace(/[-._~!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
  // The characters that RFC 3986, 3.3 lets stand in a segment stay as they are, as Apache's ap_os_escape_path does.
  const plain = full.replace(/%(?:24|26|2B|2C|3A|3B|3D|40)/g, (code) => decodeURIComponent(code))
  return style === 'lower-case-escapes' ? plain.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()) : plain
}

/** A request target taken apart; undefined when no path can be read from it. */
export type Target = { readonly segments: readonly string[]; readonly folder: boolean }

/**
 * Decodes once, and refuses what the standards do not allow in a request target: bare characters beyond ASCII, broken escapes,
 * bytes that are not UTF-8, dot segments, empty segments (RFC 3986, 3.3; RFC 9112, 3.2.1). A query is left out.
 */
export function readTarget(target: string): Target | undefined {
  const path = target.split('?', 1)[0] ?? ''
  if (!path.startsWith('/') || !/^[\x21-\x7e]*$/.test(path) || /["<>\\^`{|}#]/.test(path)) return undefined
  const raw = path.slice(1).split('/')
  const folder = raw.at(-1) === ''
  if (folder) raw.pop()
  try {
    const segments = raw.map(decodeURIComponent)
    if (segments.some((name) => name === '' || name === '.' || name === '..' || name.includes('\0'))) return undefined
    return { segments, folder }
  } catch {
    return undefined
  }
}
