import type { Journal } from '../journal/journal.ts'
import { type Finding, ofBytes } from './look.ts'
import { markDamaged } from './mark-damaged.ts'
import type { Disagreement } from './statements.ts'

/** What is done in the journal about damage, so that the next backup mends it. */
export interface Repair {
  finding(finding: Finding): void
  disagreement(one: Disagreement): void
  /** Files that the next backup takes again. */
  readonly retaken: () => number
}

/**
 * A damaged file is taken again; for rows that say something else than when the bag was sealed the source is listed anew, and they are looked at again.
 * Metadata and manifests are written anew out of the journal. `unsealed` is called before anything is changed.
 */
export function createRepair(journal: Journal, unsealed: () => void): Repair {
  let retaken = 0
  return {
    finding({ path, damage }) {
      // What nobody knows is nobody's to mend.
      if (damage === 'extra') return
      unsealed()
      if (ofBytes.has(damage) && markDamaged(journal, path)) retaken++
    },
    disagreement({ source, id, damaged }) {
      unsealed()
      const n = journal.findSource(source)
      if (n === undefined || damaged === 'metadata') return
      const row = journal.find(n, id)
      journal.transaction(() => {
        for (const stream of journal.streams(n)) journal.forgetCursor(n, stream)
        if (row !== undefined && row.vanished === null && row.kind !== 'place')
          journal.setState(row.n, 'pending', row.run, { reason: 'its row in the journal was damaged' })
      })
    },
    retaken: () => retaken,
  }
}
