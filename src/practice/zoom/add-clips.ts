import { movie } from '../content/movie.ts'
import type { RecordingsModel } from './model.ts'

const day = 86_400_000

/** What a lecturer explains once for all: four clips, one of them long ago, two of one name. */
export function addClips(model: RecordingsModel, now: number): void {
  const titles = ['How to hand in your report', 'Reading a proof', 'Reading a proof', '../LaTeX: 入門 "quoted"']
  titles.forEach((title, index) => {
    const film = movie({ kind: 'video', seconds: 40, mediaBytes: 8000 + index, seed: 500 + index })
    model.addClip(title, film, { created: now - (index === 0 ? 700 : 20 + index) * day, description: 'Practice' })
  })
}
