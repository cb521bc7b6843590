import type { Json } from '../../serving/reply.ts'
import { refusal } from '../api-error.ts'
import { checkUser, freeOnPages, type GmailCall, invalidArgument, metadataOnly, pageSizeOf } from './gmail-call.ts'
import { parseSearch } from './gmail-search.ts'
import type { MailboxModel, MailMessage } from './mailbox-model.ts'

interface Page {
  readonly messages: readonly MailMessage[]
  readonly nextPageToken: string | undefined
  /** "Unreliable": stays at 201 for anything longer, whatever the page says of it. */
  readonly resultSizeEstimate: number
}

const pagesGiven = new WeakMap<MailboxModel, number>()

/** A page of messages that pass, newest first. */
function pageOf(call: GmailCall, passes: (message: MailMessage) => boolean): Page {
  const { model } = call
  const asked = pageSizeOf(call)
  const pages = (pagesGiven.get(model) ?? 0) + 1
  pagesGiven.set(model, pages)
  const short = model.quirks.shortPageEvery > 0 && pages % model.quirks.shortPageEvery === 0
  const size = short ? Math.ceil(asked / 2) : asked
  const [date, number] = call.position(freeOnPages) ?? []
  const messages: MailMessage[] = []
  let more = false
  for (const message of model.scan(date === undefined || number === undefined ? undefined : [date, number])) {
    if (!passes(message)) continue
    if (messages.length === size) {
      more = true
      break
    }
    messages.push(message)
  }
  const last = messages.at(-1)
  return {
    messages,
    nextPageToken: more && last !== undefined ? call.nextPageToken([last.internalDate, last.number], freeOnPages) : undefined,
    resultSizeEstimate: more ? 201 : Math.min(201, messages.length),
  }
}

const unwanted = ({ labelIds }: MailMessage) => labelIds.includes('SPAM') || labelIds.includes('TRASH')

function searchOf(call: GmailCall): { passes: (message: MailMessage) => boolean } {
  const { parameters, model } = call
  const q = parameters.text('q')
  if (q !== undefined && metadataOnly(call)) throw refusal(403, 'forbidden', "Metadata scope does not support 'q' parameter")
  const search = q === undefined ? undefined : parseSearch(q, model)
  const everywhere = parameters.flag('includeSpamTrash') || search?.everywhere === true
  return { passes: (message) => (everywhere || !unwanted(message)) && (search === undefined || search.test(message)) }
}

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/list */
export function listMessages(call: GmailCall): Json {
  checkUser(call)
  const { parameters, model } = call
  const labels = parameters.list('labelIds')
  for (const id of labels) if (model.label(id) === undefined) throw invalidArgument(`Invalid label: ${id}`)
  const { passes } = searchOf(call)
  const page = pageOf(call, (message) => labels.every((id) => message.labelIds.includes(id)) && passes(message))
  return {
    // Without results there is no list at all.
    ...(page.messages.length === 0 ? {} : { messages: page.messages.map(({ id, threadId }) => ({ id, threadId })) }),
    nextPageToken: page.nextPageToken,
    resultSizeEstimate: page.resultSizeEstimate,
  }
}

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.drafts/list */
export function listDrafts(call: GmailCall): Json {
  checkUser(call)
  const { passes } = searchOf(call)
  const page = pageOf(call, (message) => message.draftId !== undefined && passes(message))
  const drafts = page.messages.map(({ id, threadId, draftId }) => ({ id: draftId, message: { id, threadId } }))
  return {
    ...(drafts.length === 0 ? {} : { drafts }),
    nextPageToken: page.nextPageToken,
    resultSizeEstimate: page.resultSizeEstimate,
  }
}
