/** A name as an answer's href has it. */
export interface DecodedName {
  /** What the person sees. */
  readonly name: string
  /** The same within an id: never holds a slash, and no two different names share one. */
  readonly key: string
}

/** Decodes one segment of a path, once: `%2520` is the name `%20`. `+` is no blank in a path. */
export function decodeName(segment: string): DecodedName {
  if (!segment.includes('%')) return { name: segment, key: segment }
  try {
    const name = decodeURIComponent(segment)
    return { name, key: keyOf(name) }
  } catch {
    // A lone percent sign, or bytes that are no UTF-8 (names from before Unicode).
    const bytes = Buffer.from(
      segment
        .replace(/[^%]+/g, (text) => Buffer.from(text).toString('latin1'))
        .replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
      'latin1',
    )
    try {
      const name = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
      return { name, key: keyOf(name) }
    } catch {
      return { name: bytes.toString('latin1'), key: segment.replace(/%[0-9a-f]{2}/g, (code) => code.toUpperCase()) }
    }
  }
}

function keyOf(name: string): string {
  return /\/|%[0-9a-fA-F]{2}/.test(name) ? name.replaceAll('%', '%25').replaceAll('/', '%2F') : name
}

/**
 * The path of an href, still encoded: absolute address, absolute path or (against the standard) relative to `folder`.
 * Scheme and host are dropped: behind a proxy they are often wrong. Undefined where a query or fragment follows, which cannot be told from a
 * name that the server forgot to encode.
 */
export function pathOf(href: string, folder: string): string | undefined {
  if (/[?#]/.test(href)) return undefined
  const absolute = /^[a-zA-Z][a-zA-Z0-9+.-]*:\/\/[^/]*(\/.*)?$/s.exec(href)
  if (absolute !== null) return absolute[1] ?? '/'
  return href.startsWith('/') ? href : folder + href
}

/** What an href names, seen from the folder that was asked. */
export type Relation =
  | { readonly is: 'self' }
  | ({ readonly is: 'child'; readonly path: string } & DecodedName)
  /** Below the child `key`: from a server that lists more levels than asked, or forgot to encode a slash in a name. */
  | { readonly is: 'deeper'; readonly key: string }
  | { readonly is: 'outside' }
  | { readonly is: 'refused'; readonly why: string }

/** `folder`: the path of the folder asked, encoded, with a slash at its end. */
export function relate(href: string, folder: string): Relation {
  const path = pathOf(href, folder)
  if (path === undefined) return { is: 'refused', why: 'has a "?" or "#" in its address' }
  const rest = below(path, folder)
  if (rest === undefined) return { is: 'outside' }
  if (rest.length === 0) return { is: 'self' }
  const names = rest.map(decodeName)
  const dots = names.some(({ name }) => name === '..' || name === '.')
  if (dots) return { is: 'refused', why: 'leads out of the folder by ".."' }
  const decoded = names[0]!
  if (names.length > 1) return { is: 'deeper', key: decoded.key }
  if (decoded.name.includes('\0')) return { is: 'refused', why: 'has a NUL in its name' }
  return { is: 'child', path, ...decoded }
}

/** The segments of `path` below `folder`, still encoded; undefined when it does not lie there. */
function below(path: string, folder: string): string[] | undefined {
  if (path.startsWith(folder)) return segments(path.slice(folder.length))
  const inner = segments(path)
  const outer = segments(folder)
  const same = outer.every((segment, index) => inner[index] !== undefined && normal(segment) === normal(inner[index]))
  return same ? inner.slice(outer.length) : undefined
}

function segments(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '')
}

/** Servers choose themselves what they encode, and in which Unicode form they show the folder that was asked. */
function normal(segment: string): string {
  return decodeName(segment).name.normalize('NFC')
}

/** `path` as a request can carry it: the server's own bytes, with only that encoded which HTTP does not allow. */
export function requestPath(path: string): string {
  if (/^[A-Za-z0-9\-._~!$&'()*+,;=:@/]*$/.test(path)) return path
  return path.replace(/%(?![0-9a-fA-F]{2})/g, '%25').replace(/[^A-Za-z0-9\-._~!$&'()*+,;=:@/%]+/gu, encodeURIComponent)
}
