import { prose, texts } from '../../content/text.ts'
import { composeMail } from './compose-mail.ts'
import type { MailboxModel } from './mailbox-model.ts'

/** Services where the person has registered: what she must take leave of, or give another address. All are made up. */
const services = [
  { name: 'Paper Lantern Books', domain: 'paper-lantern.example', japanese: false },
  { name: 'Hikari Rail', domain: 'hikari-rail.example', japanese: true },
  { name: 'Corner Bakery Club', domain: 'corner-bakery.example', japanese: false },
  { name: 'あおば書店', domain: 'aoba-books.example', japanese: true },
  { name: 'Streamhouse', domain: 'streamhouse.example', japanese: false },
  { name: 'みどり銀行', domain: 'midori-bank.example', japanese: true },
  { name: 'Codeyard', domain: 'codeyard.example', japanese: false },
  { name: 'Cloud Attic', domain: 'cloud-attic.example', japanese: false },
  { name: 'そら航空', domain: 'sora-air.example', japanese: true },
  { name: 'Northern Press', domain: 'northern-press.example', japanese: false },
] as const

export type OrdinaryKind = 'registration' | 'receipt' | 'newsletter' | 'letter' | 'reply' | 'notice'

const hour = 3_600_000
const day = 24 * hour
const firstDay = Date.parse('2019-04-08T01:00:00Z')

export interface OrdinaryLabels {
  readonly receipts: string
  readonly university: string
  readonly friends: string
}

/** `n` messages that anyone has, some thirteen days apart: registrations, receipts, newsletters, letters and answers, in English and Japanese. */
export function addOrdinaryMail(
  model: MailboxModel,
  n: number,
  labels: OrdinaryLabels,
): { readonly registrations: string[]; readonly receipts: string[] } {
  const registrations: string[] = []
  const receipts: string[] = []
  let conversation: string | undefined
  for (let index = 0; index < n; index += 1) {
    const date = firstDay + index * 13 * day + (index % 11) * hour
    const service = services[index % services.length]!
    const from = `${service.name} <no-reply@${service.domain}>`
    const order = `${service.domain.slice(0, 2).toUpperCase()}-${100_000 + index * 37}`
    const unread = index > n - 12 ? ['UNREAD'] : []
    // Each service welcomes her once; after that it sends receipts and news.
    if (index < services.length * 2 && index % 2 === 0) {
      const other = services[index / 2]!
      const registered = composeMail({
        ...welcome(other.name, other.japanese),
        from: `${other.name} <welcome@${other.domain}>`,
        date,
      })
      registrations.push(model.add(registered, { internalDate: date, labelIds: ['CATEGORY_UPDATES'] }).id)
    } else if (index % 5 === 0 || index % 5 === 3) {
      const bought = composeMail({ ...receipt(order, 480 + ((index * 310) % 9000), service.japanese), from, date })
      receipts.push(model.add(bought, { internalDate: date, labelIds: [labels.receipts, 'CATEGORY_UPDATES'] }).id)
    } else if (index % 5 === 1) {
      const news = {
        subject: service.japanese ? `${service.name}からのお知らせ ${index}号` : `${service.name}: what is new, no. ${index}`,
        text: service.japanese ? texts.japanese : prose(3).join('\n\n'),
        html: `<p>${service.japanese ? texts.japanese : prose(3).join('</p><p>')}</p>`,
        headers: [`List-Unsubscribe: <https://${service.domain}/leave>`],
      }
      model.add(composeMail({ ...news, from, date }), {
        internalDate: date,
        labelIds: ['INBOX', 'CATEGORY_PROMOTIONS', ...unread],
      })
    } else if (index % 5 === 2) {
      const letter = {
        subject: `Seminar ${index}`,
        text: prose(1 + (index % 4)).join('\n\n'),
        from: 'Professor Mori <mori@example.ac.jp>',
      }
      conversation = model.add(composeMail({ ...letter, date }), {
        internalDate: date,
        labelIds: ['INBOX', labels.university, ...unread],
      }).id
    } else {
      const answer = {
        subject: `Re: Seminar ${index - 2}`,
        text: `Thank you.\n\n> ${prose(1)[0]}`,
        from: `Hana <${model.email}>`,
        to: 'mori@example.ac.jp',
      }
      model.add(composeMail({ ...answer, date }), {
        internalDate: date,
        labelIds: index % 2 === 0 ? ['SENT', labels.friends] : ['SENT'],
        ...(conversation === undefined ? {} : { after: conversation }),
      })
    }
  }
  return { registrations, receipts }
}

const welcome = (name: string, japanese: boolean) =>
  japanese
    ? {
        subject: `【${name}】会員登録完了のお知らせ`,
        text: `ハナ様\n\n${name}への会員登録が完了しました。\nログインIDはこのメールアドレスです。\n`,
      }
    : {
        subject: `Welcome to ${name}! Please confirm your e-mail address`,
        text: `Hello Hana,\n\nyour account at ${name} has been created. Your user name is this address.\n`,
      }

const receipt = (order: string, yen: number, japanese: boolean) =>
  japanese
    ? {
        subject: `ご注文の確認（注文番号 ${order}）`,
        text: `ご注文ありがとうございます。\n\n注文番号: ${order}\n合計: ${yen}円（税込）\n`,
      }
    : { subject: `Your receipt, order ${order}`, text: `Thank you for your order.\n\nOrder: ${order}\nTotal: JPY ${yen}\n` }
