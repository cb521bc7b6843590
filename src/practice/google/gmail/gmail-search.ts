import { invalidArgument } from './gmail-call.ts'
import { mailStart } from './mail-content.ts'
import type { MailboxModel, MailMessage } from './mailbox-model.ts'

type Test = (message: MailMessage) => boolean

const places: Readonly<Record<string, string>> = {
  inbox: 'INBOX',
  sent: 'SENT',
  drafts: 'DRAFT',
  chats: 'CHAT',
  spam: 'SPAM',
  trash: 'TRASH',
}
const states: Readonly<Record<string, string>> = {
  unread: 'UNREAD',
  starred: 'STARRED',
  important: 'IMPORTANT',
  chat: 'CHAT',
}

/**
 * Reads the part of the search language that backups use: `in:`, `is:`, `label:`, `after:` and `before:` in seconds since 1970, `rfc822msgid:`,
 * and each with a minus. https://support.google.com/mail/answer/7190. Whatever else is asked is refused rather than guessed.
 */
export function parseSearch(text: string, model: MailboxModel): { readonly test: Test; readonly everywhere: boolean } {
  const words = text.split(/\s+/).filter((word) => word !== '')
  const tests = words.map((word): Test => {
    const negated = word.startsWith('-')
    const [operator = '', ...rest] = word.slice(negated ? 1 : 0).split(':')
    const test = testOf(operator.toLowerCase(), rest.join(':'), model)
    if (test === undefined) throw invalidArgument(`The practice Gmail does not know the search "${word}"`)
    return negated ? (message) => !test(message) : test
  })
  const everywhere = words.some((word) => /^in:(anywhere|spam|trash)$/i.test(word))
  return { test: (message) => tests.every((test) => test(message)), everywhere }
}

function testOf(operator: string, value: string, model: MailboxModel): Test | undefined {
  const has = (label: string | undefined): Test | undefined =>
    label === undefined ? undefined : (message) => message.labelIds.includes(label)
  switch (operator) {
    case 'in':
      return value.toLowerCase() === 'anywhere' ? () => true : has(places[value.toLowerCase()])
    case 'is':
      return has(states[value.toLowerCase()])
    case 'label': {
      // In searches spaces and slashes of a label's name are written as hyphens.
      const plain = (name: string) => name.toLowerCase().replace(/[ /]/g, '-')
      const id = model.labels().find((label) => plain(label.name) === plain(value))?.id
      return id === undefined ? () => false : has(id)
    }
    case 'after':
    case 'before': {
      if (!/^\d{9,11}$/.test(value)) return undefined
      const time = Number(value) * 1000
      return operator === 'after' ? (message) => message.internalDate >= time : (message) => message.internalDate < time
    }
    case 'rfc822msgid': {
      const wanted = value.replace(/^<|>$/g, '')
      return (message) => /^message-id:\s*<([^>]*)>/im.exec(mailStart(message.content, 4096).toString('latin1'))?.[1] === wanted
    }
    default:
      return undefined
  }
}
