import { appendFileSync, readdirSync, rmSync } from 'node:fs'
import type { Archive } from '../archive/archive.ts'
import { stamp } from '../archive/stamp.ts'
import type { Clock } from '../core/clock.ts'
import type { Reporter } from '../core/events.ts'
import { redactText } from '../http/redact.ts'

/** Logs kept of earlier runs. */
const kept = 30

/** Events that only move bars; and the leaver's checklist, which is kept elsewhere: where a person has accounts belongs into no log. */
const passing = new Set(['progress', 'transfer', 'checklist'])

/** Writes what happens in a run into the archive, one JSON object a line, addresses and secrets struck out. */
export function createArchiveLog(archive: Archive, command: string, clock: Clock): Reporter {
  const folder = archive.absolute('.holdall/logs')
  const old = readdirSync(folder).sort().slice(0, -kept)
  for (const name of old) rmSync(archive.absolute(`.holdall/logs/${name}`), { force: true })
  const file = archive.absolute(`.holdall/logs/${stamp(clock.now())}-${command}.jsonl`)
  let lines = ''
  let timer: NodeJS.Timeout | undefined
  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    const text = lines
    lines = ''
    try {
      appendFileSync(file, text)
    } catch {
      // A full disk stops the run by itself, and says so; the log is the last thing to fail over.
    }
  }
  return (event) => {
    if (passing.has(event.event) || (event.event === 'listing' && event.state === 'page')) return
    lines += `${redactText(JSON.stringify({ time: new Date(clock.now()).toISOString(), ...event }))}\n`
    if (event.event === 'summary' || event.event === 'failed' || lines.length > 65_536) flush()
    else timer ??= setTimeout(flush, 1000).unref()
  }
}
