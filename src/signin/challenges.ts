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
  const take = (piece: string): boolean => {
    const found = parameter.exec(piece)
    if (found !== null) challenges.at(-1)?.parameters.set((found[1] ?? '').toLowerCase(), found[2] ?? found[3] ?? '')
    return found !== null
  }
  for (const piece of pieces(header)) {
    if (take(piece)) continue
    const [, scheme, rest = ''] = start.exec(piece) ?? []
    if (scheme === undefined) continue
    challenges.push({ scheme: scheme.toLowerCase(), parameters: new Map() })
    take(rest)
  }
  return challenges
}

const parameter = /^([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s"=]+))$/
const start = /^([\w!#$%&'*+.^`|~-]+)(?:\s+(.*))?$/

/** Splits at commas outside quoted strings. */
const pieces = (header: string): readonly string[] =>
  (header.match(/(?:"(?:[^"\\]|\\.)*(?:"|$)|[^,"])+/g) ?? []).map((piece) => piece.trim()).filter((piece) => piece !== '')
