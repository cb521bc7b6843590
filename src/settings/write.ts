import type { Provider } from '../core/provider.ts'
import { definition } from './definition.ts'
import { comment, yamlValue } from './generated-files.ts'
import { fieldsOf, metaOf, type Schema } from './schema-walk.ts'

/** What `holdall init` learned. Keys are left out where the default is right. */
export interface Answers {
  readonly archive?: string
  readonly profile?: string
  readonly language?: 'en' | 'ja'
  readonly accounts: readonly AccountAnswers[]
}

export interface AccountAnswers {
  readonly name: string
  readonly provider: string
  readonly client?: { readonly id: string; readonly secret?: string }
  readonly sources?: readonly string[]
  /** The provider's own keys (url, username …). */
  readonly settings?: Readonly<Record<string, unknown>>
}

/** The text of a new holdall.yaml, with the meaning of each key above it, in the words of the definition. */
export function settingsFileText(answers: Answers, providers: readonly Provider[]): string {
  const { accounts, ...rest } = answers
  const root = definition(providers)
  const known = fieldsOf(root)?.accounts
  const lines = [
    ...comment('Settings of Holdall. config/holdall.example.yaml shows all of them; `holdall connect NAME` signs in.', ''),
    '',
  ]
  for (const [key, value] of Object.entries(rest)) lines.push(...entry(key, value, fieldsOf(root)?.[key], ''))
  lines.push('accounts:')
  for (const { name, settings, ...account } of accounts) {
    const schema = fieldsOf(known as Schema)?.[account.provider]
    lines.push(`  ${name}:`)
    for (const [key, value] of Object.entries({
      provider: account.provider,
      ...settings,
      client: account.client,
      sources: account.sources,
    })) {
      lines.push(...entry(key, value, schema && fieldsOf(schema)?.[key], '    '))
    }
  }
  return `${lines.join('\n')}\n`
}

function entry(key: string, value: unknown, schema: Schema | undefined, indent: string): string[] {
  if (value === undefined) return []
  // The first line says what it is; what follows (how to get one) has been done.
  const description = schema === undefined ? undefined : metaOf(schema).description?.split('\n')[0]
  const head = description === undefined ? [] : comment(description, indent)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [...head, `${indent}${key}: ${yamlValue(literally(value))}`]
  return [
    `${indent}${key}:`,
    ...Object.entries(value).flatMap(([name, inner]) => entry(name, inner, schema && fieldsOf(schema)?.[name], `${indent}  `)),
  ]
}

/** What a person typed means itself, also with `${` in it; a lone `${NAME}` was typed to mean the variable. */
function literally(value: unknown): unknown {
  if (typeof value !== 'string' || /^\$\{[A-Za-z_][A-Za-z0-9_]*\}$/.test(value)) return value
  return value.replaceAll('$' + '{', '$$$' + '{')
}
