/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.labels */
export interface MailLabel {
  readonly id: string
  /** Nested ones have a slash in it. */
  name: string
  readonly type: 'system' | 'user'
  messageListVisibility?: 'show' | 'hide'
  labelListVisibility?: 'labelShow' | 'labelShowIfUnread' | 'labelHide'
  color?: { readonly textColor: string; readonly backgroundColor: string }
}

/** https://developers.google.com/workspace/gmail/api/guides/labels#types_of_labels; the coloured stars come with those who use them. */
export const systemLabels: readonly string[] = [
  'CHAT',
  'SENT',
  'INBOX',
  'IMPORTANT',
  'TRASH',
  'DRAFT',
  'SPAM',
  'CATEGORY_FORUMS',
  'CATEGORY_UPDATES',
  'CATEGORY_PERSONAL',
  'CATEGORY_PROMOTIONS',
  'CATEGORY_SOCIAL',
  'STARRED',
  'UNREAD',
  'YELLOW_STAR',
]

export const systemLabel = (id: string): MailLabel => ({
  id,
  name: id,
  type: 'system',
  messageListVisibility: 'hide',
  labelListVisibility: 'labelHide',
})
