import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import type { ReadStream } from 'node:tty'

/** Asks on the terminal; undefined where stdin is none, or ends. 'hidden' shows nothing of what is typed. Ctrl-C, which is no signal meanwhile, is `interrupt`. */
export function ask(
  stdin: NodeJS.ReadStream,
  stderr: NodeJS.WriteStream,
  question: string,
  how: 'plain' | 'hidden',
  signal: AbortSignal,
  interrupt: () => void,
): Promise<string | undefined> {
  if ((stdin as Partial<ReadStream>).isTTY !== true) return Promise.resolve(undefined)
  let muted = false
  const output = new Writable({
    write(chunk, _encoding, done) {
      if (!muted) stderr.write(chunk)
      done()
    },
  })
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input: stdin, output, terminal: true })
    const abort = () => {
      lines.close()
      reject(signal.reason)
    }
    signal.addEventListener('abort', abort, { once: true })
    lines.on('SIGINT', () => {
      stderr.write('\n')
      interrupt()
      lines.close()
    })
    lines.once('close', () => {
      signal.removeEventListener('abort', abort)
      resolve(undefined)
    })
    lines.question(question, (answer) => {
      if (muted) stderr.write('\n')
      resolve(answer)
      lines.close()
    })
    muted = how === 'hidden'
  })
}

/** Lines from stdin as they come. */
export async function* linesOf(stdin: NodeJS.ReadStream): AsyncIterable<string> {
  const lines = createInterface({ input: stdin })
  try {
    yield* lines
  } finally {
    lines.close()
  }
}

/** Opens an address in the person's browser, with the system's own means. Rejects where that fails. */
export function browserOpener(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  spawn: typeof import('node:child_process').spawn,
): ((url: string) => Promise<void>) | undefined {
  if (platform === 'linux' && env.DISPLAY === undefined && env.WAYLAND_DISPLAY === undefined) return undefined
  const [command, ...args] =
    platform === 'darwin' ? ['open'] : platform === 'win32' ? ['rundll32', 'url.dll,FileProtocolHandler'] : ['xdg-open']
  return (url) =>
    new Promise((resolve, reject) => {
      const child = spawn(command!, [...args, url], { stdio: 'ignore', detached: true })
      child.once('error', reject)
      child.once('spawn', () => {
        child.unref()
        resolve()
      })
    })
}
