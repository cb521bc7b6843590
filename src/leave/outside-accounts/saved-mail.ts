import { mailDetails } from '../../core/mail.ts'
import type { Journal } from '../../journal/journal.ts'
import { createPaths } from '../../journal/paths.ts'

/** A message that the archive holds. */
export interface SavedMessage {
  /** The journal's number of the item. */
  readonly n: number
  /** Relative to the archive, `/` between components. */
  readonly path: string
  readonly sha256: string
  /** Milliseconds since 1970; 0: not known. */
  readonly received: number
  /** Sent by the person, a draft, or a line of a chat: nothing that came from a service. */
  readonly own: boolean
  /** The provider took it for spam. */
  readonly spam: boolean
}

export interface MailSource {
  readonly n: number
  readonly name: string
  readonly messages: number
  readonly unsaved: number
}

const isMessage = (name: string): boolean => /\.eml$/i.test(name)

/** The sources that hold mail, told by what they said of their items; one walk through the journal, a row at a time. */
export function mailSources(journal: Journal): MailSource[] {
  return journal.sources().flatMap(({ n, name }) => {
    let [messages, waiting, isMail] = [0, 0, false]
    for (const row of journal.itemRows(n)) {
      if (row.kind !== 'file') continue
      if (row.state === 'pending' || row.state === 'failed') {
        waiting++
        continue
      }
      // One described message tells what the source is; a drive may hold a file of mail, too.
      if (!isMail && !mailDetails.safeParse(JSON.parse(row.details)).success) continue
      if (journal.entriesOf(row.n).some((entry) => entry.sha256 !== null && entry.disk !== null && isMessage(entry.disk))) {
        isMail = true
        messages++
      }
    }
    return isMail ? [{ n, name, messages, unsaved: waiting }] : []
  })
}

/** Every saved message of a source, by number, which is the same order on every run. */
export function* savedMessages(journal: Journal, { n, name }: MailSource): Iterable<SavedMessage> {
  const paths = createPaths(journal, new Map([[n, name]]))
  for (const row of journal.itemRows(n)) {
    if (row.kind !== 'file') continue
    const file = journal.entriesOf(row.n).find((entry) => entry.sha256 !== null && entry.disk !== null && isMessage(entry.disk))
    if (file?.sha256 == null || file.disk_dir === null) continue
    const details = mailDetails.safeParse(JSON.parse(row.details)).data
    const labels = details?.labels ?? []
    yield {
      n: row.n,
      path: `${paths.onDisk(file.disk_dir)}/${file.disk}`,
      sha256: file.sha256,
      received: Math.max(details?.received ?? file.modified ?? row.modified ?? 0, 0),
      own: labels.includes('Sent') || labels.includes('Drafts') || labels.includes('Chats') || details?.flags.draft === true,
      spam: labels.includes('Spam'),
    }
  }
}
