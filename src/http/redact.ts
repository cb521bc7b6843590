/** An address as it may stand in messages, logs and events: without user name, password, fragment and the values of its query. */
export function redactUrl(url: string | URL): string {
  if (!URL.canParse(String(url))) return '(an address that is none)'
  const { protocol, host, pathname, searchParams } = new URL(url)
  const names = [...new Set(searchParams.keys())].map((name) => `${encodeURIComponent(name)}=…`)
  return `${protocol}//${host}${pathname}${names.length === 0 ? '' : `?${names.join('&')}`}`
}

/** Free text of others (an error message) with every address in it redacted, and what follows the name of an HTTP authentication scheme. */
export function redactText(text: string): string {
  return text
    .replace(/\bhttps?:\/\/[^\s"'<>]+/gi, (address) => redactUrl(address))
    .replace(/\b(Bearer|Basic|Digest)\s+[^\s,;"'<>]+/gi, '$1 …')
}
