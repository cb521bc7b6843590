/** A time (milliseconds since 1970) as part of a name: `2026-03-31T1425`, UTC. */
export function stamp(now: number): string {
  return new Date(now).toISOString().replaceAll(/[:.]/g, '').slice(0, 15)
}
