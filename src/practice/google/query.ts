import { directGrant, type ItemLookup, isTrashed, roleOf } from './access.ts'
import { invalidParameter } from './drive-error.ts'
import type { DriveItem, Person } from './items.ts'

/** A search query (`q`), ready to be asked of items. */
export interface Query {
  matches(item: DriveItem): boolean
  /** Ids of the folders that it names by `in parents`, `root` resolved. */
  readonly folders: readonly string[]
  /** The one folder that every match must be in, if the query says so. */
  readonly within: string | undefined
}

export interface QueryContext {
  readonly lookup: ItemLookup
  readonly person: Person
}

type Test = (item: DriveItem) => boolean
type Token = { readonly kind: 'text' | 'word' | 'sign'; readonly value: string }

/**
 * Reads the part of Drive's search language that lists need; what it does not understand is refused with 400.
 * https://developers.google.com/workspace/drive/api/guides/ref-search-terms
 */
export function parseQuery(text: string, context: QueryContext): Query {
  const tokens = tokenize(text)
  const folders: string[] = []
  let at = 0
  const peek = () => tokens[at]
  const next = (): Token => {
    const token = tokens[at]
    if (token === undefined) throw invalidParameter('q')
    at += 1
    return token
  }
  const word = (value: string): boolean => {
    const token = peek()
    if (token?.kind !== 'word' || token.value.toLowerCase() !== value) return false
    at += 1
    return true
  }
  const any = (): [Test, string | undefined] => {
    let [test, within] = all()
    while (word('or')) {
      const left = test
      const [right] = all()
      test = (item) => left(item) || right(item)
      within = undefined
    }
    return [test, within]
  }
  const all = (): [Test, string | undefined] => {
    let [test, within] = one()
    while (word('and')) {
      const left = test
      const [right, alsoWithin] = one()
      test = (item) => left(item) && right(item)
      within ??= alsoWithin
    }
    return [test, within]
  }
  const one = (): [Test, string | undefined] => {
    if (word('not')) {
      const [test] = one()
      return [(item) => !test(item), undefined]
    }
    if (peek()?.kind === 'sign' && peek()?.value === '(') {
      at += 1
      const inner = any()
      if (next().value !== ')') throw invalidParameter('q')
      return inner
    }
    return term()
  }
  const term = (): [Test, string | undefined] => {
    const first = next()
    if (first.kind === 'text') {
      if (!word('in')) throw invalidParameter('q')
      const collection = next().value
      if (collection !== 'parents') return [membership(first.value, collection, context), undefined]
      const folder = first.value === 'root' ? context.lookup.rootOf(context.person.email) : first.value
      folders.push(folder)
      return [(item) => item.parent === folder, folder]
    }
    if (first.kind !== 'word') throw invalidParameter('q')
    if (first.value === 'sharedWithMe') {
      let wanted = true
      if (peek()?.kind === 'sign' && peek()?.value !== ')') wanted = comparison(next(), next(), 'boolean')
      return [(item) => (directGrant(item, context.person.email) !== undefined) === wanted, undefined]
    }
    return [comparisonTest(first.value, next(), next(), context), undefined]
  }
  const [matches, within] = any()
  if (at !== tokens.length) throw invalidParameter('q')
  return { matches, folders, within }
}

function membership(who: string, collection: string, { lookup, person }: QueryContext): Test {
  const email = who === 'me' ? person.email : who
  if (collection === 'owners') return (item) => item.owner === email
  if (collection === 'writers')
    return (item) => ['owner', 'organizer', 'fileOrganizer', 'writer'].includes(roleOf(lookup, item, email) ?? '')
  if (collection === 'readers') return (item) => roleOf(lookup, item, email) !== undefined
  throw invalidParameter('q')
}

function comparison(sign: Token, value: Token, type: 'boolean'): boolean {
  if (type !== 'boolean' || value.kind !== 'word' || !['true', 'false'].includes(value.value)) throw invalidParameter('q')
  if (sign.value !== '=' && sign.value !== '!=') throw invalidParameter('q')
  return (value.value === 'true') === (sign.value === '=')
}

function comparisonTest(field: string, sign: Token, value: Token, { lookup }: QueryContext): Test {
  if (field === 'trashed' || field === 'starred') {
    const wanted = comparison(sign, value, 'boolean')
    return field === 'trashed' ? (item) => isTrashed(lookup, item) === wanted : (item) => (item.starred ?? false) === wanted
  }
  if (value.kind !== 'text') throw invalidParameter('q')
  if (field === 'mimeType' || field === 'name') {
    const of = (item: DriveItem) => (field === 'name' ? item.name : item.mimeType)
    if (sign.value === '=') return (item) => of(item) === value.value
    if (sign.value === '!=') return (item) => of(item) !== value.value
    // `contains` matches the beginning only, of the name or of one of its words.
    const wanted = value.value.toLowerCase()
    if (sign.value === 'contains') {
      return (item) =>
        of(item).toLowerCase().startsWith(wanted) || (field === 'name' && of(item).toLowerCase().includes(` ${wanted}`))
    }
    throw invalidParameter('q')
  }
  if (field === 'modifiedTime' || field === 'createdTime') {
    const time = Date.parse(/[zZ]|[+-]\d\d:\d\d$/.test(value.value) ? value.value : `${value.value}Z`)
    const compare = orders[sign.value]
    if (Number.isNaN(time) || compare === undefined) throw invalidParameter('q')
    return (item) => compare(item[field], time)
  }
  throw invalidParameter('q')
}

const orders: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  const form = /\s*(?:'((?:[^'\\]|\\['\\])*)'|([A-Za-z]+)|(<=|>=|!=|[=<>()]))\s*/y
  while (form.lastIndex < text.length) {
    const found = form.exec(text)
    if (found === null) throw invalidParameter('q')
    if (found[1] !== undefined) tokens.push({ kind: 'text', value: found[1].replace(/\\(['\\])/g, '$1') })
    else if (found[2] === 'contains') tokens.push({ kind: 'sign', value: 'contains' })
    else if (found[2] !== undefined) tokens.push({ kind: 'word', value: found[2] })
    else tokens.push({ kind: 'sign', value: found[3] ?? '' })
  }
  return tokens
}
