import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

/** What a practice API accepts, read from the types that Google generates from its discovery document. */
export interface DerivedTables {
  standard: string[]
  parameters: Record<string, string[]>
  schemas: Record<string, Record<string, string>>
}

/** An API: where its types are, its methods by the name of their parameters' type, its resources, and where the tables are written. */
export interface ApiTypes {
  readonly types: string
  readonly methods: Readonly<Record<string, string>>
  readonly roots: readonly string[]
  readonly tables: string
}

export const apis = {
  drive: {
    types: 'drive/v3.d.ts',
    tables: 'drive-tables.ts',
    methods: {
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
      'permissions.create': 'Permissions$Create',
      'permissions.list': 'Permissions$List',
      'permissions.update': 'Permissions$Update',
    },
    roots: ['About', 'StartPageToken', 'ChangeList', 'Drive', 'DriveList', 'Operation', 'File', 'FileList', 'PermissionList'],
  },
  gmail: {
    types: 'gmail/v1.d.ts',
    tables: 'gmail/gmail-tables.ts',
    methods: {
      'users.getProfile': 'Users$Getprofile',
      'users.messages.list': 'Users$Messages$List',
      'users.messages.get': 'Users$Messages$Get',
      'users.drafts.list': 'Users$Drafts$List',
      'users.history.list': 'Users$History$List',
      'users.labels.list': 'Users$Labels$List',
      'users.labels.get': 'Users$Labels$Get',
      'users.settings.filters.list': 'Users$Settings$Filters$List',
      'users.settings.forwardingAddresses.list': 'Users$Settings$Forwardingaddresses$List',
      'users.settings.sendAs.list': 'Users$Settings$Sendas$List',
      'users.settings.delegates.list': 'Users$Settings$Delegates$List',
      'users.settings.getAutoForwarding': 'Users$Settings$Getautoforwarding',
      'users.settings.getVacation': 'Users$Settings$Getvacation',
      'users.settings.getImap': 'Users$Settings$Getimap',
      'users.settings.getPop': 'Users$Settings$Getpop',
      'users.settings.getLanguage': 'Users$Settings$Getlanguage',
    },
    roots: [
      'Profile',
      'ListMessagesResponse',
      'ListDraftsResponse',
      'ListHistoryResponse',
      'ListLabelsResponse',
      'ListFiltersResponse',
      'ListForwardingAddressesResponse',
      'ListSendAsResponse',
      'ListDelegatesResponse',
      'AutoForwarding',
      'VacationSettings',
      'ImapSettings',
      'PopSettings',
      'LanguageSettings',
    ],
  },
  people: {
    types: 'people/v1.d.ts',
    tables: 'people/people-tables.ts',
    methods: {
      'people.get': 'People$Get',
      'people.getBatchGet': 'People$Getbatchget',
      'people.connections.list': 'People$Connections$List',
      'contactGroups.list': 'Contactgroups$List',
      'contactGroups.get': 'Contactgroups$Get',
      'otherContacts.list': 'Othercontacts$List',
    },
    roots: ['ListConnectionsResponse', 'ListContactGroupsResponse', 'ListOtherContactsResponse', 'GetPeopleResponse'],
  },
  calendar: {
    types: 'calendar/v3.d.ts',
    tables: 'calendar/calendar-tables.ts',
    methods: {
      'calendarList.list': 'Calendarlist$List',
      'calendars.get': 'Calendars$Get',
      'events.list': 'Events$List',
      'events.get': 'Events$Get',
      'events.instances': 'Events$Instances',
      'acl.list': 'Acl$List',
      'settings.list': 'Settings$List',
      'colors.get': 'Colors$Get',
    },
    roots: ['CalendarList', 'Calendar', 'Events', 'Acl', 'Settings', 'Colors'],
  },
  tasks: {
    types: 'tasks/v1.d.ts',
    tables: 'tasks/tasks-tables.ts',
    methods: { 'tasklists.list': 'Tasklists$List', 'tasks.list': 'Tasks$List', 'tasks.get': 'Tasks$Get' },
    roots: ['TaskLists', 'Tasks'],
  },
} satisfies Record<string, ApiTypes>

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

/** Reads the types of the installed googleapis. */
export function deriveTables({ types, methods, roots }: ApiTypes = apis.drive): DerivedTables {
  const file = createRequire(import.meta.url).resolve(`googleapis/build/src/apis/${types}`)
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
    // What stands in the body is no parameter of the query.
    Object.entries(methods).map(([method, name]) => [
      method,
      names(`Params$Resource$${name}`).filter((one) => one !== 'requestBody'),
    ]),
  )
  return { standard: names('StandardParameters').filter((name) => name !== 'auth'), parameters, schemas }
}

// Run by hand after an update of googleapis; the tests say when that is due.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const api of Object.values(apis)) {
    const target = fileURLToPath(new URL(`../../../src/practice/google/${api.tables}`, import.meta.url))
    const { standard, parameters, schemas } = deriveTables(api)
    writeFileSync(
      target,
      `// Derived from the types of googleapis (Google's discovery document) by test/practice/google/derive-tables.ts; a test compares.\n\n` +
        (api === apis.drive
          ? `/** Query parameters that every method takes. */\nexport const standardParameters: readonly string[] = ${JSON.stringify(standard)}\n\n`
          : '') +
        `/** Query and path parameters of each method. */\nexport const methodParameters: Readonly<Record<string, readonly string[]>> = ${JSON.stringify(parameters)}\n\n` +
        `/** Fields of each resource: '' holds no fields of its own, '*' is a map with any keys, else the name of the schema of its value. */\n` +
        `export const schemas: Readonly<Record<string, Readonly<Record<string, string>>>> = ${JSON.stringify(schemas)}\n`,
    )
  }
}
