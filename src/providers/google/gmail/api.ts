import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js'
import type { JsonObject } from '../../../core/json.ts'
import type { Connection } from '../../../core/provider.ts'
import { answerOf, atFirstCall, libraryOptions } from '../client.ts'
import { gmailPriceOf } from '../limits.ts'
import {
  type GmailLabel,
  type GmailMessage,
  type HistoryList,
  historyList,
  labelList,
  type MessageList,
  mailboxSize,
  message,
  messageList,
  profile,
  settingsAnswer,
} from './schema.ts'

/** A setting of the mailbox that has a call of its own. */
export type SettingCall =
  | 'filters'
  | 'autoForwarding'
  | 'forwardingAddresses'
  | 'sendAs'
  | 'vacation'
  | 'imap'
  | 'pop'
  | 'language'
  | 'delegates'

export interface MessageQuery {
  /** Absent: messages under any label and under none. */
  readonly label?: string
  /** Those in spam and in the trash too. */
  readonly spamAndTrash: boolean
  /** Absent: the first page. */
  readonly page: string | undefined
}

/** The calls of Gmail that we make, but for the download, each with the fields that we read. All throw a Failure. */
export interface GmailApi {
  /** Where the mailbox's history stands now. */
  historyId(signal: AbortSignal): Promise<string>
  /** Messages that the mailbox is said to hold; undefined: not stated. */
  messagesTotal(signal: AbortSignal): Promise<number | undefined>
  messages(query: MessageQuery, signal: AbortSignal): Promise<MessageList>
  history(at: { readonly start: string; readonly page: string | undefined }, signal: AbortSignal): Promise<HistoryList>
  /** What is said of a message beside its bytes; as dear as the bytes. */
  message(id: string, signal: AbortSignal): Promise<GmailMessage>
  labels(signal: AbortSignal): Promise<readonly GmailLabel[]>
  setting(name: SettingCall, signal: AbortSignal): Promise<JsonObject>
}

/** The largest pages that Gmail gives, of messages and of history. */
const maxResults = 500
const userId = 'me'

export function createGmailApi(connection: Connection): GmailApi {
  const client = atFirstCall(async () => {
    const { gmail } = await import('googleapis/build/src/apis/gmail/index.js')
    return gmail({ version: 'v1', ...libraryOptions(connection, 'gmail', gmailPriceOf) })
  })
  const paged = (page: string | undefined) => (page === undefined ? {} : { pageToken: page })

  return {
    async historyId(signal) {
      const call = client().then((api) => api.users.getProfile({ userId, fields: 'historyId' }, { signal }))
      return (await answerOf('the question for the mailbox', call, profile, signal)).historyId
    },
    async messagesTotal(signal) {
      const call = client().then((api) => api.users.getProfile({ userId, fields: 'messagesTotal' }, { signal }))
      return (await answerOf('the question for the number of messages', call, mailboxSize, signal)).messagesTotal
    },
    messages({ label, spamAndTrash, page }, signal) {
      const params: gmail_v1.Params$Resource$Users$Messages$List = {
        userId,
        maxResults,
        includeSpamTrash: spamAndTrash,
        fields: 'messages(id),nextPageToken',
        ...(label === undefined ? {} : { labelIds: [label] }),
        ...paged(page),
      }
      return answerOf(
        'the list of messages',
        client().then((api) => api.users.messages.list(params, { signal })),
        messageList,
        signal,
      )
    },
    history({ start, page }, signal) {
      const change = 'message(id,labelIds)'
      const params: gmail_v1.Params$Resource$Users$History$List = {
        userId,
        maxResults,
        startHistoryId: start,
        historyTypes: ['messageAdded', 'messageDeleted', 'labelAdded', 'labelRemoved'],
        fields: `history(id,messagesAdded(${change}),messagesDeleted(${change}),labelsAdded(labelIds,${change}),labelsRemoved(labelIds,${change})),historyId,nextPageToken`,
        ...paged(page),
      }
      return answerOf(
        'the list of changes',
        client().then((api) => api.users.history.list(params, { signal })),
        historyList,
        signal,
      )
    },
    message(id, signal) {
      const params = { userId, id, format: 'minimal', fields: 'id,threadId,labelIds,historyId,internalDate,sizeEstimate' }
      return answerOf(
        'the question for a message',
        client().then((api) => api.users.messages.get(params, { signal })),
        message,
        signal,
      )
    },
    async labels(signal) {
      const call = client().then((api) => api.users.labels.list({ userId }, { signal }))
      return (await answerOf('the list of labels', call, labelList, signal)).labels
    },
    async setting(name, signal) {
      const { settings } = (await client()).users
      const calls: Readonly<Record<SettingCall, () => Promise<{ readonly data: unknown }>>> = {
        filters: () => settings.filters.list({ userId }, { signal }),
        autoForwarding: () => settings.getAutoForwarding({ userId }, { signal }),
        forwardingAddresses: () => settings.forwardingAddresses.list({ userId }, { signal }),
        sendAs: () => settings.sendAs.list({ userId }, { signal }),
        vacation: () => settings.getVacation({ userId }, { signal }),
        imap: () => settings.getImap({ userId }, { signal }),
        pop: () => settings.getPop({ userId }, { signal }),
        language: () => settings.getLanguage({ userId }, { signal }),
        delegates: () => settings.delegates.list({ userId }, { signal }),
      }
      return answerOf(`the question for the setting "${name}"`, calls[name](), settingsAnswer, signal)
    },
  }
}
