/** A piece of HTML that is safe to put into a page. Made by `html` alone. */
export interface Markup {
  readonly markup: string
}

/** What a template takes: text is escaped, markup is not, of a list all, and nothing stands for nothing. */
export type Content = Markup | string | number | undefined | readonly Content[]

/** HTML whose every value is escaped, so that no name that anybody ever gave a file becomes markup. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return { markup: parts.map((part, at) => part + (at < values.length ? render(values[at]) : '')).join('') }
}

/** A name from elsewhere: whichever way it is written, it does not turn round what stands beside it. */
export function given(text: string): Markup {
  return html`<bdi>${text}</bdi>`
}

function render(value: Content): string {
  if (value === undefined) return ''
  if (typeof value === 'string') return escapeText(value)
  if (typeof value === 'number') return String(value)
  return 'markup' in value ? value.markup : value.map(render).join('')
}

const special = /[&<>"'`]/g
const breaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g
/** Controls, and what reorders text: https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters */
const unseen = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Text for an element or for an attribute in quotes. What cannot be seen, and would deceive, is named: `[U+202E]`. */
export function escapeText(text: string): string {
  return text
    .toWellFormed()
    .replace(breaks, ' ')
    .replace(unseen, (character) => `[U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`)
    .replace(special, (character) => `&#${character.charCodeAt(0)};`)
}

/** An address for `href`, where it is one of the web; anything else (javascript:, data:) is none. */
export function webAddress(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined
  const { protocol, href } = new URL(address)
  return protocol === 'https:' || protocol === 'http:' ? href : undefined
}

/** A path relative to the archive, for `href`. */
export function localAddress(path: string): string {
  return path.toWellFormed().split('/').map(encodeURIComponent).join('/')
}
