import { createMessages, type MessagesOptions } from './messages.ts'
import type { Face, Output } from './output.ts'

/** Warnings and failures on stderr, results on stdout. */
export function createQuiet(
  options: Omit<MessagesOptions, 'verbose'> & { readonly stderr: Output; readonly stdout: Output },
): Face {
  const messageOf = createMessages({ ...options, verbose: false })
  return {
    report(event) {
      const message = messageOf(event)
      if (message !== undefined && message.level !== 'info') options.stderr.write(message.text)
    },
    out: (text) => options.stdout.write(text),
    close() {},
  }
}
