import type { JsonObject } from '../core/json.ts'
import { estimate } from '../forecast/estimate.ts'
import { judge, overLines } from '../forecast/judge.ts'
import { createListingTime } from '../forecast/listing-time.ts'
import { keepListing, readLine } from '../forecast/measured.ts'
import { type Survey, survey } from '../forecast/survey.ts'
import type { Journal } from '../journal/journal.ts'
import { createPaths } from '../journal/paths.ts'
import { runOver } from './backup.ts'
import type { Command, Context } from './command.ts'
import { expiringSoon } from './expiring.ts'
import { longestPath, type Plan, planText } from './plan-text.ts'
import { untilOf, untilOption } from './until.ts'

export const plan: Command = {
  name: 'plan',
  summary:
    'list everything and download nothing: how much there is, what cannot be taken, whether the disk is large enough, and how long it will take',
  arguments: '[source...]',
  options: [
    untilOption,
    { flags: '--allow-synced-folder', description: 'use an archive folder although a cloud client syncs it' },
  ],
  async run(context, args, options) {
    const { clock, words } = context
    const settings = await context.settings()
    const until = untilOf(options, settings, clock.now())
    const session = await context.openArchive(options.allowSyncedFolder === true ? 'allow' : 'refuse')
    try {
      const { journal, facts } = session
      const listing = createListingTime(clock)
      const summary = await runOver(context, session, args, options, 'plan', (event) => {
        listing.note(event)
        context.emit(event)
      })
      for (const [source, ms] of listing.whole()) keepListing(journal, source, ms)
      const names = Object.keys(summary.sources)
      const surveys = await survey(summary.opened, {
        journal,
        largest: facts.largestFile,
        ask: !summary.interrupted,
        dice: Math.random,
        signal: context.signal,
      }).catch((error: unknown) => {
        if (context.signal.aborted) return []
        throw error
      })
      const line = lowest(readLine(journal), settings.limits.bandwidth)
      const jobs = surveys.flatMap(({ job }) => job ?? [])
      const whole = jobs.length === 0 ? undefined : estimate(jobs, line)
      const now = clock.now()
      const found: Plan = {
        rows: names.flatMap((source) =>
          journal.tallyStreams(journal.findSource(source)!).map((stream) => ({ source, ...stream })),
        ),
        listed: summary.status === 0 || summary.interrupted,
        surveys,
        needed: neededOf(surveys),
        disk: { ...names.reduce(addNames(journal, facts.root), noNames), ...diskOf(journal, surveys, facts) },
        expiring: expiringSoon(journal, now),
        estimate: whole,
        overLines: whole === undefined ? undefined : overLines(jobs, whole),
        judgement: whole === undefined || until === undefined ? undefined : judge(jobs, whole, line, until.at - now),
        now,
        until: until?.at,
        notTaken: await notTakenOf(context),
        ended: summary.status === 0,
      }
      context.out(planText(found, words, context.columns))
      const { status, sources } = summary
      context.emit({ event: 'summary', command: 'plan', status, sources, details: detailsOf(found) })
      return status
    } finally {
      session.close()
    }
  },
}

const lowest = (...rates: readonly (number | undefined)[]): number | undefined => {
  const known = rates.filter((rate) => rate !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}

function neededOf(surveys: readonly Survey[]): Plan['needed'] {
  const sum = (of: (one: Survey) => number) => surveys.reduce((all, one) => all + of(one), 0)
  return {
    least: sum(({ load, sample }) => load.bytes + load.unsized * (sample?.least ?? 0)),
    most: sum(({ load, sample }) => load.bytes + load.unsized * (sample?.most ?? 0)),
  }
}

const noNames = { longFolders: 0, renamed: 0 }

/** Adds what a source's names mean for file systems. */
function addNames(journal: Journal, root: string): (sum: typeof noNames, source: string) => typeof noNames {
  const paths = createPaths(journal, new Map(journal.sources().map(({ n, name }) => [n, name])))
  return ({ longFolders, renamed }, source) => {
    const n = journal.findSource(source)!
    let long = longFolders
    for (const { dir, longest } of journal.namesByFolder(n)) {
      // archive/data/ACCOUNT/SOURCE/…/name
      if (root.length + '/data/'.length + paths.original(dir).length + 1 + longest > longestPath) long++
    }
    return { longFolders: long, renamed: renamed + journal.renamedEntries(n) }
  }
}

function diskOf(
  journal: Journal,
  surveys: readonly Survey[],
  facts: { readonly freeBytes: number; readonly fileSystem?: string; readonly largestFile?: number },
): Pick<Plan['disk'], 'free' | 'fileSystem' | 'largestFile' | 'tooLarge'> {
  const paths = createPaths(journal, new Map(journal.sources().map(({ n, name }) => [n, name])))
  const examples = surveys.flatMap(({ load }) => load.tooLarge.examples).slice(0, 3)
  return {
    free: facts.freeBytes,
    fileSystem: facts.fileSystem,
    largestFile: facts.largestFile,
    tooLarge: {
      files: surveys.reduce((sum, { load }) => sum + load.tooLarge.files, 0),
      examples: examples.map((n) => {
        const row = journal.item(n)!
        return `${paths.original(row.dir ?? -row.source)}/${row.name ?? row.id}`
      }),
    },
  }
}

async function notTakenOf({ settings, providers, words }: Context): Promise<Plan['notTaken']> {
  const { accounts } = await settings()
  const { language } = words
  return accounts.flatMap(({ name, provider }) =>
    (providers.find(({ id }) => id === provider)?.notTaken ?? []).map(({ what, howByHand, page, seen }) => ({
      account: name,
      what: what[language],
      howByHand: howByHand[language],
      page,
      seen: seen?.[language],
    })),
  )
}

function detailsOf(found: Plan): JsonObject {
  const { rows, surveys, needed, disk, expiring, estimate: whole, judgement, now, until, notTaken } = found
  return {
    bytesNeeded: rows.reduce((sum, row) => sum + row.bytesLeft, 0),
    bytesNeededLeast: Math.round(needed.least),
    bytesNeededMost: Math.round(needed.most),
    bytesFree: disk.free,
    withoutSize: rows.reduce((sum, row) => sum + row.unsized, 0),
    samples: surveys.flatMap(({ source, load, sample }) =>
      sample === undefined ? [] : [{ source, unsized: load.unsized, ...sample }],
    ),
    fileSystem: {
      name: disk.fileSystem ?? null,
      largestFile: disk.largestFile ?? null,
      tooLarge: disk.tooLarge.files,
      longPaths: disk.longFolders,
      renamed: disk.renamed,
    },
    parts: rows.map((row) => ({ ...row })),
    expiring: expiring.map((one) => ({ ...one })),
    forecast:
      whole === undefined
        ? null
        : {
            earliest: new Date(now + whole.ms).toISOString(),
            ms: Math.round(whole.ms),
            countMs: Math.round(whole.countMs),
            overLines: found.overLines === undefined ? null : { ...found.overLines },
            fitsFrom: judgement?.fitsFrom === undefined ? null : Math.round(judgement.fitsFrom),
            unmeasuredBytes: Math.round(whole.unmeasuredBytes),
            limits: whole.limits.map((limit) => ({ ...limit })),
            until: until === undefined ? null : new Date(until).toISOString(),
            verdict: judgement?.verdict ?? null,
            sources: judgement?.sources.map((one) => ({ ...one })) ?? [],
          },
    notTaken: notTaken.map((one) => ({ ...one, seen: one.seen ?? null })),
  }
}
