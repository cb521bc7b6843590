import { ImapFlow } from 'imapflow'

export interface Served {
  readonly source: Buffer
  readonly flags: ReadonlySet<string>
  readonly date: Date
}

/** Every message of every mailbox, fetched whole. */
export async function fetchAll(port: number): Promise<Map<string, Served[]>> {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port,
    secure: false,
    doSTARTTLS: false,
    auth: { user: 'someone', pass: 'practice' },
    logger: false,
  })
  await client.connect()
  try {
    const boxes = new Map<string, Served[]>()
    for (const { path, flags } of await client.list()) {
      if (flags.has('\\NonExistent') || flags.has('\\Noselect')) continue
      const status = await client.status(path, { messages: true })
      const opened = await client.mailboxOpen(path, { readOnly: true })
      const messages: Served[] = []
      if (opened.exists > 0) {
        for await (const { source, flags: set, internalDate } of client.fetch('1:*', {
          source: true,
          flags: true,
          internalDate: true,
        })) {
          messages.push({ source: source!, flags: set!, date: new Date(internalDate!) })
        }
      }
      const counted = status === false ? undefined : status.messages
      if (messages.length !== opened.exists || counted !== opened.exists)
        throw new Error(`${path}: ${messages.length} of ${opened.exists} messages came (${counted} by STATUS)`)
      boxes.set(path, messages)
    }
    return boxes
  } finally {
    await client.logout()
  }
}
