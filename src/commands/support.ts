import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { arch, homedir, hostname, platform, release, totalmem, userInfo, version } from 'node:os'
import path from 'node:path'
import { Failure } from '../core/failure.ts'
import type { JsonObject } from '../core/json.ts'
import { archiveFacts, newestLogs, streamTitles } from '../support/archive-facts.ts'
import { readLog } from '../support/log-lines.ts'
import { alias, type Private, scrub, strike } from '../support/scrub.ts'
import { privateWords, settingsFacts } from '../support/settings-facts.ts'
import type { Command, Context } from './command.ts'

/** Variables that change how the program works; only whether each is set is told. */
const variables =
  /^(HOLDALL_\w+|https?_proxy|no_proxy|NODE_EXTRA_CA_CERTS|NODE_OPTIONS|NODE_TLS_REJECT_UNAUTHORIZED|SSL_CERT_(FILE|DIR)|LANG|LC_ALL|TERM|CI)$/i

export const support: Command = {
  name: 'support',
  summary:
    'write what a help desk needs into one file: versions, settings without secrets, counts, failures, the last log; no names',
  options: [{ flags: '--to <file>', description: 'the file to write (JSON); one that exists is replaced only with --yes' }],
  async run(context, _args, { to }) {
    // First of all: they name the language, too.
    const settings = await context.settings().catch(() => undefined)
    if (typeof to !== 'string' || to === '')
      throw new Failure('settings', '--to is missing: the file to write', {
        hint: 'for example: holdall support --to support.json',
      })
    const file = path.resolve(context.cwd, to)
    if (existsSync(file) && !context.yes)
      throw new Failure('settings', `${file} is there already`, { hint: 'choose another name, or add --yes to replace it' })
    if (settings !== undefined) refuseInside(settings.archive, file)
    const known = await knownOf(context)
    const bundle = {
      ...programFacts(context),
      settings: await attempt(known, async () => settingsFacts(await context.settings())),
      archive: await attempt(known, () => archivePart(context, known)),
    }
    // Once more over everything: whatever a part may have overlooked.
    const text = `${strike(JSON.stringify(bundle, undefined, 1), { secrets: known.secrets, names: [] })}\n`
    await writeFile(file, text, { mode: 0o600, flag: context.yes ? 'w' : 'wx' })
    context.out(`${context.words.commands.support.wrote(file)}\n`)
    context.emit({ event: 'summary', command: 'support', status: 0, details: { file, bytes: Buffer.byteLength(text) } })
    return 0
  },
}

function programFacts({ software, versions, variablesSet, clock }: Context): JsonObject {
  return {
    form: 1,
    made: new Date(clock.now()).toISOString(),
    program: software,
    versions: { node: versions.node ?? null, sqlite: versions.sqlite ?? null, openssl: versions.openssl ?? null },
    system: { platform: platform(), release: release(), version: version(), arch: arch(), memoryBytes: totalmem() },
    variablesSet: variablesSet.filter((name) => variables.test(name)).toSorted(),
  }
}

/** What is known of person and computer. Settings that cannot be read name nobody. */
async function knownOf(context: Context): Promise<Private> {
  const own = [userInfo().username, hostname(), path.basename(homedir())].filter((word) => word.length > 2)
  const settings = await context.settings().then(privateWords, () => undefined)
  return { secrets: settings?.secrets ?? [], names: [...own, ...(settings?.names ?? [])] }
}

/** Throws where the file would lie in the archive, which holds nothing but what it was told to save. */
function refuseInside(archive: string, file: string): void {
  const within = path.relative(archive, file)
  if (within.startsWith('..') || path.isAbsolute(within)) return
  throw new Failure('settings', `${file} lies in the archive`, { hint: 'choose a file elsewhere' })
}

async function archivePart(context: Context, person: Private): Promise<JsonObject | null> {
  const opened = await context.openForReading()
  if (opened === undefined) return null
  const { archive, journal } = opened
  try {
    // Accounts and sources are named in the bundle anyway.
    const told = new Set(journal.sources().flatMap(({ name }) => name.split('/')))
    const names = [...person.names, ...streamTitles(journal)].filter((word) => !told.has(word.toLowerCase()))
    const known = { ...person, names }
    const logs: JsonObject[] = []
    for (const log of newestLogs(archive)) {
      const { lines, leftOut, quiet } = await readLog(archive.absolute(log), known)
      logs.push({ log: path.basename(log), leftOut, savedOrUnchanged: quiet, lines: [...lines] })
    }
    return { place: alias(archive.root), ...(await archiveFacts(archive, journal, known)), logs }
  } finally {
    journal.close()
  }
}

/** What cannot be found out is itself what a help desk needs to know. */
async function attempt(known: Private, ask: () => Promise<JsonObject | null>): Promise<JsonObject | null> {
  try {
    return await ask()
  } catch (error) {
    const failure = Failure.from(error)
    return {
      cannotBeRead: scrub(failure.message, known),
      kind: failure.kind,
      ...(failure.hint !== undefined && { hint: scrub(failure.hint, known) }),
    }
  }
}
