/** The page tokens of one walk through a list of Zoom's. One that comes twice leads in a circle, of whatever length, and so to a walk without end. */
export interface TokenTrail {
  /** Whether an answer's token was given before on this walk; the end of a list (undefined) never was. */
  goesRound(token: string | undefined): boolean
  /** Another walk begins. */
  begin(): void
}

export function createTokenTrail(): TokenTrail {
  const seen = new Set<string>()
  return {
    goesRound(token) {
      if (token === undefined) return false
      const again = seen.has(token)
      seen.add(token)
      return again
    },
    begin: () => seen.clear(),
  }
}
