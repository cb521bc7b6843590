import type { z } from 'zod'
import { nearest } from './nearest.ts'
import type { SettingsDocument } from './read-yaml.ts'
import { childOf, core, fieldsOf, metaOf, type Path, pathText, presence, type Schema } from './schema-walk.ts'

/** A line and a column, both from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

export interface Mistake {
  /** The text could not even be parsed. */
  readonly syntax?: boolean
  /** Absent: the whole file. */
  readonly place?: Place | undefined
  readonly message: string
}

export interface Explaining {
  readonly schema: Schema
  readonly document: SettingsDocument
}

/** What zod found, as sentences. Values are quoted only where one of a few words was expected: any other may be a secret. */
export function explainIssues(issues: readonly z.core.$ZodIssue[], explaining: Explaining): Mistake[] {
  // With the wrong provider, whatever else is said of the account would be said by the wrong rules.
  const doubtful = new Set(issues.filter(isProvider).map((issue) => issue.path[1]))
  return issues.flatMap((issue) => {
    if (issue.path[0] === 'accounts' && doubtful.has(issue.path[1]) && !isProvider(issue)) return []
    const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey([...path, key], explaining))
    return { place: explaining.document.place(path), message: sentence(issue, path, explaining) }
  })
}

const isProvider = ({ path }: z.core.$ZodIssue) => path.length === 3 && path[0] === 'accounts' && path[2] === 'provider'

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[step] : undefined),
    value,
  )
}

function schemaAt(path: Path, { schema, document }: Explaining): Schema | undefined {
  return path.reduce<Schema | undefined>((at, step, index) => {
    const around = path.slice(0, index)
    return at && childOf(at, step, (sibling) => valueAt(document.value, [...around, sibling]))
  }, schema)
}

function unknownKey(path: Path, explaining: Explaining): Mistake {
  const around = path.slice(0, -1)
  const key = String(path.at(-1))
  const parent = schemaAt(around, explaining)
  const known = Object.keys((parent && fieldsOf(parent, (name) => valueAt(explaining.document.value, [...around, name]))) ?? {})
  const meant = nearest(key, known)
  const elsewhere = meant === undefined ? homes(explaining.schema, key) : []
  const advice =
    meant !== undefined
      ? `did you mean "${meant}"?`
      : elsewhere.length > 0
        ? `"${key}" belongs under ${elsewhere.join(' or ')}`
        : known.length === 0
          ? 'there are no settings here'
          : `known here: ${known.join(', ')}`
  return { place: explaining.document.place(path), message: `${pathText(path)} is no setting; ${advice}` }
}

/** The sections of the file (not of accounts) that know a key. */
function homes(schema: Schema, key: string): string[] {
  return Object.entries(fieldsOf(schema) ?? {})
    .filter(([name, section]) => name !== 'accounts' && Object.hasOwn(fieldsOf(section) ?? {}, key))
    .map(([name]) => name)
}

const wanted: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a section of "key: value" lines',
  array: 'a list, such as [a, b]',
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (value === null) return 'nothing'
  return (
    { string: 'text', number: 'a number', boolean: 'true or false', object: 'a section' }[typeof value as 'string'] ??
    'something else'
  )
}

function sentence(issue: z.core.$ZodIssue, path: Path, explaining: Explaining): string {
  const name = pathText(path)
  const value = valueAt(explaining.document.value, path)
  if (isProvider(issue)) return provider(path, value, issue, explaining)
  if (value === undefined) {
    return missing(name, schemaAt(path, explaining))
  }
  switch (issue.code) {
    case 'invalid_type': {
      const fraction = issue.expected === 'int' && typeof value === 'number'
      return `${name} must be ${wanted[issue.expected] ?? issue.expected}${fraction ? '' : `, not ${kindOf(value)}`}`
    }
    case 'invalid_value': {
      const known = issue.values.map(String)
      if (typeof value !== 'string') return `${name} must be one of ${known.join(', ')}, not ${kindOf(value)}`
      return choice(name, value, known)
    }
    case 'too_small':
      if (issue.origin === 'string') return `${name} is empty`
      return issue.origin === 'array' ? `${name} is an empty list` : `${name} must be at least ${issue.minimum}`
    case 'too_big':
      return issue.origin === 'string' || issue.origin === 'array'
        ? `${name} is too long`
        : `${name} must be at most ${issue.maximum}`
    case 'invalid_format':
      return issue.format === 'url'
        ? `${name} must be an address, such as https://dav.example.org/home/`
        : `${name}: ${issue.message}`
    default:
      return `${name}: ${issue.message}`
  }
}

/** A section that is missing is described by what it must hold. */
function missing(name: string, schema: Schema | undefined): string {
  const { description } = schema === undefined ? {} : metaOf(schema)
  const inside = Object.entries((schema && fieldsOf(schema)) ?? {}).filter(([, field]) => presence(field).needed)
  const parts = [description, ...inside.map(([key, field]) => `${key} is ${metaOf(field).description}`)].filter(
    (part) => part !== undefined,
  )
  return `${name} is missing${parts.length === 0 ? '' : `: ${parts.join('; ').replaceAll('\n', '\n      ')}`}`
}

function choice(name: string, value: string, known: readonly string[]): string {
  const meant = nearest(value, known)
  const advice =
    meant === undefined || known.length === 1
      ? `known: ${known.join(', ')}`
      : `did you mean "${meant}"? Known: ${known.join(', ')}`
  return `${name}: "${value}" is not known; ${advice}`
}

function provider(path: Path, value: unknown, issue: z.core.$ZodIssue, explaining: Explaining): string {
  const [, account = ''] = path
  const section = childOf(explaining.schema, 'accounts')
  const known = Object.keys((section && fieldsOf(section)) ?? {})
  if (value === undefined) return `${pathText(path)} is missing; one of ${known.join(', ')}`
  if (typeof value !== 'string') return `${pathText(path)} must be one of ${known.join(', ')}`
  if (issue.code === 'invalid_value' && known.includes(value)) {
    return `${pathText(path)}: an account called "${account}" is one of the provider "${account}"; give this one another name`
  }
  return choice(pathText(path), value, known)
}

/** Account names become folders, parts of variable names and words on the command line. */
export function accountNameMistakes(document: SettingsDocument, schema: Schema): Mistake[] {
  const accounts = valueAt(document.value, ['accounts'])
  if (typeof accounts !== 'object' || accounts === null || core(schema)._zod.def.type !== 'object') return []
  return Object.keys(accounts).flatMap((name) => {
    const place = document.place(['accounts', name])
    if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(name)) {
      return { place, message: `accounts.${name}: an account's name consists of small letters, digits and "-" (up to 40)` }
    }
    // https://learn.microsoft.com/windows/win32/fileio/naming-a-file: names that Windows gives to devices.
    if (/^(con|prn|aux|nul|com\d|lpt\d)$/.test(name))
      return { place, message: `accounts.${name}: Windows allows no folder of this name; choose another` }
    return []
  })
}
