import type { Token } from 'parse5'

/** Tags with a check box: https://learn.microsoft.com/graph/onenote-note-tags#built-in-note-tags-for-onenote */
const checkable = new Set([
  'to-do',
  'to-do-priority-1',
  'to-do-priority-2',
  'discuss-with-person-a',
  'discuss-with-person-b',
  'discuss-with-manager',
  'schedule-meeting',
  'call-back',
  'client-request',
])

/**
 * The boxes of an element, ticked or not, as HTML: in the page they are an attribute alone (`to-do`, `to-do:completed`), which OneNote draws and browsers do
 * not show. Undefined: it has none.
 */
export function boxesOf({ tagName, attrs }: Token.TagToken): string | undefined {
  if (tagName === 'title') return undefined
  const tags = attrs.find(({ name }) => name === 'data-tag')?.value ?? ''
  const boxes = tags.split(',').flatMap((one) => {
    const [shape = '', status] = one.trim().toLowerCase().split(':')
    return checkable.has(shape) ? [status === 'completed' ? '\u2611' : '\u2610'] : []
  })
  return boxes.length === 0 ? undefined : `<span data-added="tag">${boxes.join('')} </span>`
}

/** Elements that hold no text, or none of their own: a box stands before them. */
export const holdsNoText: ReadonlySet<string> = new Set(['img', 'ul', 'ol'])
