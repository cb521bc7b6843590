import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A practice server in a process of its own, so that its CPU and memory are not counted as a program's. */
export interface ChildServer<Info> {
  /** What it said when it was ready. */
  readonly info: Info
  /** One question at a time. */
  ask(question: unknown): Promise<unknown>
  stop(): void
}

/** Starts a module of this folder with these options; it answers each message with one. Throws when it ends before it is ready. */
export async function startChild<Info>(module: string, options: unknown): Promise<ChildServer<Info>> {
  const child = fork(fileURLToPath(new URL(module, import.meta.url)), [JSON.stringify(options)])
  const answer = async (): Promise<unknown> => {
    const waiting = new AbortController()
    const message = once(child, 'message', { signal: waiting.signal })
    const ended = once(child, 'exit', { signal: waiting.signal }).then(() => {
      throw new Error(`${module} ended`)
    })
    try {
      const [said] = (await Promise.race([message, ended])) as [unknown]
      return said
    } finally {
      for (const one of [message, ended]) one.catch(() => undefined)
      waiting.abort()
    }
  }
  const info = (await answer()) as Info
  return {
    info,
    async ask(question) {
      child.send(question as object)
      return answer()
    },
    stop: () => void child.kill(),
  }
}
