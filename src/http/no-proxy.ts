/**
 * Whether a request to `url` goes around the proxy, by a NO_PROXY list: names divided by commas or blanks, each a host, `.suffix` or
 * `*.suffix`, optionally with `:port`; `*` means every host. A plain name stands for its subdomains too, as with curl
 * (https://curl.se/docs/manpage.html#--noproxy).
 */
export function bypassesProxy(url: URL, list: string): boolean {
  const host = bare(url.hostname)
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port
  return list.split(/[\s,]+/).some((entry) => entry !== '' && matches(entry.toLowerCase(), host, port))
}

function matches(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true
  const parts = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(entry)
  // More than one colon outside brackets: an IPv6 address without a port.
  const name = bare(parts?.[1] ?? entry).replace(/^\*?\./, '')
  if (name === '' || (parts?.[2] !== undefined && parts[2] !== port)) return false
  return host === name || host.endsWith(`.${name}`)
}

const bare = (host: string) => host.replace(/^\[|\]$/g, '').toLowerCase()
