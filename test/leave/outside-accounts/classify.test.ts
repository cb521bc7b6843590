import { expect, test } from 'vitest'
import { examine } from '../../../src/leave/outside-accounts/examine.ts'
import { type Mail, mail, own } from './mail.ts'

const bulk = ['List-Unsubscribe: <https://news.example.com/u/abc>', 'Precedence: bulk']

/** Kind, service, message. */
const examples: readonly (readonly [kind: string, service: string | undefined, mail: Mail])[] = [
  [
    'registration',
    'overpaper.example',
    {
      from: 'Overpaper <no-reply@overpaper.example>',
      subject: 'Confirm your email address',
      text: 'Hi Hanako,\nplease confirm your email address to finish creating your Overpaper account.\nhttps://overpaper.example/confirm?token=abcdefghijklmnopqrstuvwxyz\nIf you did not sign up, ignore this message.',
    },
  ],
  [
    'registration',
    'overpaper.example',
    {
      from: 'Overpaper <hello@mail.overpaper.example>',
      subject: 'Welcome to Overpaper!',
      html: '<style>p{}</style><p>Thanks for signing up, Hanako.</p><a href="https://overpaper.example/start">Get started</a><p><a href="https://overpaper.example/unsubscribe">Unsubscribe</a></p>',
      fields: ['List-Unsubscribe: <https://overpaper.example/u>'],
    },
  ],
  [
    'registration',
    'honya.co.jp',
    {
      from: 'ほんや <touroku@honya.co.jp>',
      subject: '【ほんや】会員登録完了のお知らせ',
      text: '田中花子 様\n\nこのたびは会員登録いただきありがとうございます。\n会員ID:hanako77\nログインはこちら https://www.honya.co.jp/login',
    },
  ],
  [
    'registration',
    'honya.co.jp',
    {
      from: 'noreply@honya.co.jp',
      subject: '仮登録のご案内',
      text: '以下のURLをクリックして本登録を完了してください。\nhttps://www.honya.co.jp/regist/activate?key=0123456789abcdef0123',
    },
  ],
  [
    'registration',
    'journal.example',
    {
      from: 'Editorial Office <office@journal.example>',
      subject: 'Your account at Journal of Things',
      text: 'Dear Dr. Tanaka,\nan account has been created for you. Your user name is htanaka. Set your password here: https://journal.example/setpw?key=aaaaaaaaaaaaaaaaaaaaa',
    },
  ],
  [
    'registration',
    'projekt.example',
    {
      from: 'Projekt <noreply@projekt.example>',
      subject: 'Bitte bestätigen Sie Ihre E-Mail-Adresse',
      text: 'Willkommen! Bitte bestätigen Sie Ihre E-Mail-Adresse: https://projekt.example/verify/abcdefabcdefabcdefab',
    },
  ],
  [
    'security',
    'cloudbox.example',
    {
      from: 'Cloudbox <security@cloudbox.example>',
      subject: 'New sign-in to your account',
      text: 'We noticed a new sign-in from Chrome on Windows. If this was you, ignore this. If this was not you, change your password: https://cloudbox.example/account',
    },
  ],
  [
    'security',
    'cloudbox.example',
    {
      from: 'no-reply@cloudbox.example',
      subject: 'Your verification code',
      text: 'Your login code is 482913. Never share this code.',
    },
  ],
  [
    'security',
    'honya.co.jp',
    {
      from: 'ほんや <no-reply@honya.co.jp>',
      subject: 'パスワード再設定のご案内',
      text: 'パスワードの再設定を受け付けました。https://www.honya.co.jp/reset?t=0123456789abcdef0123\nお心当たりのない場合は破棄してください。',
    },
  ],
  [
    'security',
    'ginko.co.jp',
    {
      from: 'ぎんこう <info@ginko.co.jp>',
      subject: 'ログインのお知らせ',
      text: '新しい端末からのログインがありました。日時:2026年6月1日',
    },
  ],
  [
    'security',
    'honya.co.jp',
    {
      from: 'no-reply@honya.co.jp',
      subject: '【重要】アカウント削除のお知らせ',
      text: '長期間ご利用がないため、アカウントを削除いたします。',
    },
  ],
  [
    'federated',
    'zotly.example',
    {
      from: 'Google <no-reply@accounts.google.com>',
      subject: 'Security alert',
      text: 'Zotly was granted access to your Google Account hanako@g.example-u.ac.jp\nIf you did not grant access, check https://myaccount.google.com/permissions\nzotly.example',
    },
  ],
  [
    'federated',
    undefined,
    {
      from: 'Google <no-reply@accounts.google.com>',
      subject: 'セキュリティ通知',
      text: 'Zotly に Google アカウントへのアクセスを許可しました\nhttps://myaccount.google.com/permissions',
    },
  ],
  [
    'federated',
    'zotly.example',
    {
      from: 'Zotly <hello@zotly.example>',
      subject: 'You signed up with Google',
      text: 'Welcome! You signed up with Google. Next time choose "Continue with Google". https://zotly.example/',
    },
  ],
  [
    'federated',
    'ryori.example',
    {
      from: 'りょうり <info@ryori.example>',
      subject: 'LINEアカウントとの連携が完了しました',
      text: 'LINEでログインできるようになりました。 https://ryori.example/mypage',
    },
  ],
  [
    'receipt',
    'honya.co.jp',
    {
      from: 'ほんや <order@honya.co.jp>',
      subject: 'ご注文ありがとうございます',
      text: 'ご注文番号: 2026-00123\n合計 2,480円(税込)\nお届け先 東京都',
    },
  ],
  [
    'receipt',
    'tickets.example',
    {
      from: 'Tickets <orders@tickets.example>',
      subject: 'Your receipt from Tickets (#4482)',
      text: 'Order number: 4482\nTotal: $40.00',
    },
  ],
  [
    'receipt',
    'smallshop.example',
    {
      from: 'Small Shop <receipts+acct_1@stripe.com>',
      subject: 'Your receipt from Small Shop #1234-5678',
      text: 'Amount paid $12.00\nReceipt number 1234-5678',
      fields: ['Reply-To: Small Shop <help@smallshop.example>'],
    },
  ],
  [
    'receipt',
    'unyu.co.jp',
    {
      from: '運輸 <noreply@unyu.co.jp>',
      subject: 'お荷物お届け完了のお知らせ',
      text: '送り状番号: 1234-5678-9012 の配達が完了しました',
    },
  ],
  [
    'newsletter',
    'honya.co.jp',
    {
      from: 'ほんや <news@honya.co.jp>',
      subject: '今週のおすすめ新刊 最大50%OFF',
      text: 'セール開催中！ https://www.honya.co.jp/sale 配信停止はこちら https://www.honya.co.jp/unsub',
      fields: bulk,
    },
  ],
  [
    'newsletter',
    'cloudbox.example',
    {
      from: 'Cloudbox <team@cloudbox.example>',
      subject: "What's new in June",
      text: 'New features this month. https://cloudbox.example/blog Unsubscribe: https://cloudbox.example/unsub',
      fields: bulk,
    },
  ],
  [
    'newsletter',
    undefined,
    {
      from: 'Taro <taro@lists.example.org>',
      subject: '[things] Meeting next week',
      text: 'Hello all',
      fields: ['List-Id: <things.lists.example.org>', 'List-Post: <mailto:things@lists.example.org>', 'Precedence: list'],
    },
  ],
  [
    'newsletter',
    undefined,
    {
      from: 'things-request@lists.example.org',
      subject: 'Welcome to the "things" mailing list',
      text: 'Welcome to the things@lists.example.org mailing list! Your password is: abc',
      fields: ['X-Mailman-Version: 2.1', 'List-Id: <things.lists.example.org>', 'Precedence: list'],
    },
  ],
  [
    'registration',
    'overpaper.example',
    {
      from: 'Overpaper <no-reply@overpaper.example>',
      subject: '123456 is your sign-up code',
      text: 'Enter this code to finish signing up: 123456',
    },
  ],
  [
    'registration',
    'honya.co.jp',
    {
      from: 'ほんや <noreply@honya.co.jp>',
      subject: '会員登録ありがとうございます！500円クーポンプレゼント',
      text: 'ほんやへようこそ。会員登録ありがとうございます。配信停止 https://www.honya.co.jp/unsub',
      fields: bulk,
    },
  ],
  [
    'security',
    'cloudbox.example',
    {
      from: 'Cloudbox <no-reply@cloudbox.example>',
      subject: 'Confirm your new email address',
      text: 'You asked to change the email address of your account. https://cloudbox.example/email/abcdefghijklmnopqrstu',
    },
  ],
  [
    'newsletter',
    'honya.co.jp',
    {
      from: 'ほんや <mag@honya.co.jp>',
      subject: '期間限定セール! 送料無料',
      text: '商品A 1,980円(税込) 商品B 2,480円 お届け先を選んで注文 https://www.honya.co.jp/',
      fields: bulk,
    },
  ],
  [
    'newsletter',
    'cloudbox.example',
    {
      from: 'Cloudbox <hello@cloudbox.example>',
      subject: 'Welcome to the Cloudbox newsletter',
      text: 'Thanks for subscribing to our newsletter. https://cloudbox.example/',
      fields: bulk,
    },
  ],
  [
    'newsletter',
    'cloudbox.example',
    {
      from: 'Cloudbox <no-reply@cloudbox.example>',
      subject: 'Updates to our Terms of Service',
      text: 'We are updating our terms. If you do not agree you can close your account. https://cloudbox.example/terms',
    },
  ],
  [
    'federated',
    'zotly.example',
    {
      from: 'GitHub <noreply@github.com>',
      subject: '[GitHub] A third-party OAuth application has been added to your account',
      text: 'A third-party OAuth application (Zotly) with user:email scope was recently authorized to access your account. Visit https://github.com/settings/applications. https://zotly.example',
    },
  ],
  [
    'federated',
    'journal.example',
    {
      from: 'ORCID <notify@orcid.org>',
      subject: 'You added Journal of Things as a trusted organization',
      text: 'Journal of Things (journal.example) can now update your ORCID record. https://orcid.org/trusted-parties',
    },
  ],
  [
    'security',
    'apple.com',
    {
      from: 'Apple <noreply@email.apple.com>',
      subject: 'Apple ID がiPhoneでのiCloudへのサインインに使用されました',
      text: 'お客様のApple IDが新しいiPhoneでのiCloudへのサインインに使用されました。https://iforgot.apple.com',
    },
  ],
  [
    'receipt',
    'hotel.example',
    {
      from: 'Hotel <reservations@hotel.example>',
      subject: '【予約完了】ご宿泊予約のご案内',
      text: '予約番号: HT20260601 合計 12,000円',
    },
  ],
]

