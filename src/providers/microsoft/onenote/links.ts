/** Where resources of a page may be said to live: Graph, or the host of the time before it. Neither is asked at that address: the id alone counts. */
const resourceHosts = new Set(['graph.microsoft.com', 'www.onenote.com'])

/**
 * The id of a resource in an address of `…/resources/{id}/$value` or `…/content`: https://learn.microsoft.com/graph/onenote-get-content#image-or-other-file-resource.
 * Undefined for what leads elsewhere. `graphHost` is the host that stands for Graph.
 */
export function resourceIdOf(address: string | undefined, graphHost: string): string | undefined {
  const url = parse(address)
  if (url === undefined || (!resourceHosts.has(url.hostname) && url.host !== graphHost)) return undefined
  const [, id] = /\/resources\/([^/]+)\/(?:\$value|%24value|content)$/i.exec(url.pathname) ?? []
  return id === undefined ? undefined : decoded(id)
}

/** What a link within OneNote leads to: GUIDs in lower case, as OneNote's own links have them. */
export interface NoteTarget {
  readonly kind: 'page' | 'section'
  readonly guid: string
}

const guid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const inClientLink = (name: string) => new RegExp(`[#&]${name}=\\{?(${guid})\\}?(?:&|$)`, 'i')
const pageInClient = inClientLink('page-id')
const sectionInClient = inClientLink('section-id')
/** `target(GROUP/SECTION.one|GUID/TITLE|GUID/)`; a name may hold any of these characters, but the last GUIDs are ours. */
const inWebLink = new RegExp(`^target\\(.*?\\|(${guid})(?:/.*\\|(${guid}))?/?\\)$`, 'is')

/** `onenote:…#TITLE&section-id={…}&page-id={…}&end`, or a web address with `wd=target(…)`. Not documented: as seen in links that people publish. */
export function noteTargetOf(address: string | undefined): NoteTarget | undefined {
  const url = parse(address)
  if (url === undefined || address === undefined) return undefined
  if (url.protocol === 'onenote:') {
    const text = decoded(address)
    const page = pageInClient.exec(text)?.[1]
    const section = sectionInClient.exec(text)?.[1]
    return page !== undefined ? target('page', page) : section === undefined ? undefined : target('section', section)
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined
  const match = inWebLink.exec(url.searchParams.get('wd') ?? '')
  if (match === null) return undefined
  return match[2] === undefined ? target('section', match[1]!) : target('page', match[2])
}

/** The id under which the list of all pages names what a link leads to. */
export const anchorOf = ({ kind, guid: id }: NoteTarget): string => `${kind}-${id}`

const target = (kind: NoteTarget['kind'], id: string): NoteTarget => ({ kind, guid: id.toLowerCase() })

/** Links that a person may follow from a saved page. */
export function isOrdinaryLink(address: string): boolean {
  const url = parse(address)
  return url !== undefined && ['http:', 'https:', 'mailto:', 'tel:', 'onenote:'].includes(url.protocol)
}

function parse(address: string | undefined): URL | undefined {
  return address !== undefined && URL.canParse(address) ? new URL(address) : undefined
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
