import type { Diagnosis } from '../../core/diagnosis.ts'
import { administrator, again, codes } from './sign-in-places.ts'

/** https://learn.microsoft.com/troubleshoot/entra/entra-id/app-integration/troubleshoot-conditional-access-policy-issues */
const policies = 'https://learn.microsoft.com/entra/identity/conditional-access/troubleshoot-conditional-access'

const managed = {
  en: `use a computer that your organisation manages, or ask ${administrator.en} to allow this app on yours; a sign-in with --device is refused more often than one in the browser`,
  ja: `組織が管理しているコンピューターを使うか、${administrator.ja}に、あなたのコンピューターでこのアプリを許可してもらってください。--device でのサインインは、ブラウザーでのサインインより拒否されやすくなります`,
}
const exceptDevice = {
  en: 'Would you please except this app from the rule about devices for my account for a few days, or tell me on which computer I may run it?',
  ja: '数日のあいだ、私のアカウントについてこのアプリをデバイスの条件から除外していただくか、どのコンピューターでなら実行してよいかをお知らせいただけないでしょうか。',
}
const inBrowserAgain = {
  en: `${again.en} in the browser and give it`,
  ja: 'もう一度ブラウザーでサインインし、確認に答えてください',
}
const setUp = {
  en: `${again.en} in the browser and follow its page, or set it up at https://aka.ms/mfasetup`,
  ja: 'もう一度ブラウザーでサインインして画面の案内に従うか、https://aka.ms/mfasetup で設定してください',
}
const helpWithProof = {
  en: 'I cannot give the second proof (multi-factor authentication) that is wanted. Would you please help me to set it up anew?',
  ja: '求められる多要素認証に答えられません。設定し直す手順をお知らせいただけないでしょうか。',
}

