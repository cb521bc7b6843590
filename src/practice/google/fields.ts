import type { Json } from '../serving/reply.ts'
import { DriveError } from './drive-error.ts'
import { schemas as ofDrive } from './drive-tables.ts'

/** What a partial response asks for: everything, or named fields with what is asked for of each. */
export type Selection = 'all' | ReadonlyMap<string, Selection>

const invalid = (field: string): DriveError =>
  new DriveError(400, 'invalidParameter', `Invalid field selection ${field}`, { location: 'fields' })

/** Fields of each resource of an API, as in drive-tables.ts. */
type Schemas = typeof ofDrive

const parsed = new WeakMap<Schemas, Map<string, Selection>>()

/**
 * Reads a `fields` parameter: `a,b(c,d),e/f,*`. Fields that the resource does not have are refused with 400.
 * https://developers.google.com/workspace/drive/api/guides/fields-parameter
 */
export function parseFields(text: string, schema: string, schemas: Schemas = ofDrive): Selection {
  const key = `${schema} ${text}`
  const remembered = parsed.get(schemas) ?? new Map<string, Selection>()
  parsed.set(schemas, remembered)
  const known = remembered.get(key)
  if (known !== undefined) return known
  const reader = { text, at: 0, schemas }
  const selection = list(reader, schema, 0)
  if (reader.at !== text.length) throw invalid(text.slice(reader.at))
  if (remembered.size > 500) remembered.clear()
  remembered.set(key, selection)
  return selection
}

interface Reader {
  readonly text: string
  readonly schemas: Schemas
  at: number
}

function list(reader: Reader, schema: string, depth: number): Selection {
  const fields = new Map<string, Selection>()
  let everything = false
  for (;;) {
    const [name, below] = item(reader, schema, depth)
    if (name === '*') everything = true
    else {
      const earlier = fields.get(name)
      fields.set(name, earlier === undefined ? below : merged(earlier, below))
    }
    if (reader.text[reader.at] !== ',') break
    reader.at += 1
  }
  return everything ? 'all' : fields
}

function item(reader: Reader, schema: string, depth: number): [string, Selection] {
  const found = /[\w$@.-]+|\*/y
  found.lastIndex = reader.at
  const name = found.exec(reader.text)?.[0]
  if (name === undefined || depth > 20) throw invalid(reader.text.slice(reader.at) || reader.text)
  const below = schema === '*' ? '*' : name === '*' ? schema : reader.schemas[schema]?.[name]
  if (below === undefined) throw invalid(name)
  reader.at += name.length
  const next = reader.text[reader.at]
  if (next !== '/' && next !== '(') return [name, 'all']
  // A plain value has no fields of its own.
  if (below === '' || name === '*') throw invalid(name)
  reader.at += 1
  if (next === '/') {
    const [inner, rest] = item(reader, below, depth + 1)
    return [name, inner === '*' ? 'all' : new Map([[inner, rest]])]
  }
  const inner = list(reader, below, depth + 1)
  if (reader.text[reader.at] !== ')') throw invalid(reader.text)
  reader.at += 1
  return [name, inner]
}

function merged(a: Selection, b: Selection): Selection {
  if (a === 'all' || b === 'all') return 'all'
  const both = new Map(a)
  for (const [name, below] of b) {
    const earlier = both.get(name)
    both.set(name, earlier === undefined ? below : merged(earlier, below))
  }
  return both
}

/** What is asked for of one field; undefined: nothing. */
export function below(selection: Selection, name: string): Selection | undefined {
  return selection === 'all' ? 'all' : selection.get(name)
}

/** The part of a value that is asked for; lists are gone through. */
export function select(value: Json | undefined, selection: Selection): Json | undefined {
  if (selection === 'all' || value === undefined || value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((entry) => select(entry, selection) ?? null)
  const chosen: Record<string, Json | undefined> = {}
  const from = value as { readonly [key: string]: Json | undefined }
  for (const [name, inner] of selection) {
    const entry = select(from[name], inner)
    if (entry !== undefined) chosen[name] = entry
  }
  return chosen
}
