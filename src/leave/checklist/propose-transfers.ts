import { open } from 'node:fs/promises'
import { Failure } from '../../core/failure.ts'
import { type TransferEntry, transferPlanText } from '../transfer/transfer-plan.ts'
import type { SharedThing } from './shared-folders.ts'

/** The most files that one plan may have: what `--transfer` reads. */
const most = 10_000
/** Files without a likely owner that are named; a comment that nobody reads to the end helps nobody. */
const withoutNamed = 1_000

export interface ProposedPlan {
  readonly entries: readonly TransferEntry[]
  /** Paths of things that no colleague may write, the first ones. */
  readonly without: readonly string[]
  readonly withoutCount: number
  /** More could be given than one plan may name. */
  readonly left: number
}

/** Who would get what. */
export function proposeTransfers(things: Iterable<SharedThing>): ProposedPlan {
  const entries: TransferEntry[] = []
  const without: string[] = []
  let [withoutCount, left] = [0, 0]
  for (const { id, name, path, to } of things) {
    if (to === undefined) {
      if (withoutCount++ < withoutNamed) without.push(path === '' ? name : `${path}/${name}`)
    } else if (entries.length < most) entries.push({ id, name, to })
    else left++
  }
  return { entries, without, withoutCount, left }
}

export interface PlanWords {
  readonly lead: readonly string[]
  without(count: number): string
  left(count: number): string
}

/** The text of the plan file: what it is in comments, then who gets what. */
export function proposedPlanText(
  account: string,
  { entries, without, withoutCount, left }: ProposedPlan,
  words: PlanWords,
): string {
  const comments = [
    ...words.lead,
    ...(withoutCount > 0 ? [words.without(withoutCount), ...without.map((path) => `  ${path}`)] : []),
    ...(left > 0 ? [words.left(left)] : []),
  ]
  return transferPlanText({ account, entries }, comments)
}

/** Writes a plan where there is no file yet. Throws a Failure of kind `settings` where there is one, or none can be made. */
export async function writePlan(file: string, text: string): Promise<void> {
  try {
    const handle = await open(file, 'wx')
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST')
      throw Failure.in('settings', {
        en: { message: `${file} is there already, and is not overwritten`, hint: 'choose another name for the plan' },
        ja: { message: `${file} はすでにあります。上書きしません`, hint: '計画ファイルに別の名前を付けてください' },
      })
    throw Failure.in('settings', {
      en: { message: `the plan ${file} cannot be written (${code ?? 'unknown reason'})` },
      ja: { message: `計画ファイル ${file} を書き込めません（${code ?? '理由不明'}）` },
    })
  }
}
