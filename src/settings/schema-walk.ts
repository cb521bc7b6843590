import { z } from 'zod'

/** Any zod schema; the definition is walked in this form, so that help, example and messages need no second list of keys. */
export type Schema = z.core.$ZodType
export type Path = readonly (string | number)[]

/** The schema of the value itself, without what is wrapped around it (default, optional, transformation). */
export function core(schema: Schema): z.core.$ZodTypes {
  let current = schema as z.core.$ZodTypes
  for (;;) {
    const { def } = current._zod
    if (
      def.type === 'optional' ||
      def.type === 'default' ||
      def.type === 'prefault' ||
      def.type === 'readonly' ||
      def.type === 'nullable'
    ) {
      current = def.innerType as z.core.$ZodTypes
    } else if (def.type === 'pipe') current = def.in as z.core.$ZodTypes
    else return current
  }
}

/** Looks at a sibling's value, to choose between forms of an object. */
export type Peek = (key: string) => unknown

const union = (schema: z.core.$ZodTypes, peek: Peek): Schema | undefined => {
  const { def } = schema._zod
  if (def.type !== 'union' || !('discriminator' in def)) return undefined
  const key = String(def.discriminator)
  return def.options.find((option) => {
    const field = core(option)._zod.def
    const literal = field.type === 'object' ? field.shape[key] : undefined
    const values = literal === undefined ? undefined : core(literal)._zod.def
    return values?.type === 'literal' && values.values.some((value) => value === peek(key))
  })
}

/** The fields of an object, by key; undefined where it is none, or where the key that decides its form is wrong. */
export function fieldsOf(schema: Schema, peek: Peek = () => undefined): Readonly<Record<string, Schema>> | undefined {
  const inner = core(schema)
  const { def } = inner._zod
  if (def.type === 'object') return def.shape
  const chosen = union(inner, peek)
  return chosen === undefined ? undefined : fieldsOf(chosen)
}

/** What a map takes under names that the person chooses; undefined where it takes none. */
export function anyFieldOf(schema: Schema): Schema | undefined {
  const { def } = core(schema)._zod
  if (def.type === 'record') return def.valueType
  const rest = def.type === 'object' ? def.catchall : undefined
  return rest === undefined || core(rest)._zod.def.type === 'never' ? undefined : rest
}

/** The schema of what stands under a key, or at a place of a list. */
export function childOf(schema: Schema, key: string | number, peek: Peek = () => undefined): Schema | undefined {
  if (typeof key === 'number') {
    const { def } = core(schema)._zod
    return def.type === 'array' ? def.element : undefined
  }
  const fields = fieldsOf(schema, peek)
  if (fields !== undefined && Object.hasOwn(fields, key)) return fields[key]
  return anyFieldOf(schema)
}

/** What is said of a field, by its outermost schema that says anything; an example may also stand in the description, after "e.g.". */
export function metaOf(schema: Schema): { readonly description?: string; readonly example?: unknown } {
  let description: string | undefined
  let example: unknown
  let current: Schema | undefined = schema
  while (current !== undefined) {
    const meta = z.globalRegistry.get(current)
    description ??= meta?.description
    if (example === undefined && Array.isArray(meta?.examples)) example = meta.examples[0]
    const { def } = (current as z.core.$ZodTypes)._zod as { def: { innerType?: Schema; in?: Schema } }
    current = def.innerType ?? def.in
  }
  example ??= /\be\.g\. (\S+)/.exec(description ?? '')?.[1]
  return { ...(description !== undefined && { description }), ...(example !== undefined && { example }) }
}

/** Default value as it would stand in the file, and whether the key may be left out. */
export function presence(schema: Schema): { readonly needed: boolean; readonly fallback?: unknown } {
  let current: Schema | undefined = schema
  let needed = true
  while (current !== undefined) {
    const { def } = (current as z.core.$ZodTypes)._zod as {
      def: { type: string; innerType?: Schema; in?: Schema; defaultValue?: unknown }
    }
    if (def.type === 'default') return { needed: false, fallback: def.defaultValue }
    if (def.type === 'optional' || def.type === 'prefault') needed = false
    current = def.innerType ?? def.in
  }
  return { needed }
}

/** `accounts.google.sources[1]`. */
export function pathText(path: Path): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('')
}
