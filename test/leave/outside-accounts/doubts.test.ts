import { expect, test } from 'vitest'
import { examine } from '../../../src/leave/outside-accounts/examine.ts'
import { imitates, skeleton } from '../../../src/leave/outside-accounts/lookalike.ts'
import { type Mail, mail, own } from './mail.ts'

const failing = 'dkim=none; spf=fail smtp.mailfrom=x; dmarc=fail (p=REJECT) header.from=x'

const forged: readonly (readonly [doubt: string, mail: Mail])[] = [
  [
    'failed-authentication',
    {
      from: 'Cloudbox <no-reply@cloudbox.example>',
      subject: 'Confirm your email address',
      text: 'Confirm your account: https://evil.example.net/confirm?token=abcdefghijklmnopqrst',
      results: failing,
    },
  ],
  [
    'lookalike-domain',
    {
      from: 'Account <no-reply@paypa1.com>',
      subject: 'Your account has been limited',
      html: '<p>New sign-in</p><a href="https://paypa1.com/login">Log in</a>',
    },
  ],
  [
    'lookalike-domain',
    {
      from: 'Service <no-reply@amazon-login.example>',
      subject: 'ご注文確認',
      text: 'ご注文番号: 503-1234567 合計 98,000円 https://amazon-login.example/x',
    },
  ],
  [
    'lookalike-domain',
    {
      from: 'info <info@amazon.co.jp.kakunin.example>',
      subject: 'アカウント確認のお願い',
      text: 'アカウントの確認 https://amazon.co.jp.kakunin.example/',
    },
  ],
  [
    'lookalike-domain',
    {
      from: 'IT <no-reply@example-u-account.example>',
      subject: 'パスワードの有効期限',
      text: 'パスワードを変更してください https://example-u-account.example/reset',
    },
  ],
  [
    'brand-in-name',
    {
      from: 'Amazon.co.jp <info@tlkpwq.example>',
      subject: 'お支払い方法の更新',
      text: 'お支払い方法に問題があります。https://tlkpwq.example/a',
    },
  ],
  [
    'brand-in-name',
    {
      from: '楽天市場 <info@tlkpwq.example>',
      subject: '会員登録のご確認',
      text: '会員登録を確認してください。https://tlkpwq.example/a',
    },
  ],
  [
    'brand-in-name',
    {
      from: 'Welcome Team <noreply.team.1@gmail.com>',
      subject: 'Confirm your account',
      text: 'Confirm your account: http://a.example/confirm/abcdefghijklmnopqrstuv',
    },
  ],
  [
    'disguised-link',
    {
      from: 'Bank <info@bankly.example>',
      subject: 'New sign-in to your account',
      html: '<a href="https://steal.example/x">https://www.bankly.example/login</a>',
    },
  ],
  [
    'odd-link',
    {
      from: 'Bank <info@bankly.example>',
      subject: 'New sign-in to your account',
      html: '<a href="http://192.0.2.7/login">Log in</a>',
    },
  ],
  [
    'threat',
    {
      from: 'Payments <service@paypal.com>',
      subject: 'Invoice from Billing Dept',
      text: 'You were charged $599.00. To cancel, call +1 (888) 555-0199 within 24 hours.',
    },
  ],
  [
    'reply-elsewhere',
    {
      from: 'Grants <info@grants.example>',
      subject: 'Your registration is confirmed',
      text: 'Your account has been created.',
      fields: ['Reply-To: <grants.office@gmail.com>'],
    },
  ],
  [
    'threat',
    {
      from: 'Webmail <helpdesk@upgrade.example>',
      subject: 'Your password expires today',
      text: 'Your mailbox quota is full. Confirm your account: https://upgrade.example/a',
    },
  ],
  [
    'threat',
    {
      from: 'Prizes <info@prizes.example>',
      subject: 'Your account is ready',
      text: 'Congratulations, you have won a phone. Your account has been created. https://prizes.example/a',
    },
  ],
  [
    'foreign-links',
    {
      from: 'Cloudbox <no-reply@cloudbox.example>',
      subject: 'New sign-in to your account',
      text: 'Was this you? https://other.example/login',
      results: 'dkim=none; spf=none; dmarc=none',
    },
  ],
]

