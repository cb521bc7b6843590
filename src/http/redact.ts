/** The shortest piece of a path that is taken for a secret: ids of files (44 characters at most) stay readable. */
const secretPiece = 56

/**
 * An address as it may stand in messages, logs and events: without user name, password, fragment and the values of its query, nor pieces of its path
 * that are their own authority (download addresses of Zoom and of personal OneDrives hold a token there).
 */
export function redactUrl(url: string | URL): string {
  if (!URL.canParse(String(url))) return '(an address that is none)'
  const { protocol, host, pathname, searchParams } = new URL(url)
  const names = [...new Set(searchParams.keys())].map((name) => `${encodeURIComponent(name)}=…`)
  const path = pathname.replace(/[^/]+/g, (piece) => (/^[\w.~=-]+$/.test(piece) && piece.length >= secretPiece ? '…' : piece))
  return `${protocol}//${host}${path}${names.length === 0 ? '' : `?${names.join('&')}`}`
}

/** Free text of others (an error message) with every address in it redacted, and what follows the name of an HTTP authentication scheme. */
export function redactText(text: string): string {
  return text
    .replace(/\bhttps?:\/\/[^\s"'<>]+/gi, (address) => redactUrl(address))
    .replace(/\b(Bearer|Basic|Digest)\s+[^\s,;"'<>]+/gi, '$1 …')
}
