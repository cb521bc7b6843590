import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

/** Which folders of src each folder may import, besides itself. Packages and Node's own modules are free. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  // Written from the providers' documentation, so that a mistake is not shared and thereby hidden.
  practice: [],
  language: ['core'],
  http: ['core'],
  journal: ['core'],
  archive: ['core', 'language'],
  display: ['core', 'language'],
  settings: ['core'],
  signin: ['core', 'http'],
  // Each provider for itself (see below): never another one.
  providers: ['core'],
  backup: ['core', 'journal', 'archive'],
  verify: ['core', 'journal', 'archive'],
  copy: ['core', 'journal', 'archive', 'verify'],
  support: ['core', 'journal', 'archive', 'settings'],
  report: ['core', 'journal', 'archive', 'language'],
  // The conversation of `holdall init`.
  init: ['core', 'language', 'display', 'settings', 'archive'],
  forecast: ['core', 'journal'],
  leave: ['core', 'journal', 'archive', 'language'],
  export: ['core', 'journal', 'archive'],
  web: ['core', 'journal', 'archive', 'report'],
  // The jobs that commands drive (signing in and writing settings among them) and the words for their results; the rest comes with their Context.
  commands: [
    'core',
    'language',
    'display',
    'settings',
    'signin',
    'init',
    'journal',
    'backup',
    'forecast',
    'verify',
    'copy',
    'support',
    'report',
    'leave',
    'export',
  ],
}

/** Files that know more than their folder, and why. */
const knowsMore: Readonly<Record<string, readonly string[]>> = {
  // A program of its own, which `npm run generate` starts: it writes config/ from the definitions and the list of providers.
  'settings/generate.ts': ['providers', 'report'],
  // Starts the practice cloud beside the program.
  'commands/practice.ts': ['practice'],
}

/** Composition: these know every part. */
const knowAll: readonly string[] = ['app', 'main.ts', 'renewal.ts', 'holdall.js']

const providerIds = ['google', 'microsoft', 'zoom', 'webdav']
const mayNameProviders = (file: string) => /^(providers|practice)\//.test(file) || file === 'commands/practice.ts'

/** Files of more than 300 lines, and why they are not two. */
const mayBeLong: Readonly<Record<string, string>> = {
  'practice/google/drive-tables.ts': 'one table, derived from the official library by a script',
}

const root = fileURLToPath(new URL('../src/', import.meta.url))

interface SourceFile {
  /** Below src, with `/`. */
  readonly name: string
  readonly text: string
  /** The text with comments blanked, line for line. */
  readonly code: string
}

const blank = (text: string) => text.replace(/[^\n]/g, ' ')

/** A comment begins at the start of a line or after white space; `https://…` and globs in strings do not. */
function withoutComments(text: string): string {
  return text.replace(/(^|\s)\/\*[\s\S]*?\*\/|(^|\s)\/\/[^\n]*/g, blank)
}

const files: readonly SourceFile[] = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((name) => name.split(path.sep).join('/'))
  .filter((name) => /\.[jt]s$/.test(name))
  .toSorted()
  .map((name) => {
    const text = readFileSync(path.join(root, name), 'utf8')
    return { name, text, code: withoutComments(text) }
  })

const lineAt = (code: string, index: number) => code.slice(0, index).split('\n').length

/** `file:line: what` for each place that matches. */
function places(
  file: SourceFile,
  code: string,
  pattern: RegExp,
  what: (match: RegExpMatchArray) => string | undefined,
): string[] {
  return [...code.matchAll(pattern)].flatMap((match) => {
    const message = what(match)
    return message === undefined ? [] : [`src/${file.name}:${lineAt(code, match.index + match[0].search(/\S/))}: ${message}`]
  })
}

