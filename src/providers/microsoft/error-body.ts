import { z } from 'zod'

/** What an error answer of Graph says. */
export interface GraphError {
  /** In lower case, the innermost first: the useful code may stand deep inside. */
  readonly codes: readonly string[]
  readonly message: string
}

const layer = z.looseObject({ code: z.union([z.string(), z.number()]).nullish(), message: z.string().nullish() })

/**
 * Reads `{ error: { code, message, innerError: { code, innerError … } } }`: https://learn.microsoft.com/graph/errors. Letter case differs between services,
 * also that of `innererror`. Undefined for what is no such body.
 */
export function readError(body: string): GraphError | undefined {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return undefined
  }
  const outer = z.object({ error: layer }).safeParse(value)
  if (!outer.success) return undefined
  const codes: string[] = []
  let inner: unknown = outer.data.error
  for (let depth = 0; depth < mostLayers; depth++) {
    const parsed = layer.safeParse(inner)
    if (!parsed.success) break
    const { code } = parsed.data
    if (code !== undefined && code !== null && code !== '') codes.unshift(String(code).toLowerCase())
    inner = Object.entries(parsed.data).find(([name]) => name.toLowerCase() === 'innererror')?.[1]
  }
  return { codes, message: outer.data.error.message ?? '' }
}

const mostLayers = 8
