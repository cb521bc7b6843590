import { widthOf } from '../display/width.ts'

/** Signs that begin no line of Japanese, and signs that end none: https://www.w3.org/TR/jlreq/#line-start_and_line_end_prohibition_rules */
const notFirst = /^[、。，．・：；？！）〕］｝〉》」』】ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々,.:;?!)\]}…]/u
const notLast = /[（〔［｛〈《「『【([{]$/u
const wide = /^[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]/u

/** Parts that may stand on different lines: words with the blank after them, and each Japanese character. */
function parts(text: string): string[] {
  const found: string[] = []
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    const last = found.at(-1)
    const breaks =
      last === undefined || last.endsWith(' ') ? segment !== ' ' : wide.test(segment) || wide.test([...last].at(-1) ?? '')
    if (last !== undefined && (!breaks || notFirst.test(segment) || notLast.test(last))) found[found.length - 1] = last + segment
    else found.push(segment)
  }
  return found
}

/** Lines of at most `columns`, where no single word is longer; the first begins with `first`, the others with as many blanks. */
export function wrap(text: string, columns: number, first = ''): string[] {
  const indent = ' '.repeat(widthOf(first))
  const lines: string[] = []
  let line = first
  for (const part of parts(text)) {
    if (line.trim() !== first.trim() && widthOf(line + part.trimEnd()) > columns) {
      lines.push(line.trimEnd())
      line = indent
    }
    line += part
  }
  return [...lines, line.trimEnd()]
}