const imports =
  /\b(?:import|export)\s+(type\s)?[^'";]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\s*\(\s*()['"]([^'"]+)['"]|\bimport\s+()['"]([^'"]+)['"]/g

function forbiddenImports(file: SourceFile): string[] {
  const [folder = ''] = file.name.split('/')
  if (knowAll.includes(folder)) return []
  return places(file, file.code, imports, (match) => {
    const target = match[2] ?? match[4] ?? match[6] ?? ''
    if (!target.startsWith('.')) return undefined
    const imported = path.posix.join(path.posix.dirname(file.name), target)
    const [other = ''] = imported.split('/')
    if (imported.startsWith('..')) return `imports ${target}, outside of src`
    if (!target.endsWith('.ts') && !target.endsWith('.json')) return `imports ${target} without its ending .ts`
    // A command knows the App by its type alone.
    if (other === 'app')
      return folder === 'commands' && match[1] !== undefined ? undefined : `imports ${imported}, which knows every part`
    if (folder === 'providers' && other === 'providers' && file.name !== 'providers/index.ts') {
      return file.name.split('/')[1] === imported.split('/')[1] ? undefined : `imports ${imported}: a provider knows no other`
    }
    if (folder === other) return undefined
    const allowed = [...(mayImport[folder] ?? []), ...(knowsMore[file.name] ?? [])]
    return allowed.includes(other)
      ? undefined
      : `imports ${imported}; ${folder}/ may import ${allowed.join(', ') || 'nothing of ours'}`
  })
}

test('every folder stands in the table', () => {
  const folders = new Set(files.map(({ name }) => (name.includes('/') ? (name.split('/')[0] ?? '') : name)))
  expect([...folders].filter((folder) => mayImport[folder] === undefined && !knowAll.includes(folder))).toEqual([])
})

test('who may import whom', () => {
  expect(files.flatMap(forbiddenImports)).toEqual([])
})

/** archive/lock.ts asks whether another process is alive: signal 0, which changes nothing. */
const mayTouchProcess = ['main.ts', 'renewal.ts', 'holdall.js', 'archive/lock.ts']

function touchesProcess(file: SourceFile): string[] {
  if (mayTouchProcess.includes(file.name)) return []
  const code = file.code.replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, blank)
  return [
    ...places(file, code, /\bprocess\s*(?:\?\.|\.)\s*[a-zA-Z]+|[=(,:]\s*process\b(?=\s*[,);\n])/g, (match) => match[0].trim()),
    ...places(file, file.code, /['"](?:node:)?process['"]/g, (match) => `imports ${match[0]}`),
  ]
}

test('only main.ts, and renewal.ts, which is a process of its own, touch the process', () => {
  expect(files.flatMap(touchesProcess)).toEqual([])
})

const providerLiteral = new RegExp(`['"\`](${providerIds.join('|')})(/[a-z]+)?['"\`]`, 'g')
const providerImport = new RegExp(`['"](?:\\.{1,2}/)+(?:[a-z-]+/)*(?:${providerIds.join('|')})/[^'"]*['"]`, 'g')

function namesProviders(file: SourceFile): string[] {
  if (mayNameProviders(file.name)) return []
  return [providerLiteral, providerImport].flatMap((pattern) => places(file, file.code, pattern, (match) => `names ${match[0]}`))
}

test('only providers/ and practice/ name providers', () => {
  expect(files.flatMap(namesProviders)).toEqual([])
})

test('files are named after what they hold', () => {
  const drawers = files.filter(({ name }) => /(^|\/|-)(utils?|helpers?|common|misc|managers?)(-|\/|\.)/.test(name))
  expect(drawers.map(({ name }) => name)).toEqual([])
  const odd = files.filter(({ name }) => !/^([a-z0-9]+(-[a-z0-9]+)*\/)*[a-z0-9]+(-[a-z0-9]+)*\.[jt]s$/.test(name))
  expect(odd.map(({ name }) => name)).toEqual([])
})

test('a file of more than 300 lines has a reason', () => {
  const long = files.filter(({ name, text }) => text.trimEnd().split('\n').length > 300 && mayBeLong[name] === undefined)
  expect(long.map(({ name, text }) => `src/${name}: ${text.split('\n').length} lines`)).toEqual([])
  expect(Object.keys(mayBeLong).filter((name) => !files.some((file) => file.name === name))).toEqual([])
})

test('the rules of this file do catch what they forbid', () => {
  const file = (name: string, text: string): SourceFile => ({ name, text, code: withoutComments(text) })
  expect(forbiddenImports(file('http/x.ts', "// a\nimport {\n  a,\n} from '../journal/journal.ts'\n"))).toEqual([
    'src/http/x.ts:2: imports journal/journal.ts; http/ may import core',
  ])
  expect(
    forbiddenImports(
      file('core/x.ts', "export * from '../http/a.ts'\nawait import('../archive/b.ts')\nimport '../display/c.ts'"),
    ),
  ).toHaveLength(3)
  expect(forbiddenImports(file('providers/a/x.ts', "import type { A } from '../b/y.ts'\nimport { B } from './z.ts'"))).toEqual([
    'src/providers/a/x.ts:1: imports providers/b/y.ts: a provider knows no other',
  ])
  expect(
    forbiddenImports(file('backup/x.ts', "// import '../http/a.ts'\n/* import '../http/a.ts' */\nimport { z } from 'zod'")),
  ).toEqual([])
  expect(
    forbiddenImports(file('commands/x.ts', "import type { App } from '../app/app.ts'\nimport { app } from '../app/app.ts'")),
  ).toHaveLength(1)
  for (const text of [
    'const a = process.env.B',
    'const { env } = process\n',
    "import { env } from 'node:process'",
    'f(process)\n',
    'f(process);',
  ]) {
    expect(touchesProcess(file('http/x.ts', text)), text).toHaveLength(1)
  }
  expect(
    touchesProcess(
      file('http/x.ts', "type A = NodeJS.Platform // process.env\nconst a = 'the process.'\nconst child = process2.pid"),
    ),
  ).toEqual([])
  for (const text of ["a === 'google'", '"webdav"', "'zoom/recordings'", "import { a } from './providers/google/provider.ts'"]) {
    expect(namesProviders(file('app.ts', text)), text).toHaveLength(1)
    expect(namesProviders(file('providers/index.ts', text)), text).toEqual([])
  }
  expect(namesProviders(file('core/x.ts', "'googleapis' // 'google'"))).toEqual([])
})
