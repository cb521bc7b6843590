import { type Token, Tokenizer } from 'parse5'
import { anchorOf, isOrdinaryLink, noteTargetOf, resourceIdOf } from './links.ts'
import { boxesOf, holdsNoText } from './note-tags.ts'
import { inEach, type PageWords, plainInEach } from './page-words.ts'
import type { partNames } from './part-names.ts'

export interface OfflineOptions {
  readonly names: ReturnType<typeof partNames>
  /** The host that stands for Graph. */
  readonly graphHost: string
  /** From the page's folder to the source's: `../../`. */
  readonly up: string
  /** Shown above the page, as OneNote does; it is not part of the HTML. */
  readonly title: string
  /** Shown below the title: what the reader has to know of the page. */
  readonly note?: ((words: PageWords) => string) | undefined
  /** Files that hold what was drawn by hand, and what to call them. */
  readonly ink: readonly { readonly name: string; readonly shown: string }[]
}

/** A picture or an attachment that the page refers to. */
export interface PageFile {
  /** OneNote's id of the resource. */
  readonly id: string
  readonly name: string
}

export interface OfflinePage {
  readonly html: string
  /** Each resource once, in the order of the page. */
  readonly files: readonly PageFile[]
}

/** The file that leads to every page under its name of today; see compose.ts. */
export const contentsName = 'Contents.html'

/**
 * Makes of a page as OneNote gives it (https://learn.microsoft.com/graph/onenote-input-output-html) one that opens without the service: pictures in full
 * resolution and attachments point to files beside it, links to other pages to the list of all pages, and nothing is loaded from anywhere. Whatever
 * does not concern this stays as it was, character by character: only tags are replaced.
 *
 * Tags are read by the tokenizer alone: OneNote closes `<object … />` and `<iframe … />` in the manner of XML, and a browser, or a parser that builds
 * the tree, would take the rest of the page for their content. Both become plain links here.
 */
export function offlinePage(delivered: string, options: OfflineOptions): OfflinePage {
  const files = new Map<string, PageFile>()
  const edits: { from: number; to: number; text: string }[] = []
  let safe = false
  const replace = (tag: Token.TagToken, text: string) =>
    edits.push({ from: tag.location!.startOffset, to: tag.location!.endOffset, text })
  const sourceOf = (tag: Token.TagToken) => delivered.slice(tag.location!.startOffset, tag.location!.endOffset)
  const ignore = () => {}
  const tokenizer = new Tokenizer(
    { sourceCodeLocationInfo: true },
    {
      onStartTag: (tag) => {
        const written = startTag(tag)
        const box = boxesOf(tag)
        const begins = !safe && (tag.tagName === 'head' || tag.tagName === 'body')
        if (begins) {
          safe = true
          const at = tag.tagName === 'head' ? tag.location!.endOffset : tag.location!.startOffset
          edits.push({ from: at, to: at, text: preamble })
        }
        // Into the element; before what holds no text of its own.
        if (box !== undefined && holdsNoText.has(tag.tagName)) replace(tag, box + (written ?? sourceOf(tag)))
        else if (box !== undefined) replace(tag, (written ?? sourceOf(tag)) + box)
        else if (written !== undefined) replace(tag, written)
      },
      onEndTag: (tag) => {
        if (inert.has(tag.tagName)) replace(tag, '')
        if (tag.tagName === 'body') replace(tag, `${heading(options)}</body>`)
      },
      onComment: ignore,
      onDoctype: ignore,
      onEof: ignore,
      onCharacter: ignore,
      onNullCharacter: ignore,
      onWhitespaceCharacter: ignore,
    },
  )
  tokenizer.write(delivered, true)
  return { html: applied(delivered, edits), files: [...files.values()] }

  function fileOf(id: string, name: () => string): PageFile {
    const file = files.get(id) ?? { id, name: name() }
    files.set(id, file)
    return file
  }

  /** What stands for a start tag; undefined: itself. */
  function startTag(tag: Token.TagToken): string | undefined {
    const given = new Map(tag.attrs.map(({ name, value }) => [name, value]))
    const resource = (attribute: string) => resourceIdOf(given.get(attribute), options.graphHost)
    switch (tag.tagName) {
      case 'img': {
        const full = resource('data-fullres-src')
        const id = full ?? resource('src')
        const type = given.get(full === undefined ? 'data-src-type' : 'data-fullres-src-type') ?? given.get('data-src-type')
        const src = id === undefined ? undefined : address(fileOf(id, () => options.names.picture(type)).name)
        const elsewhere = id === undefined ? given.get('src') : undefined
        return written(tag, {
          src,
          srcset: undefined,
          'data-fullres-src': undefined,
          ...(elsewhere && { 'data-original-src': elsewhere }),
        })
      }
      case 'object': {
        const id = resource('data')
        const name = given.get('data-attachment') ?? ''
        const shown = text(name === '' ? plainInEach((words) => words.attachment) : name)
        const style = given.get('style')
        const look = style === undefined ? '' : ` style="${text(style)}"`
        if (id === undefined) return `<span${look}>${shown} (${inEach((words) => words.notPart)})</span>`
        const file = fileOf(id, () => options.names.attachment(name, given.get('type')))
        return `<a href="${address(file.name)}"${look} data-attachment="${text(name)}">\u{1f4ce} ${shown}</a>`
      }
      case 'iframe': {
        const original = given.get('data-original-src') ?? given.get('src') ?? ''
        return isOrdinaryLink(original)
          ? `<a href="${text(original)}">\u{1f3ac} ${text(original)}</a>`
          : `<span>\u{1f3ac} ${text(original)}</span>`
      }
      case 'a':
      case 'area': {
        const href = given.get('href')
        if (href === undefined || href.startsWith('#')) return undefined
        const target = noteTargetOf(href)
        if (target !== undefined)
          return written(tag, {
            href: `${options.up}${contentsName}#${anchorOf(target)}`,
            'data-original-href': href,
            target: undefined,
          })
        const id = resource('href')
        if (id !== undefined)
          return written(tag, { href: address(fileOf(id, () => options.names.attachment('', undefined)).name) })
        return isOrdinaryLink(href) ? undefined : written(tag, { href: undefined, 'data-original-href': href })
      }
      case 'base':
      case 'link':
        return ''
      case 'meta':
        return given.get('http-equiv')?.toLowerCase() === 'refresh' ? '' : undefined
      default: {
        const changes: Record<string, string | undefined> = {}
        for (const name of ['src', 'poster', 'data', 'background', 'srcset']) {
          if (!given.has(name)) continue
          const id = resource(name)
          changes[name] =
            id === undefined ? undefined : address(fileOf(id, () => options.names.attachment('', given.get('type'))).name)
        }
        return Object.keys(changes).length === 0 ? undefined : written(tag, changes)
      }
    }
  }
}

