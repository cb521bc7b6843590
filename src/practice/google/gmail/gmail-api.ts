import type { Api } from '../api.ts'
import { refusal } from '../api-error.ts'
import { schemas } from './gmail-tables.ts'
import type { MailboxModel } from './mailbox.ts'

/** https://developers.google.com/workspace/gmail/api/reference/rest */
export const gmailApi: Api<MailboxModel> = {
  name: 'gmail',
  host: 'gmail.googleapis.com',
  routes: [],
  schemas,
  envelope: 'both',
  unitsPerMinute: 6000,
  absent: () => refusal(400, 'failedPrecondition', 'Mail service not enabled', { status: 'FAILED_PRECONDITION' }),
}
