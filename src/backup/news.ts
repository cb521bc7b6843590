/** Set from the first thing that changes in a source until it has been counted and its derived files are made. */
export const newsMark = (source: number) => `news ${source}`
