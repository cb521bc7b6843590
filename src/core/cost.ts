/** Units of one of the provider's budgets. */
export interface Charge {
  /** The budget's id. */
  readonly budget: string
  readonly units: number
}

/** What the work of a source costs in requests, in the units that its transport is charged: for forecasts, which know no provider. */
export interface WorkCost {
  /** A page of a listing, and how many items it brings at most. */
  readonly page: Charge & { readonly items: number }
  /** Fetching one part. Parts that a listing carries already cost nothing; what goes unasked (records) has no parts. */
  readonly part: readonly Charge[]
}
