import { z } from 'zod'

/** How far a listing has come. */
export interface Position {
  /** `Tree.shape` when it began. */
  readonly shape: string
  /** Id of the section whose pages were listed last; '' for none. */
  readonly after: string
  /** The latest time of a section when the listing began, in milliseconds since 1970. */
  readonly began: number
}

const schema = z.object({ v: z.literal(1), shape: z.string(), after: z.string(), began: z.number() })

/** Without position: the cursor of a listing that has ended. */
export const writeCursor = (position?: Position): string => JSON.stringify({ v: 1, ...position })

/** Undefined for whatever is no position: a whole listing is always right. */
export function readCursor(cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined
  try {
    const { shape, after, began } = schema.parse(JSON.parse(cursor))
    return { shape, after, began }
  } catch {
    return undefined
  }
}
