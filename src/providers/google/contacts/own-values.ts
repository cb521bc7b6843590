/** A value of a person, with where it comes from. */
interface Sourced {
  readonly metadata: {
    readonly primary?: boolean | undefined
    readonly source?: { readonly type?: string | undefined } | undefined
  }
}

/**
 * The values of the contact itself. A Person joins it with the profile of whom it is linked with, whose values belong to that person:
 * they stand in only where the contact has none of the kind. The primary one comes first.
 */
export function ownValues<T extends Sourced>(values: readonly T[]): readonly T[] {
  const own = values.filter(({ metadata }) => /CONTACT$/.test(metadata.source?.type ?? 'CONTACT'))
  return (own.length > 0 ? own : values).toSorted((a, b) => Number(b.metadata.primary ?? 0) - Number(a.metadata.primary ?? 0))
}
