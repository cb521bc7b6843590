import { DriveError, invalidParameter } from './drive-error.ts'
import { methodParameters, standardParameters } from './drive-tables.ts'

/** The query of a call to a method, checked. */
export interface Parameters {
  text(name: string): string | undefined
  /** `true` or `false`; anything else is refused. */
  flag(name: string, otherwise?: boolean): boolean
  /** Above `most` is taken as `most`, below 1 is refused. */
  pageSize(otherwise: number, most: number): number
}

/** Refuses query parameters that the method does not have, and those given twice. `path` names the ones that stand in the path. */
export function checkedParameters(method: string, query: URLSearchParams, path: readonly string[] = []): Parameters {
  const known = methodParameters[method] ?? []
  for (const name of new Set(query.keys())) {
    if (path.includes(name) || !(known.includes(name) || standardParameters.includes(name))) {
      throw new DriveError(
        400,
        'badRequest',
        `Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter. Field '${name}' could not be found in request message.`,
        { status: 'INVALID_ARGUMENT' },
      )
    }
    if (query.getAll(name).length > 1) throw invalidParameter(name, `Parameter ${name} was given more than once`)
  }
  const text = (name: string) => query.get(name) ?? undefined
  const flag = (name: string, otherwise = false) => {
    const value = text(name)
    if (value === undefined) return otherwise
    if (value !== 'true' && value !== 'false')
      throw invalidParameter(name, `Invalid value for boolean parameter ${name}: ${value}`)
    return value === 'true'
  }
  flag('prettyPrint')
  return {
    text,
    flag,
    pageSize(otherwise, most) {
      const value = text('pageSize')
      if (value === undefined) return otherwise
      if (!/^\d{1,9}$/.test(value) || Number(value) < 1) {
        throw invalidParameter('pageSize', `Invalid value '${value}'. Values must be within the range: [1, ${most}]`)
      }
      return Math.min(Number(value), most)
    },
  }
}
