import type { ApiParameters, ApiRoute } from './api.ts'
import { refusal } from './api-error.ts'
import { standardParameters } from './drive-tables.ts'

type Names = Pick<ApiRoute<never>, 'parameters' | 'repeated' | 'inPath'>

/** Refuses query parameters that the method does not have, that stand in the path already, or that stand twice without being lists. */
export function apiParameters({ parameters, repeated = [], inPath }: Names, query: URLSearchParams): ApiParameters {
  for (const name of new Set(query.keys())) {
    if (inPath.includes(name) || !(parameters.includes(name) || standardParameters.includes(name))) {
      throw refusal(
        400,
        'badRequest',
        `Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter. Field '${name}' could not be found in request message.`,
      )
    }
    if (query.getAll(name).length > 1 && !repeated.includes(name)) {
      throw refusal(400, 'badRequest', `Invalid value at '${name}', repeated for a field that is not`, { location: name })
    }
  }
  const invalid = (name: string, type: string) =>
    refusal(400, 'badRequest', `Invalid value at '${name}' (${type}), "${query.get(name)}"`, { location: name })
  const text = (name: string) => query.get(name) ?? undefined
  const flag = (name: string, otherwise = false) => {
    const value = text(name)
    if (value === undefined) return otherwise
    if (value !== 'true' && value !== 'false') throw invalid(name, 'TYPE_BOOL')
    return value === 'true'
  }
  flag('prettyPrint')
  if (!['json', undefined].includes(text('alt'))) throw invalid('alt', 'TYPE_ENUM')
  if (text('callback') !== undefined) throw invalid('callback', 'TYPE_STRING')
  return {
    text,
    list: (name) => query.getAll(name),
    flag,
    pageSize(name, otherwise, most, above) {
      const value = text(name)
      if (value === undefined) return otherwise
      if (!/^\d{1,9}$/.test(value) || Number(value) < 1) throw invalid(name, 'TYPE_UINT32')
      if (Number(value) > most && above === 'refused') throw invalid(name, `at most ${most}`)
      return Math.min(Number(value), most)
    },
  }
}
