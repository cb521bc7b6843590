import type { ArchiveSession } from '../app/open-archive.ts'
import { accountFacts } from '../backup/account-facts.ts'
import { bringUpToDate } from '../backup/bring-up-to-date.ts'
import { metadataOf } from '../backup/metadata-of.ts'
import { type Unsealed, unsealedMark } from '../backup/seal.ts'
import { Failure } from '../core/failure.ts'
import type { ExitStatus } from '../core/state.ts'
import type { Journal } from '../journal/journal.ts'
import { rememberVerify } from '../journal/last-verify.ts'
import { LostJournal } from '../journal/open.ts'
import type { Words } from '../language/words.ts'
import { compareAccounts } from '../verify/accounts.ts'
import { checkJournal } from '../verify/check-journal.ts'
import { expectedFiles } from '../verify/expected-files.ts'
import { isAwaited } from '../verify/mark-damaged.ts'
import { type OpenResult, openFiles } from '../verify/open.ts'
import { createPassMemory, type Pass } from '../verify/pass.ts'
import { createRepair } from '../verify/repair.ts'
import { compareStatements } from '../verify/statements.ts'
import { type VerifyResult, verifyArchive } from '../verify/verify.ts'
import type { Command, Context } from './command.ts'
import { type RemoteVerdict, verifyRemote } from './verify-remote.ts'

/** Files read at once: disks and checksums are the limit, not waiting. */
const atOnce = 4

export const verify: Command = {
  name: 'verify',
  summary: 'read every saved byte again and compare it with the journal and the manifests',
  arguments: '[source...]',
  options: [
    { flags: '--quick', description: 'compare sizes and times; read only what somebody wrote to' },
    {
      flags: '--open',
      description:
        'also look inside documents, pictures, mail, films: what may not open is named (it came so; the exit status stays)',
    },
    { flags: '--remote', description: 'also list the accounts again, and name what is missing or newer there' },
  ],
  async run(context, args, options) {
    const looked = await context.openForReading().catch((error: unknown) => {
      if (error instanceof Failure && error.cause instanceof LostJournal && options.remote !== true) return error
      throw error
    })
    if (looked instanceof Failure) return verifyWithoutJournal(context, looked, options.quick === true)
    if (looked === undefined) throw new Failure('settings', 'nothing is saved yet', { hint: 'run holdall backup first' })
    looked.journal.close()
    const session = await context.openArchive('allow')
    const release = context.stayAwake()
    try {
      const { journal, archive } = session
      const wanted = chosen(journal, args)
      context.emit({ event: 'started', command: 'verify', archive: archive.root })
      await bringUpToDate({ journal, archive, clock: context.clock, emit: context.emit }, context.software)
      const remote = options.remote === true ? await verifyRemote(context, session, args) : undefined
      const local = await verifyHere(context, session, wanted, options.quick === true ? 'sizes' : 'every-byte')
      const inside = options.open === true ? await openHere(context, session, wanted, local) : undefined
      context.out(localText(local, options.quick === true, context.words))
      if (inside !== undefined) context.out(insideText(inside, context.words))
      if (remote !== undefined) context.out(remote.text)
      rememberVerify(journal, {
        ended: context.clock.now(),
        read: options.quick === true ? 'sizes' : 'every-byte',
        sources: wanted === undefined ? null : [...wanted],
        files: local.result.files,
        bytes: local.result.bytes,
        damaged: local.result.damaged + (local.earlier?.passed.damaged ?? 0),
      })
      const damaged = local.result.damaged > 0 || (local.earlier?.passed.damaged ?? 0) > 0
      const status = worst(damaged ? 3 : 0, remote)
      context.emit({ event: 'summary', command: 'verify', status, details: details(local, inside, remote) })
      return status
    } finally {
      release()
      session.close()
    }
  },
}

/**
 * The journal is lost: files are held against the manifests alone, and nothing is written. It counts as damage, which the next backup mends.
 */
async function verifyWithoutJournal(
  { emit, signal, settings, out, words }: Context,
  lost: Failure,
  quick: boolean,
): Promise<ExitStatus> {
  const { archive: root } = await settings()
  emit({ event: 'started', command: 'verify', archive: root })
  emit({
    event: 'notice',
    level: 'warning',
    message: `${lost.message}; the files are held against the manifests alone${quick ? ', and are read, for only the journal knows sizes and times' : ''}`,
    ...(lost.hint !== undefined && { hint: lost.hint }),
  })
  const trouble = (lost.cause as LostJournal).message
  emit({
    event: 'damaged',
    path: '.holdall/journal.db',
    message: `is ${trouble === 'missing' ? trouble : `damaged: ${trouble}`}`,
  })
  const result = await verifyArchive({ root, read: 'every-byte', atOnce, emit, signal })
  const { files, bytes, damaged } = result
  out(`${words.commands.verify.withoutJournal(files, bytes, damaged)}\n`)
  emit({
    event: 'summary',
    command: 'verify',
    status: 3,
    details: { files, bytes, damaged: damaged + 1, kinds: { ...result.counts, journal: 1 }, retaken: 0 },
  })
  return 3
}