/** Elements that became something else; their end tags go. */
const inert = new Set(['object', 'iframe'])

/**
 * A page may be opened by anyone, and its content came from others: it loads nothing but files beside it and runs nothing. `file:` is what browsers
 * want to hear for files, `'self'` when the archive is served.
 */
const preamble =
  "<meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self' file: data:; media-src 'self' file:; style-src 'unsafe-inline'\">"

/** Stands in the space that OneNote's pages leave for their title. */
function heading({ title, ink, note }: OfflineOptions): string {
  const links = ink.map(({ name, shown }) => ` <a href="${address(name)}">\u{1f58a} ${text(shown)}</a>`).join('')
  return `<div data-added="title" style="position:absolute;left:48px;top:24px;width:624px"><b style="font-size:20pt">${text(title)}</b>${links}${note === undefined ? '' : `<br><i>${inEach(note, '<br>')}</i>`}</div>`
}

/** The tag with attributes changed, added, or (undefined) left out; those that stay are the same, in their order. */
function written(tag: Token.TagToken, changes: Readonly<Record<string, string | undefined>> = {}): string {
  const kept = tag.attrs.filter(({ name }) => !Object.hasOwn(changes, name)).map(({ name, value }) => [name, value] as const)
  const added = Object.entries(changes).filter((change): change is [string, string] => change[1] !== undefined)
  const attributes = [...kept, ...added].map(([name, value]) => ` ${name}="${text(value)}"`).join('')
  return `<${tag.tagName}${attributes}${tag.selfClosing ? ' /' : ''}>`
}

function applied(source: string, edits: readonly { from: number; to: number; text: string }[]): string {
  let result = ''
  let at = 0
  for (const { from, to, text: replacement } of edits) {
    result += source.slice(at, from) + replacement
    at = to
  }
  return result + source.slice(at)
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
/** As text of an element, or between double quotes. */
export const text = (value: string): string => value.replace(/[&<>"]/g, (character) => escapes[character] ?? character)

/** A file name as a relative address. */
export const address = (name: string): string => encodeURIComponent(name).replace(/'/g, '%27')
