import { badRequest, GraphError } from './graph-error.ts'

/** The query of a call, checked against what the call takes. */
export interface OdataQuery {
  /** undefined: what the service gives by default. */
  readonly select: readonly string[] | undefined
  readonly top: number | undefined
  text(name: string): string | undefined
}

export interface QueryRules {
  /** Names that the call takes, with their `$`. */
  readonly takes: readonly string[]
  /** Type and fields for `$select`. */
  readonly type: string
  readonly fields: readonly string[]
  /** The largest `$top`. */
  readonly mostTop?: number
}

/**
 * Refuses what the call does not take, an option given twice, and fields that the type does not have.
 * Graph takes the options of OData without their `$` as well: https://learn.microsoft.com/graph/query-parameters
 */
export function odataQuery(query: URLSearchParams, { takes, type, fields, mostTop = 1000 }: QueryRules): OdataQuery {
  const found = new Map<string, string>()
  for (const [given, value] of query) {
    const name = takes.includes(`$${given}`) ? `$${given}` : given
    if (name === '$expand') throw new GraphError(501, 'notSupported', 'The practice cloud expands nothing.')
    if (!takes.includes(name)) throw badRequest(`The query option '${given}' is not allowed or not known here.`)
    if (found.has(name))
      throw badRequest(`Query option '${name}' was specified more than once, but it must be specified at most once.`)
    found.set(name, value)
  }
  const text = (name: string) => found.get(name)
  return { text, select: selection(text('$select'), type, fields), top: topOf(text('$top'), mostTop) }
}

function selection(text: string | undefined, type: string, fields: readonly string[]): string[] | undefined {
  if (text === undefined) return undefined
  const names = text.split(',').map((name) => name.trim())
  for (const name of names) {
    if (name === '*') return undefined
    if (!fields.includes(name)) {
      throw badRequest(`Parsing OData Select and Expand failed: Could not find a property named '${name}' on type '${type}'.`)
    }
  }
  return names
}

function topOf(text: string | undefined, most: number): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1)
    throw badRequest(
      `Invalid value '${text}' for $top query option found. The $top query option requires a positive integer value.`,
    )
  if (Number(text) > most)
    throw badRequest(`The limit of '${most}' for Top query has been exceeded. The value from the incoming request is '${text}'.`)
  return Number(text)
}
