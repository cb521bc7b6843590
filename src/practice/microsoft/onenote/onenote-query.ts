import { refuse } from './onenote-error.ts'

/** An expansion: which inner lists, and what of them. */
export interface Expansion {
  readonly name: string
  readonly levels: number
  readonly select: readonly string[] | undefined
  readonly expand: readonly Expansion[]
}

/** What a query may say of a list: https://learn.microsoft.com/graph/onenote-get-content#supported-odata-query-string-options */
export interface ListQuery {
  readonly select: readonly string[] | undefined
  readonly expand: readonly Expansion[]
  readonly orderby: readonly { readonly property: string; readonly descending: boolean }[]
  readonly top: number | undefined
  readonly skip: number
  readonly count: boolean
  readonly pagelevel: boolean
}

export interface ListRules {
  readonly properties: readonly string[]
  readonly expandable: Readonly<Record<string, readonly string[]>>
  readonly pagelevel: boolean
}

/** Options may begin with a dollar sign or not. Unknown ones, and those that this practice service does not know (filter, search), are refused. */
export function readQuery(parameters: URLSearchParams, rules: ListRules): ListQuery {
  const given = new Map<string, string>()
  for (const [key, value] of parameters) {
    const name = key.replace(/^\$/, '')
    if (!['select', 'expand', 'orderby', 'top', 'skip', 'count', 'pagelevel'].includes(name))
      throw refuse(400, '20108', `The query parameter '${key}' is not supported.`)
    if (given.has(name)) throw refuse(400, '20143', `The query option '${name}' may stand only once.`)
    given.set(name, value)
  }
  const flag = (name: string): boolean => {
    const value = given.get(name) ?? 'false'
    if (value !== 'true' && value !== 'false') throw refuse(400, '20143', `Invalid value for '${name}'.`)
    return value === 'true'
  }
  if (given.has('pagelevel') && !rules.pagelevel) {
    throw refuse(400, '20104', 'The pagelevel query option is only supported for the pages of a section or a specific page.')
  }
  const top = given.has('top') ? number(given.get('top') ?? '', 'top') : undefined
  if (top !== undefined && top > 100) {
    throw refuse(400, '20129', `The value of 'top' (${top}) is too high; the maximum is 100.`)
  }
  return {
    select: selection(given.get('select'), rules.properties),
    expand: given.has('expand') ? readExpand(given.get('expand') ?? '', rules.expandable) : [],
    orderby: (given.get('orderby') ?? '')
      .split(',')
      .filter((term) => term !== '')
      .map((term) => {
        const [property = '', way = 'asc', ...rest] = term.trim().split(/ +/)
        if (!rules.properties.includes(property) || !['asc', 'desc'].includes(way) || rest.length > 0)
          throw refuse(400, '20127', `Cannot order by '${term}'.`)
        return { property, descending: way === 'desc' }
      }),
    top,
    skip: given.has('skip') ? number(given.get('skip') ?? '', 'skip') : 0,
    count: flag('count'),
    pagelevel: flag('pagelevel'),
  }
}

function number(text: string, name: string): number {
  if (!/^\d{1,9}$/.test(text)) throw refuse(400, '20143', `Invalid value '${text}' for '${name}'.`)
  return Number(text)
}

function selection(text: string | undefined, properties: readonly string[]): readonly string[] | undefined {
  if (text === undefined) return undefined
  const names = text.split(',').map((name) => name.trim())
  for (const name of names) if (!properties.includes(name)) throw refuse(400, '20145', `'${name}' cannot be selected.`)
  return names
}

/** `sections,sectionGroups(expand=sections,sectionGroups(levels=max;expand=sections))`; what may be inside what is in `expandable`. */
export function readExpand(text: string, expandable: ListRules['expandable'], within = ''): Expansion[] {
  const allowed = expandable[within] ?? []
  return splitOutside(text, ',').map((term): Expansion => {
    const [, name = '', , options = ''] = /^\s*([A-Za-z]+)(\((.*)\))?\s*$/s.exec(term) ?? []
    if (['parentNotebook', 'parentSectionGroup', 'parentSection'].includes(name) && within !== '')
      throw refuse(400, '20142', 'Expanding the parents of child entities is not supported.')
    if (!allowed.includes(name)) throw refuse(400, '20145', `'${term}' cannot be expanded here.`)
    let levels = 1
    let select: readonly string[] | undefined
    let expand: Expansion[] = []
    for (const option of options === '' ? [] : splitOutside(options, ';')) {
      const [, key = '', value = ''] = /^\s*\$?(\w+)=(.*)$/s.exec(option) ?? []
      if (key === 'levels') levels = value === 'max' ? Number.POSITIVE_INFINITY : number(value, 'levels')
      else if (key === 'select') select = value.split(',').map((one) => one.trim())
      else if (key === 'expand') expand = readExpand(value, expandable, name)
      else throw refuse(400, '20128', `Syntax error in '${option}'.`)
    }
    return { name, levels, select, expand }
  })
}

function splitOutside(text: string, separator: string): string[] {
  const terms: string[] = []
  let depth = 0
  let term = ''
  for (const character of text) {
    if (character === '(') depth += 1
    if (character === ')') depth -= 1
    if (depth < 0) break
    if (character === separator && depth === 0) {
      terms.push(term)
      term = ''
    } else term += character
  }
  if (depth !== 0) throw refuse(400, '20128', 'Syntax error: parentheses do not match.')
  return [...terms, term]
}
