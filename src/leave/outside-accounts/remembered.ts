import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { finished } from 'node:stream/promises'
import type { Archive } from '../../archive/archive.ts'
import type { Finding } from './examine.ts'
import { phrases, structureWeights } from './features.ts'
import type { SavedMessage } from './saved-mail.ts'

/** To be raised with every change of the rules other than of the phrases, which count by themselves. */
const rules = 1

const file = '.holdall/outside-accounts.jsonl'

/** What an earlier run found, so that a rerun reads only what is new. Lines come in the order of `savedMessages`, so that neither side is held in memory. */
export interface Remembered {
  /** What was found in exactly this message; undefined: not known. null: nothing was in it. */
  recall(message: SavedMessage, source: number): Promise<Finding | null | undefined>
  note(message: SavedMessage, source: number, finding: Finding | null): Promise<void>
  /** Keeps what was noted; a folder that cannot be written to costs time, no more. */
  keep(): Promise<void>
  discard(): Promise<void>
}

type Line = [source: number, n: number, hash: string, finding?: Finding]

export async function openRemembered(archive: Archive, own: ReadonlySet<string>): Promise<Remembered> {
  const shape = createHash('sha256')
    .update(
      JSON.stringify([
        rules,
        phrases.map(({ pattern, ...rest }) => [pattern.source, rest]),
        structureWeights,
        [...own].toSorted(),
      ]),
    )
    .digest('hex')
  const before = readLines(archive.absolute(file), shape)
  let next = await before.next()
  const draft = archive.absolute(`${file}.${randomBytes(4).toString('hex')}`)
  const out = createWriteStream(draft, { flags: 'wx', mode: 0o600 })
  let broken = false
  out.on('error', () => {
    broken = true
  })
  const write = (line: unknown): boolean => broken || out.write(`${JSON.stringify(line)}\n`)
  write(shape)

  async function end(): Promise<void> {
    await before.return(undefined)
    out.end()
    await finished(out).catch(() => {
      broken = true
    })
  }

  return {
    async recall({ n, sha256 }, source) {
      while (next.done !== true && (next.value[0] < source || (next.value[0] === source && next.value[1] < n)))
        next = await before.next()
      if (next.done === true || next.value[0] !== source || next.value[1] !== n || next.value[2] !== sha256.slice(0, 16))
        return undefined
      return next.value[3] ?? null
    },
    async note({ n, sha256 }, source, finding) {
      const hash = sha256.slice(0, 16)
      const line: Line = finding === null ? [source, n, hash] : [source, n, hash, finding]
      if (!write(line)) await new Promise<void>((resolve) => out.once('drain', resolve).once('close', resolve))
    },
    async keep() {
      await end()
      if (broken) await rm(draft, { force: true }).catch(() => undefined)
      else await rename(draft, archive.absolute(file)).catch(() => rm(draft, { force: true }))
    },
    async discard() {
      await end()
      await rm(draft, { force: true }).catch(() => undefined)
    },
  }
}

/** The lines of an earlier run under the same rules; what cannot be read is as if it were not there. */
async function* readLines(path: string, shape: string): AsyncGenerator<Line, void> {
  const stream = createReadStream(path)
  try {
    let first = true
    for await (const text of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
      const line: unknown = JSON.parse(text)
      if (first && line !== shape) return
      if (!first) yield line as Line
      first = false
    }
  } catch {
    // Missing, cut off or damaged: the messages are read again.
  } finally {
    stream.destroy()
  }
}
