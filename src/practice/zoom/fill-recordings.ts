import { addClips } from './add-clips.ts'
import { addLectures } from './lectures.ts'
import type { RecordingsModel } from './model.ts'
import { addOddNames, type OddNames } from './odd-names.ts'
import { addOddRecordings, type OddRecordings } from './odd-recordings.ts'
import { addTroubles, type Troubles } from './troubles.ts'

export interface FillOptions {
  /** Milliseconds since 1970; what is recent is so from here. Default: the system's. */
  readonly now?: number
  /** What keeps a run from being complete: still processing, vanishing, of another length than stated. Default true. */
  readonly troubles?: boolean
}

/** UUIDs of what tests come back to. */
export interface PracticeRecordings extends OddRecordings, OddNames {
  /** The lectures of all terms, oldest first. */
  readonly lectures: readonly string[]
  readonly troubles: Troubles | undefined
}

/** Fills the cloud recordings of a lecturer: two courses a year since 2020, and every odd case. */
export function fillPracticeRecordings(model: RecordingsModel, options: FillOptions = {}): PracticeRecordings {
  const { troubles = true } = options
  // The same all day: a second practice on one archive finds nothing new.
  const now = Math.floor((options.now ?? Date.now()) / 86_400_000) * 86_400_000
  addClips(model, now)
  return {
    lectures: addLectures(model, now),
    ...addOddRecordings(model, now),
    ...addOddNames(model),
    troubles: troubles ? addTroubles(model, now) : undefined,
  }
}