/** The sources of the archive that were named; undefined: all. */
function chosen(journal: Journal, args: readonly string[]): readonly string[] | undefined {
  if (args.length === 0) return undefined
  const known = journal.sources().map(({ name }) => name)
  const wanted = known.filter((name) => args.some((arg) => name === arg || name.startsWith(`${arg}/`)))
  if (wanted.length > 0) return wanted
  throw new Failure('settings', `nothing of ${args.join(', ')} is in this archive`, { hint: `it holds: ${known.join(', ')}` })
}

interface Local {
  readonly result: VerifyResult
  readonly retaken: number
  /** Paths with anything wrong. */
  readonly damaged: ReadonlySet<string>
  /** The interrupted pass that this one went on with. */
  readonly earlier: Pass | undefined
}

async function verifyHere(
  { clock, emit, signal }: Context,
  { journal, archive }: ArchiveSession,
  sources: readonly string[] | undefined,
  read: 'every-byte' | 'sizes',
): Promise<Local> {
  const root = archive.root
  const memory = createPassMemory(journal, sources, clock.now())
  const earlier = read === 'every-byte' ? memory.earlier : undefined
  const repair = createRepair(journal, () => journal.setMark(unsealedMark, 'damaged' satisfies Unsealed))
  const damaged = new Set<string>()
  let statements = 0
  const metadata = () => metadataOf(journal).filter(({ source }) => sources?.includes(source) ?? true)
  // What is to be done about it is done when all has been compared: it changes what is compared.
  const disagreements: (() => void)[] = []
  const stated = (path: string, message: string) => {
    statements++
    emit({ event: 'damaged', path, message })
  }
  if (read === 'every-byte') {
    for (const wrong of checkJournal(journal))
      stated('.holdall/journal.db', `${wrong}; move it away (keep it) and run holdall backup, which lists everything anew`)
  }
  await compareStatements({
    root,
    metadata,
    signal,
    found: ({ path, message }) => stated(path, message),
    disagrees: (one) => void disagreements.push(() => repair.disagreement(one)),
  })
  await compareAccounts(root, accountFacts(journal), ({ path, message }) => stated(path, message))
  const result = await verifyArchive({
    root,
    expected: expectedFiles(journal, sources),
    ...(sources !== undefined && { sources }),
    read,
    atOnce,
    emit,
    signal,
    isAwaited: (path) => isAwaited(journal, path),
    found(finding) {
      damaged.add(finding.path)
      repair.finding(finding)
    },
    ...(earlier !== undefined && { from: earlier.passed }),
    ...(read === 'every-byte' && { passed: (so) => memory.remember(so) }),
  })
  for (const repairOne of disagreements) repairOne()
  if (read === 'every-byte') memory.forget()
  const counts = statements === 0 ? result.counts : { ...result.counts, statement: statements }
  return { result: { ...result, counts, damaged: result.damaged + statements }, retaken: repair.retaken(), damaged, earlier }
}

function openHere(
  { emit, signal }: Context,
  { journal, archive }: ArchiveSession,
  sources: readonly string[] | undefined,
  { damaged }: Local,
): Promise<OpenResult> {
  return openFiles({
    root: archive.root,
    files: expectedFiles(journal, sources),
    isDamaged: (path) => damaged.has(path),
    atOnce,
    emit,
    signal,
  })
}

function insideText({ looked, unknown, closed }: OpenResult, { commands: { verify: words } }: Words): string {
  const others = unknown > 0 ? words.notLooked(unknown) : ''
  const seen = closed === 0 ? words.inside(looked) : words.insideClosed(looked, closed)
  return `${seen}${others}${words.stop}\n`
}

function localText({ result, retaken, earlier }: Local, quick: boolean, { commands: { verify: words } }: Words): string {
  const { files, bytes, damaged, before } = result
  const damagedBefore = earlier?.passed.damaged ?? 0
  const lines =
    damaged + damagedBefore === 0
      ? [words.fine(files, bytes, quick ? 'looked-at' : 'read')]
      : [[words.damage(damaged, files), ...(retaken > 0 ? [words.retaken(retaken)] : [])].join(words.between)]
  if (earlier !== undefined) {
    const more = damagedBefore > 0 ? [words.earlierDamaged(damagedBefore)] : []
    lines.push([words.earlier(before, new Date(earlier.began).toISOString()), ...more].join(words.between))
  }
  return lines.map((line) => `${line}\n`).join('')
}

function worst(local: ExitStatus, remote: RemoteVerdict | undefined): ExitStatus {
  return Math.max(local, remote?.status ?? 0) as ExitStatus
}

function details({ result, retaken, earlier }: Local, inside: OpenResult | undefined, remote: RemoteVerdict | undefined) {
  const { files, bytes, before, damaged, counts } = result
  return {
    files,
    bytes,
    damaged,
    kinds: { ...counts },
    retaken,
    ...(earlier !== undefined && {
      earlier: { began: new Date(earlier.began).toISOString(), files: before, damaged: earlier.passed.damaged },
    }),
    ...(inside !== undefined && { open: { ...inside } }),
    ...(remote !== undefined && { remote: remote.details }),
  }
}