test.each(examples)('%s of %s: %o', async (kind, service, message) => {
  const found = await examine(mail(message), own)
  expect({ kind: found?.kind, doubts: found?.doubts }).toEqual({ kind, doubts: undefined })
  expect(found?.service?.domain).toBe(service)
})

const nothings: readonly (readonly [why: string, mail: Mail])[] = [
  [
    'a person',
    {
      from: 'Taro Yamada <taro.yamada@example.com>',
      subject: 'Re: your order',
      text: 'Thanks for your order of coffee!\n\nOn Mon, 1 Jun 2026, Hanako wrote:\n> I signed up',
      fields: ['In-Reply-To: <a@b>', 'References: <a@b>'],
    },
  ],
  [
    'a person who writes of an account',
    {
      from: '山田太郎 <yamada@example.co.jp>',
      subject: 'アカウントの件',
      text: 'アカウントを作成しました。パスワードは別途お知らせします。山田',
    },
  ],
  ['free mail', { from: 'Welcome <friend@gmail.com>', subject: 'Welcome to Tokyo', text: 'I have registered us for the tour.' }],
  [
    'forwarded',
    {
      from: 'Taro <taro@example.org>',
      subject: 'Fwd: Confirm your email address',
      text: '---------- Forwarded message ---------\nFrom: Overpaper <no-reply@overpaper.example>\nPlease confirm your email address',
    },
  ],
  [
    'the university',
    {
      from: '情報基盤センター <noreply@itc.example-u.ac.jp>',
      subject: 'アカウント登録完了のお知らせ',
      text: '利用者登録が完了しました。',
    },
  ],
  [
    'an invitation',
    {
      from: 'Teamly <notify@teamly.example>',
      subject: 'Taro invited you to join Things on Teamly',
      text: 'Taro has invited you to join the workspace Things. Accept invitation: https://teamly.example/i/aaaaaaaaaaaaaaaaaaaaaa',
    },
  ],
  [
    'a shared document',
    {
      from: 'Taro (via Docly) <share@docly.example>',
      subject: 'Taro shared "Budget" with you',
      text: 'Taro shared a document with you. Open https://docly.example/d/1',
    },
  ],
  [
    'out of office',
    {
      from: 'Taro <taro@example.org>',
      subject: 'Automatic reply: registration',
      text: 'I am away.',
      fields: ['Auto-Submitted: auto-replied'],
    },
  ],
  [
    'a bounce',
    {
      from: 'Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
      subject: 'Delivery Status Notification (Failure)',
      text: 'Address not found',
    },
  ],
]

test.each(nothings)('nothing: %s', async (_why, message) => {
  expect(await examine(mail(message), own)).toBeUndefined()
})

test.each([
  ['SNSアカウント連携のお知らせ', 'ソーシャルログインの設定が完了しました。'],
  ['【ほんや】ログイン方法のご案内', 'ご登録のログイン方法は「Google」です。パスワードは設定されていません。'],
  ['連携完了のお知らせ', 'LINEアカウントを会員情報に連携しました。次回からはボタン一つでお使いいただけます。'],
  ['ご登録ありがとうございます', '所属機関のアカウントでログインし、利用者登録が完了しました。'],
  ['Microsoft 365 アカウントでの登録', 'Microsoft 365アカウントでサインアップが完了しました。'],
  ['外部サービス', 'Facebookアカウントと紐付けが完了しました。'],
])('another sign-in, as Japanese services call it: %s', async (subject, text) => {
  const found = await examine(
    mail({ from: 'ほんや <no-reply@honya.co.jp>', subject, text: `田中花子 様\n\n${text}\nhttps://www.honya.co.jp/mypage` }),
    own,
  )
  expect(found?.kind).toBe('federated')
})
