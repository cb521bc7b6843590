import { z } from 'zod'

/** How far a walk has come. */
export interface Position {
  /** Id of the folder whose entries were listed last; '' for the root. */
  readonly after: string
  /** Whether the folders in it are still to be walked. */
  readonly below: boolean
}

const cursorSchema = z.object({ v: z.literal(1), after: z.string(), below: z.boolean() })

/** Without position: the cursor of a walk that has ended, or not come to its first folder's end. Both lead to a whole walk. */
export function writeCursor(position: Position | undefined): string {
  return JSON.stringify(position === undefined ? { v: 1 } : { v: 1, after: position.after, below: position.below })
}

/** Undefined for whatever is no position: a whole walk is always right. */
export function readCursor(cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined
  try {
    const { after, below } = cursorSchema.parse(JSON.parse(cursor))
    return { after, below }
  } catch {
    return undefined
  }
}
