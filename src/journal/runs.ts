import type { DatabaseSync } from 'node:sqlite'

/** Runs, sources, and single remembered facts. */
export function runsPart(db: DatabaseSync) {
  const begin = db.prepare('INSERT INTO run(command, started) VALUES (?, ?)')
  const end = db.prepare('UPDATE run SET ended = ?, status = ? WHERE n = ?')
  const last = db.prepare('SELECT n, command, started, ended, status FROM run ORDER BY n DESC LIMIT 1')
  // 0, 3 and 4: it came to its end, though not everything may have been there to take.
  const sinceComplete = db.prepare(`SELECT n AS run, started FROM run
    WHERE n > (SELECT coalesce(max(n), 0) FROM run WHERE command = 'backup' AND status = 0) ORDER BY n LIMIT 1`)
  const addSource = db.prepare('INSERT INTO source(name) VALUES (?) ON CONFLICT DO NOTHING')
  const sourceByName = db.prepare('SELECT n FROM source WHERE name = ?')
  const sources = db.prepare('SELECT n, name, failure, listed FROM source ORDER BY name')
  const setFailure = db.prepare('UPDATE source SET failure = ? WHERE n = ?')
  const setListed = db.prepare('UPDATE source SET listed = ? WHERE n = ?')
  const setMark = db.prepare('INSERT INTO mark VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value')
  const getMark = db.prepare('SELECT value FROM mark WHERE name = ?')
  const dropMark = db.prepare('DELETE FROM mark WHERE name = ?')

  return {
    /** Returns the number of the run. `now` in milliseconds. */
    beginRun(command: string, now: number): number {
      return Number(begin.run(command, now).lastInsertRowid)
    },
    endRun(run: number, now: number, status: number): void {
      end.run(now, status, run)
    },
    lastRun(): { n: number; command: string; started: number; ended: number | null; status: number | null } | undefined {
      return last.get() as ReturnType<typeof this.lastRun>
    },
    /** The first run after the last that brought everything home. `started` in milliseconds. */
    firstSinceComplete(): { run: number; started: number } {
      return sinceComplete.get() as { run: number; started: number }
    },
    /** The number of a source, which is made known by this. */
    source(name: string): number {
      addSource.run(name)
      return (sourceByName.get(name) as { n: number }).n
    },
    /** The number of a source that may not be known. */
    findSource(name: string): number | undefined {
      return (sourceByName.get(name) as { n: number } | undefined)?.n
    },
    /** All sources, with what kept each from being finished last time, and when it was last listed to the end (ms). */
    sources(): { n: number; name: string; failure: string | null; listed: number | null }[] {
      return sources.all() as unknown as ReturnType<typeof this.sources>
    },
    setSourceFailure(source: number, failure: { kind: string; message: string; hint?: string } | undefined): void {
      setFailure.run(failure === undefined ? null : JSON.stringify(failure), source)
    },
    setListed(source: number, now: number): void {
      setListed.run(now, source)
    },
    /** A single fact that outlives a run, such as that the manifests lag behind. */
    mark(name: string): string | undefined {
      return (getMark.get(name) as { value: string } | undefined)?.value
    },
    setMark(name: string, value: string | undefined): void {
      if (value === undefined) dropMark.run(name)
      else setMark.run(name, value)
    },
  }
}
