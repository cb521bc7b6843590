import type { Json } from '../../serving/reply.ts'
import { checkUser, freeOnPages, type GmailCall, invalidArgument, notFound, pageSizeOf } from './gmail-call.ts'
import type { HistoryRecord } from './mail-history.ts'

const types = ['messageAdded', 'messageDeleted', 'labelAdded', 'labelRemoved']

/**
 * Pages count what happened, not what passes the filter: one of them may have no `history` and still a `nextPageToken`.
 * https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.history/list
 */
export function listHistory(call: GmailCall): Json {
  checkUser(call)
  const { parameters, model } = call
  const start = parameters.text('startHistoryId')
  if (start === undefined || !/^\d{1,20}$/.test(start)) throw invalidArgument('Missing/invalid parameter: startHistoryId')
  const wanted = parameters.list('historyTypes')
  for (const type of wanted) {
    if (!types.includes(type)) {
      throw invalidArgument(`Invalid value at 'history_types' (type.googleapis.com/gmail.v1.HistoryType), "${type}"`)
    }
  }
  const label = parameters.text('labelId')
  if (label !== undefined && model.label(label) === undefined) throw invalidArgument(`Invalid label: ${label}`)
  const size = pageSizeOf(call)
  const [skip = 0] = call.position(freeOnPages) ?? []
  const page = model.history.after(BigInt(start), skip, size)
  if (page === undefined) throw notFound()
  const passes = (record: HistoryRecord): boolean =>
    (wanted.length === 0 || wanted.includes(record.type)) &&
    (label === undefined || record.labelIds.includes(label) || record.changed.includes(label))
  const history = page.records.filter(passes).map(recordResource)
  return {
    ...(history.length === 0 ? {} : { history }),
    nextPageToken: page.more ? call.nextPageToken([skip + page.records.length], freeOnPages) : undefined,
    historyId: String(model.history.current()),
  }
}

function recordResource({ id, type, messageId, threadId, labelIds, changed }: HistoryRecord): Json {
  const message = { id: messageId, threadId }
  const labelled = labelIds.length === 0 ? message : { ...message, labelIds }
  const detail = {
    messageAdded: { messagesAdded: [{ message: labelled }] },
    messageDeleted: { messagesDeleted: [{ message: labelled }] },
    labelAdded: { labelsAdded: [{ message: labelled, labelIds: changed }] },
    labelRemoved: { labelsRemoved: [{ message: labelled, labelIds: changed }] },
  }[type]
  return { id: String(id), messages: [message], ...detail }
}
