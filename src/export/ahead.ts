/**
 * Works on up to `atOnce` things of a sequence at a time and yields the results in its order. `work` must not reject: it hands a failure on as part of its
 * result. When the receiver stops, nothing is begun any more, and what is under way is waited for and given to `drop`.
 */
export async function* ahead<T, R>(
  things: Iterable<T>,
  atOnce: number,
  work: (thing: T) => Promise<R>,
  drop: (result: R) => unknown = () => undefined,
): AsyncIterable<R> {
  const waiting: Promise<R>[] = []
  try {
    for (const thing of things) {
      waiting.push(work(thing))
      if (waiting.length >= atOnce) yield await waiting.shift()!
    }
    while (waiting.length > 0) yield await waiting.shift()!
  } finally {
    for (const promise of waiting) await drop(await promise)
  }
}
