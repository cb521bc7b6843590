/** A person's mail in memory. */
export interface MailboxModel {
  readonly email: string
}
