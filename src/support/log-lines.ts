import { createReadStream } from 'node:fs'
import type { Json, JsonObject } from '../core/json.ts'
import { alias, type Private, scrub, strike, withheld } from './scrub.ts'

/** Lines kept of a log: the first and the last ones, for what begins a trouble and what ends it. */
const kept = { first: 500, last: 4500 }

/** Fields of events whose values are numbers, times, or words of our own. */
const plain = new Set([
  'time',
  'event',
  'command',
  'run',
  'level',
  'source',
  'state',
  'full',
  'items',
  'bytes',
  'size',
  'kind',
  'account',
  'afterMs',
  'untilMs',
  'inMs',
  'attempt',
  'budget',
  'ids',
  'asOf',
  'files',
  'damaged',
  'status',
  'sources',
])
/** Names and ids. */
const named = new Set(['id', 'path', 'from', 'to', 'stream'])
/** Sentences. */
const spoken = new Set(['message', 'hint', 'reason', 'what'])

/** What of a log may be handed on. */
export interface LogFacts {
  readonly lines: readonly JsonObject[]
  /** Lines between the first and the last that were left out. */
  readonly leftOut: number
  /** Items that were saved or were so before: counted, not listed. */
  readonly quiet: number
}

/** Reads a log of `.holdall/logs` event by event. What is not known to be harmless is left out; a line that is none of ours too. */
export async function readLog(file: string, known: Private): Promise<LogFacts> {
  const first: JsonObject[] = []
  const last: JsonObject[] = []
  let [leftOut, quiet, rest] = [0, 0, '']
  const take = (line: string) => {
    const event = parse(line)
    if (event === undefined) return
    if (event.event === 'item' && (event.state === 'saved' || event.state === 'unchanged')) quiet++
    else if (first.length < kept.first) first.push(harmless(event, known))
    else {
      last.push(harmless(event, known))
      if (last.length > kept.last * 2) leftOut += last.splice(0, kept.last).length
    }
  }
  for await (const chunk of createReadStream(file, 'utf8') as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) take(line)
  }
  take(rest)
  if (last.length > kept.last) leftOut += last.splice(0, last.length - kept.last).length
  return { lines: [...first, ...last], leftOut, quiet }
}

function parse(line: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined
  } catch {
    return undefined
  }
}

/** An event without names and other people's words. */
export function harmless(event: JsonObject, known: Private): JsonObject {
  const names = ['path', 'from', 'to', 'id', 'stream'].flatMap((key) => nameForms(event[key]))
  const all = { ...known, names: [...known.names, ...names] }
  // About a file made of many things (contacts.vcf): what is said of one of them may hold its name in any form.
  const aboutMade = event.event === 'notice' && event.source !== undefined
  return Object.fromEntries(
    Object.entries(event).flatMap(([key, value]): [string, Json][] => {
      if (typeof value === 'string' && named.has(key)) return [[key, alias(value)]]
      if (typeof value === 'string' && spoken.has(key))
        return [[key, scrub(aboutMade ? value.replace(/: [\s\S]*/, `: ${withheld}`) : value, all)]]
      if (plain.has(key))
        return [[key, typeof value === 'string' ? strike(value, { secrets: known.secrets, names: [] }) : (value as Json)]]
      return []
    }),
  )
}

/** A path as a whole, and its parts: a sentence may hold either. */
function nameForms(value: Json | undefined): string[] {
  if (typeof value !== 'string') return []
  return [value, ...value.split('/')].filter((part) => part.length > 2)
}
