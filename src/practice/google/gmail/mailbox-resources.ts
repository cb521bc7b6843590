import type { Json } from '../../serving/reply.ts'
import { refusal } from '../api-error.ts'
import { checkUser, type GmailCall, notFound } from './gmail-call.ts'
import type { MailLabel } from './mail-labels.ts'
import type { MailSettings } from './mail-settings.ts'

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users/getProfile */
export function getProfile(call: GmailCall): Json {
  checkUser(call)
  const { model } = call
  return {
    emailAddress: model.email,
    messagesTotal: model.count(),
    threadsTotal: model.counts().threads,
    historyId: String(model.history.current()),
  }
}

const inList = ({ id, name, type, messageListVisibility, labelListVisibility }: MailLabel) => ({
  id,
  name,
  messageListVisibility,
  labelListVisibility,
  type,
})

/** Without counts and colours. https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.labels/list */
export function listLabels(call: GmailCall): Json {
  checkUser(call)
  return { labels: call.model.labels().map(inList) }
}

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.labels/get */
export function getLabel(call: GmailCall): Json {
  checkUser(call)
  const label = call.model.label(call.path.id ?? '')
  if (label === undefined) throw notFound()
  const counts = call.model.counts().labels.get(label.id)
  return {
    ...inList(label),
    color: label.color,
    messagesTotal: counts?.messagesTotal ?? 0,
    messagesUnread: counts?.messagesUnread ?? 0,
    threadsTotal: counts?.threadsTotal ?? 0,
    threadsUnread: counts?.threadsUnread ?? 0,
  }
}

/** A list of settings under the name that its answer has; without entries there is no list. */
export const settingsList =
  (name: 'filters' | 'forwardingAddresses' | 'sendAs', answerName: string = name) =>
  (call: GmailCall): Json => {
    checkUser(call)
    const entries = call.model.settings[name]
    return entries.length === 0 ? {} : { [answerName]: entries }
  }

export const setting =
  (name: Exclude<keyof MailSettings, 'filters' | 'forwardingAddresses' | 'sendAs'>) =>
  (call: GmailCall): Json => {
    checkUser(call)
    return call.model.settings[name]
  }

/** No person's own token may. https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.delegates/list */
export function listDelegates(call: GmailCall): Json {
  checkUser(call)
  throw refusal(403, 'forbidden', 'Access restricted to service accounts that have been delegated domain-wide authority')
}