test.each(forged)('%s: %o', async (doubt, message) => {
  const found = await examine(mail(message), own)
  expect(found?.doubts).toContain(doubt)
  expect(found?.service).toBeUndefined()
})

const honest: readonly (readonly [why: string, mail: Mail])[] = [
  [
    'fails at the receiver, and leads home',
    {
      from: 'Cloudbox <no-reply@cloudbox.example>',
      subject: 'Confirm your email address',
      text: 'Confirm: https://cloudbox.example/confirm?token=abcdefghijklmnopqrst',
      results: failing,
    },
  ],
  [
    'a brand itself',
    {
      from: 'Amazon.co.jp <account-update@amazon.co.jp>',
      subject: 'Amazonアカウントへのログイン',
      text: '新しい端末からのログイン https://www.amazon.co.jp/a',
    },
  ],
  [
    'clicks counted by a mailer',
    {
      from: 'Cloudbox <hello@cloudbox.example>',
      subject: 'Welcome to Cloudbox',
      html: '<p>Thanks for signing up</p><a href="https://u1.ct.sendgrid.net/ls/click?x=1">cloudbox.example</a>',
    },
  ],
  [
    'not checked by the receiver',
    {
      from: 'Cloudbox <hello@cloudbox.example>',
      subject: 'Welcome to Cloudbox',
      text: 'Thanks for signing up https://cloudbox.example',
      results: '',
    },
  ],
  [
    'an authority',
    {
      from: 'e-Tax <info@e-tax.nta.go.jp>',
      subject: '利用者登録完了のお知らせ',
      text: '利用者識別番号の登録が完了しました https://www.e-tax.nta.go.jp/',
    },
  ],
  [
    'an exchange',
    {
      from: 'コイン取引所 <noreply@coinbase.com>',
      subject: 'ログインのお知らせ',
      text: 'ビットコインの取引所です。新しい端末からのログインがありました。https://www.coinbase.com/',
    },
  ],
  [
    'urgent, and leads home',
    {
      from: 'Cloudbox <no-reply@cloudbox.example>',
      subject: 'Action required: confirm your email address',
      text: 'Your account will be deleted within 24 hours. https://cloudbox.example/confirm?t=abcdefghijklmnopqrst',
    },
  ],
]

test.each(honest)('believed: %s', async (_why, message) => {
  const found = await examine(mail(message), own)
  expect(found?.kind).toMatch(/registration|security/)
  expect(found?.doubts).toBeUndefined()
})

test('only the receiver’s own results are believed', async () => {
  const message = (results: string, fields: readonly string[]) =>
    examine(
      mail({
        from: 'Cloudbox <no-reply@cloudbox.example>',
        subject: 'Confirm your email address',
        text: 'Confirm: https://evil.example.net/confirm?token=abcdefghijklmnopqrst',
        results,
        fields,
      }),
      own,
    )
  const claimed = 'Authentication-Results: mx.evil.example.net; dmarc=pass header.from=cloudbox.example'
  expect((await message(failing, [claimed]))?.doubts).toContain('failed-authentication')
  expect((await message('', [claimed]))?.vouched).toBe(false)
  expect((await message('dmarc=pass header.from=cloudbox.example', []))?.vouched).toBe(true)
})

test('what looks like a brand and is none', () => {
  expect(skeleton('аpple.com')).toBe('apple.com')
  expect(skeleton('xn--pple-43d.com')).toBe('apple.com')
  const cases: readonly (readonly [host: string, organisation: string, name: string, expected: boolean])[] = [
    ['arnazon.com', 'arnazon.com', 'amazon', true],
    ['amazom.co.jp', 'amazom.co.jp', 'amazon', true],
    ['mail.amazon-security.com', 'amazon-security.com', 'amazon', true],
    ['amazon.co.jp.a.example', 'a.example', 'amazon', true],
    ['rakuten-edy.co.jp', 'rakuten-edy.co.jp', 'rakuten', false],
    ['amazonia.org', 'amazonia.org', 'amazon', false],
    ['pineapple.com', 'pineapple.com', 'apple', false],
    ['examp1e-u.ac.jp', 'examp1e-u.ac.jp', 'example-u', true],
    ['online.example', 'online.example', 'line', false],
  ]
  for (const [host, organisation, name, expected] of cases) expect(imitates(host, organisation, name), host).toBe(expected)
})
