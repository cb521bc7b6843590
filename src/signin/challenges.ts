/** One challenge of a WWW-Authenticate header. */
export interface Challenge {
  /** In lower case. */
  readonly scheme: string
  /** Names in lower case; values of quoted strings as they stand between the quotes, escapes untouched (RFC 7616 §3.4, "unq"). */
  readonly parameters: ReadonlyMap<string, string>
}

/**
 * Reads a WWW-Authenticate header, or several joined by commas: schemes and their parameters share the comma
 * (https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1). What cannot be read is left out.
 */
export const parseChallenges = (header: string): readonly Challenge[] => {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = []
  for (const piece of pieces(header)) {
    const parameter = /^([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s"=]+))$/.exec(piece)
    if (parameter !== null) {
      challenges.at(-1)?.parameters.set((parameter[1] ?? '').toLowerCase(), parameter[2] ?? parameter[3] ?? '')
      continue
    }
    const start = /^([\w!#$%&'*+.^`|~-]+)(?:\s+(.*))?$/.exec(piece)
    if (start === null) continue
    challenges.push({ scheme: (start[1] ?? '').toLowerCase(), parameters: new Map() })
    const first = /^([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s"=]+))$/.exec(start[2] ?? '')
    if (first !== null) challenges.at(-1)?.parameters.set((first[1] ?? '').toLowerCase(), first[2] ?? first[3] ?? '')
  }
  return challenges
}

/** Splits at commas outside quoted strings. */
const pieces = (header: string): readonly string[] =>
  (header.match(/(?:"(?:[^"\\]|\\.)*"|[^,"])+/g) ?? []).map((piece) => piece.trim()).filter((piece) => piece !== '')
