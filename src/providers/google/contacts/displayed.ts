import type { DisplayedTotal } from '../../../core/source.ts'

/** The number of contacts that Google states: https://developers.google.com/people/api/rest/v1/people.connections/list. Undefined: not stated. */
export function displayedByContacts(contacts: number | undefined): DisplayedTotal[] {
  if (contacts === undefined) return []
  return [
    {
      what: { en: 'Contacts', ja: '連絡先の数' },
      count: contacts,
      unit: 'items',
      beside: 'items',
      because: [
        {
          en: 'Labels, photos and "Other contacts" are items of their own here.',
          ja: 'ラベル、写真、「その他の連絡先」は、こちらではそれぞれ 1 件として数えます。',
        },
        {
          en: 'Contacts deleted there since they were saved are kept here.',
          ja: '保存した後に Google で削除された連絡先も、こちらには残ります。',
        },
      ],
    },
  ]
}
