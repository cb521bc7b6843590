import { createMessages, type MessagesOptions } from './messages.ts'
import type { Face, Output } from './output.ts'
/** Stand-in until the bars are there. */
export function createLive(options: MessagesOptions & { readonly stderr: Output; readonly stdout: Output }): Face {
  const messageOf = createMessages(options)
  return {
    report(event) {
      const message = messageOf(event)
      if (message !== undefined) options.stderr.write(message.text)
    },
    out: (text) => options.stdout.write(text),
    close() {},
  }
}
