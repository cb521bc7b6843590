import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type Scalar } from 'yaml'
import type { EnvironmentVariables } from './environment.ts'
import type { Mistake, Place } from './mistakes.ts'
import { childOf, core, type Path, pathText, type Schema } from './schema-walk.ts'

/** A settings file as plain values, with the place of each. */
export interface SettingsDocument {
  readonly value: unknown
  /** Where a key stands (a list's entry: where its value does); of the nearest one above where it does not exist. */
  place(path: Path): Place | undefined
  readonly mistakes: readonly Mistake[]
}

/**
 * What is wrong with YAML that cannot be read, by the library's code. Its own messages are not used: they quote the text, which may be a secret.
 * https://eemeli.org/yaml/#errors
 */
const syntax: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'a tab stands where spaces must be; indent by spaces only',
  BAD_INDENT: 'the indentation does not fit the lines above',
  BLOCK_AS_IMPLICIT_KEY: 'two "key: value" pairs stand in one line; put a value with ": " in quotes',
  MULTILINE_IMPLICIT_KEY: 'a key must stand in one line and end with ":"',
  MISSING_CHAR: 'something is missing: a ":" after a key, a closing quote or bracket',
  BAD_DQ_ESCAPE: 'a backslash inside "…" begins an escape; write the value in single quotes instead',
  BAD_SCALAR_START: 'a value that begins with @, ` or % must stand in quotes',
  BAD_ALIAS: 'a value that begins with * must stand in quotes',
  TAG_RESOLVE_FAILED: 'a value that begins with ! must stand in quotes',
  MULTIPLE_DOCS: 'the file holds more than one document ("---"); only one is allowed',
}

/** Reads a settings file. `schema` says where text is wanted, so that a user name of digits need not stand in quotes. */
export function readYaml(source: string, schema: Schema, env: EnvironmentVariables): SettingsDocument {
  const lines = new LineCounter()
  const document = parseDocument(source, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    stringKeys: false,
    version: '1.2',
  })
  const mistakes: Mistake[] = []
  const places = new Map<string, Place>()
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const place = (path: Path): Place | undefined => {
    for (let length = path.length; length > 0; length--) {
      const found = places.get(JSON.stringify(path.slice(0, length)))
      if (found !== undefined) return found
    }
    return undefined
  }
  const offset = (node: unknown) => (node as Node | null)?.range?.[0] ?? 0

  const scalar = (node: Scalar, path: Path, expected: Schema | undefined): unknown => {
    const wanted = expected === undefined ? undefined : core(expected)._zod.def.type
    if (typeof node.value === 'number' && wanted === 'string') return node.source ?? String(node.value)
    if (typeof node.value !== 'string') return node.value
    const filled = fillIn(node.value, env)
    for (const message of filled.mistakes) mistakes.push({ place: at(offset(node)), message: `${pathText(path)}: ${message}` })
    // Only what came from the environment: text in quotes stays text.
    if (!filled.changed) return filled.text
    if (wanted === 'number' && /^-?\d+(\.\d+)?$/.test(filled.text)) return Number(filled.text)
    if (wanted === 'boolean' && /^(true|false)$/.test(filled.text)) return filled.text === 'true'
    return filled.text
  }

  const convert = (node: unknown, path: Path, expected: Schema | undefined): unknown => {
    if (isScalar(node)) return scalar(node, path, expected)
    if (isSeq(node)) {
      return node.items.map((item, index) => {
        places.set(JSON.stringify([...path, index]), at(offset(item)))
        return convert(item, [...path, index], expected && childOf(expected, index))
      })
    }
    if (!isMap(node)) {
      if (node !== null)
        mistakes.push({ place: at(offset(node)), message: `${pathText(path)}: a value that begins with * must stand in quotes` })
      return undefined
    }
    // Without a prototype, so that a key called __proto__ is a key like others.
    const result: Record<string, unknown> = Object.create(null)
    for (const { key, value } of node.items) {
      const keyPlace = at(offset(key))
      if (!isScalar(key)) {
        mistakes.push({
          place: keyPlace,
          message: `${path.length === 0 ? 'the file' : pathText(path)}: a key must be a plain word`,
        })
        continue
      }
      const name = typeof key.value === 'string' ? key.value : (key.source ?? String(key.value))
      const here = [...path, name]
      const before = places.get(JSON.stringify(here))
      if (before !== undefined) {
        const what =
          path.length === 1 && path[0] === 'accounts' ? `two accounts are called "${name}"` : `${pathText(here)} stands twice`
        mistakes.push({ place: keyPlace, message: `${what}; the first one is in line ${before.line}` })
        continue
      }
      places.set(JSON.stringify(here), keyPlace)
      // A key without a value (all below it commented out) is a key left out.
      if (value === null || (isScalar(value) && value.value === null)) continue
      result[name] = convert(
        value,
        here,
        expected && childOf(expected, name, (sibling) => (node.has(sibling) ? node.get(sibling) : undefined)),
      )
    }
    return result
  }

  const wrong = [...document.errors, ...document.warnings]
  for (const error of wrong) {
    const found = at(error.pos[0])
    const variable = /[[{,].*[^"'$]\$\{/.test(source.split('\n')[found.line - 1] ?? '')
    const message = variable
      ? 'inside { … } and [ … ], $' + '{NAME} must stand in quotes'
      : (syntax[error.code] ?? 'this cannot be read as YAML; look at indentation, quotes and ":" in this line')
    const mistake = { place: found, message, syntax: true }
    // One slip makes the parser stumble again and again, in this line and in those that follow.
    if (!mistakes.some(({ place }) => place !== undefined && mistake.place.line - place.line <= 3)) mistakes.push(mistake)
  }
  const root = wrong.length > 0 ? undefined : document.contents
  if (root !== undefined && root !== null && !isMap(root) && !(isScalar(root) && root.value === null)) {
    mistakes.push({ place: at(offset(root)), message: 'the file must consist of "key: value" lines' })
    return { value: undefined, place, mistakes }
  }
  return { value: isMap(root) ? convert(root, [], schema) : {}, place, mistakes }
}

/** Puts environment variables in the place of `${NAME}`; `$${NAME}` stands for itself. */
function fillIn(text: string, env: EnvironmentVariables) {
  const mistakes: string[] = []
  let changed = false
  const filled = text.replace(/(\$?)\$\{([^}]*)\}/g, (whole: string, escaped: string, name: string) => {
    if (escaped !== '') return whole.slice(1)
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      mistakes.push(
        'what stands in $' + '{…} is no name of an environment variable; write $$' + '{ for the characters themselves',
      )
      return whole
    }
    const value = env[name]
    changed = true
    if (value === undefined) mistakes.push(`the environment variable ${name} is not set`)
    return value ?? whole
  })
  return { text: filled, mistakes, changed }
}