/** Refusals by an organisation's rules: Conditional Access, security defaults, multi-factor authentication. */
export const policyDiagnoses: readonly Diagnosis[] = [
  {
    id: 'AADSTS53003',
    kind: 'signin',
    who: ['administrator', 'you'],
    meaning: {
      en: 'a rule of your organisation (Conditional Access) does not let this sign-in through',
      ja: '組織のルール（条件付きアクセス）により、このサインインは許可されません',
    },
    remedy: {
      en: `sign in without --device, on its network or on a computer that it manages; else ask ${administrator.en} which rule it is, and to except this app`,
      ja: `--device を付けずに、組織のネットワークまたは組織が管理するコンピューターからサインインしてください。それでもだめなら、どのルールによるものかを${administrator.ja}に問い合わせ、このアプリを除外してもらってください`,
    },
    letter: {
      en: 'A Conditional Access policy blocks this sign-in. Would you please look up in the sign-in logs which one it is, and except this app for my account for a few days, or tell me under which conditions I may use it?',
      ja: '条件付きアクセス ポリシーによりサインインがブロックされます。サインイン ログで該当のポリシーを確認し、数日のあいだ私のアカウントについてこのアプリを除外していただくか、どのような条件なら使用できるかをお知らせいただけないでしょうか。',
    },
    page: policies,
  },
  {
    id: 'AADSTS53000',
    kind: 'signin',
    who: ['administrator', 'you'],
    meaning: {
      en: 'your organisation lets only computers in that meet its rules, and this one is not known to do so',
      ja: '組織のルールを満たすコンピューターだけがサインインできますが、このコンピューターは確認されていません',
    },
    remedy: managed,
    letter: exceptDevice,
    page: policies,
  },
  {
    id: 'AADSTS53001',
    kind: 'signin',
    who: ['administrator', 'you'],
    meaning: {
      en: 'your organisation lets only computers in that belong to its domain',
      ja: '組織のドメインに参加しているコンピューターだけがサインインできます',
    },
    remedy: managed,
    letter: exceptDevice,
    page: policies,
  },
  {
    id: 'AADSTS50097',
    aliases: ['AADSTS50129', 'AADSTS50155'],
    kind: 'signin',
    who: ['administrator', 'you'],
    meaning: {
      en: 'your organisation wants to see which computer this is',
      ja: '組織が、どのコンピューターからのサインインかの確認を求めています',
    },
    remedy: managed,
    letter: exceptDevice,
    page: codes,
  },
  {
    id: 'AADSTS53002',
    kind: 'signin',
    who: ['administrator'],
    meaning: {
      en: 'your organisation lets only apps in that it has approved',
      ja: '組織が承認したアプリだけがサインインできます',
    },
    remedy: { en: `ask ${administrator.en} to approve this app`, ja: `${administrator.ja}にこのアプリの承認を頼んでください` },
    letter: {
      en: 'Would you please approve this app, or except it for my account for a few days?',
      ja: 'このアプリを承認していただくか、数日のあいだ私のアカウントについて除外していただけないでしょうか。',
    },
    page: policies,
  },
  {
    id: 'AADSTS53004',
    aliases: ['AADSTS53010'],
    kind: 'signin',
    who: ['you', 'administrator'],
    meaning: {
      en: 'your organisation wants a second proof of who you are set up first, and does not allow that from here',
      ja: '先に多要素認証の設定が必要ですが、ここからの設定は組織が認めていません',
    },
    remedy: {
      en: `set it up at https://aka.ms/mfasetup on its network, or ask ${administrator.en}`,
      ja: `組織のネットワークから https://aka.ms/mfasetup で設定するか、${administrator.ja}に問い合わせてください`,
    },
    letter: helpWithProof,
    page: codes,
  },
  {
    id: 'AADSTS530035',
    kind: 'signin',
    who: ['you', 'administrator'],
    meaning: {
      en: 'your organisation’s security defaults do not allow this way to sign in',
      ja: '組織の「セキュリティの既定値群」により、この方法ではサインインできません',
    },
    remedy: {
      en: `sign in in the browser, without --device; if that is refused too, ask ${administrator.en}`,
      ja: `--device を付けずにブラウザーでサインインしてください。それも拒否される場合は、${administrator.ja}に問い合わせてください`,
    },
    letter: {
      en: 'The security defaults of our organisation block this sign-in. Would you please tell me how I may sign in to this app?',
      ja: '組織の「セキュリティの既定値群」によりサインインがブロックされます。このアプリにどのようにサインインすればよいかをお知らせいただけないでしょうか。',
    },
    page: 'https://learn.microsoft.com/entra/fundamentals/security-defaults',
  },
  {
    id: 'AADSTS50076',
    aliases: ['AADSTS50074'],
    kind: 'signin',
    who: ['you'],
    meaning: {
      en: 'your organisation wants a second proof of who you are (multi-factor authentication)',
      ja: '組織が多要素認証を求めています',
    },
    remedy: inBrowserAgain,
    letter: helpWithProof,
    page: codes,
  },
  {
    id: 'AADSTS50079',
    aliases: ['AADSTS50072'],
    kind: 'signin',
    who: ['you'],
    meaning: {
      en: 'your organisation wants you to set up a second proof of who you are (multi-factor authentication)',
      ja: '組織が多要素認証の設定を求めています',
    },
    remedy: setUp,
    letter: helpWithProof,
    page: codes,
  },
  {
    id: 'AADSTS50078',
    kind: 'signin',
    who: ['you'],
    meaning: { en: 'the second proof of who you are has lapsed', ja: '多要素認証の有効期間が過ぎました' },
    remedy: again,
    page: codes,
  },
  {
    id: 'AADSTS50158',
    kind: 'signin',
    who: ['you'],
    meaning: {
      en: 'your organisation wants one more step from you at another page',
      ja: '組織が、別の画面での追加の手続きを求めています',
    },
    remedy: {
      en: `${again.en} in the browser and follow its pages`,
      ja: 'もう一度ブラウザーでサインインし、画面の案内に従ってください',
    },
    page: codes,
  },
  {
    id: 'AADSTS500021',
    aliases: ['AADSTS500022', 'AADSTS500212', 'AADSTS500213'],
    kind: 'signin',
    who: ['administrator', 'you'],
    meaning: {
      en: 'this network, or one of the two organisations, does not let its people sign in to the other',
      ja: 'このネットワークか一方の組織が、もう一方の組織へのサインインを認めていません',
    },
    remedy: {
      en: `try another network; else ask ${administrator.en} to allow the directory of this account`,
      ja: `別のネットワークで試してください。だめなら${administrator.ja}に、このアカウントのディレクトリを許可してもらってください`,
    },
    letter: {
      en: 'Tenant restrictions or a cross-tenant access policy stop this sign-in. Would you please allow it for my account for a few days?',
      ja: 'テナント制限またはクロステナント アクセス ポリシーによりサインインできません。数日のあいだ、私のアカウントについて許可していただけないでしょうか。',
    },
    page: codes,
  },
]
