import { Failure } from './failure.ts'
import type { Source, Stream } from './source.ts'

/** What is revealed in so many rounds has an end, or the source invents streams. */
const mostRounds = 20

/**
 * All streams of a source, each once: first those that it names at once, then, each time the caller has listed a round and asks for the next, those that the
 * listings revealed. Throws what `streams` and `revealed` throw, and a Failure of kind `bug` where there is no end to it.
 */
export async function* streamRounds(source: Source, signal: AbortSignal): AsyncGenerator<readonly Stream[]> {
  const named = new Set<string>()
  const fresh = (streams: readonly Stream[]) =>
    streams.filter(({ id }) => {
      const isNew = !named.has(id)
      named.add(id)
      return isNew
    })
  yield fresh(await source.streams(signal))
  if (source.revealed === undefined) return
  for (let round = 1; ; round++) {
    const more = fresh(await source.revealed(signal))
    if (more.length === 0) return
    if (round > mostRounds) throw new Failure('bug', `the source names new streams without end`, { stops: 'source' })
    yield more
  }
}
