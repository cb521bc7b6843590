import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** A sentence that the code gives a Failure, in the forms that it can take. */
export interface CodeSentence {
  readonly file: string
  readonly kind: string
  /** As it stands in the code. */
  readonly source: string
  /** With its holes filled: one of these has to have its Japanese, for each way in which the code puts it together. */
  readonly forms: readonly string[]
}

const root = fileURLToPath(new URL('../../src/', import.meta.url))

/** All that speaks to a person by Failures: not the practice services, and not the catalogues. */
export function sentencesOfFailures(): CodeSentence[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => name.endsWith('.ts') && !/^(language|practice)\//.test(name))
    .flatMap((name) => sentencesIn(name, readFileSync(path.join(root, name), 'utf8')))
}

export function sentencesIn(file: string, text: string): CodeSentence[] {
  const found: CodeSentence[] = []
  for (const { index } of text.matchAll(/new Failure\(/g)) {
    const [kind = '', message = '', options = ''] = argumentsAt(text, index + 'new Failure('.length)
    // What cannot happen, and what stands beside it in every language.
    if (kind === "'bug'" || /\bsaid\b/.test(options)) continue
    const hint = /\bhint(?::|,|\s*})/.test(options) ? valueAt(options, 'hint') : ''
    for (const part of [message, hint])
      for (const source of literals(part)) found.push({ file, kind, source, forms: formsOf(source) })
  }
  return found
}

/** The arguments of a call, from after its bracket on. */
function argumentsAt(text: string, start: number): string[] {
  const parts: string[] = []
  let [depth, from, at] = [0, start, start]
  while (at < text.length) {
    const char = text[at]!
    if (char === "'" || char === '"' || char === '`') {
      at = endOfString(text, at)
      continue
    }
    if ('([{'.includes(char)) depth++
    if (')]}'.includes(char)) {
      if (depth === 0) break
      depth--
    }
    if (char === ',' && depth === 0) {
      parts.push(text.slice(from, at).trim())
      from = at + 1
    }
    at++
  }
  return [...parts, text.slice(from, at).trim()]
}

/** Where the string that begins at `start` has ended. */
function endOfString(text: string, start: number): number {
  const quote = text[start]
  let at = start + 1
  while (at < text.length && text[at] !== quote) {
    if (text[at] === '\\') at++
    else if (quote === '`' && text.startsWith('${', at)) at = endOfHole(text, at) - 1
    at++
  }
  return at + 1
}

function endOfHole(text: string, start: number): number {
  let [depth, at] = [0, start + 1]
  for (;;) {
    const char = text[at]
    if (char === undefined) return at
    if (char === "'" || char === '"' || char === '`') {
      at = endOfString(text, at)
      continue
    }
    if (char === '{') depth++
    if (char === '}') depth--
    at++
    if (depth === 0) return at
  }
}

function valueAt(options: string, key: string): string {
  const at = options.search(new RegExp(`\\b${key}:`))
  return at === -1 ? '' : (argumentsAt(options, at + key.length + 1)[0] ?? '')
}

/** The strings and templates of an expression, not those within them, nor those that are compared with or looked up. */
function literals(expression: string): string[] {
  const found: string[] = []
  for (let at = 0; at < expression.length; ) {
    const char = expression[at]!
    if (char === "'" || char === '"' || char === '`') {
      const end = endOfString(expression, at)
      const before = expression.slice(0, at).trimEnd()
      if (!/(===|!==|\[|\()$/.test(before) && !/^\s*(===|!==|\])/.test(expression.slice(end)))
        found.push(expression.slice(at, end))
      at = end
    } else at++
  }
  return found
}

const plain = (literal: string) =>
  literal
    .slice(1, -1)
    .replace(/\\(['"`\\])/g, '$1')
    .replaceAll('\\n', '\n')

/** What may stand in a hole of which nothing is known: a name, or a whole sentence. */
const fillings = ['NAME', 'not taken yet']

/** A template with its holes filled in each way: by what the code puts there, or, where that is not seen, by a name or a sentence. */
export function formsOf(literal: string): string[] {
  if (!literal.startsWith('`')) return [plain(literal)]
  let forms = ['']
  const body = literal.slice(1, -1)
  for (let at = 0; at < body.length; ) {
    if (body[at] === '\\') {
      forms = forms.map((form) => form + plain(`'${body.slice(at, at + 2)}'`))
      at += 2
    } else if (body.startsWith('${', at)) {
      const end = endOfHole(body, at)
      const inner = literals(body.slice(at + 2, end - 1))
      const fills = inner.length > 0 && /\?/.test(body.slice(at, end)) ? inner.flatMap(formsOf) : fillings
      forms = forms.flatMap((form) => fills.map((fill) => form + fill)).slice(0, 64)
      at = end
    } else {
      const next = body.slice(at).search(/\$\{|\\/)
      const end = next <= 0 ? (next === 0 ? at + 1 : body.length) : at + next
      forms = forms.map((form) => form + body.slice(at, end))
      at = end
    }
  }
  return forms
}
