import type { ApiCall } from '../api.ts'
import { refusal } from '../api-error.ts'
import type { DriveError } from '../drive-error.ts'
import type { MailboxModel, MailMessage } from './mailbox-model.ts'

export type GmailCall = ApiCall<MailboxModel>

export const notFound = (): DriveError => refusal(404, 'notFound', 'Requested entity was not found.')
export const invalidArgument = (message: string): DriveError => refusal(400, 'invalidArgument', message)

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/list: 500 at most; more is refused, so that nobody counts on it. */
export const pageSizeOf = ({ parameters, model }: GmailCall): number =>
  Math.min(parameters.pageSize('maxResults', 100, 500, 'refused'), model.quirks.pageLimit)
/** What may differ from page to page. */
export const freeOnPages = ['maxResults'] as const

/**
 * Throws unless the mailbox is the caller's: `userId` is `me` or the own address. The others' mailboxes are open to administrators alone; and
 * people of this cloud without a mailbox have no Gmail.
 */
export function checkUser({ path, person, model }: GmailCall): void {
  const { userId = '' } = path
  if (userId !== 'me' && userId.toLowerCase() !== person.email.toLowerCase()) {
    throw refusal(403, 'forbidden', `Delegation denied for ${person.email}`)
  }
  if (person.email !== model.email)
    throw refusal(400, 'failedPrecondition', 'Mail service not enabled', { status: 'FAILED_PRECONDITION' })
}

/**
 * The narrowest scope decides: a token that has gmail.metadata too gets no more than that. Whether Google still does so is not documented; so
 * nobody should ask for both.
 */
export const metadataOnly = ({ scopes }: GmailCall): boolean => scopes.includes('https://www.googleapis.com/auth/gmail.metadata')

/** An id that is no number in range is refused with 400, an unknown one with 404. https://github.com/brekkylab/backlot/issues/39 */
export function messageOf({ model, path }: GmailCall): MailMessage {
  const { id = '' } = path
  if (!/^[0-9a-f]{1,16}$/i.test(id) || BigInt(`0x${id}`) > 0x7fff_ffff_ffff_ffffn) throw invalidArgument('Invalid id value')
  const message = model.get(id.toLowerCase())
  if (message === undefined) throw notFound()
  return message
}
