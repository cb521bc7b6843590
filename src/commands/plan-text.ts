import { clean } from '../display/clean.ts'
import { type Expiring, expiringText } from '../display/expiring.ts'
import { table } from '../display/table.ts'
import type { Estimate, Limit } from '../forecast/estimate.ts'
import { type Judgement, quickLine, slowLine } from '../forecast/judge.ts'
import type { Survey } from '../forecast/survey.ts'
import type { StreamTally } from '../journal/tally.ts'
import type { Words } from '../language/words.ts'

/** What a plan found, whole, for people and for --json. */
export interface Plan {
  readonly rows: readonly (StreamTally & { readonly source: string })[]
  /** Whether anything could be listed at all. */
  readonly listed: boolean
  readonly surveys: readonly Survey[]
  /** Bytes: those of known size, and with the most that the samples say. */
  readonly needed: { readonly least: number; readonly most: number }
  readonly disk: {
    readonly free: number
    readonly fileSystem?: string | undefined
    readonly largestFile?: number | undefined
    readonly tooLarge: { readonly files: number; readonly examples: readonly string[] }
    readonly longFolders: number
    readonly renamed: number
  }
  readonly expiring: readonly Expiring[]
  readonly estimate: Estimate | undefined
  /** When it ends over a slow and a quick line, milliseconds, where the line was not measured. */
  readonly overLines?: { readonly slow: number; readonly quick: number } | undefined
  readonly judgement: Judgement | undefined
  /** Milliseconds since 1970. */
  readonly now: number
  readonly until: number | undefined
  readonly notTaken: readonly {
    readonly account: string
    readonly what: string
    readonly howByHand: string
    readonly page: string
    readonly seen?: string | undefined
  }[]
  readonly ended: boolean
}

/** Longer paths are beyond what Windows programs take without further ado: https://learn.microsoft.com/windows/win32/fileio/maximum-file-path-limitation */
export const longestPath = 259

/** What `plan` prints, in the person's language. */
export function planText(plan: Plan, words: Words, columns: number | undefined): string {
  const sections = [
    table(
      [...words.plan.headings],
      plan.rows.map((row) => cells(row, words)),
      columns,
    ),
    lines(diskLines(plan, words)),
    expiringText(plan.expiring, words),
    lines(forecastLines(plan, words)),
    lines(notTakenLines(plan, words)),
    plan.ended ? `${words.plan.nothingDownloaded}\n` : '',
  ]
  return sections.filter((text) => text !== '').join('\n')
}

/** Milliseconds. */
const worthTelling = 60_000

const lines = (all: readonly string[]) => all.map((line) => `${line}\n`).join('')
const iso = (at: number) => new Date(at).toISOString()

const cells = (row: Plan['rows'][number], { format }: Words) => [
  row.source,
  row.title,
  format.number(row.items),
  format.number(row.saved),
  format.number(row.pending),
  format.size(row.bytesLeft),
  format.number(row.unexportable),
  format.number(row.excluded),
]

function diskLines({ rows, listed, surveys, needed, disk }: Plan, { plan }: Words): string[] {
  if (rows.length === 0 && !listed) return [plan.nothingListed]
  const sizes = surveys.flatMap(({ source, load: { unsized }, sample }) => {
    if (unsized === 0) return []
    if (sample === undefined) return [plan.unknownSizes(source, unsized)]
    return [plan.sampled(source, unsized, sample.looked, sample.from, sample.least * unsized, sample.most * unsized)]
  })
  const missing = needed.least - disk.free
  const perhaps = needed.most - disk.free
  const system = disk.fileSystem ?? plan.thisFileSystem
  const { largestFile: largest, tooLarge } = disk
  return [
    ...sizes,
    plan.needed(needed.least, needed.most, disk.free),
    ...(missing > 0 ? [plan.tooSmall(missing)] : perhaps > 0 ? [plan.maybeTooSmall(perhaps)] : []),
    ...(largest === undefined
      ? []
      : tooLarge.files === 0
        ? [plan.largestFile(largest, system)]
        : [plan.tooLarge(tooLarge.files, largest, system), ...tooLarge.examples.map((path) => `  ${clean(path)}`)]),
    ...(disk.longFolders > 0 ? [plan.longPaths(disk.longFolders, longestPath)] : []),
    ...(disk.renamed > 0 ? [plan.renamed(disk.renamed)] : []),
  ]
}

function forecastLines({ estimate, overLines, judgement, surveys, now, until }: Plan, words: Words): string[] {
  const { forecast } = words
  if (estimate === undefined) return surveys.some(({ load }) => load.items > 0) ? [forecast.unknown] : []
  if (estimate.ms === 0 && estimate.unmeasuredBytes === 0) return [forecast.nothingLeft]
  const reasons = estimate.limits.slice(0, 5).map((limit) => limitText(limit, words))
  if (estimate.unmeasuredBytes > 0) reasons.push(forecast.unmeasured(estimate.unmeasuredBytes))
  if (estimate.countMs >= worthTelling) reasons.push(forecast.count(estimate.countMs))
  // Where a quota takes longer than even a slow line, the line does not matter.
  const byLine = overLines !== undefined && overLines.slow - overLines.quick >= worthTelling ? overLines : undefined
  return [
    byLine === undefined
      ? forecast.earliest(iso(now + estimate.ms), estimate.ms)
      : forecast.byLine(iso(now + byLine.quick), byLine.quick, quickLine, iso(now + byLine.slow), byLine.slow, slowLine),
    forecast.because,
    ...reasons.map((reason) => `  - ${reason}`),
    ...(judgement === undefined || until === undefined ? [] : verdictLines(judgement, estimate, until, words)),
  ]
}

export function limitText(limit: Limit, { forecast }: Words): string {
  switch (limit.kind) {
    case 'quota':
      return forecast.quota(limit.account, limit.budget, limit.units, limit.perSecond, limit.ms)
    case 'daily':
      return forecast.daily(limit.account, limit.budget, limit.units, limit.perDay, limit.ms)
    case 'bytes':
      return forecast.bytes(limit.bytes, limit.perSecond, limit.ms)
    case 'pace':
      return forecast.pace(limit.sources.join(', '), limit.items, limit.ms)
  }
}

function verdictLines(
  { verdict, neededRate, fitsFrom, sources }: Judgement,
  estimate: Estimate,
  until: number,
  words: Words,
): string[] {
  const { forecast } = words
  const said = [fitsFrom === undefined ? forecast[verdict](iso(until)) : forecast.fitsFrom(iso(until), fitsFrom)]
  if (verdict === 'fits') return said
  if (neededRate !== undefined && fitsFrom === undefined && verdict === 'tight') said.push(forecast.neededRate(neededRate))
  const slow = estimate.limits[0]?.sources ?? []
  return [
    ...said,
    forecast.first,
    `  - ${forecast.start(`holdall backup --until ${iso(until).slice(0, 16)}Z`)}`,
    ...(verdict === 'impossible' && slow.length > 0 ? [`  - ${forecast.byHand(slow.join(', '))}`] : []),
    `  - ${forecast.shares}`,
    ...sources.map(({ source, share }) => `      ${forecast.share(source, share)}`),
  ]
}

function notTakenLines({ notTaken }: Plan, { plan }: Words): string[] {
  if (notTaken.length === 0) return []
  return [
    plan.notTaken,
    ...notTaken.flatMap(({ account, what, howByHand, page, seen }) => [
      `  - ${plan.notTakenOf(account, what)}`,
      `      ${howByHand} ${page}`,
      `      ${seen === undefined ? plan.unseen : plan.seen(seen)}`,
    ]),
  ]
}
