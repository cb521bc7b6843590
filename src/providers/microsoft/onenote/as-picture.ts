import type { Failure } from '../../../core/failure.ts'

/** Enough to tell words from a picture. */
const opening = 32

/** Nothing states size or checksum of a picture; that it is empty, or begins with words as no picture but SVG does, is an error that came as a success. */
export async function* asPicture(
  bytes: AsyncIterable<Uint8Array>,
  refused: (what: string) => Failure,
): AsyncGenerator<Uint8Array> {
  let begin: Buffer | undefined = Buffer.alloc(0)
  const judged = (head: Buffer): Buffer => {
    if (head.length === 0) throw refused('nothing')
    if (/^(?!\s*<)[\s\x20-\x7e]*$/.test(head.toString('latin1', 0, opening))) throw refused('a message')
    return head
  }
  for await (const chunk of bytes) {
    if (begin === undefined) yield chunk
    else {
      begin = Buffer.concat([begin, chunk])
      if (begin.length < opening) continue
      yield judged(begin)
      begin = undefined
    }
  }
  if (begin !== undefined) yield judged(begin)
}
