import { createReadStream } from 'node:fs'

/**
 * The lines of a text file (UTF-8), one by one. Split at line feeds alone: names may hold what others take for the end of a line. Of one that is longer
 * than `longest` (UTF-16 units) only so much is handed out. Throws what the file system throws.
 */
export async function* linesOf(file: string, longest = Number.POSITIVE_INFINITY): AsyncIterable<string> {
  let rest = ''
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 256 * 1024 }) as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n')
    rest = (lines.pop() ?? '').slice(0, longest)
    yield* lines
  }
  if (rest !== '') yield rest
}
