import type { Json } from '../../serving/reply.ts'
import { refusal } from '../api-error.ts'
import { below, select } from '../fields.ts'
import { checkUser, type GmailCall, messageOf, metadataOnly, notFound } from './gmail-call.ts'
import { mailSize, mailStart } from './mail-content.ts'
import type { MailboxModel, MailMessage } from './mailbox-model.ts'
import { headersOf, payloadOf, snippetOf } from './message-payload.ts'
import { rawText, sendRaw } from './message-raw.ts'

const formats = ['minimal', 'full', 'raw', 'metadata']
/** Up to here an answer is made in one piece. */
const smallBytes = 512 * 1024

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/get */
export async function getMessage(call: GmailCall): Promise<Json | undefined> {
  checkUser(call)
  const { parameters, selection, model } = call
  const format = parameters.text('format')?.toLowerCase() ?? 'full'
  if (!formats.includes(format)) {
    throw refusal(400, 'badRequest', `Invalid value at 'format' (type.googleapis.com/gmail.v1.MessageFormat), "${format}"`)
  }
  if (metadataOnly(call) && (format === 'full' || format === 'raw'))
    throw refusal(403, 'forbidden', `Metadata scope doesn't allow format ${format.toUpperCase()}`)
  const message = messageOf(call)
  if (message.faults?.gone !== undefined) {
    if (message.faults.gone === 'once') model.remove(message.id)
    throw notFound()
  }
  const head = {
    id: message.id,
    threadId: message.threadId,
    labelIds: message.labelIds.length === 0 ? undefined : message.labelIds,
    snippet: snippetOf(mailStart(message.content, 4096)),
  }
  const end = {
    sizeEstimate: sizeEstimate(message),
    historyId: String(message.historyId),
    internalDate: String(message.internalDate),
  }
  if (format === 'minimal') return { ...head, ...end }
  if (format === 'metadata') {
    const wanted = parameters.list('metadataHeaders').map((name) => name.toLowerCase())
    const headers = headersOf(mailStart(message.content)).filter(
      ({ name }) => wanted.length === 0 || wanted.includes(name.toLowerCase()),
    )
    return { ...head, payload: { headers }, ...end }
  }
  if (format === 'full') return { ...head, payload: payloadOf(message), ...end }
  if (below(selection, 'raw') === undefined) return { ...head, ...end }
  const bad = takeBadRaw(model, message)
  if (mailSize(message.content) <= smallBytes) return { ...head, raw: rawText(message, bad), ...end }
  await sendRaw(call.exchange, {
    before: select(head, selection) ?? {},
    message,
    bad,
    after: select(end, selection) ?? {},
  })
  return undefined
}

function takeBadRaw(model: MailboxModel, { id, faults }: MailMessage): boolean {
  const left = faults?.badRaw ?? 0
  if (left > 0) model.setFaults(id, { ...faults, badRaw: left - 1 })
  return left > 0
}

/** An estimate, as Gmail's is: right for most messages, a little off for some. */
const sizeEstimate = ({ content, number }: MailMessage): number => mailSize(content) + (number % 5 === 0 ? 37 : 0)
