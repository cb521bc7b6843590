import { joined, ranged, wholeOf } from '../content/ranged.ts'
import type { RecordingsModel } from './model.ts'
import { plant, plantOrdinary } from './plant.ts'

/** UUIDs of recordings that a run cannot bring home, or not at once. */
export interface Troubles {
  /** One file of it is still processing. */
  readonly processing: string
  /** All of it is. */
  readonly allProcessing: string
  /** Deleted between the listing and the download. */
  readonly vanishing: string
  /** The film lacks its end, and so has fewer bytes than announced. */
  readonly shorter: string
  /** Something follows the film that is none of it, so that it has more bytes than announced. */
  readonly longer: string
  /** The film is whole, but more bytes are announced than it has; and fewer. */
  readonly miscounted: readonly [more: string, fewer: string]
  /** The transcript has another size than announced, as is known of text files. */
  readonly textSize: string
}

const day = 86_400_000

export function addTroubles(model: RecordingsModel, now: number): Troubles {
  const add = (topic: string, ago: number) => model.addMeeting(topic, { start: now - ago * day })
  const processing = add('Transcript still to come', 1)
  for (const kind of ['shared-screen-with-speaker', 'audio'] as const) plant(model, processing, kind)
  plant(model, processing, 'transcript', { status: 'processing' })
  const allProcessing = add('This morning', 0.1)
  for (const kind of ['shared-screen-with-speaker', 'audio'] as const) plant(model, allProcessing, kind, { status: 'processing' })
  const vanishing = add('Deleted meanwhile', 40)
  vanishing.vanishesAfterListing = true
  plantOrdinary(model, vanishing)
  const shorter = add('Shorter than announced', 41)
  const short = plant(model, shorter, 'active-speaker')
  short.announcedSize = short.content.size
  short.content = ranged(wholeOf(short.content).subarray(0, -1000))
  const longer = add('Longer than announced', 42)
  const long = plant(model, longer, 'active-speaker')
  long.announcedSize = long.content.size
  long.content = joined([long.content, ranged(new Uint8Array(1000))])
  const miscounted = [1000, -1000].map((by) => {
    const meeting = add('Of another size than announced', 44)
    const film = plant(model, meeting, 'active-speaker')
    film.announcedSize = film.content.size + by
    return meeting.uuid
  })
  const textSize = add('A transcript of another size', 43)
  plant(model, textSize, 'active-speaker')
  const text = plant(model, textSize, 'transcript')
  text.announcedSize = text.content.size - 7
  return {
    processing: processing.uuid,
    allProcessing: allProcessing.uuid,
    vanishing: vanishing.uuid,
    shorter: shorter.uuid,
    longer: longer.uuid,
    miscounted: [miscounted[0]!, miscounted[1]!],
    textSize: textSize.uuid,
  }
}
