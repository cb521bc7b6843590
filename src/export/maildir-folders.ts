import { createHash } from 'node:crypto'
import { placeSiblings, portable } from '../archive/names.ts'
import { modifiedUtf7 } from './modified-utf7.ts'

/** File systems take 255 bytes for a name; a mail program may append to it. */
const longest = 240
/** What a folder's own part of the name needs at least; where the folders above leave less, it stands on its own. */
const least = 60

export interface MaildirFolders {
  /** The folder of a label, relative to the Maildir; '' is the Maildir itself, the inbox. */
  of(label: string): string
  /** Of messages that lie nowhere else. */
  readonly archived: string
}

/**
 * Maildir++ folders for labels: `.Work.Projects` for `Work/Projects`, `Inbox` the Maildir itself (https://www.courier-mta.org/imap/README.maildirquota.html). Folder names
 * are those that every system can hold; a `.` within a name, which would nest, and a leading `~`, which Dovecot refuses, become their full-width forms.
 * Two labels that would share a folder (letter case and Unicode form aside) are kept apart by a suffix. A function of the set of labels.
 */
export function maildirFolders(labels: readonly string[]): MaildirFolders {
  const children = new Map<string, Set<string>>([['', new Set()]])
  for (const label of labels) {
    let above = ''
    for (const name of label.split('/')) {
      const own = join(above, name)
      children.get(above)!.add(name)
      if (!children.has(own)) children.set(own, new Set())
      above = own
    }
  }
  const folders = new Map<string, string>()
  // A path of labels begins with a slash, these do not.
  const [inboxId, archivedId] = ['\0inbox', '\0archived']
  place('', '')
  return { of: (label) => (isInbox(label) ? '' : folders.get(join('', label))!), archived: folders.get(archivedId)! }

  function place(above: string, folder: string): void {
    const names = [...children.get(above)!]
    const siblings = names
      .filter((name) => !(above === '' && isInbox(name)))
      .map((id) => ({ id, name: mailboxName(id), living: true, folder: true }))
    if (above === '') {
      // The first takes its name from whoever else would like it, the other gives way.
      siblings.push({ id: inboxId, name: 'Inbox', living: true, folder: true })
      siblings.push({ id: archivedId, name: 'Archived', living: false, folder: true })
    }
    for (const [id, name] of placeSiblings(siblings)) {
      if (id === inboxId) continue
      const path = id === archivedId ? id : join(above, id)
      folders.set(path, fitting(path, folder, name))
      if (id !== archivedId) place(path, folders.get(path)!)
    }
    // What is nested in the inbox stands beside the other folders, under the inbox's name in capitals: Dovecot lists `.Inbox.Later` as INBOX.Later and then does not find it.
    if (above !== '') return
    const nesting = names.filter((name) => isInbox(name) && children.get(join('', name))!.size > 0)
    for (const [n, name] of nesting.toSorted().entries()) place(join('', name), n === 0 ? '.INBOX' : `.INBOX (${n + 1})`)
  }
}

/** IMAP knows one inbox, whatever the case of its letters. */
const isInbox = (label: string) => /^inbox$/i.test(label)

const join = (above: string, name: string) => `${above}/${name}`

function mailboxName(name: string): string {
  return name.replaceAll('.', '\uff0e').replace(/^~/, '\uff5e')
}

function fitting(path: string, above: string, name: string): string {
  const plain = `${above}.${modifiedUtf7(name)}`
  if (plain.length <= longest) return plain
  const start = above.length + least > longest ? '.' : `${above}.`
  const suffix = ` (${createHash('sha256').update(path).digest('hex').slice(0, 16)})`
  let kept = ''
  for (const character of name) {
    if (start.length + modifiedUtf7(kept + character).length + suffix.length > longest) break
    kept += character
  }
  return start + modifiedUtf7(portable(kept)) + suffix
}
