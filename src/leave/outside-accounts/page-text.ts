/** A link of a message. `text` is what it shows; empty where that is a picture or the address itself. */
export interface Link {
  readonly url: URL
  readonly text: string
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  yen: '¥',
  copy: '©',
}

function decodeEntities(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? whole
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ' '
  })
}

const withoutTags = (html: string): string => decodeEntities(html.replace(/<[^<>]{0,4000}>/g, ' '))

/** More are of no use: newsletters have hundreds. */
const mostLinks = 200

function add(links: Link[], address: string, text: string): void {
  if (links.length >= mostLinks || !URL.canParse(address)) return
  const url = new URL(address)
  if (url.protocol === 'http:' || url.protocol === 'https:') links.push({ url, text })
}

/**
 * The text that a page shows and where its links lead. Not a browser: enough of HTML for what mail programs and mailers write. What is made invisible to fill
 * spam filters counts as shown.
 */
export function readPage(html: string): { readonly text: string; readonly links: readonly Link[] } {
  const shown = html.replace(/<!--[\s\S]*?(?:-->|$)/g, ' ').replace(/<(style|script|head|title)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, ' ')
  const links: Link[] = []
  for (const [, quoted, single, content = ''] of shown.matchAll(
    /<a\b[^<>]{0,1000}?\bhref\s{0,9}=\s{0,9}(?:"([^"]{0,4000})"|'([^']{0,4000})')[^<>]{0,2000}>([\s\S]{0,2000}?)<\/a\s{0,9}>/gi,
  ))
    add(links, decodeEntities(quoted ?? single ?? '').trim(), withoutTags(content).replace(/\s+/g, ' ').trim())
  const text = decodeEntities(
    shown
      .replace(/<(br|\/p|\/div|\/tr|\/h\d|\/li|\/table)\b[^<>]{0,4000}>/gi, '\n')
      .replace(/<\/td\s*>/gi, ' ')
      .replace(/<[^<>]{0,4000}>/g, ''),
  )
  return { text, links }
}

/** Addresses that stand in plain text; a sentence's end is none of theirs. */
export function linksIn(text: string): readonly Link[] {
  const links: Link[] = []
  for (const [address] of text.matchAll(/https?:\/\/[\x21-\x7e]{1,2000}/g)) add(links, address.replace(/[)\]>.,;:'"]+$/, ''), '')
  return links
}
