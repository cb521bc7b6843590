import { formats } from '../language/formats.ts'

/** A size in bytes for people, the same in every language: `0 B`, `999 B`, `1.5 GB`. */
export const formatBytes = formats.en.size

/** A count for people, the same in every language: `1,234`. */
export const formatCount = formats.en.number
