import { runChain, Wrong } from './chain.ts'
import type { AccountKind } from './contents.ts'

/** A chain to play, and what came of it. */
export interface Order {
  readonly chain: number
  readonly seed: number
  readonly rounds: number
  readonly keep: boolean
  readonly only: readonly AccountKind[] | undefined
}
export type Report =
  | { readonly kind: 'log'; readonly chain: number; readonly line: string }
  | { readonly kind: 'done'; readonly chain: number; readonly figures: Awaited<ReturnType<typeof runChain>> }
  | { readonly kind: 'wrong'; readonly chain: number; readonly round: number; readonly folder: string; readonly message: string }

const tell = (report: Report) => void process.send?.(report)

process.on('message', ({ chain, seed, rounds, keep, only }: Order) => {
  runChain({ seed, rounds, keep, only, log: (line) => tell({ kind: 'log', chain, line }) }).then(
    (figures) => tell({ kind: 'done', chain, figures }),
    (error: unknown) => {
      const { round, folder } = error instanceof Wrong ? error : { round: 0, folder: '' }
      tell({ kind: 'wrong', chain, round, folder, message: error instanceof Error ? error.message : String(error) })
    },
  )
})
