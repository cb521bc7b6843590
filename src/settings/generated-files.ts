import { stringify } from 'yaml'
import { z } from 'zod'
import type { Provider } from '../core/provider.ts'
import { definition } from './definition.ts'
import { profileDefinition } from './profile/profile-definition.ts'
import { core, fieldsOf, metaOf, presence, type Schema } from './schema-walk.ts'

/** config/holdall.schema.json: what editors complete from. Draft 7, because that is what YAML editors understand. */
export function schemaText(providers: readonly Provider[]): string {
  const schema = z.toJSONSchema(definition(providers), { target: 'draft-7', io: 'input', unrepresentable: 'any' })
  return `${JSON.stringify({ title: 'holdall.yaml', ...schema }, undefined, 2)}\n`
}

/** config/profile.schema.json: the same for who writes an organisation's profile. */
export function profileSchemaText(providers: readonly Provider[]): string {
  const schema = z.toJSONSchema(profileDefinition(providers), { target: 'draft-7', io: 'input', unrepresentable: 'any' })
  return `${JSON.stringify({ title: "an organisation's profile for Holdall", ...schema }, undefined, 2)}\n`
}

/** config/holdall.example.yaml: every setting with its default or an example, and what it means. */
export function exampleText(providers: readonly Provider[]): string {
  const lines = [
    ...comment(
      'Every setting of holdall.yaml. What begins with "# key:" may be left out; $' +
        '{NAME} in a value stands for that environment variable.',
      '',
    ),
    ...comment(
      'A password or a client secret may also come from HOLDALL_<ACCOUNT>_PASSWORD or HOLDALL_<ACCOUNT>_CLIENT_SECRET.',
      '',
    ),
    ...comment('Editors that know YAML complete the keys from holdall.schema.json:', ''),
    '# yaml-language-server: $schema=./holdall.schema.json',
    '',
  ]
  for (const [key, schema] of Object.entries(fieldsOf(definition(providers)) ?? {})) lines.push(...example(key, schema, ''))
  return `${lines.join('\n')}\n`
}

function example(key: string, schema: Schema, indent: string): string[] {
  const { description, example: sample } = metaOf(schema)
  const fields = fieldsOf(schema)
  const head = description === undefined ? [] : comment(description, indent)
  if (fields !== undefined) {
    const inside = byImportance(fields).flatMap(([name, field]) => example(name, field, `${indent}  `))
    if (inside.length === 0) return []
    // A section without a living key would be a key without a value.
    const asleep = inside.every((line) => line.trimStart().startsWith('#'))
    return [...head, `${indent}${asleep ? '# ' : ''}${key}:`, ...inside]
  }
  const { needed, fallback } = presence(schema)
  const value = fallback ?? sample ?? fixed(schema) ?? `YOUR-${key.toUpperCase()}`
  const written = `${key}: ${yamlValue(value)}`
  // A key without a default is shown, but does nothing until someone takes the "#" away.
  const asleep = !needed && fallback === undefined && fixed(schema) === undefined
  return [...head, `${indent}${asleep ? '# ' : ''}${written}`]
}

/** What an account is stands above what it has. */
function byImportance(fields: Readonly<Record<string, Schema>>): [string, Schema][] {
  return Object.entries(fields).toSorted(([, a], [, b]) => Number(fixed(b) !== undefined) - Number(fixed(a) !== undefined))
}

/** The one value that a literal may have. */
function fixed(schema: Schema): unknown {
  const { def } = core(schema)._zod
  return def.type === 'literal' ? def.values[0] : undefined
}

/** A value in one line of YAML. Texts with `${` or other signs are put in quotes. */
export function yamlValue(value: unknown): string {
  return stringify(value, {
    collectionStyle: 'flow',
    lineWidth: 0,
    defaultStringType: 'PLAIN',
    flowCollectionPadding: false,
  }).trim()
}

/** A comment of at most 100 columns where words allow it; line breaks of the text stay. */
export function comment(text: string, indent: string): string[] {
  return text.split('\n').flatMap((sentence) => {
    const lines: string[] = []
    let line = ''
    for (const word of sentence.split(' ')) {
      if (line !== '' && indent.length + line.length + word.length + 3 > 100) {
        lines.push(`${indent}# ${line}`)
        line = word
      } else line = line === '' ? word : `${line} ${word}`
    }
    return [...lines, `${indent}# ${line}`]
  })
}

/** One line a setting, for `--help` and the README: key, default, meaning. */
export function settingsHelp(
  providers: readonly Provider[],
): readonly { readonly key: string; readonly fallback: string; readonly meaning: string }[] {
  const list = (schema: Schema, path: string): { key: string; fallback: string; meaning: string }[] =>
    Object.entries(fieldsOf(schema) ?? {}).flatMap(([name, field]) => {
      const key = path === '' ? name : `${path}.${name}`
      if (fieldsOf(field) !== undefined) return list(field, key)
      const { needed, fallback } = presence(field)
      return [
        {
          key,
          fallback: needed ? 'needed' : fallback === undefined ? '' : yamlValue(fallback),
          meaning: metaOf(field).description ?? '',
        },
      ]
    })
  return list(definition(providers), '')
}
