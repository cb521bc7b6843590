import type { DisplayedTotal } from '../../../core/source.ts'

/**
 * The number of messages that Gmail shows of a mailbox: https://developers.google.com/workspace/gmail/api/reference/rest/v1/users/getProfile (one unit of the
 * quota; gmail.readonly is enough). Conversations are shown as well; nothing here is counted by them. Undefined: not stated.
 */
export function displayedByGmail(messages: number | undefined): DisplayedTotal[] {
  if (messages === undefined) return []
  return [
    {
      what: { en: 'Messages in the mailbox', ja: 'メールボックスのメッセージ数' },
      count: messages,
      unit: 'items',
      beside: 'items',
      because: [
        {
          en: 'The settings of the mailbox (filters, signatures, forwarding) are items here, and no messages there.',
          ja: 'フィルタ、署名、転送などのメール設定は、こちらでは 1 件として数えますが、Gmail のメッセージ数には含まれません。',
        },
        {
          en: 'Messages deleted there since they were saved are kept here; new ones may have come since they were listed.',
          ja: '保存した後に Gmail で削除されたメッセージも、こちらには残ります。一覧の取得後に届いたメッセージは、まだ含まれていないことがあります。',
        },
        {
          en: 'Gmail does not say whether it counts what no listing names, such as old chats.',
          ja: '以前のチャットなど、一覧に現れないものを Gmail が数えているかどうかは公開されていません。',
        },
      ],
    },
  ]
}
