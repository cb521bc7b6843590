import type { Json } from '../../serving/reply.ts'
import { type ListQuery, type ListRules, readQuery } from './onenote-query.ts'
import { chosen } from './onenote-resources.ts'

type Fields = Record<string, Json>

const common = ['id', 'self', 'createdDateTime', 'lastModifiedDateTime', 'links']
const container = [...common, 'displayName', 'createdBy', 'lastModifiedBy']
const inner = { sections: [], sectionGroups: ['sections', 'sectionGroups'] }

/** What may be selected, ordered by and expanded: https://learn.microsoft.com/graph/onenote-get-content#supported-odata-query-string-options */
export const rules = {
  notebooks: {
    properties: [...container, 'isDefault', 'userRole', 'isShared', 'sectionsUrl', 'sectionGroupsUrl'],
    expandable: { '': ['sections', 'sectionGroups'], ...inner },
    pagelevel: false,
  },
  sectionGroups: {
    properties: [...container, 'sectionsUrl', 'sectionGroupsUrl'],
    expandable: { '': ['sections', 'sectionGroups', 'parentNotebook', 'parentSectionGroup'], ...inner },
    pagelevel: false,
  },
  sections: {
    properties: [...container, 'isDefault', 'pagesUrl'],
    expandable: { '': ['parentNotebook', 'parentSectionGroup'] },
    pagelevel: false,
  },
  pages: {
    properties: [...common, 'title', 'createdByAppId', 'contentUrl', 'userTags', 'level', 'order'],
    expandable: { '': ['parentNotebook', 'parentSection'] },
    pagelevel: false,
  },
} as const satisfies Record<string, ListRules>

export interface ListOptions {
  readonly parameters: URLSearchParams
  readonly rules: ListRules
  /** Default order, as in `orderby`. */
  readonly order: { readonly property: string; readonly descending: boolean }
  /** Entries without `top`; undefined: all. */
  readonly usual: number | undefined
  readonly most: number
  /** The address that was asked, without its query. */
  readonly url: string
  all(query: ListQuery): readonly Fields[]
  /** Added to what is selected. */
  expand?(entry: Fields, query: ListQuery): Fields
}

/**
 * A list, ordered and cut. Without `top` the next entries are behind `@odata.nextLink`; with it there is no link (unless the service gave less than was
 * asked for), and `skip` leads on:
 * https://learn.microsoft.com/graph/onenote-get-content#skip--top--select--orderby
 */
export function answerList({ parameters, rules: allowed, order, usual, most, url, all, expand }: ListOptions): Json {
  const query = readQuery(parameters, allowed)
  const by = query.orderby.length > 0 ? query.orderby : [order]
  const entries = all(query).toSorted((a, b) => {
    for (const { property, descending } of by) {
      const [x, y] = [a[property] ?? '', b[property] ?? '']
      if (x !== y) return x < y === descending ? 1 : -1
    }
    return 0
  })
  const size = Math.min(query.top ?? usual ?? entries.length, most)
  const end = query.skip + size
  const rest = new URLSearchParams(parameters)
  for (const name of ['skip', '$skip']) rest.delete(name)
  rest.append('$skip', String(end))
  return {
    '@odata.context': `${url.replace(/\/onenote.*/, '')}/$metadata#onenote`,
    ...(query.count ? { '@odata.count': entries.length } : {}),
    ...((query.top === undefined || size < query.top) && end < entries.length ? { '@odata.nextLink': `${url}?${rest}` } : {}),
    value: entries.slice(query.skip, end).map((entry) => ({ ...chosen(entry, query.select), ...expand?.(entry, query) })),
  }
}
