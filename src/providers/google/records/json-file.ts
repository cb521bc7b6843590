import type { Json } from '../../../core/json.ts'

/** `values` as one array, a value a line, between `before` and `after`. */
export async function* jsonArray(values: AsyncIterable<Json>, before = '', after = '\n'): AsyncGenerator<string> {
  let separator = '\n'
  yield `${before}[`
  for await (const value of values) {
    yield `${separator}${JSON.stringify(value)}`
    separator = ',\n'
  }
  yield `\n]${after}`
}
