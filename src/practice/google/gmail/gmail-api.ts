import type { Api, ApiRoute } from '../api.ts'
import { refusal } from '../api-error.ts'
import { methodParameters, schemas } from './gmail-tables.ts'
import { listHistory } from './history-list.ts'
import type { MailboxModel } from './mailbox-model.ts'
import { getLabel, getProfile, listDelegates, listLabels, setting, settingsList } from './mailbox-resources.ts'
import { getMessage } from './message-get.ts'
import { listDrafts, listMessages } from './messages-list.ts'

type Route = ApiRoute<MailboxModel>

const scopes = (...names: readonly string[]) => [
  'https://mail.google.com/',
  ...names.map((name) => `https://www.googleapis.com/auth/gmail.${name}`),
]
/** From the reference page of each method. */
const ofMessages = scopes('modify', 'readonly', 'metadata')
const ofSettings = scopes('modify', 'readonly', 'settings.basic')

/**
 * A route below users/{userId}. `units` are those of projects made since May 2026:
 * https://developers.google.com/workspace/gmail/api/reference/quota
 */
const route = (
  call: string,
  path: string,
  schema: string,
  units: number,
  allowed: readonly string[],
  answer: Route['answer'],
): Route => {
  const inPath = ['userId', ...(path.includes('{id}') ? ['id'] : [])]
  return {
    method: 'GET',
    path: new RegExp(`^/gmail/v1/users/([^/]+)/${path.replace('{id}', '([^/]+)')}$`),
    inPath,
    call,
    scopes: allowed,
    parameters: (methodParameters[call] ?? []).filter((name) => !inPath.includes(name)),
    repeated: ['labelIds', 'metadataHeaders', 'historyTypes'],
    units,
    schema,
    answer,
  }
}

const routes: readonly Route[] = [
  route('users.getProfile', 'profile', 'Profile', 1, scopes('modify', 'compose', 'readonly', 'metadata'), getProfile),
  route('users.messages.list', 'messages', 'ListMessagesResponse', 5, ofMessages, listMessages),
  route('users.messages.get', 'messages/{id}', 'Message', 20, ofMessages, getMessage),
  route('users.drafts.list', 'drafts', 'ListDraftsResponse', 5, scopes('modify', 'compose', 'readonly'), listDrafts),
  route('users.history.list', 'history', 'ListHistoryResponse', 2, ofMessages, listHistory),
  route('users.labels.list', 'labels', 'ListLabelsResponse', 1, [...ofMessages, ...scopes('labels')], listLabels),
  route('users.labels.get', 'labels/{id}', 'Label', 1, [...ofMessages, ...scopes('labels')], getLabel),
  route(
    'users.settings.filters.list',
    'settings/filters',
    'ListFiltersResponse',
    1,
    ofSettings,
    settingsList('filters', 'filter'),
  ),
  route(
    'users.settings.forwardingAddresses.list',
    'settings/forwardingAddresses',
    'ListForwardingAddressesResponse',
    1,
    ofSettings,
    settingsList('forwardingAddresses'),
  ),
  route('users.settings.sendAs.list', 'settings/sendAs', 'ListSendAsResponse', 1, ofSettings, settingsList('sendAs')),
  route('users.settings.delegates.list', 'settings/delegates', 'ListDelegatesResponse', 1, ofSettings, listDelegates),
  route(
    'users.settings.getAutoForwarding',
    'settings/autoForwarding',
    'AutoForwarding',
    1,
    ofSettings,
    setting('autoForwarding'),
  ),
  route('users.settings.getVacation', 'settings/vacation', 'VacationSettings', 1, ofSettings, setting('vacation')),
  route('users.settings.getImap', 'settings/imap', 'ImapSettings', 1, ofSettings, setting('imap')),
  route('users.settings.getPop', 'settings/pop', 'PopSettings', 1, ofSettings, setting('pop')),
  route('users.settings.getLanguage', 'settings/language', 'LanguageSettings', 1, ofSettings, setting('language')),
]

/** Gmail v1, as far as it reads; batch is not offered. https://developers.google.com/workspace/gmail/api/reference/rest */
export const gmailApi: Api<MailboxModel> = {
  name: 'gmail',
  host: 'gmail.googleapis.com',
  routes,
  schemas,
  envelope: 'both',
  unitsPerMinute: 6000,
  absent: () => refusal(400, 'failedPrecondition', 'Mail service not enabled', { status: 'FAILED_PRECONDITION' }),
}
