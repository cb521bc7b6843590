/** Names of marks that more than one job reads (`Journal.mark`). */

/** Set from the first thing that changes in a source until it has been counted and its derived files are made. */
export const newsMark = (source: number) => `news ${source}`

/** ISO 8601: listed once more by another road, everything that was there at that time is known. `source` is ACCOUNT/SOURCE. */
export const countedMark = (source: string) => `counted ${source}`

/** JSON of the time that an item and a byte of a source took, milliseconds. `source` is ACCOUNT/SOURCE. */
export const paceMark = (source: string) => `pace ${source}`

/** Bytes a second that all sources together brought. */
export const lineMark = 'line'

/** JSON of the identity that an account of this archive is bound to. */
export const identityMark = (account: string) => `identity ${account}`
