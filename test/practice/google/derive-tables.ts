import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

/** What the practice Drive accepts, read from the types that Google generates from its discovery document. */
export interface DerivedTables {
  standard: string[]
  parameters: Record<string, string[]>
  schemas: Record<string, Record<string, string>>
}

const methods: Record<string, string> = {
  'about.get': 'About$Get',
  'changes.getStartPageToken': 'Changes$Getstartpagetoken',
  'changes.list': 'Changes$List',
  'drives.get': 'Drives$Get',
  'drives.list': 'Drives$List',
  'files.download': 'Files$Download',
  'files.export': 'Files$Export',
  'files.get': 'Files$Get',
  'files.list': 'Files$List',
  'operations.get': 'Operations$Get',
  'permissions.list': 'Permissions$List',
}
const roots = ['About', 'StartPageToken', 'ChangeList', 'Drive', 'DriveList', 'Operation', 'File', 'FileList', 'PermissionList']

/** Names of a block's own members with their types; inner blocks are returned as text. */
function members(block: string): [string, string][] {
  const found: [string, string][] = []
  const member = /\s*'?([$\w.]+)'?\?: /y
  let at = 0
  while (at < block.length) {
    member.lastIndex = at
    const name = member.exec(block)
    if (name === null) break
    let end = member.lastIndex
    for (let depth = 0; end < block.length; end += 1) {
      if (block[end] === '{') depth += 1
      if (block[end] === '}') depth -= 1
      if (block[end] === ';' && depth === 0) break
    }
    found.push([name[1]!, block.slice(member.lastIndex, end)])
    at = end + 1
  }
  return found
}

/** Reads `v3.d.ts` of the installed googleapis. */
export function deriveTables(): DerivedTables {
  const file = createRequire(import.meta.url).resolve('googleapis/build/src/apis/drive/v3.d.ts')
  const text = readFileSync(file, 'utf8').replace(/\/\*\*[\s\S]*?\*\//g, '')
  const block = (name: string): string =>
    new RegExp(`interface ${name.replaceAll('$', '\\$')}(?: extends \\w+)? \\{\\n([\\s\\S]*?)\\n {4}\\}`).exec(text)?.[1] ?? ''
  const names = (name: string) => members(block(name)).map(([member]) => member)
  const schemas: DerivedTables['schemas'] = {}
  const add = (name: string, body: string) => {
    if (schemas[name] !== undefined) return
    const fields: Record<string, string> = {}
    schemas[name] = fields
    for (const [field, type] of members(body)) {
      const reference = /Schema\$(\w+)/.exec(type)?.[1]
      if (/\[key: string\]/.test(type)) fields[field] = '*'
      else if (type.includes('{')) {
        fields[field] = `${name}.${field}`
        add(`${name}.${field}`, type.slice(type.indexOf('{') + 1, type.lastIndexOf('}')))
      } else if (reference !== undefined) {
        fields[field] = reference
        add(reference, block(`Schema$${reference}`))
      } else fields[field] = ''
    }
  }
  for (const root of roots) add(root, block(`Schema$${root}`))
  const parameters = Object.fromEntries(
    Object.entries(methods).map(([method, name]) => [method, names(`Params$Resource$${name}`)]),
  )
  return { standard: names('StandardParameters').filter((name) => name !== 'auth'), parameters, schemas }
}

// Run by hand after an update of googleapis; the test says when that is due.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const target = fileURLToPath(new URL('../../../src/practice/google/drive-tables.ts', import.meta.url))
  const { standard, parameters, schemas } = deriveTables()
  writeFileSync(
    target,
    `// Derived from the types of googleapis (Google's discovery document) by test/practice/google/derive-tables.ts; a test compares.\n\n` +
      `/** Query parameters that every method takes. */\nexport const standardParameters: readonly string[] = ${JSON.stringify(standard)}\n\n` +
      `/** Query and path parameters of each method. */\nexport const methodParameters: Readonly<Record<string, readonly string[]>> = ${JSON.stringify(parameters)}\n\n` +
      `/** Fields of each resource: '' holds no fields of its own, '*' is a map with any keys, else the name of the schema of its value. */\n` +
      `export const schemas: Readonly<Record<string, Readonly<Record<string, string>>>> = ${JSON.stringify(schemas)}\n`,
  )
}
