import { SaxesParser } from 'saxes'

/** A property's name: namespace and local name. */
export type PropertyName = { readonly namespace: string; readonly local: string }
export type PropfindRequest =
  | { readonly want: 'all'; readonly include: readonly PropertyName[] }
  | { readonly want: 'names' }
  | { readonly want: 'some'; readonly properties: readonly PropertyName[] }

/**
 * Reads a PROPFIND body (RFC 4918, 14.20). An empty one asks for all properties (9.1). Elements it does not know are passed over
 * (17). Throws when the body is not well-formed, is not a `propfind` in `DAV:`, or does not hold exactly one wish.
 */
export function readPropfind(body: string): PropfindRequest {
  if (body === '') return { want: 'all', include: [] }
  const parser = new SaxesParser({ xmlns: true })
  const path: string[] = []
  const wishes: string[] = []
  const named: Record<'prop' | 'include', PropertyName[]> = { prop: [], include: [] }
  parser.on('error', (error) => {
    throw error
  })
  parser.on('doctype', () => {
    throw new Error('A document type declaration is refused (RFC 4918, 20.6)')
  })
  parser.on('opentag', (tag) => {
    const name = tag.uri === 'DAV:' ? tag.local : `{${tag.uri}}${tag.local}`
    const parent = path.at(-1)
    if (path.length === 0 && name !== 'propfind') throw new Error('The root is not propfind in DAV:')
    if (path.length === 1 && ['prop', 'allprop', 'propname', 'include'].includes(name)) wishes.push(name)
    if (path.length === 2 && (parent === 'prop' || parent === 'include'))
      named[parent].push({ namespace: tag.uri, local: tag.local })
    path.push(name)
  })
  parser.on('closetag', () => {
    path.pop()
  })
  parser.write(body).close()
  const wish = wishes.join('+')
  if (wish === 'prop') return { want: 'some', properties: named.prop }
  if (wish === 'propname') return { want: 'names' }
  if (wish === 'allprop' || wish === 'allprop+include') return { want: 'all', include: named.include }
  throw new Error('Exactly one of prop, allprop and propname is needed')
}
