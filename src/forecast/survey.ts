import type { WorkCost } from '../core/cost.ts'
import { Failure } from '../core/failure.ts'
import type { Budget } from '../core/provider.ts'
import type { Source } from '../core/source.ts'
import type { Workload } from '../journal/forecast.ts'
import type { Journal } from '../journal/journal.ts'
import type { Job } from './estimate.ts'
import { readListing, readPace } from './measured.ts'
import { type Sample, sampleOf } from './sample.ts'

/** A source to be surveyed, as it was opened for the run. */
export interface Surveyed {
  /** ACCOUNT/SOURCE. */
  readonly name: string
  readonly account: string
  readonly source: Pick<Source, 'sample' | 'recount'>
  readonly work?: { readonly cost: WorkCost; readonly budgets: readonly Budget[] }
}

export interface Survey {
  readonly source: string
  readonly load: Workload
  /** What is known of the sizes that the listing did not tell; absent: there are none such, or nothing is known. */
  readonly sample?: Sample
  /** Absent: its provider says nothing of what its work costs. */
  readonly job?: Job
}

export interface SurveyOptions {
  readonly journal: Journal
  /** The largest file that the file system holds, bytes. */
  readonly largest: number | undefined
  /** Whether services may be asked for the sizes of a sample. */
  readonly ask: boolean
  /** Numbers from 0 to 1. */
  readonly dice: () => number
  readonly signal: AbortSignal
}

/** So many sizes are asked for; each costs a mail service as much as a message. */
const asked = 40
/** With so many saved files nobody has to be asked. */
const enoughSaved = 100

/**
 * What each source still has to take, out of the journal, with a sample of the sizes that nobody told. A service that refuses to tell is left alone: what is
 * not known is said to be so. Throws the signal's reason.
 */
export async function survey(sources: readonly Surveyed[], options: SurveyOptions): Promise<Survey[]> {
  const { journal, largest } = options
  const surveys: Survey[] = []
  for (const one of sources) {
    const n = journal.findSource(one.name)
    if (n === undefined) continue
    const load = journal.workload(n, largest)
    const sample = load.unsized === 0 ? undefined : await sampleSizes(one, n, options)
    const bytes = load.bytes + load.unsized * (sample?.mean ?? 0)
    const { items, parts } = load
    surveys.push({
      source: one.name,
      load,
      ...(sample !== undefined && { sample }),
      ...(one.work !== undefined && {
        job: {
          source: one.name,
          account: one.account,
          ...one.work,
          items,
          parts,
          bytes,
          pace: readPace(journal, one.name),
          listingMs: one.source.recount === undefined ? undefined : readListing(journal, one.name),
        },
      }),
    })
  }
  return surveys
}

async function sampleSizes(
  { source }: Surveyed,
  n: number,
  { journal, ask, dice, signal }: SurveyOptions,
): Promise<Sample | undefined> {
  const saved = journal.savedUnsized(n, dice)
  if (saved.length >= enoughSaved || source.sample === undefined || !ask) return sampleOf(saved, 'saved')
  const sizes: number[] = []
  try {
    for await (const size of source.sample(journal.somePending(n, asked, dice), signal)) sizes.push(size)
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof Failure)) throw error
  }
  return sampleOf(sizes, 'asked') ?? sampleOf(saved, 'saved')
}
