/** Where an item stands; every item known is in exactly one (the contract's seven). */
export type State = 'saved' | 'unchanged' | 'unexportable' | 'excluded' | 'gone' | 'pending' | 'failed'

export const states = [
  'saved',
  'unchanged',
  'unexportable',
  'excluded',
  'gone',
  'pending',
  'failed',
] as const satisfies readonly State[]

/** Counts of one source; `items` is always the sum of the seven. */
export type Tally = { readonly items: number; readonly bytes: number } & { readonly [S in State]: number }

export type ExitStatus = 0 | 1 | 2 | 3 | 4 | 5 | 130
