import { widthOf } from './width.ts'

const segmenter = new Intl.Segmenter()
/** Never at the start of a line: https://www.w3.org/TR/jlreq/#characters_not_starting_a_line */
const closing = /^[、。，．・：；？！）」』】〉》”’ー々)\].,:;!?]/
/** Never at its end: https://www.w3.org/TR/jlreq/#characters_not_ending_a_line */
const opening = /[（「『【〈《“‘([]$/

/** Breaks a line into lines of at most `columns`: between words, and in Japanese between characters. What has no place to break stays whole (an address). */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of piecesOf(text)) {
    if (line !== '' && widthOf((line + piece).trimEnd()) > columns) {
      lines.push(line.trimEnd())
      line = piece.trimStart()
    } else line += piece
  }
  return line.trim() === '' && lines.length > 0 ? lines : [...lines, line.trimEnd()]
}

/** The parts between which a line may be broken. */
function piecesOf(text: string): readonly string[] {
  const pieces: string[] = []
  let piece = ''
  for (const { segment } of segmenter.segment(text)) {
    const before = piece.at(-1)
    const wide = widthOf(segment) === 2
    const apart =
      before !== undefined &&
      ((before === ' ' && segment !== ' ') || wide || widthOf(lastOf(piece)) === 2) &&
      !closing.test(segment) &&
      !opening.test(piece) &&
      segment !== ' '
    if (apart) {
      pieces.push(piece)
      piece = segment
    } else piece += segment
  }
  return piece === '' ? pieces : [...pieces, piece]
}

const lastOf = (text: string): string => [...segmenter.segment(text.slice(-8))].at(-1)?.segment ?? ''
