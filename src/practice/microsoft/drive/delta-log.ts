import type { DeltaLog } from './one-drive-model.ts'

/** What changed in which order; a change has the number of its place. */
export function createDeltaLog(now: () => number): DeltaLog & { add(id: string): void } {
  const changes: { id: string; time: number }[] = []
  return {
    add: (id) => void changes.push({ id, time: now() }),
    now: () => changes.length,
    between(since, until) {
      const last = new Set<string>()
      for (const { id } of changes.slice(since, until)) {
        last.delete(id)
        last.add(id)
      }
      return [...last]
    },
    at: (time) => {
      const later = changes.findIndex((change) => change.time > time)
      return later < 0 ? changes.length : later
    },
  }
}
